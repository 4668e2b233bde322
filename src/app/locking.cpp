// What happens while nobody looks: the workspace locks itself, waits for what is not saved yet, and stores that failed are tried again.
#include <algorithm>

#include "app/program.hpp"

namespace entente::app {

// The lid was closed, or the tab hidden, for longer than that: who comes now has to unlock it.
void Program::noticed_person() {
    if (lock_overdue()) return lock_when_saved();
    last_input_ = now();
}

// Milliseconds until it locks itself; none: it does not.
std::optional<std::int64_t> Program::lock_due() const {
    if (!workspace_ || !workspace_->is_kept()) return {};
    const int minutes = workspace_->model().house.auto_lock_minutes;
    if (minutes <= 0) return {};
    return last_input_.utc_ms + std::int64_t{minutes} * 60000 - now().utc_ms;
}

bool Program::lock_overdue() const { return lock_due().value_or(1) <= 0; }

void Program::ticked() {
    if (!workspace_) return;
    check_idle();
    if (settle_lock()) return;
    flush();
    keep_backed_up();
}

// A store that failed may take it by now: room was made, or what held it up has ended.
void Program::try_stores_again() {
    constexpr int kPauseMs = 60'000;
    const vault::Saving saving = vault_.saving();
    const bool failed = saving == vault::Saving::Failed && !vault_.lost();
    if (!failed) failed_at_.reset();
    if (saving == vault::Saving::OneCopy) vault_.flush();  // it knows itself when to try
    if (failed && now().utc_ms - failed_at_.value_or(now()).utc_ms >= kPauseMs) {
        failed_at_.reset();
        vault_.retry();
    } else if (failed && !failed_at_) {
        failed_at_ = now();
    }
    if (failed || saving == vault::Saving::OneCopy) host_.wake_after(kPauseMs + 50);
}

void Program::check_idle() {
    // Five quiet minutes are worth a snapshot: the frame after them offers it.
    constexpr int kQuietMs = 5 * 60'000 + 50;
    if (workspace_->is_kept() && !following() && vault_.snapshot_sequence() < vault_.durable_sequence()) host_.wake_after(kQuietMs);
    if (workspace_->is_kept()) try_stores_again();
    const std::optional<std::int64_t> left_ms = lock_due();
    if (!left_ms) return;
    if (*left_ms <= 0) return lock_when_saved();
    host_.wake_after(static_cast<int>(std::min<std::int64_t>(*left_ms + 50, 3'600'000)));
}

// Locking drops what is in memory, so it waits until everything is durable, and does not happen where it cannot be.
void Program::lock_when_saved() {
    flush();
    if (!lock_pending_) lock_asked_at_ = now();
    lock_pending_ = true;
    host_.wake();
}

// A person asks a second time where not everything is saved: then it is given up. Where it was saved as a backup meanwhile, as the refusal
// says, nothing is; the notice of that backup has taken the place of the refusal.
void Program::ask_lock() {
    const ui::BackupState backup = backup_state();
    const bool in_backup = lock_refused_ && backup.at && backup.edits_since == 0 && vault_.saving() == vault::Saving::Failed;
    if (in_backup || (toast_ && toast_->serial == lock_refused_)) return lock_now();
    lock_when_saved();
}

// Whether it was locked.
bool Program::settle_lock() {
    if (!lock_pending_) return false;
    using vault::Saving;
    const bool kept = workspace_->is_kept();
    const bool durable = vault_.durable_sequence() >= workspace_->session().sequence();
    // The second copy is worth waiting for, and not for long: opening the workspace makes it too.
    const bool long_enough = durable && now().utc_ms - lock_asked_at_.utc_ms >= kSecondCopyMs;
    if (kept && vault_.saving() == Saving::Waiting && !long_enough) {
        if (durable) host_.wake_after(static_cast<int>(lock_asked_at_.utc_ms + kSecondCopyMs + 50 - now().utc_ms));
        return false;
    }
    if (kept && vault_.saving() == Saving::Failed && !durable) {
        lock_pending_ = false;
        last_input_ = now();
        say_error({ErrorCode::Storage, msg("Not everything is saved, so the workspace stays open."), {},
                   msg("Save a backup, then press Lock now again: what is not saved here is given up.")});
        lock_refused_ = toast_->serial;
        return false;
    }
    lock_now();
    return true;
}

void Program::lock_now() {
    lock_pending_ = false;
    vault_.lock();
    turns_.locked();
    workspace_.reset();
    answers_.forget_all();
    spent_.clear();
    spent_import_.reset();
    today_.forget();
    risk_.forget();
    shell_.forget();
    import_.reset();
    cuts_.reset();
    new_key_.reset();
    toast_.reset();
    host_.set_title("Entente");
    host_.reload();
}

}  // namespace entente::app
