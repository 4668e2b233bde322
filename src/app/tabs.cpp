// The program where the workspace is open in several tabs (vault/turns.hpp).
#include "app/program.hpp"

namespace entente::app {

vault::Turns::Hooks Program::turn_hooks() {
    return {
        .save = [this] { flush(false); },  // the turn does not wait for a snapshot
        .entries = [this](const std::vector<Bytes>& entries) { replay(entries); },
        .opened = [this](Result<vault::Opened> result) { reopened(std::move(result)); },
        .changed = [this] {
            if (following()) say(locked_out().what);
            if (robbed()) say_error(locked_out());
            host_.wake();
        },
    };
}

bool Program::robbed() const {
    return workspace_ && workspace_->is_kept() && vault_.lost();
}

bool Program::reopening() const {
    return workspace_ && workspace_->is_kept() && vault_.state() != vault::VaultState::Open;
}

Error Program::locked_out() const {
    if (reopening())
        return {ErrorCode::Conflict, msg("The workspace is being opened anew in this tab."), {}, msg("Try again in a moment.")};
    if (!vault_.following()) return *vault_.last_error();
    return {ErrorCode::Conflict, msg("Another tab has this workspace open. Here it can be read, and follows what is done there."), {},
            msg("Press Ctrl+S to edit here instead.")};
}

void Program::take_over() {
    say(msg("Asking the other tab to save."));
    turns_.take_over();
}

void Program::replay(const std::vector<Bytes>& entries) {
    if (!workspace_) return;
    for (const Bytes& entry : entries) {
        const auto command = workspace_->replay(entry);
        if (!command) return say_error(command.error());
        answers_.touched(*command);
    }
    host_.wake();
}

// Everything anew: the way back, and the room that is open, stay.
void Program::reopened(Result<vault::Opened> result) {
    auto workspace = result ? Workspace::open(vault_, *result) : tl::unexpected(result.error());
    if (!workspace) {
        lock_now();
        host_.show_error(told(workspace.error()), locale_.text(workspace.error().remedy));
        return;
    }
    begin(std::move(*workspace));
    if (following()) return say_error(locked_out());
    say(msg("This tab has the workspace now."));
}

}  // namespace entente::app
