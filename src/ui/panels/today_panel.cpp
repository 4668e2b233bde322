#include "ui/panels/today_panel.hpp"

#include <algorithm>
#include <cmath>

#include "icons.hpp"
#include "ui/panels/decision_section.hpp"
#include "ui/views/today.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

std::string group_title(const Frame& frame, TodayGroup group) {
    switch (group) {
        case TodayGroup::Overdue: return frame.tr("Answers overdue");
        case TodayGroup::Requests: return frame.tr("Requests to send");
        case TodayGroup::Reminders: return frame.tr("Reminders due");
        case TodayGroup::Decisions: return frame.tr("With the client");
        case TodayGroup::Promises: return frame.tr("Promises at risk");
        case TodayGroup::Changes: return frame.tr("Requests without an answer");
        case TodayGroup::Links: return frame.tr("Links that end soon");
        case TodayGroup::Backup: break;
    }
    return frame.tr("Copies");
}

// The words to copy, and the record that they were sent.
void draw_act(const Frame& frame, Outbox& out, Flow& flow, const TodayItem& item_of) {
    const plan::Project* project = item_of.act ? find_project(frame.model, item_of.act->project) : nullptr;
    const plan::ClientDecision* decision = project ? decision_of(*project, item_of.act->decision) : nullptr;
    const auto answers = frame.all_answers->find(item_of.route.project);
    if (!decision || answers == frame.all_answers->end()) return;
    const auto& rows = answers->second.decisions;
    const auto row_of = std::find_if(rows.begin(), rows.end(), [&](const plan::DecisionRow& one) { return one.decision == decision->id; });
    if (row_of == rows.end()) return;
    const IdScope scope(item_of.id);
    const std::string copy = frame.text(msg("Copy the words: {0}", item_of.title)), sent = frame.text(msg("I sent it: {0}", item_of.title));
    ButtonSpec copy_spec{frame.tr("Copy the words"), Look::Normal, kIconCopy}, sent_spec{frame.tr("I sent it"), Look::Quiet, kIconCheck};
    copy_spec.name = copy;
    sent_spec.name = sent;
    Flow strip{flow.x + frame.px(112), flow.y, flow.w - frame.px(112)};
    Row row(strip, button_height(frame), frame.px(8));
    if (button(frame, row, copy_spec)) copy_words(frame, out, *project, *decision, *row_of, item_of.act->step);
    if (button(frame, row, sent_spec)) out.submit(sent_command(project->id, decision->id, item_of.act->step, frame.today));
    flow.gap(strip.y - flow.y + frame.px(10));
}

void draw_item(const Frame& frame, Outbox& out, Flow& flow, const TodayItem& item_of, bool last) {
    const Palette& p = frame.theme.palette;
    const Fonts& fonts = frame.theme.fonts;
    const IdScope scope(item_of.id);
    const Rect line_of = flow.take(frame.px(60));
    Node node =
        make_node(NodeRole::Link,
                  frame.text(msg("{0}, {1}, {2}. {3}", item_of.title, item_of.status.word, item_of.when, item_of.detail)));
    const Hit hit = item(frame, "today", line_of, std::move(node));
    if (hit.clicked) out.go(item_of.route);
    if (!hit.visible) return;
    if (hit.hovered) fill(line_of.inset(-frame.px(8), 0), p.hover, frame.px(4));
    const float status_w = frame.px(112), when_w = frame.px(190);
    const float y = line_of.y0 + frame.px(10);
    draw_status(frame, {line_of.x0, y, line_of.x0 + status_w - frame.px(8), y + frame.px(20)}, item_of.status, fonts.dense);
    const float x = line_of.x0 + status_w, end = line_of.x1 - when_w - frame.px(16);
    text_in(frame, fonts.strong, {x, y, end, y + frame.px(20)}, p.text, item_of.title);
    const bool several = frame.model.projects.size() > 1;
    const std::string detail = several ? item_of.project + " \u00B7 " + item_of.detail : item_of.detail;
    text_in(frame, fonts.dense, {x, y + frame.px(20), end, y + frame.px(40)}, p.muted, detail);
    const Rect when{line_of.x1 - when_w, y, line_of.x1 - frame.px(28), y + frame.px(20)};
    text_in(frame, fonts.body, when, p.text, item_of.when, Align::Right);
    text_in(frame, fonts.dense, {when.x0, when.y1, when.x1, when.y1 + frame.px(20)}, p.muted, item_of.relative, Align::Right);
    draw_icon(frame, {line_of.x1 - frame.px(20), line_of.y0, line_of.x1, line_of.y1}, hit.hovered ? p.text : p.faint, kIconChevronRight);
    const float end_y = line_of.y1 - 1 + (item_of.act ? button_height(frame) + frame.px(10) : 0.0f);
    if (!last) line(line_of.x0, end_y, line_of.x1, end_y, with_alpha(p.line, 0.55f), 1);
    draw_ring(frame, hit, frame.px(4));
}

void draw_calm(const Frame& frame, Flow& flow) {
    EmptySpec calm{kIconCircleCheck, frame.tr("All is calm"), {}};
    calm.text = frame.tr(
        "Nothing needs you today. Decisions that come due, promises at risk and requests without an answer will stand here.");
    empty_state(frame, flow, calm);
}

}  // namespace

void TodayPanel::draw(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    if (frame.model.projects.empty()) return draw_no_project(frame, out, desk, area);
    ScrollArea scroll(frame, "##today", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w = std::min(flow.w - frame.px(48), frame.px(1040));
    flow.gap(frame.px(20));
    heading(frame, flow, 1, frame.tr("Today"));
    const std::vector<TodayItem> none;
    const std::vector<TodayItem>& items = frame.today_items ? *frame.today_items : none;
    paragraph(frame, flow,
              frame.text(msg("{0}. What needs a person now, most pressing first.", frame.locale.date(frame.today))),
              Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(16));
    if (items.empty()) draw_calm(frame, flow);
    for (std::size_t i = 0; i < items.size();) {
        std::size_t end = i;
        while (end < items.size() && items[end].group == items[i].group) ++end;
        const std::string title = group_title(frame, items[i].group);
        {
            Card card(frame, flow, title.c_str());
            card.flow.gap(-frame.px(4));
            const Part part(frame, NodeRole::Region, "group", box(card.flow.x, card.flow.y, card.flow.w, frame.px(24)), title);
            heading(frame, card.flow, 4, title);
            card.flow.gap(frame.px(4));
            for (; i < end; ++i) {
                draw_item(frame, out, card.flow, items[i], i + 1 == end);
                if (items[i].act) draw_act(frame, out, card.flow, items[i]);
            }
            card.flow.gap(-frame.px(8));
        }
        flow.gap(frame.px(16));
    }
    flow.gap(frame.px(24));
}

void draw_no_project(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    ScrollArea scroll(frame, "##none", area);
    Flow& flow = scroll.flow;
    flow.gap(frame.px(48));
    EmptySpec none{kIconTimeline, frame.tr("No project yet"), {}, frame.tr("Import a schedule\u2026")};
    none.text = frame.tr(
        "Bring in a schedule you already have (CSV or Microsoft Project XML), begin an empty project, or look around in the "
        "sample.");
    if (empty_state(frame, flow, none)) out.ask(PickImport{});
    const ButtonSpec fresh{frame.tr("New project\u2026"), Look::Normal, kIconPlus},
        sample{frame.tr("Try the sample"), Look::Normal, kIconMovie};
    const float width = button_width(frame, fresh) + button_width(frame, sample) + frame.px(8);
    flow.gap(-frame.px(12));
    Flow strip{std::floor(flow.x + (flow.w - width) * 0.5f), flow.y, width + 1};
    Row row(strip, button_height(frame), frame.px(8));
    if (button(frame, row, fresh)) desk.project.emplace();
    if (button(frame, row, sample)) out.ask(AddSample{});
    flow.y = strip.y + frame.px(24);
}

bool draw_problem(const Frame& frame, Rect area) {
    if (!frame.answers || !frame.answers->problem) return false;
    const Error& problem = *frame.answers->problem;
    Flow flow{area.x0 + frame.px(24), area.y0 + frame.px(24), std::min(area.w() - frame.px(48), frame.px(720))};
    const std::string more = problem.where.empty() ? frame.text(problem.remedy) : problem.where + ". " + frame.text(problem.remedy);
    banner(frame, flow, {Shape::Square, Tone::Bad, frame.text(problem.what)}, more);
    return true;
}

}  // namespace entente::ui
