// What needs a person now, across all projects: decisions due, promises at risk, changes without an answer, links that end.
#pragma once

#include <string>
#include <vector>

#include "ui/frame.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

enum class TodayGroup : std::uint8_t { Decisions, Promises, Changes, Links };

struct TodayItem {
    TodayGroup group = TodayGroup::Decisions;
    Route route;                // where it is dealt with
    std::uint64_t id = 0;
    Status status;
    std::string title, detail, project;
    Day day;                    // sorts; when it is due
    std::string when, relative; // "by Thu 4 Jun", "in 5 weeks"
};

// By group, then by day.
std::vector<TodayItem> today_items(const Frame& frame);

}  // namespace entente::ui
