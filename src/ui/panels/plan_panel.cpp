#include "ui/panels/plan_panel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "icons.hpp"
#include "ui/panels/today_panel.hpp"
#include "ui/views/promise_card.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/state.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

Route with_task(const Route& route, TaskId task) {
    Route next = route;
    next.task = task;
    return next;
}

// What a table sorts by in a column.
std::int64_t sort_number(const plan::ScheduledTask& at, const plan::Task& task, int column) {
    switch (column) {
        case 1: return task.duration_minutes;
        case 2: return at.start.n;
        case 3: return at.finish.n;
        case 4: return at.total_float_minutes;
        default: return task.percent_done;
    }
}

}  // namespace

void PlanPanel::toolbar(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    Flow flow{area.x0 + frame.px(16), area.y0 + frame.px(10), area.w() - frame.px(28)};
    Row row(flow, frame.px(30), frame.px(8));
    const char* title = frame.tr("Plan");
    heading_in(frame, row.left(text_width(frame.theme.fonts.strong, title) + frame.px(8)), 3, title);
    // In the order they are shown; the route may name one that is not here.
    constexpr std::array<PlanView, 4> kViews{PlanView::Timeline, PlanView::Table, PlanView::Scenarios, PlanView::Risk};
    const auto at = std::find(kViews.begin(), kViews.end(), frame.route.view);
    const int shown = at == kViews.end() ? 0 : static_cast<int>(at - kViews.begin());
    const int view = segmented(frame, row, "view", frame.tr("How to show the plan"),
                               {frame.tr("Timeline"), frame.tr("Table"), frame.tr("What if"), frame.tr("Risk")}, shown);
    const PlanView wanted = view == shown ? frame.route.view : kViews[static_cast<std::size_t>(view)];
    if (wanted != frame.route.view) {
        Route next = frame.route;
        next.view = wanted;
        out.go(next);
    }
    const std::int64_t critical_tasks = frame.answers ? frame.answers->schedule.critical_tasks : 0;
    const Status critical{Shape::Square, Tone::Bad, frame.text(msgn("{n} critical", "{n} critical", critical_tasks))};
    const Status client{Shape::Diamond, Tone::Accent, frame.text(msgn("{n} with the client", "{n} with the client", rows_.client_count()))};
    if (frame.route.view == PlanView::Timeline) {
        const float side = frame.px(30);
        if (icon_button(frame, row.right(side), kIconZoomIn, frame.tr("Zoom in"))) timeline_.zoom(1.4f);
        if (icon_button(frame, row.right(side), kIconZoomOut, frame.tr("Zoom out"))) timeline_.zoom(1.0f / 1.4f);
        if (icon_button(frame, row.right(side), kIconArrowsMaximize, frame.tr("Show the whole plan"))) timeline_.fit();
        if (icon_button(frame, row.right(side), kIconPrinter, frame.tr("Make a page to print"))) print(frame, out);
    }
    const std::string label = choice_.filters()
                                  ? frame.text(msg("Filter: {0} of {1}", frame.locale.number(rows_.shown_count()),
                                                   frame.locale.number(static_cast<std::int64_t>(frame.project->tasks.size()))))
                                  : std::string(frame.tr("Filter"));
    ButtonSpec filter{label, Look::Quiet, kIconFilter};
    filter.key = "filter";
    filter.toggle = true;
    filter.pressed = filters_open_;
    if (row.room() > button_width(frame, filter) + frame.px(8) && button_right(frame, row, filter)) filters_open_ = !filters_open_;
    const ButtonSpec add{frame.tr("Add a task"), Look::Normal, kIconPlus};
    if (row.room() > button_width(frame, add) + frame.px(8) && button_right(frame, row, add)) {
        desk.task.emplace();
        desk.task->after = frame.route.task;
        if (const plan::Task* task = find_task(*frame.project, frame.route.task)) desk.task->stage = task->stage;
    }
    // The dialog of the baselines: by name, or where there is no room for that by its icon.
    const char* baselines = frame.tr("Baselines");
    const ButtonSpec named{baselines, Look::Quiet, kIconHistory};
    bool wanted_baselines = false;
    if (row.room() > button_width(frame, named) + frame.px(8)) wanted_baselines = button_right(frame, row, named);
    else if (row.room() > frame.px(38)) wanted_baselines = icon_button(frame, row.right(frame.px(30)), kIconHistory, baselines);
    if (wanted_baselines) desk.baselines.emplace();
    if (critical_tasks > 0 && row.room() > chip_width(frame, critical))
        chip(frame, row.left(chip_width(frame, critical)), critical);
    if (rows_.client_count() > 0 && row.room() > chip_width(frame, client)) chip(frame, row.left(chip_width(frame, client)), client);
}

void PlanPanel::timeline(const Frame& frame, Outbox& out, Rect area) {
    const TimelineAsk ask = timeline_.draw(frame, {area.x0 + frame.px(16), area.y0, area.x1, area.y1}, rows_, frame.route.task);
    if (ask.select && *ask.select != frame.route.task) {
        last_selected_ = *ask.select;
        out.go(with_task(frame.route, *ask.select));
    }
    if (ask.edit) out.submit(Command{*ask.edit});
    if (ask.link) {
        plan::Link fresh;
        fresh.id = out.new_id<LinkId>();
        fresh.from = ask.link->first;
        fresh.to = ask.link->second;
        out.submit(Command{plan::AddLink{frame.project->id, fresh, {}}});
    }
    if (ask.fold) {
        if (choice_.closed.erase(*ask.fold) == 0) choice_.closed.insert(*ask.fold);
        ++choice_serial_;
        out.redraw();
    }
    if (ask.redraw) out.redraw();
}

void PlanPanel::order_rows(const Frame& frame) {
    const bool same = ordered_sequence_ == frame.session.sequence() && ordered_project_ == frame.project->id &&
                      ordered_serial_ == choice_serial_ && ordered_by_.column == sort_.column &&
                      ordered_by_.descending == sort_.descending && order_.size() == rows_.rows().size();
    if (same) return;
    ordered_sequence_ = frame.session.sequence();
    ordered_project_ = frame.project->id;
    ordered_serial_ = choice_serial_;
    ordered_by_ = sort_;
    order_.resize(rows_.rows().size());
    std::iota(order_.begin(), order_.end(), 0);
    if (sort_.column < 0) return;
    // Sorted by a figure, headings say nothing: only tasks stand in the list.
    const auto& rows = rows_.rows();
    std::erase_if(order_, [&](int row) { return rows[static_cast<std::size_t>(row)].task < 0; });
    const auto before = [&](int a, int b) {
        const auto ia = static_cast<std::size_t>(rows[static_cast<std::size_t>(a)].task),
                   ib = static_cast<std::size_t>(rows[static_cast<std::size_t>(b)].task);
        const plan::Task &ta = frame.project->tasks[ia], &tb = frame.project->tasks[ib];
        if (sort_.column == 0) return sort_.descending ? tb.name < ta.name : ta.name < tb.name;
        const auto &sa = frame.answers->schedule.rows[ia], &sb = frame.answers->schedule.rows[ib];
        const std::int64_t na = sort_number(sa, ta, sort_.column), nb = sort_number(sb, tb, sort_.column);
        return sort_.descending ? nb < na : na < nb;
    };
    std::stable_sort(order_.begin(), order_.end(), before);
}

void PlanPanel::table(const Frame& frame, Outbox& out, Rect area) {
    order_rows(frame);
    Flow flow{area.x0 + frame.px(16), area.y0, area.w() - frame.px(18)};
    std::vector<TableColumn> columns = {{frame.tr("Task"), 0, Align::Left, true},
                                        {frame.tr("Length"), 88, Align::Right, true},
                                        {frame.tr("Starts"), 112, Align::Right, true},
                                        {frame.tr("Ends"), 112, Align::Right, true},
                                        {frame.tr("Float"), 92, Align::Right, true},
                                        {frame.tr("Done"), 72, Align::Right, true},
                                        {frame.tr("State"), 132}};
    Table grid(frame, flow, "tasks", frame.tr("Tasks of the plan"), std::move(columns), static_cast<int>(order_.size()), &sort_,
               28, area.h());
    for (int i = grid.first(); i < grid.last(); ++i) {
        const int index = order_[static_cast<std::size_t>(i)];
        const TimelineRow& row = rows_.rows()[static_cast<std::size_t>(index)];
        if (row.task < 0) {
            grid.begin_row(i, rows_.group_key(frame, row), rows_.heading(row), false);
            grid.text(0, rows_.heading(row), Tone::Plain, true);
            grid.end_row();
            continue;
        }
        const plan::Task& task = frame.project->tasks[static_cast<std::size_t>(row.task)];
        const plan::ScheduledTask& at = frame.answers->schedule.rows[static_cast<std::size_t>(row.task)];
        const Hit hit = grid.begin_row(i, task.id.n, rows_.spoken(frame, index), true, task.id == frame.route.task);
        if (hit.clicked) out.go(with_task(frame.route, task.id));
        const std::string indent(static_cast<std::size_t>(sort_.column < 0 ? row.indent * 3 : 0), ' ');
        grid.text(0, indent + task.name, Tone::Plain, row.is_group);
        grid.text(1, task_length(frame, *frame.project, task), Tone::Muted);
        grid.text(2, frame.locale.date_weekday(day_of(at.start)));
        grid.text(3, frame.locale.date_weekday(day_of(at.finish)));
        grid.text(4, days_text(frame, *frame.project, at.total_float_minutes), at.critical ? Tone::Warn : Tone::Muted);
        grid.text(5, task.kind == plan::TaskKind::Task ? frame.text(msg("{0} %", task.percent_done)) : std::string(), Tone::Muted);
        if (row.decision >= 0) grid.status(6, decision_status(frame, frame.answers->decisions[static_cast<std::size_t>(row.decision)]));
        else if (row.promise >= 0)
            grid.status(6, promise_status(frame, frame.answers->promises[static_cast<std::size_t>(row.promise)].health));
        else if (!row.is_group && task.percent_done == 100) grid.status(6, {Shape::Tick, Tone::Ok, frame.tr("done")});
        else if (!row.is_group && at.critical) grid.status(6, float_status(frame, *frame.project, at));
        grid.end_row();
    }
}

// The cards at the bottom; gives the height they take.
float PlanPanel::promises(const Frame& frame, Outbox& out, Rect area) {
    const auto& all = frame.answers->promises;
    if (all.empty()) return 0;
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const bool done_a = all[a].health == plan::PromiseHealth::Done, done_b = all[b].health == plan::PromiseHealth::Done;
        return done_a != done_b ? done_b : all[a].promised < all[b].promised;
    });
    const float height = promise_card_height(frame);
    const auto across = std::max<std::size_t>(1, std::min<std::size_t>(all.size(), static_cast<std::size_t>(area.w() / frame.px(236))));
    const bool more = all.size() > across;
    const std::size_t lines = all_promises_ ? std::min<std::size_t>((all.size() + across - 1) / across, 3) : 1;
    const float whole = height * static_cast<float>(lines);
    const Palette& p = frame.theme.palette;
    const Rect strip{area.x0, area.y1 - whole, area.x1, area.y1};
    fill(strip, p.panel);
    const Part part(frame, NodeRole::Region, "promises", strip, frame.tr("Promises"));
    const float side = more ? frame.px(96) : 0.0f, each = std::floor((strip.w() - side) / static_cast<float>(across));
    for (std::size_t i = 0; i < std::min(order.size(), across * lines); ++i) {
        const float x = strip.x0 + each * static_cast<float>(i % across), y = strip.y0 + height * static_cast<float>(i / across);
        const plan::PromiseRow& row = all[order[i]];
        const risk::Finish* finish = frame.risk && frame.risk->current ? rows_.finish_of(frame, row.task) : nullptr;
        if (promise_card(frame, box(x, y, each, height), *frame.project, row, finish).clicked) {
            out.go(with_task(frame.route, row.task));
            timeline_.reveal();
        }
        if (i % across) line(x, y, x, y + height, p.line, 1);
    }
    for (std::size_t i = 0; i < lines; ++i)
        line(strip.x0, strip.y0 + height * static_cast<float>(i), strip.x1, strip.y0 + height * static_cast<float>(i), p.line,
             1);
    if (more) {
        const std::string label =
            all_promises_ ? frame.tr("Fewer")
                          : frame.text(msgn("{n} more", "{n} more", static_cast<std::int64_t>(all.size() - across)));
        ButtonSpec spec{label, Look::Quiet};
        spec.key = "more-promises";
        if (button(frame, box(strip.x1 - side, strip.y0 + height * 0.5f - frame.px(15), side - frame.px(8), frame.px(30)),
                   spec))
            all_promises_ = !all_promises_;
    }
    return whole;
}

void PlanPanel::draw(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    if (!frame.project) return draw_no_project(frame, out, desk, area);
    if (!frame.answers || draw_problem(frame, area)) return;
    if (choice_project_ != frame.project->id) {
        choice_ = RowChoice{};
        choice_project_ = frame.project->id;
        ++choice_serial_;
    }
    rows_.update(frame, choice_);
    if (std::exchange(desk.plan_fits, false)) timeline_.fit();
    if (frame.route.task != last_selected_) {
        last_selected_ = frame.route.task;
        if (last_selected_) timeline_.reveal();
    }
    area.y1 -= promises(frame, out, area);
    const bool detail = find_task(*frame.project, frame.route.task) != nullptr;
    const float side = detail ? std::min(frame.px(308), area.w() * 0.45f) : 0.0f;
    Rect main{area.x0, area.y0, std::floor(area.x1 - side), area.y1};
    toolbar(frame, out, desk, {main.x0, main.y0, main.x1, main.y0 + frame.px(50)});
    main.y0 += frame.px(50);
    if (filters_open_ && !frame.project->tasks.empty()) main.y0 += filters(frame, main);
    if (!frame.project->tasks.empty() && rows_.rows().empty()) {
        Flow flow{main.x0, main.y0, main.w()};
        if (empty_state(frame, flow, {kIconFilter, frame.tr("Nothing fits the filter"),
                                      frame.tr("No task of this plan is all that was asked for."), frame.tr("Show everything")})) {
            choice_ = RowChoice{choice_.group, {}, {}, false, false, false, false, choice_.closed};
            ++choice_serial_;
            out.redraw();
        }
    } else if (frame.project->tasks.empty()) {
        Flow flow{main.x0, main.y0, main.w()};
        if (empty_state(frame, flow,
                        {kIconTimeline, frame.tr("The plan is empty"),
                         frame.tr("Tasks, milestones and what you need from the client stand here, on a line of time."),
                         frame.tr("Add the first task")}))
            desk.task.emplace();
    } else if (frame.route.view == PlanView::Scenarios) {
        scenarios_.draw(frame, out, main);
    } else if (frame.route.view == PlanView::Risk) {
        risk_.draw(frame, out, main);
    } else if (frame.route.view == PlanView::Table) {
        table(frame, out, main);
    } else {
        timeline(frame, out, main);
    }
    if (detail) task_.draw(frame, out, desk, {main.x1, area.y0, area.x1, area.y1});
}

}  // namespace entente::ui
