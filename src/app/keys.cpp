// The forms about keys: making a workspace, opening it in another way than by its passphrase, changing what opens it, and what to do
// where it cannot be opened. web/keys.js draws them.
#include "app/program.hpp"
#include "vault/backup.hpp"

namespace entente::app {

namespace {

// A passphrase, or a recovery key where it reads as one: nobody chooses 56 symbols with a right checksum as a passphrase.
vault::Secret secret_from(std::string text) {
    if (auto key = vault::RecoveryKey::parse(text)) {
        vault::wipe(text);
        return std::move(*key);
    }
    return text;
}

const char* store_name(const Locale& locale, std::size_t store) {
    return store == 0 ? locale.tr("The browser's database") : locale.tr("The browser's files");
}

Message condition_of(const vault::StoreReport& store) {
    using Condition = vault::StoreReport::Condition;
    switch (store.condition) {
        case Condition::Absent: return msg("not in use");
        case Condition::Failing: return msg("cannot be read");
        case Condition::Empty: return msg("empty");
        case Condition::Whole: return msg("whole, up to entry {0}", static_cast<std::int64_t>(store.sequence));
        case Condition::Behind: return msg("whole, but ends at entry {0}", static_cast<std::int64_t>(store.sequence));
        case Condition::Damaged: return msg("damaged");
        case Condition::Other: return msg("another history, up to entry {0}", static_cast<std::int64_t>(store.sequence));
    }
    return {};
}

// Title, what to do, then a line for each thing found.
class Story {
public:
    Story(const Locale& locale, const Error& error) : locale_(locale) {
        text_ = locale.text(error.where.empty() ? error.what : msg("{0} ({1})", error.what, error.where));
        text_ += '\n' + locale.text(error.remedy);
    }
    void add(const Message& line) { text_ += '\n' + locale_.text(line); }
    void add(const std::array<vault::StoreReport, 2>& stores) {
        for (std::size_t i = 0; i < 2; ++i) add(msg("{0}: {1}", store_name(locale_, i), condition_of(stores[i])));
    }
    const std::string& text() const { return text_; }

private:
    const Locale& locale_;
    std::string text_;
};

}  // namespace

void Program::unlock(std::string passphrase) { unlock_with(std::move(passphrase), {}); }

void Program::unlock_with(std::string secret, vault::OpenChoice choice) {
    host_.show_busy(locale_.tr("Opening the workspace"));
    turns_.unlock(secret_from(std::move(secret)), choice, [self = self_, this](Result<vault::Opened> result) {
        if (*self) opened(std::move(result), std::nullopt);
    });
}

// The recovery key is shown before anything is made, and has to be typed back.
void Program::create(std::string house_name, std::string passphrase) {
    new_key_.emplace(NewKey{std::move(house_name), std::move(passphrase), vault::RecoveryKey::make(ports_.random), false});
    show_key();
}

void Program::make_workspace(std::string house, std::string passphrase, std::optional<vault::RecoveryKey> key) {
    host_.show_busy(locale_.tr("Making the workspace"));
    turns_.take();
    vault_.create(std::move(passphrase), std::move(key), [self = self_, this, house](Result<vault::Opened> result) {
        if (!*self) return;
        if (!result) turns_.locked();  // nobody waits for this tab
        opened(std::move(result), house);
    });
}

void Program::show_key() {
    std::string text = new_key_->key.text();
    host_.show_form("recovery", text, !workspace_ ? "" : new_key_->all ? "rekey" : "open");
    vault::wipe(text);
}

// Everything is sealed anew. The backups there are belong to the keys of before, so a new one is made at once.
void Program::rekey(std::string passphrase, vault::RecoveryKey key) {
    if (!workspace_->is_kept()) return;
    host_.show_busy(locale_.tr("Making new keys"));
    flush();
    vault_.rekey(std::move(passphrase), std::move(key), [this] { return workspace_->snapshot(); },
                 [self = self_, this](Result<void> made) {
                     if (!*self || !workspace_) return;
                     if (!made) return host_.show_error(told(made.error()), locale_.text(made.error().remedy));
                     set_backup_note({});
                     new_key_.reset();
                     host_.show_canvas();
                     if (auto_.view.state == ui::BackupFolder::State::Ready) back_up_now();
                     else save_backup();
                     say(msg("The workspace has new keys. Older backups do not open with them; a new one is being saved."));
                 });
}

void Program::typed_back(std::string typed, std::string passphrase) {
    if (!new_key_) return;
    const bool open = workspace_ != nullptr;
    std::optional<vault::RecoveryKey> key;
    if (open || !typed.empty()) {
        auto parsed = vault::RecoveryKey::parse(typed);
        vault::wipe(typed);
        if (!parsed || !(*parsed == new_key_->key)) {
            vault::wipe(passphrase);
            return host_.show_error(locale_.tr("That is not the key that is shown."),
                                    locale_.tr("Look at the groups one after the other."));
        }
        key = std::move(*parsed);
    }
    if (open && new_key_->all) return rekey(std::move(passphrase), std::move(*key));
    if (open) {  // what is shown stays, for another try, should the passphrase be wrong
        host_.show_busy(locale_.tr("Trying the new key"));
        return change_key(std::move(passphrase), std::move(*key), msg("The new recovery key opens this workspace. An older one does not."));
    }
    NewKey made = std::move(*new_key_);
    new_key_.reset();
    make_workspace(std::move(made.house), std::move(made.passphrase), std::move(key));
}

void Program::change_key(vault::Secret current, vault::Secret next, Message said) {
    vault_.change_key(std::move(current), std::move(next), [self = self_, this, said](Result<void> result) {
        if (!*self || !workspace_) return;
        if (!result) return host_.show_error(told(result.error()), locale_.text(result.error().remedy));
        new_key_.reset();
        host_.show_canvas();
        say(said);
    });
}

void Program::show_key_form(ui::KeyForm form) {
    if (!workspace_->is_kept() || vault_.read_only()) return;
    if (form == ui::KeyForm::Passphrase) return host_.show_form("change", {}, {});
    new_key_.emplace(NewKey{{}, {}, vault::RecoveryKey::make(ports_.random), form == ui::KeyForm::Rekey});
    show_key();
}

// What was begun in a form that is left.
void Program::forget_forms() {
    if (new_key_) vault::wipe(new_key_->passphrase);
    new_key_.reset();
    backup_.reset();
}

void Program::back_from_form() {
    forget_forms();
    if (!workspace_) return start();
    host_.show_canvas();
    noticed_person();
    host_.wake();
}

void Program::pick_backup() {
    ports_.files.pick(".entente", vault::kMaxBackupBytes, [self = self_, this](Result<platform::PickedFile> picked) {
        if (!*self || workspace_) return;
        if (!picked) {
            if (picked.error().code != ErrorCode::Cancelled) host_.show_error(told(picked.error()), locale_.text(picked.error().remedy));
            return;
        }
        const auto locked = vault::read_locked_backup(picked->bytes);
        if (!locked) return host_.show_error(told(locked.error()), locale_.text(locked.error().remedy));
        backup_ = std::move(*picked);
        host_.show_form("restore", backup_->name, in_trouble_ ? "over" : "");
    });
}

void Program::restore(std::string secret) {
    if (!backup_) return start();
    host_.show_busy(locale_.tr("Opening the backup"));
    turns_.take();
    vault_.restore(backup_->bytes, secret_from(std::move(secret)), in_trouble_, [self = self_, this](Result<vault::Opened> result) {
        if (!*self) return;
        if (!result) {
            turns_.locked();  // nobody waits for this tab
            return host_.show_error(told(result.error()), locale_.text(result.error().remedy));
        }
        backup_.reset();
        opened(std::move(result), std::nullopt);
    });
}

// The journal has a gap, or the stores hold two histories: what was found, and what can be done.
void Program::show_recovery(const Error& error) {
    const vault::RecoveryReport& report = vault_.recovery();
    in_trouble_ = true;
    if (report.fork) return show_fork(error, report);
    Story story(locale_, error);
    story.add(report.stores);
    story.add(msg("Entries that can be read: {0}", static_cast<std::int64_t>(report.sequence)));
    if (report.missing_entries > 0)
        story.add(msg("Later entries that are known of: {0}", static_cast<std::int64_t>(report.missing_entries)));
    host_.show_form("trouble", story.text(), "salvage");
}

// How far each goes and when it was written last: nothing here says which is right, so a person may look at both.
void Program::show_fork(const Error& error, const vault::RecoveryReport& report) {
    Story story(locale_, {error.code, error.what, {},
                          msg("Look at each, and choose the one to go on with. The other is set aside, not deleted; to open it again "
                              "later, save a backup while you look at it.")});
    for (std::size_t i = 0; i < 2; ++i) {
        const auto last = static_cast<std::int64_t>(report.stores[i].sequence);
        const Instant written = report.stores[i].written;
        const char* name = store_name(locale_, i);
        if (written.utc_ms > 0) story.add(msg("{0}: up to entry {1}, last saved {2}", name, last, locale_.time(local(written))));
        else story.add(msg("{0}: up to entry {1}, under the keys of before", name, last));
    }
    story.add(msg("They part at entry {0}, or before it.", static_cast<std::int64_t>(*report.fork)));
    host_.show_form("trouble", story.text(), "fork");
}

void Program::show_presence(const vault::Presence& presence) {
    in_trouble_ = presence.kind == vault::Presence::Kind::Damaged;
    Story story(locale_, *presence.problem);
    story.add(presence.stores);
    if (presence.expected > 0) story.add(msg("Entries that were saved here: {0}", static_cast<std::int64_t>(presence.expected)));
    host_.show_form("trouble", story.text(), presence.kind == vault::Presence::Kind::Damaged ? "erase" : "backup");
}

void Program::form(FormAction action, std::string first, std::string second) {
    using vault::StoreId;
    switch (action) {
        case FormAction::UnlockWithKey: return unlock_with(std::move(first), {});
        case FormAction::Typed: return typed_back(std::move(first), std::move(second));
        case FormAction::PickBackup: return pick_backup();
        case FormAction::Restore: return restore(std::move(first));
        case FormAction::Change:
            if (!workspace_) return;
            host_.show_busy(locale_.tr("Changing the passphrase"));
            return change_key(std::move(first), std::move(second),
                              msg("The passphrase is changed. Backups made before still open with the old one."));
        case FormAction::Back: return back_from_form();
        case FormAction::Salvage: return unlock_with(std::move(first), {{}, true});
        case FormAction::ChooseFirst: return unlock_with(std::move(first), {StoreId::First, false});
        case FormAction::ChooseSecond: return unlock_with(std::move(first), {StoreId::Second, false});
        case FormAction::Erase:
            if (workspace_) return;
            vault_.erase([self = self_, this](Result<void>) {
                if (!*self) return;
                forget_backups();
                start();
            });
            return;
        case FormAction::LookFirst: return unlock_with(std::move(first), {StoreId::First, true});
        case FormAction::LookSecond: return unlock_with(std::move(first), {StoreId::Second, true});
    }
}

}  // namespace entente::app
