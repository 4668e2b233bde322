// PlanEdits: a list of edits to a plan, read and added to: what a change takes, what an option takes, what a scenario tries.
//
// Owns only the edit that is being written. draw() gives the new list where a person changed it; whoever holds the list submits it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/change/guess.hpp"
#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class PlanEdits {
public:
    struct Spec {
        const std::vector<change::PlanEdit>& edits;
        Day asked_on;                // work on what is done begins no earlier
        bool open = true;            // it can be edited
        const char* title;           // "What it takes"
        const char* empty;           // what an empty list says
        ChangeId supersedes{};       // the agreed change whose work has left the plan that is edited
        bool tried = false;          // a scenario's: there is no change that it is added to
    };
    // Begins afresh: `open` shows the form at once, with what the words of a request suggest.
    void reset(bool open, const change::Guess& guess = {});
    std::optional<std::vector<change::PlanEdit>> draw(const Frame& frame, Outbox& out, Flow& flow, const Spec& spec);

private:
    enum class Kind : std::uint8_t { Reopen, Lengthen, Work, Decision, Hold, LeaveOut };
    struct Draft {
        Kind kind = Kind::Reopen;
        TaskId task, before;
        std::int64_t days_hundredths = 500;
        std::optional<Day> day;
        std::string name, owner;
        bool open = false, guessed = false;
    };
    bool row(const Frame& frame, Flow& flow, const Spec& spec, std::size_t index);
    std::optional<change::PlanEdit> add(const Frame& frame, Outbox& out, Flow& flow, const Spec& spec);
    void fields(const Frame& frame, Flow& flow);
    void length_field(const Frame& frame, Flow& flow);
    bool ready(const Frame& frame) const;
    std::optional<change::PlanEdit> drafted(const Frame& frame, Outbox& out, const Spec& spec) const;
    change::PlanEdit drafted_work(Outbox& out, const plan::Project& project) const;

    Draft draft_;
};

// One edit in a line: "Grade takes 5 days longer". Tasks that other edits of the list add are known by their names.
std::string edit_words(const Frame& frame, const std::vector<change::PlanEdit>& edits, const change::PlanEdit& edit);

}  // namespace entente::ui
