// Copies of the workspace: backups that are saved, tried and counted; both stores read through.
#include <charconv>

#include "app/export/export_all.hpp"
#include "app/export/opened_backup.hpp"
#include "app/program.hpp"
#include "base/text.hpp"
#include "vault/backup.hpp"

namespace entente::app {

namespace {

constexpr std::string_view kTried = " tried";  // at the end of the note

std::int64_t number_at(std::string_view text, std::size_t from) {
    std::int64_t value = 0;
    if (from <= text.size()) std::from_chars(text.data() + from, text.data() + text.size(), value);
    return value;
}

Message found_in(const vault::StoreReport& store) {
    const std::int64_t whole = std::int64_t{store.headers.whole} + store.heads.whole + store.snapshots.whole + store.entries.whole;
    const std::int64_t damaged =
        std::int64_t{store.headers.damaged} + store.heads.damaged + store.snapshots.damaged + store.entries.damaged;
    if (damaged > 0) return msg("{0} records whole, {1} damaged and mended", whole, damaged);
    return msgn("{n} record, whole", "{n} records, all whole", whole);
}

}  // namespace

void Program::save_backup() {
    if (!workspace_->is_kept()) return;
    flush();
    vault_.make_backup([self = self_, this](Result<vault::Backup> made) {
        if (!*self || !workspace_) return;
        if (!made) return say_error(made.error());
        const std::string name = vault::backup_name(workspace_->model().house.name, made->sequence, made->journal_hash);
        ports_.files.save(name, "application/octet-stream", std::move(made->file));
        note_backup(made->sequence, false);
        say(msg("{0} went to your downloads. Keep it on another disk, and try it once.", name));
    }, [this] { return workspace_->snapshot(); });
}

// Asked for after the first thing that a person did: a browser may put it to them, and they should know by then what it is for.
void Program::ask_to_last(bool ask) {
    if (!workspace_->is_kept() || (ask && asked_to_last_)) return;
    asked_to_last_ |= ask;
    host_.keep_storage(ask, [self = self_, this](bool lasting) {
        if (!*self) return;
        lasting_ = lasting;
        host_.wake();
    });
}

void Program::set_backup_note(std::string note) {
    host_.set_preference(kBackupNote, note);
    backup_note_ = std::move(note);
}

// Of a workspace that is gone: the next one's are others.
void Program::forget_backups() {
    set_backup_note({});
    host_.set_preference(kBackupMark, {});
}

void Program::note_backup(std::uint64_t sequence, bool tried) {
    set_backup_note(std::to_string(sequence) + ' ' + std::to_string(local_now().n) + std::string(tried ? kTried : ""));
}

ui::BackupState Program::backup_state() const {
    ui::BackupState state;
    // What is not saved yet, or cannot be, is in a backup too.
    const std::uint64_t kept = sequence();
    state.edits_since = kept;
    state.folder = auto_.view;
    state.lasting = lasting_;
    if (!workspace_->is_kept() || backup_note_.empty()) return state;
    const auto saved = static_cast<std::uint64_t>(number_at(backup_note_, 0));
    const std::size_t gap = backup_note_.find(' ');
    if (gap == std::string::npos || saved > kept) return state;  // of another workspace
    state.at = LocalMinute{number_at(backup_note_, gap + 1)};
    state.edits_since = kept - saved;
    state.tried = backup_note_.ends_with(kTried);
    return state;
}

// The restore drill: the last backup of the chosen folder at once; else a file that a person picks.
void Program::try_backup(bool pick) {
    if (!workspace_->is_kept()) return;
    const auto at = backup_state().at;
    if (pick || !at || auto_.view.state != ui::BackupFolder::State::Ready) return try_file();
    ports_.folder->read(automatic_name(*at), vault::kMaxBackupBytes, [self = self_, this](Result<Bytes> read) {
        if (!*self || !workspace_) return;
        if (!read) return try_file();  // it was a download, or has another name by now
        try_backup(std::move(*read));
    });
}

void Program::try_file() {
    ports_.files.pick(".entente", vault::kMaxBackupBytes, [self = self_, this](Result<platform::PickedFile> picked) {
        if (!*self || !workspace_) return;
        if (picked) return try_backup(std::move(picked->bytes));
        if (picked.error().code != ErrorCode::Cancelled) say_error(picked.error());
    });
}

void Program::try_backup(Bytes file) {
    vault_.verify_backup(std::move(file), {}, [self = self_, this](Result<vault::BackupCheck> checked) {
        if (!*self || !workspace_) return;
        if (!checked) return say_error(checked.error());
        if (checked->differs) {
            return say_error({ErrorCode::Damaged, msg("This backup is another history of your work: it differs from entry {0} on.",
                                                      static_cast<std::int64_t>(*checked->differs)), {}, {}});
        }
        // The last one that was saved, then, or one as good.
        if (!backup_state().tried && checked->sequence + backup_state().edits_since >= sequence())
            set_backup_note(backup_note_.empty() ? std::string() : backup_note_ + std::string(kTried));
        const auto newer = static_cast<std::int64_t>(checked->newer);
        say(newer == 0 ? msg("The backup opens, and holds all of your work.")
                       : msgn("The backup opens. {n} edit is newer than it.", "The backup opens. {n} edits are newer than it.", newer));
    });
}

void Program::check_copies() {
    if (!workspace_->is_kept()) return;
    vault_.check([self = self_, this](Result<vault::RecoveryReport> report) {
        if (!*self || !workspace_) return;
        if (!report) return say_error(report.error());
        const bool second = report->stores[1].condition != vault::StoreReport::Condition::Absent;
        if (report->gap) {
            return say_error({ErrorCode::Damaged, msg("Entry {0} is whole in no copy.", static_cast<std::int64_t>(*report->gap)), {},
                              msg("Save a backup now, and take everything out.")});
        }
        say(second ? msg("The browser's database: {0}. Its files: {1}.", found_in(report->stores[0]), found_in(report->stores[1]))
                   : msg("The browser's database: {0}.", found_in(report->stores[0])));
    });
}

// Made of what is durable, read back from the stores: taking everything out is a rehearsal of the backup as well. What could not be
// saved is in it, too.
void Program::take_out(bool json) {
    if (!workspace_->is_kept()) return;
    flush();
    vault_.read_back([self = self_, this, json](Result<vault::BackupContent> content) {
        if (!*self || !workspace_) return;
        if (!content) return say_error(content.error());
        auto opened = replay_backup(std::move(*content), locale_);
        if (!opened) return say_error(opened.error());
        const Session& session = opened->session;
        const codec::PlainWorkspace all{session.model(), session.sequence(), session.time().utc_ms, now(), opened->record};
        std::string name = export_name(session.model(), day_of(local_now()));
        if (json) {
            const std::string text = export_json(all, opened->parked);
            const ByteView bytes = bytes_of(text);
            ports_.files.save(name += ".json", "application/json", Bytes(bytes.begin(), bytes.end()));
        } else {
            auto zip = export_zip(all, local_now(), locale_, opened->parked);
            if (!zip) return say_error(zip.error());
            ports_.files.save(name += ".zip", "application/zip", std::move(*zip));
        }
        vault::wipe(opened->content);
        say(msg("{0} holds everything, and is not encrypted.", name));
    }, [this] { return workspace_->snapshot(); });
}

}  // namespace entente::app
