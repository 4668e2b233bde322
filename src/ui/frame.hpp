// Frame and Outbox: what a panel may read, and how it asks for anything.
//
// A panel is a struct with draw(const Frame&, Outbox&). It owns only what is transient (scroll, an open draft). It reads the
// model and derived answers through the Frame, and asks through the Outbox: submit a command, go somewhere, an effect. It never
// changes the model itself and never waits. A button is enabled by frame.can(command), the same check that guards it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/locale.hpp"
#include "core/change/query.hpp"
#include "core/plan/query.hpp"
#include "core/risk/query.hpp"
#include "core/risk/result.hpp"
#include "core/session.hpp"
#include "ui/route.hpp"
#include "ui/semantics.hpp"
#include "ui/theme/theme.hpp"
#include "ui/views/cut_view.hpp"

namespace entente::ui {

struct WidgetState;  // widgets/state.hpp
struct TodayItem;    // views/today.hpp

inline constexpr std::size_t kScenariosSideBySide = 4;  // the newest, beside the live plan

// Answers computed from one project, cached by the session's sequence. `problem` is set where the plan has a loop; then
// the rest is empty.
struct ProjectAnswers {
    plan::Schedule schedule;
    std::vector<plan::PromiseRow> promises;
    std::vector<plan::DecisionRow> decisions;
    std::map<ChangeId, Result<change::Impact>> impacts;  // of open changes
    std::map<OptionId, Result<change::Impact>> options;  // of the change that is looked at
    std::map<OptionId, std::vector<risk::P80Move>> option_p80;  // with them, where the plan is small enough to be asked at once
    std::map<ScenarioId, Result<change::Impact>> scenarios;  // where they are looked at
    std::map<ScenarioId, std::vector<risk::P80Move>> scenario_p80;  // with those that stand side by side
    std::int64_t contract_minor = 0;
    // The same number as before: only lengths, dates and progress changed since. 0: not known.
    std::uint64_t shape = 0;
    std::optional<Error> problem;
};

// The risk of the project the route names, as far as it is known.
struct RiskView {
    const risk::Findings* findings = nullptr;
    std::uint64_t sequence = 0;      // the state of the session they were worked out for
    bool current = false;            // they belong to the plan as it stands
    bool running = false, stopped = false;
    std::uint32_t done = 0, runs = 0;
    std::optional<Error> problem;
};

struct SaveState {
    enum class Kind : std::uint8_t { Saved, OneCopy, Saving, MemoryOnly, Failed, ReadOnly };  // OneCopy: of two that there should be
    Kind kind = Kind::Saved;
    std::optional<LocalMinute> at;   // when it was last saved, local time
    Message problem;                 // Failed: why
};

// A short notice at the bottom: "Moved picture lock +2 days. Undo".
struct Toast {
    std::uint64_t serial = 0;
    Message text;
    bool can_undo = false;
    bool is_error = false;
};

// What an import found, before anything is changed. Plain rows made by the app from exchange's result.
struct ImportProblem {
    std::int64_t line = 0;  // 0: no line
    Message text;
    bool error = false;     // the row was left out
};
struct ImportColumn {
    std::string header;
    int field = 0;          // index into ImportView::field_names; 0: not used
    std::vector<std::string> samples;
};
struct ImportView {
    std::string file_name;
    Message format;                      // "CSV", "Microsoft Project XML"
    const plan::Project* project = nullptr;  // as it would be added; none: see `failure`
    plan::Schedule schedule;             // of that project
    std::vector<ImportColumn> columns;   // CSV only
    std::vector<Message> field_names;    // what a column can mean
    std::vector<ImportProblem> problems;
    std::int64_t tasks = 0, links = 0, milestones = 0, calendars = 0, assignments = 0, client_items = 0;
    std::optional<Error> failure;        // nothing can be imported; only the failure is shown
    bool promise_milestones = true;      // promise the client milestones' dates as they fall
};

// Effects: what a panel cannot do with a command.
struct PickImport {};
struct SetImportOptions { std::string name; Day start; bool promise_milestones = true; std::vector<int> column_fields; };
struct AcceptImport {};
struct CancelImport {};
struct AddSample {};
struct Undo {};
struct Redo {};
struct Lock {};
struct FlushNow {};                      // Ctrl+S: reassure
struct SetLanguage { Language language = Language::English; };
struct SetThemeChoice { ThemeChoice choice = ThemeChoice::System; };
struct SetTextScale { int percent = 100; };
struct CopyText { std::string text; Message said; };
struct SaveText { std::string name, mime, text; };  // a file for the person: a change notice, a table
enum class PlanFormat : std::uint8_t { ProjectXml, Csv };
struct ExportPlan { ProjectId project; PlanFormat format = PlanFormat::ProjectXml; };  // a file for other programs
struct MakeLink { ProjectId project; std::string to; int days = 14; bool welsh = false; std::string passphrase; };
struct OpenLink { ShareId share; };      // in a new tab
struct StopRisk {};                      // the simulation that runs; RunRisk starts it again
struct RunRisk {};
enum class KeyForm : std::uint8_t { Passphrase, RecoveryKey, Rekey };
struct ShowKeyForm { KeyForm form = KeyForm::Passphrase; };  // in place of the workspace, until it is done or left
struct SaveBackup {};
struct TryBackup { bool pick = false; };   // the restore drill: the last backup, or a picked file, held against the workspace
struct CheckCopies {};
enum class FolderAsk : std::uint8_t { Choose, Allow, Forget };
struct AskFolder { FolderAsk what = FolderAsk::Choose; };  // for backups that are saved by themselves
struct TakeOut { bool json = false; };   // everything, not encrypted: one JSON document, or pages and tables in a ZIP file
struct TakeOver {};                      // from the tab that writes
struct FollowOther {};                   // give up what could not be saved here
struct ForgetWorkspace {};               // erases it from this browser; the panel has asked twice
using Effect = std::variant<PickImport, SetImportOptions, AcceptImport, CancelImport, AddSample, Undo, Redo, Lock, FlushNow, SetLanguage,
                            SetThemeChoice, SetTextScale, CopyText, SaveText, ExportPlan, MakeLink, OpenLink, StopRisk, RunRisk, OpenCuts,
                            PickCut, SetCutRate, CloseCuts, ShowKeyForm, SaveBackup, TryBackup, CheckCopies, AskFolder, TakeOut,
                            TakeOver, FollowOther, ForgetWorkspace>;

// The folder that backups go to by themselves.
struct BackupFolder {
    enum class State : std::uint8_t { Unsupported, None, Asks, Ready };  // Asks: the browser wants a person's yes again
    State state = State::Unsupported;
    std::string name;                    // the folder's own
    bool writing = false;
    Message problem;                     // why the last one failed; empty: it did not
};

// The last backup that was saved from this browser.
struct BackupState {
    std::optional<LocalMinute> at;       // none: there was none
    std::uint64_t edits_since = 0;       // those that are not in it
    bool tried = false;                  // it was read again and opened
    std::optional<bool> lasting;         // the browser does not clear what it keeps when room gets short; none: it has not said
    BackupFolder folder;
};

struct Frame {
    const Session& session;
    const Model& model;
    const Locale& locale;
    const Theme& theme;
    Semantics& semantics;                    // a sink: adding nodes changes nothing a person owns
    const Route& route;
    const plan::Project* project = nullptr;  // the one the route names; none: no project yet
    const ProjectAnswers* answers = nullptr; // of `project`
    const std::map<ProjectId, ProjectAnswers>* all_answers = nullptr;
    const std::vector<TodayItem>* today_items = nullptr;  // of all_answers; none: nothing to show
    const RiskView* risk = nullptr;          // of `project`, once a room has shown it
    const ImportView* import = nullptr;      // while a preview is open
    const CutView* cuts = nullptr;           // while two cuts are compared
    const Toast* toast = nullptr;
    SaveState save{};
    BackupState backup{};
    bool following = false;                  // another tab writes; this one shows what it does
    bool robbed = false;                     // another tab has taken the workspace over, and what is not saved is only here
    Day today{};
    LocalMinute now{};
    Message undo_name{}, redo_name{};            // empty: nothing to undo
    ThemeChoice theme_choice = ThemeChoice::System;
    int text_scale_percent = 100;
    bool memory_only = false;                // the sample without a workspace
    bool busy = false;                       // a long job runs (making a link with a passphrase)
    Message busy_text{};
    float width = 0, height = 0;             // device pixels
    std::string base_address{};              // of the site, ends with '/': status links open at status.html there
    WidgetState* widgets = nullptr;          // set by Shell: focus, drafts and open lists of the widgets

    const char* tr(std::string_view literal) const { return locale.tr(literal); }
    std::string text(const Message& message) const { return locale.text(message); }
    bool can(const Command& command) const { return session.can(command).has_value(); }
    // A length or a size in CSS pixels as device pixels.
    float px(float css) const { return theme.px(css); }
};

class Outbox {
public:
    explicit Outbox(std::function<std::uint64_t()> next_id) : next_id_(std::move(next_id)) {}

    void submit(Command command) { commands_.push_back(std::move(command)); }
    void go(Route route) { routes_.push_back(std::move(route)); }
    void ask(Effect effect) { effects_.push_back(std::move(effect)); }
    template <class T>
    T new_id() { return T{next_id_()}; }
    // Draw one more frame soon although nothing came in (an animation, a layout that needs a second pass).
    void redraw() { redraw_ = true; }

    std::vector<Command> take_commands() { return std::exchange(commands_, {}); }
    std::vector<Route> take_routes() { return std::exchange(routes_, {}); }
    std::vector<Effect> take_effects() { return std::exchange(effects_, {}); }
    bool take_redraw() { return std::exchange(redraw_, false); }

private:
    std::function<std::uint64_t()> next_id_;
    std::vector<Command> commands_;
    std::vector<Route> routes_;
    std::vector<Effect> effects_;
    bool redraw_ = false;
};

}  // namespace entente::ui
