#include "ui/panels/scenario_panel.hpp"

#include <algorithm>

#include "core/change/scenario.hpp"
#include "core/lookup.hpp"
#include "icons.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

struct Cell {
    std::string text;
    Tone tone = Tone::Plain;
};

// What one scenario (or the live plan) says in each row of the comparison.
struct Column {
    std::string name;
    std::vector<Cell> cells;
};

const Result<change::Impact>* scenario_impact(const Frame& frame, ScenarioId id) {
    const auto found = frame.answers->scenarios.find(id);
    return found == frame.answers->scenarios.end() ? nullptr : &found->second;
}

std::string float_words(const Frame& frame, const plan::Project& project, const plan::Schedule& schedule) {
    const change::FloatSummary summary = change::float_summary(project, schedule);
    return frame.text(msgn("{n} critical", "{n} critical", summary.critical));
}

// How sure the finish is that the risk row is about: of the last promise, else of the project. Nothing for plans too large to ask.
const risk::P80Move* risk_of(const Frame& frame, ScenarioId id, TaskId of) {
    const auto found = frame.answers->scenario_p80.find(id);
    if (found == frame.answers->scenario_p80.end()) return nullptr;
    const auto move = std::find_if(found->second.begin(), found->second.end(), [&](const risk::P80Move& one) { return one.task == of; });
    return move == found->second.end() ? nullptr : &*move;
}

TaskId last_promised(const Frame& frame) {
    const auto& all = frame.answers->promises;
    const auto last = std::max_element(all.begin(), all.end(), [](const plan::PromiseRow& a, const plan::PromiseRow& b) {
        return a.promised < b.promised;
    });
    return last == all.end() ? TaskId{} : last->task;
}

std::string with_move(const Frame& frame, std::string text, std::int64_t days) {
    return days == 0 ? text : text + " (" + moved_text(frame, days) + ")";
}

Cell live_risk(const Frame& frame) {
    const TaskId last = last_promised(frame);
    for (const change::Scenario& scenario : frame.project->scenarios) {
        if (const risk::P80Move* move = risk_of(frame, scenario.id, last))
            return {frame.text(msg("8 in 10 by {0}", frame.locale.date_weekday(move->before))), Tone::Plain};
    }
    return {"\u2013", Tone::Muted};
}

Cell scenario_risk(const Frame& frame, ScenarioId id) {
    const risk::P80Move* move = risk_of(frame, id, last_promised(frame));
    if (!move) return {"\u2013", Tone::Muted};
    const std::string text = frame.text(msg("8 in 10 by {0}", frame.locale.date_weekday(move->after)));
    return {with_move(frame, text, move->move_days), move->move_days > 0 ? Tone::Warn : Tone::Plain};
}

Column live_column(const Frame& frame) {
    Column out{frame.tr("Live plan"), {}};
    for (const plan::PromiseRow& row : frame.answers->promises)
        out.cells.push_back({frame.locale.date_weekday(row.forecast), row.room_days < 0 ? Tone::Bad : Tone::Plain});
    out.cells.push_back({frame.locale.date_weekday(day_of(frame.answers->schedule.finish)), Tone::Plain});
    out.cells.push_back({frame.locale.money_short({0, frame.project->currency}), Tone::Muted});
    out.cells.push_back({float_words(frame, *frame.project, frame.answers->schedule), Tone::Plain});
    out.cells.push_back(live_risk(frame));
    return out;
}

Column scenario_column(const Frame& frame, const change::Scenario& scenario) {
    Column out{scenario.name, {}};
    const std::size_t rows = frame.answers->promises.size() + 4;
    const Result<change::Impact>* computed = scenario_impact(frame, scenario.id);
    if (!computed || !*computed) {
        out.cells.assign(rows, {"\u2013", Tone::Muted});
        return out;
    }
    const change::Impact& impact = **computed;
    for (const plan::PromiseRow& row : frame.answers->promises) {
        const auto move = std::find_if(impact.promises.begin(), impact.promises.end(),
                                       [&](const change::PromiseMove& one) { return one.promise == row.promise; });
        if (move == impact.promises.end()) {
            out.cells.push_back({"\u2013", Tone::Muted});
            continue;
        }
        std::string text = with_move(frame, frame.locale.date_weekday(move->after), move->moved_days);
        out.cells.push_back({std::move(text), move->late_days > 0 ? Tone::Bad : move->moved_days > 0 ? Tone::Warn : Tone::Plain});
    }
    out.cells.push_back({with_move(frame, frame.locale.date_weekday(impact.finish_after), impact.finish_moved_days), Tone::Plain});
    out.cells.push_back({frame.locale.money_short({impact.worth_minor, frame.project->currency}), Tone::Plain});
    out.cells.push_back({float_words(frame, impact.project_after, impact.after), Tone::Plain});
    out.cells.push_back(scenario_risk(frame, scenario.id));
    return out;
}

}  // namespace

void ScenarioPanel::add(const Frame& frame, Outbox& out) {
    change::Scenario made;
    made.id = out.new_id<ScenarioId>();
    made.name = frame.text(msg("Scenario {0}", static_cast<std::int64_t>(frame.project->scenarios.size()) + 1));
    made.made = frame.today;
    chosen_ = made.id;
    edits_.reset(true);
    out.submit(Command{change::Command{change::PutScenario{frame.project->id, std::move(made), {}}}});
}

void ScenarioPanel::top(const Frame& frame, Outbox& out, Flow& flow) {
    Row row(flow, frame.px(30), frame.px(8));
    if (button_right(frame, row, {frame.tr("New scenario"), Look::Primary, kIconPlus})) add(frame, out);
    heading_in(frame, row.rest(), 2, frame.tr("What if"));
    paragraph(frame, flow, frame.tr("Try something beside the live plan: nothing here touches it, and no client sees it."), Tone::Muted,
              frame.theme.fonts.dense);
    flow.gap(frame.px(12));
}

void ScenarioPanel::comparison(const Frame& frame, Flow& flow) {
    std::vector<Column> columns{live_column(frame)};
    const auto& scenarios = frame.project->scenarios;
    const std::size_t first = scenarios.size() > kScenariosSideBySide ? scenarios.size() - kScenariosSideBySide : 0;
    for (std::size_t i = first; i < scenarios.size(); ++i) columns.push_back(scenario_column(frame, scenarios[i]));
    std::vector<std::string> names;
    for (const plan::PromiseRow& row : frame.answers->promises) names.push_back(task_name(*frame.project, row.task));
    names.emplace_back(frame.tr("Finish of the project"));
    names.emplace_back(frame.tr("Price, ex VAT"));
    names.emplace_back(frame.tr("Float"));
    const TaskId last = last_promised(frame);
    names.push_back(frame.text(msg("Confidence: {0}", last ? task_name(*frame.project, last) : frame.tr("The whole project"))));
    std::vector<TableColumn> heads{{frame.tr("What is compared"), 220}};
    for (const Column& column : columns) heads.push_back({column.name, 0});
    Table grid(frame, flow, "scenarios", frame.tr("Scenarios side by side"), std::move(heads), static_cast<int>(names.size()), nullptr, 34);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const auto index = static_cast<std::size_t>(i);
        grid.begin_row(i, index + 1, names[index], false);
        grid.text(0, names[index]);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const Cell& cell = columns[c].cells[index];
            grid.text(static_cast<int>(c) + 1, cell.text, cell.tone);
        }
        grid.end_row();
    }
}

void ScenarioPanel::chooser(const Frame& frame, Flow& flow) {
    Flow column{flow.x, flow.y, std::min(flow.w, frame.px(320))};
    const change::Scenario* current = by_id(frame.project->scenarios, chosen_);
    const auto names = [&frame] {
        std::vector<std::string> out;
        for (const change::Scenario& scenario : frame.project->scenarios) out.push_back(scenario.name);
        return out;
    };
    const char* caption_of = frame.tr("Which scenario");
    const Rect area = captioned(frame, column, caption_of, field_height(frame));
    const auto index = current ? static_cast<int>(current - frame.project->scenarios.data()) : -1;
    if (const auto picked =
            select(frame, area, {caption_of, current ? std::string_view(current->name) : std::string_view(), index}, names)) {
        chosen_ = frame.project->scenarios[static_cast<std::size_t>(*picked)].id;
        edits_.reset(false);
    }
    flow.y = column.y + frame.px(12);
}

void ScenarioPanel::chosen(const Frame& frame, Outbox& out, Flow& flow, const change::Scenario& scenario) {
    const ProjectId project = frame.project->id;
    change::Scenario next = scenario;
    bool put = false;
    {
        Flow column{flow.x, flow.y, std::min(flow.w, frame.px(320))};
        const Rect area = captioned(frame, column, frame.tr("Name"), field_height(frame));
        if (const Typed typed = text_field(frame, area, {frame.tr("Name"), scenario.name}); typed.committed)
            next.name = typed.text, put = true;
        flow.y = column.y + frame.px(12);
    }
    const Result<change::Impact>* computed = scenario_impact(frame, scenario.id);
    if (computed && !*computed) {
        banner(frame, flow, {Shape::Square, Tone::Bad, frame.text(computed->error().what)},
               frame.tr("The plan has moved on from this scenario."));
        flow.gap(frame.px(12));
    }
    const PlanEdits::Spec spec{scenario.edits, frame.today, true, frame.tr("What is tried"),
                               frame.tr("Nothing is tried yet. Say what would be done, and the dates and the price follow."),
                               {}, true};
    if (auto edits = edits_.draw(frame, out, flow, spec)) {
        next.edits = std::move(*edits);
        edits_.reset(false);
        put = true;
    }
    if (put) out.submit(Command{change::Command{change::PutScenario{project, next, {}}}});
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec make{frame.tr("Make it a change"), Look::Primary};
    make.disabled = scenario.edits.empty() || !computed || !*computed;
    if (make.disabled) make.reason = frame.tr("Say first what is tried.");
    if (button(frame, row, make)) {
        change::Change made = change::change_from(*frame.project, scenario, out.new_id<ChangeId>(), frame.today,
                                                  [&out] { return out.new_id<TaskId>().n; });
        made.stage = change::stage_at(*frame.project, frame.answers->schedule, frame.today);
        Route route = frame.route;
        route.room = Room::Changes;
        route.task = TaskId{};
        route.change = made.id;
        out.submit(put_change(*frame.project, std::move(made)));
        out.go(route);
    }
    if (button(frame, row, {frame.tr("Drop it"), Look::Normal, kIconTrash}))
        out.submit(Command{change::Command{change::RemoveScenario{project, scenario.id}}});
}

void ScenarioPanel::draw(const Frame& frame, Outbox& out, Rect area) {
    ScrollArea scroll(frame, "##scenarios", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w -= frame.px(48);
    flow.gap(frame.px(12));
    if (!frame.answers || frame.answers->problem) return;
    if (frame.project->scenarios.empty()) {
        if (empty_state(frame, flow,
                        {kIconTimeline, frame.tr("No scenario yet"),
                         frame.tr("What if the shoot runs over, or a stage is added? Try it beside the live plan, as often as you like."),
                         frame.tr("Try something")}))
            add(frame, out);
        return;
    }
    if (!by_id(frame.project->scenarios, chosen_)) chosen_ = frame.project->scenarios.back().id;
    top(frame, out, flow);
    comparison(frame, flow);
    flow.gap(frame.px(16));
    if (frame.project->scenarios.size() > 1) chooser(frame, flow);
    // One that was asked for in this frame is there, and chosen, in the next.
    if (const change::Scenario* current = by_id(frame.project->scenarios, chosen_)) chosen(frame, out, flow, *current);
    flow.gap(frame.px(24));
}

}  // namespace entente::ui
