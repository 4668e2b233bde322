// Program: Entente as one thing, without a browser: the forms before a workspace, the workspace, the frame.
//
//   frame():  draw(const Frame&, Outbox&)  ->  drain the outbox  ->  keep what is new in the vault
//
// It decides which screen stands (forms or canvas), turns the outbox's wishes into commands and effects, keeps what is derived
// up to date, and locks. It calls out only through Host and the ports, so that the tests run all of it natively.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "app/answers.hpp"
#include "app/host.hpp"
#include "app/cuts/cut_job.hpp"
#include "app/import/import_view.hpp"
#include "app/risk_runner.hpp"
#include "app/workspace.hpp"
#include "exchange/import.hpp"
#include "platform/ports.hpp"
#include "ui/shell.hpp"
#include "ui/views/today.hpp"
#include "vault/turns.hpp"

namespace entente::app {

struct ProgramPorts {
    platform::Storage& storage;
    platform::Witness& witness;
    platform::Clock& clock;
    platform::Random& random;
    platform::Worker& worker;
    platform::Files& files;
    platform::Storage* second = nullptr;  // the vault's second store (vault.hpp); none: it keeps one copy by design
    platform::Turn* turn = nullptr;       // of several tabs (vault/turns.hpp); none: this is the only one
    platform::Folder* folder = nullptr;   // for backups that are saved by themselves; none: there is no way to
};

// What the forms about keys and copies ask for (web/library_web.js).
enum class FormAction : int {
    UnlockWithKey = 5,   // the recovery key
    Typed = 6,           // the recovery key typed back, empty: go on without one; where the workspace is open, its passphrase
    PickBackup = 7,
    Restore = 8,         // passphrase or recovery key of the picked backup
    Change = 9,          // the passphrase there is, the new one
    Back = 10,
    Salvage = 11,        // passphrase or recovery key: open what can be read
    ChooseFirst = 12,    // the same: go on with the first, or with the second store's history
    ChooseSecond = 13,
    Erase = 14,          // what is left of a workspace that cannot be opened
    LookFirst = 15,      // passphrase or recovery key: look at the first, or at the second store's history
    LookSecond = 16,
};

class Program {
public:
    // `semantics` is shared with the page, which mirrors it; both references outlive the program.
    Program(Host& host, ui::Semantics& semantics, ProgramPorts ports);
    ~Program();

    // Looks at what the store holds and shows the form for it.
    void start();

    // The forms before a workspace. Passphrases are wiped after use.
    void unlock(std::string passphrase);
    void create(std::string house_name, std::string passphrase);
    void try_sample();
    // Secrets are wiped after use.
    void form(FormAction action, std::string first, std::string second);

    // Several tabs. following(): another tab writes, this one shows what it does and changes nothing. take_over(): from now on this one
    // writes. robbed(): it was taken from here; what is not saved stays on the screen until follow() gives it up.
    bool following() const { return workspace_ && workspace_->is_kept() && vault_.following(); }
    bool robbed() const;
    // Everything is read anew, to write here or to follow: until that is over nothing done here could be kept.
    bool reopening() const;
    void take_over();
    void follow() { turns_.follow(); }
    // A store, or another tab, has answered: what must not wait for a frame, which a hidden page does not draw.
    void stored() {
        turns_.step();
        ticked();
    }
    // The time that Host::wake_after named has come, whether or not the page draws.
    void ticked();

    // One frame of the open workspace, between ImGui::NewFrame and ImGui::Render; nothing while it is locked.
    void frame(float width, float height);
    // The last frame showed what was before a command, a way gone or an effect that came out of it.
    bool stale() const { return stale_; }

    // The engine compiles what the Plan room runs when it is first drawn. rehearse() draws it once in a frame of its own, for nothing:
    // to be called between two frames that nobody waits for. It changes nothing, and the frame after it shows what was there before.
    bool wants_rehearsal() const { return workspace_ && shown_ && !rehearsed_; }
    void rehearse(float width, float height);

    // From the page.
    void media_changed();
    void language_chosen(std::string_view code);
    void theme_chosen(std::string_view choice);
    void navigated(std::string_view fragment);
    // Everything done so far goes to the vault, to be saved: the page is being hidden.
    void flush(bool snapshot_too = true);
    void noticed_person();  // any input: the workspace is not idle
    // A person's step: taken, and said in a notice, or refused there.
    void submit(Command command);
    // What a room asks for beside commands.
    void run(const ui::Effect& effect);

    ui::Theme& theme() { return theme_; }
    const Locale& locale() const { return locale_; }
    bool is_open() const { return workspace_ != nullptr; }
    std::uint64_t sequence() const;
    std::uint64_t durable_sequence() const;
    // How long the last file's plan took to be scheduled and checked, once it was read: what the press on Import need not do any more.
    std::uint64_t preview_ms() const { return preview_ms_; }
    // For tests: what the open workspace holds.
    const Workspace* workspace() const { return workspace_.get(); }
    const ui::Route& route() const { return route_; }
    const std::optional<ui::Toast>& notice() const { return toast_; }

private:
    // program.cpp
    void show_form();
    void opened(Result<vault::Opened> result, std::optional<std::string> new_house);
    void begin(std::unique_ptr<Workspace> workspace);
    vault::Turns::Hooks turn_hooks();
    void replay(const std::vector<Bytes>& entries);
    void reopened(Result<vault::Opened> result);
    Error locked_out() const;
    void apply_theme();
    void lock_now();
    void lock_when_saved();
    void ask_lock();
    bool settle_lock();
    std::optional<std::int64_t> lock_due() const;
    bool lock_overdue() const;
    void try_stores_again();
    void check_idle();
    void settle_route();
    bool shows_risk(const plan::Project& project) const;
    void set_title();
    void say(Message text, bool can_undo = false);
    void say_error(const Error& error);
    std::string told(const Error& error) const;
    bool submit(Session::Prepared prepared);
    bool may_submit();
    bool told_done(const Result<std::uint64_t>& done, Message said);
    void go(ui::Route route);
    ui::SaveState save_state();
    ui::Frame view_of(ui::Semantics& semantics, const ui::Route& route, LocalMinute at);
    Instant now() const { return ports_.clock.now(); }
    LocalMinute local(Instant at) const;
    LocalMinute local_now() const;

    // keys.cpp
    void show_key_form(ui::KeyForm form);
    void show_key();
    void rekey(std::string passphrase, vault::RecoveryKey key);
    void typed_back(std::string typed, std::string passphrase);
    void make_workspace(std::string house, std::string passphrase, std::optional<vault::RecoveryKey> key);
    void pick_backup();
    void restore(std::string secret);
    void change_key(vault::Secret current, vault::Secret next, Message said);
    void forget_forms();
    void back_from_form();
    void unlock_with(std::string secret, vault::OpenChoice choice);
    void show_recovery(const Error& error);
    void show_fork(const Error& error, const vault::RecoveryReport& report);
    void show_presence(const vault::Presence& presence);

    // copies.cpp
    void save_backup();
    void try_backup(bool pick);
    void try_file();
    void try_backup(Bytes file);
    void check_copies();
    void take_out(bool json);
    ui::BackupState backup_state() const;
    // What this browser remembers of the last backup: "entry minute", the minute in local time, and " tried" where it was opened again;
    // empty: nothing. Every frame asks for it, so it is read from the browser when a workspace begins.
    static constexpr const char* kBackupNote = "backup";
    static constexpr const char* kBackupMark = "backup_mark";
    void forget_backups();
    void set_backup_note(std::string note);
    std::string automatic_name(LocalMinute at);
    void note_backup(std::uint64_t sequence, bool tried);

    // auto_backup.cpp
    struct AutoBackup {
        ui::BackupFolder view;                 // where it stands, as it is shown
        std::uint64_t seen = 0;                // the last entry, and when it was new
        std::optional<Instant> first, last;    // edits without a backup: the oldest and the newest of this session
        Instant not_before;                    // after one that failed
        std::uint64_t round = 0;               // answers to an older one are not heard
    };
    void ask_to_last(bool ask);
    void look_for_folder();
    void ask_folder(ui::FolderAsk what);
    platform::Callback<platform::Folder::Standing> folder_answer();
    void keep_backed_up();
    void back_up_now();
    void backed_up(Result<std::uint64_t> sequence);

    // effects.cpp
    void drain(ui::Outbox& out);
    void drop_later(std::vector<Command> commands);
    void step_undo(bool forward);
    void add_sample();
    void copy(const ui::CopyText& effect);
    void save_text(const ui::SaveText& effect);
    void save_plan(const ui::ExportPlan& effect);
    void reassure();
    void forget_workspace();
    void choose_theme(ui::ThemeChoice choice);
    void choose_text_scale(int percent);
    void pick_import();
    void pick_cut(bool later);
    void set_import_options(const ui::SetImportOptions& chosen);
    void read_import();
    void prepare_import();
    void accept_import();

    // link_job.cpp
    struct LinkJob {
        ui::MakeLink request;
        std::array<std::uint8_t, 16> key{};
    };
    void make_link(const ui::MakeLink& effect);
    void finish_link(const LinkJob& job, const std::optional<std::array<std::uint8_t, 32>>& passphrase_key);
    void open_link(const ui::OpenLink& effect);

    // A recovery key that was shown and waits to be typed back.
    struct NewKey {
        std::string house, passphrase;  // of the workspace that is to be made
        vault::RecoveryKey key;
        bool all = false;               // everything is encrypted anew with it
    };

    // A file that was picked and is looked at, before anything is changed.
    struct PendingImport {
        platform::PickedFile file;
        exchange::ImportOptions options;
        Result<exchange::ImportedFile> result;
        plan::Scheduler scheduler;
        std::optional<Session::Prepared> prepared;  // the plan on its way; none: it is refused, and stays in `result`
        Error refusal;
        ui::ImportView view;
    };

    Host& host_;
    ProgramPorts ports_;
    vault::Vault vault_;
    vault::Turns turns_;
    std::unique_ptr<Workspace> workspace_;
    Answers answers_;
    ui::TodayList today_;
    RiskRunner risk_;
    ui::Shell shell_;
    ui::Semantics& semantics_;
    ui::Theme theme_;
    Locale locale_;
    ui::ThemeChoice theme_choice_ = ui::ThemeChoice::System;
    int text_scale_percent_ = 100;
    ui::Route route_;
    std::optional<ui::Toast> toast_;
    std::uint64_t toast_serial_ = 0;
    Instant toast_at_;
    std::unique_ptr<PendingImport> import_;
    std::optional<CutJob> cuts_;
    std::optional<NewKey> new_key_;
    std::optional<platform::PickedFile> backup_;  // to be restored
    std::optional<bool> lasting_;                 // what the browser says of its storage
    bool asked_to_last_ = false;
    bool in_trouble_ = false;                     // what is in this browser could not be opened: a backup may come over it
    std::string backup_note_;
    std::string backup_mark_;                     // of automatic backups of this browser; empty until it is needed
    AutoBackup auto_;
    std::optional<LocalMinute> saved_at_;
    std::uint64_t seen_durable_ = 0;
    std::optional<Instant> failed_at_;            // no store takes anything since then, or since it was last tried again
    Instant last_input_;
    static constexpr int kSecondCopyMs = 30'000;
    bool lock_pending_ = false;
    Instant lock_asked_at_;
    std::uint64_t lock_refused_ = 0;              // the notice that said so
    bool restyle_ = true;
    bool stale_ = false;
    bool shown_ = false, rehearsed_ = false;
    std::vector<Command> spent_;  // kept, and of no more use: a plan that came in whole is not taken apart in the frame that shows it
    std::unique_ptr<PendingImport> spent_import_;  // nor is the file it came from
    Instant spent_at_;
    std::uint64_t preview_ms_ = 0;
    std::optional<LinkJob> link_job_;  // while the worker derives its passphrase's key
    std::string title_;
    // Answers from the ports may come after this object is gone.
    std::shared_ptr<Program*> self_;
};

}  // namespace entente::app
