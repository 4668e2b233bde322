#include "app/program.hpp"

#include <algorithm>
#include <cstdlib>

#include "app/first_run.hpp"

namespace entente::app {

namespace {

constexpr std::int64_t kNoticeMilliseconds = 8000;

ui::ThemeChoice choice_from(std::string_view name) {
    if (name == "dark") return ui::ThemeChoice::Dark;
    if (name == "light") return ui::ThemeChoice::Light;
    return ui::ThemeChoice::System;
}

const char* name_of(ui::ThemeChoice choice) {
    switch (choice) {
        case ui::ThemeChoice::Dark: return "dark";
        case ui::ThemeChoice::Light: return "light";
        case ui::ThemeChoice::System: break;
    }
    return "system";
}

const char* room_name(const Locale& locale, ui::Room room) {
    switch (room) {
        case ui::Room::Plan: return locale.tr("Plan");
        case ui::Room::Changes: return locale.tr("Changes");
        case ui::Room::Money: return locale.tr("Money");
        case ui::Room::Share: return locale.tr("Share");
        case ui::Room::Workspace: return locale.tr("Workspace");
        case ui::Room::Today: break;
    }
    return locale.tr("Today");
}

DeviceId random_device(platform::Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    return DeviceId{Reader(bytes).u64() | 1};
}

}  // namespace

Program::Program(Host& host, ui::Semantics& semantics, ProgramPorts ports)
    : host_(host),
      ports_(ports),
      vault_({ports.storage, ports.witness, ports.clock, ports.random, ports.worker, ports.second, ports.turn}),
      turns_(vault_, ports.turn, turn_hooks()),
      risk_(ports.worker),
      semantics_(semantics),
      self_(std::make_shared<Program*>(this)) {
    const std::string language = host_.preference("language").value_or("en");
    locale_ = Locale(language == "cy" ? Language::Welsh : Language::English);
    theme_choice_ = choice_from(host_.preference("theme").value_or("system"));
    apply_theme();
}

Program::~Program() { *self_ = nullptr; }

std::uint64_t Program::sequence() const { return workspace_ ? workspace_->session().sequence() : 0; }
std::uint64_t Program::durable_sequence() const { return workspace_ && workspace_->is_kept() ? vault_.durable_sequence() : 0; }

LocalMinute Program::local_now() const { return local(now()); }

LocalMinute Program::local(Instant at) const {
    const std::int64_t utc_minutes = at.utc_ms >= 0 ? at.utc_ms / 60000 : (at.utc_ms - 59999) / 60000;
    return LocalMinute{utc_minutes + ports_.clock.offset_minutes(at)};
}

void Program::start() {
    in_trouble_ = false;
    if (const auto scale = host_.preference("text_scale")) {
        const int percent = std::atoi(scale->c_str());
        if (percent != text_scale_percent_ && percent != 0) choose_text_scale(percent);
    }
    vault_.probe([self = self_, this](Result<vault::Presence> presence) {
        // Somebody was quicker than the storage: looks at the sample already, or waits for a workspace, or fills in the next form.
        if (!*self || workspace_ || vault_.state() == vault::VaultState::Busy) return;
        const bool none = presence && presence->kind == vault::Presence::Kind::None;
        if (none && (new_key_ || backup_)) return;
        forget_forms();
        if (!presence) {
            host_.show_fatal(locale_.text(presence.error().what), locale_.text(presence.error().remedy));
            return;
        }
        using Kind = vault::Presence::Kind;
        if (none) host_.show_new();
        else if (presence->kind == Kind::Present) host_.show_unlock({});
        else show_presence(*presence);  // an error never looks like a new, empty workspace
    });
}

void Program::opened(Result<vault::Opened> result, std::optional<std::string> new_house) {
    if (!result) {
        const ErrorCode code = result.error().code;
        const vault::RecoveryReport& found = vault_.recovery();
        const bool behind = code == ErrorCode::Storage && found.missing_entries > 0;  // the store that cannot be read has more
        const bool newer = code == ErrorCode::Unsupported && found.gap;
        const bool forked = code == ErrorCode::Conflict && found.fork;
        if (code == ErrorCode::Damaged || behind || newer || forked) return show_recovery(result.error());
        host_.show_error(told(result.error()), locale_.text(result.error().remedy));
        host_.wake();
        return;
    }
    auto workspace = Workspace::open(vault_, *result);
    if (!workspace) {
        vault_.lock();
        turns_.locked();
        host_.show_error(told(workspace.error()), locale_.text(workspace.error().remedy));
        return;
    }
    if (new_house) {
        Workspace& fresh = **workspace;
        for (Command& command : first_commands(*new_house, [&] { return fresh.next_id(); }, ports_.random)) {
            fresh.submit(std::move(command), now());
        }
        fresh.forget_steps();
    }
    begin(std::move(*workspace));
    if (result->missing_entries > 0) {
        say_error({ErrorCode::Damaged,
                   msgn("{n} edit that this browser once saved is missing.", "{n} edits that this browser once saved are missing.",
                        static_cast<std::int64_t>(result->missing_entries)),
                   {}, {}});
    } else if (!result->warnings.empty()) {
        say_error(result->warnings.front());
    }
}

// What happened, and where: "the record is damaged (jrnl 17)".
std::string Program::told(const Error& error) const {
    return locale_.text(error.where.empty() ? error.what : msg("{0} ({1})", error.what, error.where));
}

void Program::try_sample() {
    host_.show_busy(locale_.tr("Opening the sample"));
    auto workspace = Workspace::in_memory(random_device(ports_.random));
    for (Command& command : first_commands(locale_.tr("Sample post house"), [&] { return workspace->next_id(); }, ports_.random)) {
        workspace->submit(std::move(command), now());
    }
    begin(std::move(workspace));
    add_sample();
    workspace_->forget_steps();
    toast_.reset();
}

void Program::begin(std::unique_ptr<Workspace> workspace) {
    workspace_ = std::move(workspace);
    in_trouble_ = false;
    answers_.forget_all();
    today_.forget();
    risk_.forget();
    workspace_->keep();
    route_ = ui::from_fragment(host_.fragment());
    last_input_ = now();
    lock_pending_ = false;
    shown_ = false;
    backup_note_ = host_.preference(kBackupNote).value_or(std::string());
    look_for_folder();
    ask_to_last(false);
    toast_.reset();
    seen_durable_ = 0;
    saved_at_ = local_now();
    title_.clear();
    settle_route();
    host_.show_canvas();
    host_.wake();
}

void Program::apply_theme() {
    const HostMedia media = host_.media();
    const bool dark = theme_choice_ == ui::ThemeChoice::Dark || (theme_choice_ == ui::ThemeChoice::System && media.dark);
    ui::set_dark(theme_, dark);
    theme_.reduced_motion = media.reduced_motion;
    theme_.forced_colors = media.forced_colors;
    host_.set_theme(name_of(theme_choice_), dark, theme_.palette.bg);
    restyle_ = true;
}

void Program::media_changed() {
    apply_theme();
    host_.wake();
}

void Program::language_chosen(std::string_view code) {
    locale_ = Locale(code == "cy" ? Language::Welsh : Language::English);
    host_.set_preference("language", locale_.code());
    host_.set_language(locale_.code());
    title_.clear();
    host_.wake();
}

void Program::theme_chosen(std::string_view choice) {
    theme_choice_ = choice_from(choice);
    host_.set_preference("theme", name_of(theme_choice_));
    apply_theme();
    host_.wake();
}

void Program::navigated(std::string_view fragment) {
    if (!workspace_) return;
    route_ = ui::from_fragment(fragment);
    settle_route();
    host_.wake();
}

// A route always names a project while there is one, so that every room has something to show.
void Program::settle_route() {
    const auto& projects = workspace_->model().projects;
    if (!find_project(workspace_->model(), route_.project)) {
        route_.project = projects.empty() ? ProjectId{} : projects.front().id;
        route_.task = {};
        route_.change = {};
    }
}

void Program::go(ui::Route route) {
    if (route == route_) return;
    route_ = std::move(route);
    settle_route();
    host_.set_fragment(ui::to_fragment(route_), false);
}

// The room alone: the browser writes titles into its history, in plain text, and a project's name is the workspace's own.
void Program::set_title() {
    std::string title = room_name(locale_, route_.room) + std::string(" \u00B7 Entente");
    if (title == title_) return;
    title_ = title;
    host_.set_title(title_);
}

void Program::say(Message text, bool can_undo) {
    toast_ = ui::Toast{++toast_serial_, std::move(text), can_undo, false};
    toast_at_ = now();
    host_.wake();
}

void Program::say_error(const Error& error) {
    Message text = error.remedy.empty() ? error.what : msg("{0} {1}", error.what, error.remedy);
    if (!error.where.empty()) text = msg("{0} ({1})", std::move(text), error.where);
    toast_ = ui::Toast{++toast_serial_, std::move(text), false, true};
    host_.wake();
}

// Not where another tab writes, or has taken the workspace over, or where it was opened to be looked at: what is done here could not be
// kept.
bool Program::may_submit() {
    if (following() || robbed() || reopening()) say_error(locked_out());
    else if (workspace_->is_kept() && vault_.read_only())
        say_error({ErrorCode::Conflict, msg("This workspace is open for looking and export only."), {}, {}});
    else return true;
    return false;
}

bool Program::told_done(const Result<std::uint64_t>& done, Message said) {
    if (done) {
        ask_to_last(true);
        say(std::move(said), workspace_->session().undo_sequence() == *done);
    } else {
        say_error(done.error());
    }
    return done.has_value();
}

void Program::submit(Command command) {
    if (!may_submit()) return;
    Message said = describe(workspace_->model(), command);
    told_done(workspace_->submit(std::move(command), now()), std::move(said));
}

bool Program::submit(Session::Prepared prepared) {
    if (!may_submit()) return false;
    Message said = describe(workspace_->model(), prepared.command());
    return told_done(workspace_->submit(std::move(prepared), now()), std::move(said));
}

ui::SaveState Program::save_state() {
    ui::SaveState state;
    using Kind = ui::SaveState::Kind;
    if (!workspace_->is_kept()) {
        state.kind = Kind::MemoryOnly;
        return state;
    }
    if (vault_.durable_sequence() != seen_durable_) {
        seen_durable_ = vault_.durable_sequence();
        saved_at_ = local_now();
    }
    state.at = saved_at_;
    if (vault_.read_only()) {
        state.kind = Kind::ReadOnly;
        if (!vault_.following()) state.problem = msg("Open for looking and export only");
        return state;
    }
    switch (vault_.saving()) {
        case vault::Saving::Saved: state.kind = Kind::Saved; break;
        case vault::Saving::OneCopy: state.kind = Kind::OneCopy; break;
        case vault::Saving::Waiting: state.kind = Kind::Saving; break;
        case vault::Saving::Failed: {
            state.kind = Kind::Failed;
            state.problem = vault_.last_error()->what;
            break;
        }
    }
    return state;
}

void Program::flush(bool snapshot_too) {
    if (!workspace_) return;
    for (const Command& command : workspace_->keep(snapshot_too)) answers_.touched(command);
}

// The Risk view; and the whiskers of the timeline once there are any.
bool Program::shows_risk(const plan::Project& project) const {
    if (route_.room != ui::Room::Plan) return false;
    return route_.view == ui::PlanView::Risk || (route_.view == ui::PlanView::Timeline && risk_.follows(project));
}

// What a frame of any room shows.
ui::Frame Program::view_of(ui::Semantics& semantics, const ui::Route& route, LocalMinute at) {
    const Session& session = workspace_->session();
    ui::Frame view{session, session.model(), locale_, theme_, semantics, route};
    view.project = find_project(session.model(), route.project);
    view.answers = answers_.find(route.project);
    view.save = save_state();
    view.backup = backup_state();
    view.following = following();
    view.robbed = !view.following && robbed();
    view.today = day_of(at);
    view.now = at;
    view.undo_name = session.undo_name();
    view.redo_name = session.redo_name();
    view.theme_choice = theme_choice_;
    view.text_scale_percent = text_scale_percent_;
    view.memory_only = !workspace_->is_kept();
    view.busy = link_job_.has_value();
    if (view.busy) view.busy_text = msg("Making the link");
    view.base_address = host_.base_address();
    return view;
}

void Program::rehearse(float width, float height) {
    rehearsed_ = stale_ = true;
    const auto& projects = workspace_->model().projects;
    if (projects.empty() || projects.front().tasks.empty()) return;
    ui::Route route;
    route.room = ui::Room::Plan;
    route.project = projects.front().id;
    route.task = projects.front().tasks.front().id;  // in view: where lists are scrolled to is Dear ImGui's, and stays
    ui::Semantics unheard;
    ui::Shell shell;
    ui::Outbox unread([] { return std::uint64_t{1}; });
    ui::Frame view = view_of(unheard, route, local_now());
    view.width = width;
    view.height = height;
    unheard.begin_frame();
    shell.draw(view, unread);
    unheard.end_frame();
}

void Program::frame(float width, float height) {
    stale_ = false;
    if (!workspace_) return;
    if (restyle_) ui::apply_style(theme_);
    restyle_ = false;
    check_idle();
    if (settle_lock()) return;
    // A notice that was read goes with the next frame that something else draws: no timer wakes an idle page for it.
    if (toast_ && !toast_->is_error && now().utc_ms - toast_at_.utc_ms > kNoticeMilliseconds) toast_.reset();
    settle_route();
    set_title();
    keep_backed_up();
    const LocalMinute at = local_now();
    const auto& all = answers_.update(workspace_->model(), day_of(at));
    answers_.look_at(workspace_->model(), route_);
    ui::Frame view = view_of(semantics_, route_, at);
    view.all_answers = &all;
    // Only where a room shows it; elsewhere nothing runs.
    const std::uint64_t sequence = workspace_->session().sequence();
    if (view.project && !import_ && shows_risk(*view.project))
        risk_.look_at(view.model, *view.project, sequence);
    else
        risk_.leave();
    view.risk = risk_.view(route_.project, sequence);
    view.import = import_ ? &import_->view : nullptr;
    view.cuts = cuts_ ? &cuts_->view() : nullptr;
    view.toast = toast_ ? &*toast_ : nullptr;
    view.width = width;
    view.height = height;
    view.today_items = &today_.of(view);

    ui::Outbox out([this] { return workspace_->next_id(); });
    shell_.draw(view, out);
    shown_ = true;
    drain(out);
}

}  // namespace entente::app
