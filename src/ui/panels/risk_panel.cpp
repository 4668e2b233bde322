#include "ui/panels/risk_panel.hpp"

#include <algorithm>

#include "icons.hpp"
#include "ui/views/risk_words.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

std::string finish_name(const Frame& frame, const risk::Finish& finish) {
    return finish.task ? task_name(*frame.project, finish.task) : std::string(frame.tr("The whole project"));
}

std::int64_t share_of(std::int64_t part, std::int64_t whole) { return whole > 0 ? (part * 1000 + whole / 2) / whole : 0; }

}  // namespace

void RiskPanel::head(const Frame& frame, Outbox& out, Flow& flow) {
    const RiskView* view = frame.risk;
    heading(frame, flow, 2, frame.tr("How likely these dates are"));
    flow.gap(frame.px(6));
    if (!view || view->problem) {
        if (view && view->problem) {
            banner(frame, flow, {Shape::Triangle, Tone::Bad, frame.text(view->problem->what)}, frame.text(view->problem->remedy));
            Row row(flow, frame.px(34), frame.px(8));
            if (button(frame, row, {frame.tr("Try again"), Look::Normal})) out.ask(RunRisk{});
        }
        return;
    }
    if (!view->running && !view->stopped) return;
    Row row(flow, frame.px(34), frame.px(10));
    if (view->running) {
        const std::string words = frame.text(msg("{0} of {1} runs", frame.locale.number(view->done), frame.locale.number(view->runs)));
        if (button_right(frame, row, {frame.tr("Stop"), Look::Normal, kIconX})) out.ask(StopRisk{});
        const float width = text_width(frame.theme.fonts.dense, words) + frame.px(8);
        text_in(frame, frame.theme.fonts.dense, row.right(width), frame.theme.palette.muted, words, Align::Right);
        Rect bar = row.rest();
        bar.y0 += frame.px(13);
        bar.y1 = bar.y0 + frame.px(8);
        const float part = view->runs ? static_cast<float>(view->done) / static_cast<float>(view->runs) : 0.0f;
        progress(frame, bar, frame.text(msg("Risk: {0}", words)), part, frame.theme.palette.accent);
    } else {
        if (button_right(frame, row, {frame.tr("Run again"), Look::Normal})) out.ask(RunRisk{});
        const Rect rest = row.rest();
        text_in(frame, frame.theme.fonts.dense, rest, frame.theme.palette.muted,
            frame.tr("Stopped. The numbers below, if any, are older."));
        note(frame, NodeRole::Status, rest, frame.tr("Stopped. The numbers below, if any, are older."));
    }
    flow.gap(frame.px(8));
}

// What the numbers rest on, said plainly.
void RiskPanel::basis(const Frame& frame, Flow& flow, const risk::Findings& found) {
    if (!frame.risk->current)
        banner(frame, flow, {Shape::Ring, Tone::Warn, frame.tr("The plan has changed since.")},
            frame.tr("These numbers are for the plan before it."));
    std::string text = frame.text(msg("The plan was run {0} times with lengths drawn between best and worst (seed {1}).",
                                      frame.locale.number(found.runs), frame.locale.number(static_cast<std::int64_t>(found.seed))));
    if (found.own + found.by_house == 0) {
        text += " " + std::string(frame.tr("Nothing that is left to do can vary, so every run ends on the same days."));
    } else if (found.own == 0) {
        text += " " + std::string(frame.tr("No task has an estimate of its own yet: the house's figures are used for all of them."));
    } else {
        text += " " + frame.text(msgn("{n} task has an estimate of its own;", "{n} tasks have an estimate of their own;", found.own));
        text += " " + frame.text(msgn("{n} uses the house's figures.", "{n} use the house's figures.", found.by_house));
    }
    paragraph(frame, flow, text, Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(12));
}

// One promise against its P80.
void RiskPanel::meter(const Frame& frame, Flow& flow, const risk::Finish& finish) {
    const IdScope scope(finish.task.n);
    {
        Card card(frame, flow, "meter", 0, false, 12);
        const std::string name = finish_name(frame, finish);
        Row row(card.flow, frame.px(22), frame.px(8));
        if (finish.promised) {
            const Status chance = promise_chance(frame, finish);
            chip(frame, row.right(chip_width(frame, chance)), chance);
        }
        heading_in(frame, row.rest(), 3, name);
        card.flow.gap(frame.px(4));
        paragraph(frame, card.flow, frame.text(finish_sentence(finish)));
        if (finish.promised) {
            card.flow.gap(frame.px(6));
            const std::string words =
                frame.text(msg("{0} in 100 runs keep this promise", frame.locale.number(of_hundred(finish.kept_permille))));
            const std::uint32_t colour = tone_colour(frame, promise_chance(frame, finish).tone);
            progress(frame, card.flow.take(frame.px(8)), frame.text(msg("{0}: {1}", name, words)),
                     static_cast<float>(finish.kept_permille) / 1000.0f, colour);
            card.flow.gap(frame.px(4));
            paragraph(frame, card.flow, words, Tone::Muted, frame.theme.fonts.dense);
        }
    }
    flow.gap(frame.px(10));
}

// The bars, and under them the same as a table.
void RiskPanel::bars(const Frame& frame, Flow& flow, const risk::Finish& finish, const std::string& name) {
    std::uint32_t most = 1, all = 0;
    for (const risk::Bin& bin : finish.histogram) {
        most = std::max(most, bin.runs);
        all += bin.runs;
    }
    const Rect area = flow.take(frame.px(120));
    const float count = static_cast<float>(std::max<std::size_t>(1, finish.histogram.size()));
    for (std::size_t i = 0; i < finish.histogram.size(); ++i) {
        const risk::Bin& bin = finish.histogram[i];
        const float x0 = area.x0 + area.w() * static_cast<float>(i) / count, x1 = area.x0 + area.w() * static_cast<float>(i + 1) / count;
        const float height = (area.h() - frame.px(4)) * static_cast<float>(bin.runs) / static_cast<float>(most);
        const Day asked = finish.promised.value_or(finish.p80);
        fill({x0 + 1, area.y1 - height, std::max(x0 + 2, x1 - 1), area.y1}, bin.last <= asked ? frame.theme.palette.ok
            : frame.theme.palette.warn);
    }
    line(area.x0, area.y1, area.x1, area.y1, frame.theme.palette.edge, 1);
    note(frame, NodeRole::Image, area, frame.text(msg("How the finishes of {0} spread; the table below says the same", name)));
    flow.gap(frame.px(8));
    std::vector<TableColumn> columns = {{frame.tr("Finishes"), 0}, {frame.tr("Runs"), 90, Align::Right}, {frame.tr("Of all runs"), 100,
        Align::Right}};
    Table table(frame, flow, "histogram", frame.text(msg("Finishes of {0}", name)), std::move(columns),
                static_cast<int>(finish.histogram.size()), nullptr, 26);
    for (int i = table.first(); i < table.last(); ++i) {
        const risk::Bin& bin = finish.histogram[static_cast<std::size_t>(i)];
        const std::string days = bin.first == bin.last ? frame.locale.date(bin.first)
                                                       : frame.text(msg("{0} to {1}", frame.locale.date(bin.first),
                                                           frame.locale.date(bin.last)));
        table.begin_row(i, static_cast<std::uint64_t>(i) + 1, days, false);
        table.text(0, days);
        table.text(1, frame.locale.number(bin.runs));
        table.text(2, frame.text(msg("{0} %", (share_of(bin.runs, all) + 5) / 10)), Tone::Muted);
        table.end_row();
    }
}

void RiskPanel::drivers(const Frame& frame, Outbox& out, Flow& flow, const risk::Findings& found, const risk::Finish& finish) {
    heading(frame, flow, 3, frame.tr("What drives the spread"));
    flow.gap(frame.px(4));
    // Drivers are found for promises and the project; for another milestone the path of the project is what is known.
    if (finish.drivers.empty()) {
        paragraph(frame, flow, frame.tr("No single task stands out: its spread is made of many small ones, or it has none."), Tone::Muted);
        return;
    }
    for (const risk::Share& driver : finish.drivers) {
        const IdScope scope(driver.task.n);
        const auto critical = std::find_if(found.critical.begin(), found.critical.end(),
            [&](const risk::Share& one) { return one.task == driver.task; });
        const std::int64_t often = critical == found.critical.end() ? 0 : critical->permille;
        Row row(flow, frame.px(28), frame.px(8));
        const std::string name = task_name(*frame.project, driver.task);
        const std::string words =
            frame.text(msg("{0} % of the spread; decides the end in {1} of 100 runs", of_hundred(driver.permille), of_hundred(often)));
        const float width = std::min(text_width(frame.theme.fonts.dense, words) + frame.px(8), flow.w * 0.62f);
        const Rect at = row.right(width);
        text_in(frame, frame.theme.fonts.dense, at, frame.theme.palette.muted, words, Align::Right);
        note(frame, NodeRole::Paragraph, at, frame.text(msg("{0}: {1}", name, words)));
        if (link(frame, row.rest(), frame.theme.fonts.body, name)) {
            Route next = frame.route;
            next.task = driver.task;
            out.go(next);
        }
    }
}

void RiskPanel::spread(const Frame& frame, Outbox& out, Flow& flow, const risk::Findings& found) {
    const risk::Finish* finish = found.of(chosen_);
    if (!finish) finish = &found.finishes.front();
    const std::string name = finish_name(frame, *finish);
    heading(frame, flow, 3, frame.tr("How the finish spreads"));
    flow.gap(frame.px(6));
    const Rect at = captioned(frame, flow, frame.tr("Finish of"), field_height(frame));
    const auto index = static_cast<int>(finish - found.finishes.data());
    const auto chosen = select(frame, at, {frame.tr("Finish of"), name, index, "finish"}, [&] {
        std::vector<std::string> names;
        for (const risk::Finish& one : found.finishes) names.push_back(finish_name(frame, one));
        return names;
    });
    if (chosen && *chosen >= 0 && static_cast<std::size_t>(*chosen) < found.finishes.size()) {
        chosen_ = found.finishes[static_cast<std::size_t>(*chosen)].task;
        out.redraw();
    }
    flow.gap(frame.px(8));
    paragraph(frame, flow, frame.text(finish_sentence(*finish)));
    flow.gap(frame.px(8));
    bars(frame, flow, *finish, name);
    flow.gap(frame.px(16));
    drivers(frame, out, flow, found, *finish);
    flow.gap(frame.px(16));
}

void RiskPanel::milestones(const Frame& frame, Outbox& out, Flow& flow, const risk::Findings& found) {
    heading(frame, flow, 3, frame.tr("Every milestone and promise"));
    flow.gap(frame.px(6));
    std::vector<TableColumn> columns = {{frame.tr("Finish of"), 0},
                                        {frame.tr("Planned"), 104, Align::Right},
                                        {frame.tr("5 in 10 by"), 104, Align::Right},
                                        {frame.tr("8 in 10 by"), 104, Align::Right},
                                        {frame.tr("9 in 10 by"), 104, Align::Right}};
    Table table(frame, flow, "finishes", frame.tr("Every milestone and promise"), std::move(columns),
                static_cast<int>(found.finishes.size()), nullptr, 28);
    for (int i = table.first(); i < table.last(); ++i) {
        const risk::Finish& finish = found.finishes[static_cast<std::size_t>(i)];
        const std::string name = finish_name(frame, finish);
        const bool can_open = static_cast<bool>(finish.task);
        const Hit hit = table.begin_row(i, finish.task.n + 1, name, can_open, can_open && finish.task == frame.route.task);
        if (hit.clicked) {
            Route next = frame.route;
            next.task = finish.task;
            out.go(next);
        }
        table.text(0, name);
        const Tone late = finish.promised && finish.p80 > *finish.promised ? Tone::Warn : Tone::Plain;
        table.text(1, frame.locale.date_weekday(finish.planned), Tone::Muted);
        table.text(2, frame.locale.date_weekday(finish.p50));
        table.text(3, frame.locale.date_weekday(finish.p80), late);
        table.text(4, frame.locale.date_weekday(finish.p90));
        table.end_row();
    }
}

void RiskPanel::draw(const Frame& frame, Outbox& out, Rect area) {
    ScrollArea scroll(frame, "risk", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(16);
    flow.w = std::min(flow.w - frame.px(32), frame.px(820));
    flow.gap(frame.px(4));
    head(frame, out, flow);
    const risk::Findings* found = frame.risk ? frame.risk->findings : nullptr;
    if (found && !found->finishes.empty()) {
        basis(frame, flow, *found);
        for (const risk::Finish& finish : found->finishes)
            if (finish.promised) meter(frame, flow, finish);
        meter(frame, flow, found->finishes.front());
        spread(frame, out, flow, *found);
        milestones(frame, out, flow, *found);
        flow.gap(frame.px(16));
    }
    figures(frame, out, flow);
    flow.gap(frame.px(24));
}

}  // namespace entente::ui
