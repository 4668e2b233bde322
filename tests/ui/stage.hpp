// A stage for the interface: Dear ImGui without a screen, a session, and what the app does between two frames.
#pragma once

#include <doctest.h>
#include <imgui.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/plan/schedule.hpp"
#include "core/session.hpp"
#include "support/small_plan.hpp"
#include "ui/semantics_hooks.hpp"
#include "ui/shell.hpp"
#include "ui/views/today.hpp"

namespace entente::test {

class Stage {
public:
    explicit Stage(Session session = Session(DeviceId{9}), float scale = 1.0f) : session_(std::move(session)) {
        ImGui::SetCurrentContext(context_);
        ImGuiIO& io = ImGui::GetIO();
        io.DisplaySize = ImVec2(1366 * scale, 768 * scale);
        io.IniFilename = nullptr;
        ImFont* font = io.Fonts->AddFontDefault();
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        theme_.fonts = {font, font, font, font, font, font, font, font, font, font, font, font, font, font};
        theme_.scale = scale;
        ui::set_dark(theme_, true);
        ui::apply_style(theme_);
        ui::hook_items(context_, &semantics_);
        route.project = session_.model().projects.empty() ? ProjectId{} : session_.model().projects.front().id;
    }
    ~Stage() {
        ImGui::SetCurrentContext(context_);
        ImGui::DestroyContext(context_);
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // One frame, with what the app does after it. Commands are submitted; a refused one is counted.
    void frame() {
        ImGui::SetCurrentContext(context_);
        ImGui::GetIO().DeltaTime = 1.0f / 60.0f;
        update_answers();
        semantics_.begin_frame();
        ImGui::NewFrame();
        ui::Frame view{session_, session_.model(), locale, theme_, semantics_, route};
        view.project = find_project(session_.model(), route.project);
        if (view.project) view.answers = &answers_[view.project->id];
        view.all_answers = &answers_;
        view.import = import ? &*import : nullptr;
        view.risk = risk ? &*risk : nullptr;
        view.cuts = cuts ? &*cuts : nullptr;
        view.toast = toast ? &*toast : nullptr;
        view.today = today;
        view.now = at_minute(today, 600);
        view.undo_name = session_.undo_name();
        view.redo_name = session_.redo_name();
        view.width = ImGui::GetIO().DisplaySize.x;
        view.height = ImGui::GetIO().DisplaySize.y;
        view.today_items = &today_list_.of(view);
        CHECK(same_items(*view.today_items, ui::today_items(view, route.room == ui::Room::Today)));
        ui::Outbox out([this] { return session_.new_id<TaskId>().n; });
        shell_.draw(view, out);
        ImGui::Render();
        semantics_.end_frame();
        drain(out);
    }
    // Frames until nothing asks for another one.
    void settle() {
        int frames = 0;
        do frame();
        while ((redraw_ || semantics_.has_events()) && ++frames < 60);
        CHECK_MESSAGE(frames < 60, "the interface never comes to rest");
        frame();
    }

    const ui::Node* find(ui::NodeRole role, std::string_view name) const {
        for (const ui::Node& node : semantics_.nodes()) {
            if (node.role == role && node.name == name) return &node;
        }
        return nullptr;
    }
    const ui::Node* starting(ui::NodeRole role, std::string_view name) const {
        for (const ui::Node& node : semantics_.nodes()) {
            if (node.role == role && node.name.substr(0, name.size()) == name) return &node;
        }
        return nullptr;
    }
    void post(ui::MirrorEventKind kind, ui::NodeRole role, std::string_view name, std::string text = {}) {
        const ui::Node* node = starting(role, name);
        REQUIRE_MESSAGE(node != nullptr, std::string(name));
        semantics_.post({kind, node->id, std::move(text)});
        settle();
    }
    void click(ui::NodeRole role, std::string_view name) { post(ui::MirrorEventKind::Click, role, name); }
    void type(std::string_view field, std::string text, ui::NodeRole role = ui::NodeRole::TextField) {
        post(ui::MirrorEventKind::Focus, role, field);
        post(ui::MirrorEventKind::Input, role, field, text);
        post(ui::MirrorEventKind::Commit, role, field, text);
    }
    void choose(std::string_view combo, std::string_view option) {
        click(ui::NodeRole::ComboBox, combo);
        click(ui::NodeRole::Option, option);
    }
    void key(ImGuiKey pressed, ImGuiKey mod = ImGuiKey_None) {
        ImGuiIO& io = ImGui::GetIO();
        if (mod != ImGuiKey_None) io.AddKeyEvent(mod, true);
        io.AddKeyEvent(pressed, true);
        settle();
        io.AddKeyEvent(pressed, false);
        if (mod != ImGuiKey_None) io.AddKeyEvent(mod, false);
        settle();
    }

    // What must hold of every tree: named, unique, inside its parent's lifetime.
    void check_tree() const {
        std::set<std::uint32_t> ids;
        for (const ui::Node& node : semantics_.nodes()) {
            CHECK(ids.insert(node.id).second);
            CHECK_MESSAGE(!node.name.empty(), "a node without a name, role " << static_cast<int>(node.role));
            if (node.parent) CHECK_MESSAGE(ids.count(node.parent) == 1, node.name);
        }
    }

    template <class T>
    const T* last_command() const {
        if (commands.empty()) return nullptr;
        return std::visit([](const auto& feature) -> const T* {
            if constexpr (requires { std::get_if<T>(&feature); }) return std::get_if<T>(&feature);
            else return nullptr;
        }, commands.back());
    }

    Session& session() { return session_; }
    const Model& model() const { return session_.model(); }
    const plan::Project& project() const { return *find_project(session_.model(), route.project); }
    const ui::ProjectAnswers& answers() { return answers_[route.project]; }
    ui::Semantics& semantics() { return semantics_; }
    ui::Theme& theme() { return theme_; }

    ui::Route route;
    Locale locale;
    Day today = *day_from(2026, 3, 10);
    std::optional<ui::ImportView> import;
    std::optional<ui::RiskView> risk;
    std::optional<ui::CutView> cuts;
    std::optional<ui::Toast> toast;
    std::vector<Command> commands;
    std::vector<ui::Effect> effects;
    int refused = 0;

private:
    // What is kept from frame to frame is what is worked out anew.
    static bool same_items(const std::vector<ui::TodayItem>& a, const std::vector<ui::TodayItem>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ui::TodayItem& one, const ui::TodayItem& other) {
            return one.group == other.group && one.id == other.id && one.day == other.day && one.status.word == other.status.word &&
                   one.title == other.title && one.detail == other.detail && one.project == other.project && one.when == other.when &&
                   one.relative == other.relative && one.act.has_value() == other.act.has_value();
        });
    }
    void update_answers() {
        if (answered_ == session_.sequence() && answered_today_ == today) return;
        answered_ = session_.sequence();
        answered_today_ = today;
        answers_.clear();
        for (const plan::Project& one : session_.model().projects) {
            ui::ProjectAnswers& made = answers_[one.id];
            auto schedule = plan::compute_schedule(one);
            if (!schedule) {
                made.problem = schedule.error();
                continue;
            }
            made.schedule = std::move(*schedule);
            made.promises = plan::promise_rows(one, made.schedule);
            made.decisions = plan::decision_rows(one, made.schedule, today);
            made.contract_minor = change::contract_value_minor(one);
            for (const change::Change& change : one.changes) {
                if (change.state != change::State::Open) continue;
                made.impacts.emplace(change.id, change::impact(session_.model(), one, change));
                for (const change::Option& option : change.options)
                    made.options.emplace(option.id, change::option_impact(session_.model(), one, made.schedule, change, option));
            }
            for (const change::Scenario& scenario : one.scenarios) {
                change::Change asked;
                asked.edits = scenario.edits;
                made.scenarios.emplace(scenario.id, change::impact(session_.model(), one, asked));
            }
        }
    }
    void drain(ui::Outbox& out) {
        redraw_ = out.take_redraw();
        for (Command& command : out.take_commands()) {
            commands.push_back(command);
            if (!session_.submit(std::move(command), Instant{++time_})) ++refused;
            redraw_ = true;
        }
        for (ui::Route& next : out.take_routes()) {
            route = std::move(next);
            redraw_ = true;
        }
        for (ui::Effect& effect : out.take_effects()) {
            if (std::holds_alternative<ui::Undo>(effect) && session_.can_undo()) (void)session_.undo(Instant{++time_});
            if (std::holds_alternative<ui::Redo>(effect) && session_.can_redo()) (void)session_.redo(Instant{++time_});
            effects.push_back(std::move(effect));
            redraw_ = true;
        }
    }

    ImGuiContext* context_ = ImGui::CreateContext();
    Session session_;
    ui::Theme theme_;
    ui::Semantics semantics_;
    ui::Shell shell_;
    std::map<ProjectId, ui::ProjectAnswers> answers_;
    ui::TodayList today_list_;
    std::uint64_t answered_ = ~std::uint64_t{0};
    Day answered_today_{-1};
    std::int64_t time_ = 10'000;
    bool redraw_ = false;
};

// Many tasks in chains of ten over a few stages, with a promise and a decision here and there.
inline Session big_session(int tasks) {
    Session session = small_session();
    plan::AddProject add = SmallPlan{}.add();
    plan::Project& project = add.project;
    std::uint64_t next = 1000;
    project.id = ProjectId{next++};
    project.calendars.front().id = project.calendar = CalendarId{next++};
    project.tasks.clear();
    project.links.clear();
    project.promises.clear();
    project.decisions.clear();
    add.new_roles.clear();
    for (int i = 0; i < tasks; ++i) {
        plan::Task task;
        task.id = TaskId{next++};
        task.name = "Shot " + std::to_string(i);
        task.stage = "Reel " + std::to_string(i * 8 / tasks);
        task.duration_minutes = kDay * (1 + i % 5);
        if (i % 10) {
            plan::Link link;
            link.id = LinkId{next++};
            link.from = project.tasks.back().id;
            link.to = task.id;
            project.links.push_back(link);
        }
        project.tasks.push_back(task);
        if (i % 1000 == 999) project.promises.push_back({PromiseId{next++}, task.id, *day_from(2026, 4, 20), true});
    }
    REQUIRE(session.submit(plan::Command{std::move(add)}, Instant{5000}));
    return session;
}

}  // namespace entente::test
