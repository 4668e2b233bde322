// What needs a person now, across all projects: answers overdue, requests to send, reminders due, decisions near, promises at risk,
// changes without an answer, links that end, a backup that is due. A decision stands in the first of these that it belongs to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/frame.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

enum class TodayGroup : std::uint8_t { Overdue, Requests, Reminders, Decisions, Promises, Changes, Links, Backup };

// Words that can be copied, and the record that they went out.
struct TodayAct {
    ProjectId project;
    DecisionId decision;
    std::optional<house::LadderKind> step;  // none: the request
};

struct TodayItem {
    TodayGroup group = TodayGroup::Decisions;
    Route route;                // where it is dealt with
    std::uint64_t id = 0;
    // What follows are words, but for the day.
    Status status;
    std::string title, detail, project;
    Day day;                    // sorts; when it is due
    std::string when, relative; // "by Thu 4 Jun", "in 5 weeks"
    std::optional<TodayAct> act;
};

// By group, then by day. Works everything out anew. Without words where they are only counted: a plan can have thousands.
std::vector<TodayItem> today_items(const Frame& frame, bool worded = true);

// The same, kept from frame to frame: worked out again where the workspace has a new entry, or the day or the language is another; with
// words only while its room is shown.
// Another workspace needs another list, or forget().
class TodayList {
public:
    const std::vector<TodayItem>& of(const Frame& frame);
    void forget() { known_ = false; }

private:
    bool known_ = false, worded_ = false;
    std::uint64_t sequence_ = 0;
    Day today_{};
    bool backup_due_ = false;
    BackupFolder::State folder_ = BackupFolder::State::Unsupported;
    Language language_ = Language::English;
    std::vector<TodayItem> items_;
};

}  // namespace entente::ui
