// What the panels ask for beyond commands: files, links, preferences, locking.
#include <algorithm>

#include "app/export_plan.hpp"
#include "app/program.hpp"
#include "app/sample/sample.hpp"

namespace entente::app {

namespace {

const plan::Project& added(const Command& command) { return std::get<plan::AddProject>(std::get<plan::Command>(command)).project; }

}  // namespace

void Program::drain(ui::Outbox& out) {
    std::vector<Command> commands = out.take_commands();
    std::vector<ui::Route> routes = out.take_routes();
    const std::vector<ui::Effect> effects = out.take_effects();
    stale_ = !commands.empty() || !routes.empty() || !effects.empty();
    for (Command& command : commands) submit(std::move(command));
    for (ui::Route& route : routes) go(std::move(route));
    for (const ui::Effect& effect : effects) run(effect);
    if (!workspace_) return;  // an effect may have locked it
    std::vector<Command> kept = workspace_->keep();
    for (const Command& command : kept) answers_.touched(command);
    if (out.take_redraw() || !kept.empty()) host_.wake();
    drop_later(std::move(kept));
}

void Program::drop_later(std::vector<Command> commands) {
    constexpr int kLaterMs = 300;
    if (!commands.empty()) {
        spent_ = std::move(commands);
        spent_at_ = now();
        host_.wake_after(kLaterMs);
    } else if (!spent_.empty() && now().utc_ms - spent_at_.utc_ms >= kLaterMs) {
        spent_.clear();
        spent_import_.reset();
    }
}

void Program::run(const ui::Effect& effect) {
    const auto visitor = [this](const auto& one) {
        using One = std::decay_t<decltype(one)>;
        if constexpr (std::is_same_v<One, ui::Undo>) step_undo(false);
        if constexpr (std::is_same_v<One, ui::Redo>) step_undo(true);
        if constexpr (std::is_same_v<One, ui::Lock>) ask_lock();
        if constexpr (std::is_same_v<One, ui::AddSample>) add_sample();
        if constexpr (std::is_same_v<One, ui::PickImport>) pick_import();
        if constexpr (std::is_same_v<One, ui::SetImportOptions>) set_import_options(one);
        if constexpr (std::is_same_v<One, ui::AcceptImport>) accept_import();
        if constexpr (std::is_same_v<One, ui::CancelImport>) import_.reset();
        if constexpr (std::is_same_v<One, ui::OpenCuts>) cuts_.emplace();
        if constexpr (std::is_same_v<One, ui::PickCut>) pick_cut(one.later);
        if constexpr (std::is_same_v<One, ui::SetCutRate>) {
            if (cuts_) cuts_->set_rate(one.rate);
        }
        if constexpr (std::is_same_v<One, ui::CloseCuts>) cuts_.reset();
        if constexpr (std::is_same_v<One, ui::CopyText>) copy(one);
        if constexpr (std::is_same_v<One, ui::SaveText>) save_text(one);
        if constexpr (std::is_same_v<One, ui::ExportPlan>) save_plan(one);
        if constexpr (std::is_same_v<One, ui::MakeLink>) make_link(one);
        if constexpr (std::is_same_v<One, ui::OpenLink>) open_link(one);
        if constexpr (std::is_same_v<One, ui::FlushNow>) reassure();
        if constexpr (std::is_same_v<One, ui::ShowKeyForm>) show_key_form(one.form);
        if constexpr (std::is_same_v<One, ui::SaveBackup>) save_backup();
        if constexpr (std::is_same_v<One, ui::TryBackup>) try_backup(one.pick);
        if constexpr (std::is_same_v<One, ui::CheckCopies>) check_copies();
        if constexpr (std::is_same_v<One, ui::AskFolder>) ask_folder(one.what);
        if constexpr (std::is_same_v<One, ui::TakeOut>) take_out(one.json);
        if constexpr (std::is_same_v<One, ui::TakeOver>) take_over();
        if constexpr (std::is_same_v<One, ui::FollowOther>) follow();
        if constexpr (std::is_same_v<One, ui::ForgetWorkspace>) forget_workspace();
        if constexpr (std::is_same_v<One, ui::StopRisk>) risk_.stop();
        if constexpr (std::is_same_v<One, ui::RunRisk>) risk_.again();
        if constexpr (std::is_same_v<One, ui::SetLanguage>) language_chosen(one.language == Language::Welsh ? "cy" : "en");
        if constexpr (std::is_same_v<One, ui::SetThemeChoice>) choose_theme(one.choice);
        if constexpr (std::is_same_v<One, ui::SetTextScale>) choose_text_scale(one.percent);
    };
    if (workspace_) std::visit(visitor, effect);
}

void Program::step_undo(bool forward) {
    if (!may_submit()) return;
    const Session& session = workspace_->session();
    const Message name = forward ? session.redo_name() : session.undo_name();
    const auto done = forward ? workspace_->redo(now()) : workspace_->undo(now());
    if (!done) {
        say_error(done.error());
        return;
    }
    say(forward ? msg("Done again: {0}", name) : msg("Undone: {0}", name));
}

// Ctrl+S: there is nothing to save by hand, and it says so.
void Program::reassure() {
    if (!workspace_->is_kept()) {
        say_error({ErrorCode::Storage, msg("The sample is in memory only."), {}, msg("Make a workspace to keep your work.")});
        return;
    }
    if (following()) return take_over();
    if (vault_.read_only() || vault_.lost()) return say_error(*vault_.last_error());
    flush();
    if (vault_.saving() == vault::Saving::Failed || vault_.saving() == vault::Saving::OneCopy) {
        vault_.retry();
        return say(msg("Trying to save again. The foot of the page says whether it worked."));
    }
    say(msg("Everything is saved as you go."));
}

void Program::choose_theme(ui::ThemeChoice choice) {
    theme_chosen(choice == ui::ThemeChoice::Dark ? "dark" : choice == ui::ThemeChoice::Light ? "light" : "system");
}

void Program::choose_text_scale(int percent) {
    text_scale_percent_ = std::clamp(percent, 80, 200);
    host_.set_preference("text_scale", std::to_string(text_scale_percent_));
    host_.set_text_scale(text_scale_percent_);
    host_.wake();
}

void Program::add_sample() {
    submit(plan::Command{make_sample(workspace_->model(), day_of(local_now()), [this] { return workspace_->next_id(); })});
    const auto& projects = workspace_->model().projects;
    if (projects.empty()) return;
    ui::Route route = route_;
    route.room = ui::Room::Plan;
    route.project = projects.back().id;
    route.task = {};
    route.change = {};
    go(route);
}

void Program::copy(const ui::CopyText& effect) {
    host_.copy_text(effect.text, [self = self_, this, said = effect.said](bool copied) {
        if (!*self || !workspace_) return;
        if (copied) {
            say(said);
        } else {
            say_error({ErrorCode::Refused, msg("The browser did not allow copying."), {}, msg("Select the text and copy it by hand.")});
        }
    });
}

void Program::save_plan(const ui::ExportPlan& effect) {
    const bool csv = effect.format == ui::PlanFormat::Csv;
    const auto file = export_plan(workspace_->model(), effect.project, csv ? ExportFormat::Csv : ExportFormat::ProjectXml);
    if (!file) {
        say_error(file.error());
        return;
    }
    save_text({file->name, file->mime, file->text});
    const auto lost = static_cast<std::int64_t>(file->left_out.size());
    if (lost == 0) say(msg("Saved as {0}.", file->name));
    else if (lost == 1) say(msg("Saved as {0}. {1}", file->name, file->left_out.front()));
    else say(msgn("Saved as {0}. {1} And {n} more.", "Saved as {0}. {1} And {n} more.", lost - 1, file->name, file->left_out.front()));
}

void Program::save_text(const ui::SaveText& effect) {
    const ByteView bytes = bytes_of(effect.text);
    ports_.files.save(effect.name, effect.mime, Bytes(bytes.begin(), bytes.end()));
}

void Program::forget_workspace() {
    if (!workspace_->is_kept()) {
        lock_now();
        return;
    }
    vault_.erase([self = self_, this](Result<void> erased) {
        if (!*self) return;
        if (!erased) {
            host_.show_fatal(locale_.text(erased.error().what), locale_.text(erased.error().remedy));
            return;
        }
        forget_backups();
        if (ports_.folder) ports_.folder->forget([](const auto&) {});
        lock_now();
    });
}

// --- imports ---

void Program::pick_import() {
    ports_.files.pick(".csv,.tsv,.txt,.xml", exchange::kMaxImportBytes, [self = self_, this](Result<platform::PickedFile> picked) {
        if (!*self || !workspace_) return;
        if (!picked) {
            if (picked.error().code != ErrorCode::Cancelled) say_error(picked.error());
            return;
        }
        import_ = std::make_unique<PendingImport>();
        import_->file = std::move(*picked);
        import_->options.default_start = day_of(local_now());
        read_import();
    });
}

void Program::pick_cut(bool later) {
    ports_.files.pick(".edl,.otio,.txt,.json", exchange::kMaxImportBytes, [self = self_, this, later](Result<platform::PickedFile> picked) {
        if (!*self || !workspace_ || !cuts_) return;
        if (!picked) {
            if (picked.error().code != ErrorCode::Cancelled) say_error(picked.error());
            return;
        }
        cuts_->take(later, picked->name, std::move(picked->bytes));
        host_.wake();
    });
}

void Program::set_import_options(const ui::SetImportOptions& chosen) {
    if (!import_) return;
    import_->options.project_name = chosen.name;
    import_->options.start = chosen.start;
    import_->options.promise_milestones = chosen.promise_milestones;
    import_->options.column_fields = chosen.column_fields;
    read_import();
}

// Reads the file with the options as they stand. Ids are the workspace's own and may be given out again for another try.
void Program::read_import() {
    const auto next_id = [this] { return workspace_->next_id(); };
    import_->prepared.reset();
    import_->result = exchange::import_file(import_->file.name, import_->file.bytes, import_->options, workspace_->model().house, next_id);
    const Instant begun = now();
    import_->view = build_import_view(import_->file.name, import_->options, import_->result, import_->scheduler);
    if (!import_->view.failure) prepare_import();
    preview_ms_ = static_cast<std::uint64_t>(std::max<std::int64_t>(now().utc_ms - begun.utc_ms, 0));
    host_.wake();
}

// Everything that must be known before the plan is added is found out now: a press on Import only puts it there.
void Program::prepare_import() {
    exchange::Imported& found = import_->result->imported;
    Command command = plan::Command{plan::AddProject{std::move(found.project), found.new_roles}};
    if (auto prepared = workspace_->prepare(command)) {
        import_->prepared.emplace(std::move(*prepared));
        import_->view.project = &added(import_->prepared->command());
    } else {
        import_->refusal = std::move(prepared.error());
        found.project = std::move(std::get<plan::AddProject>(std::get<plan::Command>(command)).project);
    }
}

void Program::accept_import() {
    if (!import_ || !import_->result || import_->view.failure) return;
    if (!import_->prepared) return say_error(import_->refusal);  // the preview stays open beside the reason
    const ProjectId project = import_->view.project->id;
    if (!submit(std::move(*import_->prepared))) return read_import();
    answers_.adopt(project, std::move(import_->scheduler), std::move(import_->view.schedule));
    spent_import_ = std::move(import_);
    ui::Route route = route_;
    route.room = ui::Room::Plan;
    route.project = project;
    route.task = {};
    route.change = {};
    go(route);
}

}  // namespace entente::app
