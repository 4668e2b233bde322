#include "core/plan/schedule_touch.hpp"

namespace entente::plan {

namespace {

// A command that nobody has thought about may touch everything.
template <class Other>
Touched touched(const Other&) {
    Touched out;
    out.everything = true;
    return out;
}

Touched task(TaskId id) {
    Touched out;
    out.tasks.push_back(id);
    return out;
}

Touched link(LinkId id) {
    Touched out;
    out.links.push_back(id);
    return out;
}

Touched touched(const RenameTask& command) { return task(command.task); }  // a warning may name it
Touched touched(const SetDuration& command) { return task(command.task); }
Touched touched(const SetConstraint& command) { return task(command.task); }
Touched touched(const SetProgress& command) { return task(command.task); }
Touched touched(const AddLink& command) { return link(command.link.id); }
Touched touched(const SetLink& command) { return link(command.link.id); }
Touched touched(const RemoveLink& command) { return link(command.link); }

Touched touched(const SetStage&) { return {}; }
Touched touched(const SetAssignments&) { return {}; }
Touched touched(const SetTaskVisible&) { return {}; }
Touched touched(const PutPromise&) { return {}; }
Touched touched(const RemovePromise&) { return {}; }
Touched touched(const PutDecision&) { return {}; }
Touched touched(const RemoveDecision&) { return {}; }
Touched touched(const SetRequested&) { return {}; }
Touched touched(const AddReminder&) { return {}; }
Touched touched(const RemoveReminder&) { return {}; }
Touched touched(const AddBaseline&) { return {}; }
Touched touched(const RemoveBaseline&) { return {}; }
Touched touched(const change::PutChange&) { return {}; }
Touched touched(const change::RemoveChange&) { return {}; }
Touched touched(const change::Decline&) { return {}; }

}  // namespace

Touched touched_by(const entente::Command& command) {
    return std::visit([](const auto& feature) { return std::visit([](const auto& one) { return touched(one); }, feature); }, command);
}

}  // namespace entente::plan
