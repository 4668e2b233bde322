// Desk: what lies open between the rooms: drafts of dialogs that one room asks for and the shell draws. All transient.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "ui/frame.hpp"

namespace entente::ui {

// A client's request being written down. `about`: the task it began from.
struct RequestDraft {
    std::string request, asked_by, channel;
    change::Kind kind = change::Kind::Unclear;
    std::optional<Day> asked_on, decide_by;
    TaskId about;
    ChangeId supersedes;                 // the agreed change whose place it is to take
};

struct OutcomeDraft {
    enum class Kind : std::uint8_t { Agree, Absorb, Decline, Park };
    ChangeId change;
    OptionId option;                     // which of its options; none: the request as it stands
    std::string by, text, allowed_by;
    std::optional<Day> on, look_again;
    Kind kind = Kind::Agree;
};

struct ProjectDraft {
    std::string name, kind, client;
    std::optional<Day> start;
    std::int64_t fee_minor = 0;
    int from_template = -1;              // none: an empty plan
};

struct TaskDraft {
    std::string name, stage;
    std::int64_t days_hundredths = 100;
    bool milestone = false, client_decides = false;
    TaskId after;
};

class BaselineAnswers;
// The baselines of the project: which one the plan is held against, and the name of the next.
struct BaselinesDraft {
    BaselineId against;                  // none: the newest
    std::string name;
    bool all_tasks = false;
    std::shared_ptr<BaselineAnswers> answers;
};

struct Desk {
    std::optional<RequestDraft> request;
    std::optional<OutcomeDraft> outcome;
    std::optional<ProjectDraft> project;
    std::optional<TaskDraft> task;
    std::optional<ProjectId> removing;   // a project about to be taken out
    std::optional<BaselinesDraft> baselines;
    bool shortcuts = false;
    TaskId began_from;                   // the task a request that was just written down began from
    bool plan_fits = false;              // the timeline shows the whole plan again

    bool dialog_open() const { return request || outcome || project || task || removing || baselines || shortcuts; }
    void close() {
        request.reset();
        outcome.reset();
        project.reset();
        task.reset();
        removing.reset();
        baselines.reset();
        shortcuts = false;
    }
};

}  // namespace entente::ui
