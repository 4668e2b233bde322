// Backups that are saved by themselves, into the folder a person chose: read back from the disk and held against the workspace before
// they count.
#include <algorithm>
#include <array>

#include "app/program.hpp"
#include "vault/backup.hpp"

namespace entente::app {

namespace {

// Two minutes after the last edit, and every ten minutes while work goes on. A backup that failed is tried again after ten.
constexpr std::int64_t kQuietMs = 2 * 60'000, kMostMs = 10 * 60'000;

}  // namespace

void Program::look_for_folder() {
    const std::uint64_t round = auto_.round + 1;
    auto_ = {};
    auto_.round = round;
    if (ports_.folder && workspace_->is_kept()) ports_.folder->look(folder_answer());
}

platform::Callback<platform::Folder::Standing> Program::folder_answer() {
    return [self = self_, this, round = auto_.round](Result<platform::Folder::Standing> standing) {
        if (!*self || !workspace_ || round != auto_.round) return;
        if (!standing) {
            if (standing.error().code != ErrorCode::Cancelled) say_error(standing.error());
            return;
        }
        auto_.view.state = static_cast<ui::BackupFolder::State>(standing->state);
        auto_.view.name = std::move(standing->name);
        auto_.view.problem = {};
        auto_.not_before = {};
        host_.wake();
    };
}

void Program::ask_folder(ui::FolderAsk what) {
    if (!ports_.folder || !workspace_->is_kept()) return;
    if (what == ui::FolderAsk::Forget) return ports_.folder->forget(folder_answer());
    auto then = [self = self_, this, told = folder_answer()](Result<platform::Folder::Standing> standing) {
        told(std::move(standing));
        // The person is here and sees whether it works.
        if (*self && workspace_ && auto_.view.state == ui::BackupFolder::State::Ready && !following() && !robbed()) back_up_now();
    };
    if (what == ui::FolderAsk::Choose) ports_.folder->choose(std::move(then));
    else ports_.folder->allow(std::move(then));
}

void Program::keep_backed_up() {
    const Instant at = now();
    if (const std::uint64_t edits = sequence(); edits != auto_.seen) {  // also those that no store takes: they need it most
        auto_.seen = edits;
        auto_.last = at;
        if (!auto_.first) auto_.first = at;
    }
    // The file of a day is that of the tab that writes.
    const bool may = auto_.view.state == ui::BackupFolder::State::Ready && !auto_.view.writing && !following() && !robbed() &&
                     workspace_->is_kept();
    if (!auto_.first || !may) return;
    if (backup_state().edits_since == 0) return auto_.first.reset();
    const std::int64_t due =
        std::max(std::min(auto_.last->utc_ms + kQuietMs, auto_.first->utc_ms + kMostMs), auto_.not_before.utc_ms);
    if (at.utc_ms >= due) back_up_now();
    else host_.wake_after(static_cast<int>(due - at.utc_ms));
}

// The file of that day.
std::string Program::automatic_name(LocalMinute at) {
    if (backup_mark_.empty()) backup_mark_ = host_.preference(kBackupMark).value_or(std::string());
    if (backup_mark_.empty()) {  // kept here too: a full browser notes nothing
        std::array<std::uint8_t, 2> random{};
        ports_.random.fill(random);
        backup_mark_ = to_hex(random);
        host_.set_preference(kBackupMark, backup_mark_);
    }
    return vault::automatic_backup_name(workspace_->model().house.name, backup_mark_, weekday(day_of(at)));
}

void Program::back_up_now() {
    if (auto_.view.writing) return;
    auto_.view.writing = true;
    const auto wanted = [self = self_, this, round = auto_.round] { return *self && workspace_ && round == auto_.round; };
    vault_.make_backup([this, wanted](Result<vault::Backup> made) {
        if (!wanted()) return;
        if (!made) return backed_up(tl::unexpected(made.error()));
        const std::string name = automatic_name(local_now());
        ports_.folder->write(name, std::move(made->file), [this, wanted, sequence = made->sequence](Result<Bytes> read) {
            if (!wanted()) return;
            if (!read) return backed_up(tl::unexpected(read.error()));
            vault_.verify_backup(std::move(*read), {}, [this, wanted, sequence](Result<vault::BackupCheck> checked) {
                if (!wanted()) return;
                if (!checked) return backed_up(tl::unexpected(checked.error()));
                if (!checked->differs && checked->sequence == sequence) return backed_up(sequence);
                backed_up(fail(ErrorCode::Damaged, msg("What was read back is not what was written."), {},
                               msg("Choose a folder on another disk.")));
            });
        });
    }, [this] { return workspace_->snapshot(); });
}

void Program::backed_up(Result<std::uint64_t> sequence) {
    auto_.view.writing = false;
    auto_.view.problem = {};
    if (sequence) {
        note_backup(*sequence, true);
        auto_.first.reset();
    } else if (sequence.error().code == ErrorCode::Cancelled) {
        auto_.view.state = ui::BackupFolder::State::Asks;
    } else {
        auto_.not_before = Instant{now().utc_ms + kMostMs};
        auto_.view.problem = sequence.error().what;
        say_error(sequence.error());
    }
    host_.wake();
}

}  // namespace entente::app
