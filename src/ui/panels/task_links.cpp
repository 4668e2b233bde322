// The task panel's links: what it follows, what follows it.
#include <array>

#include "icons.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

constexpr std::array<plan::LinkKind, 4> kLinkKinds = {plan::LinkKind::FinishToStart, plan::LinkKind::StartToStart,
                                                      plan::LinkKind::FinishToFinish, plan::LinkKind::StartToFinish};
constexpr std::size_t kShownLinks = 8;

// Minutes (or whole percent) for one step of the lag.
std::int64_t lag_unit(const plan::Project& project, const plan::Link& link) {
    if (link.lag_unit == plan::LagUnit::PercentOfPredecessor) return 1;
    return link.lag_unit == plan::LagUnit::Elapsed ? kMinutesPerDay : minutes_per_day(project);
}

std::string_view lag_word(const Frame& frame, plan::LagUnit unit) {
    if (unit == plan::LagUnit::PercentOfPredecessor) return "%";
    return unit == plan::LagUnit::Elapsed ? frame.tr("full days") : frame.tr("days");
}

}  // namespace

void TaskPanel::link_row(const Frame& frame, Outbox& out, Flow& flow, const At& at, const plan::Link& link_of, bool before) {
    const IdScope scope(link_of.id.n);
    const TaskId other = before ? link_of.from : link_of.to;
    const std::string name = task_name(at.project, other);
    Row first(flow, frame.px(28), frame.px(4));
    const Rect cross = first.right(frame.px(28));
    if (icon_button(frame, cross, kIconTrash, frame.text(msg("Remove the link with {0}", name))))
        out.submit(Command{plan::RemoveLink{at.project.id, link_of.id}});
    Route route = frame.route;
    route.task = other;
    if (link(frame, first.rest(), frame.theme.fonts.dense, name, "other")) out.go(route);
    plan::Link next = link_of;
    const auto options = [&frame] {
        std::vector<std::string> texts;
        for (const plan::LinkKind kind : kLinkKinds) texts.emplace_back(link_word(frame, kind));
        return texts;
    };
    const std::string kind_name = frame.text(msg("How it is linked with {0}", name)),
                      lag_name = frame.text(msg("Wait in between, {0}", name));
    const SelectSpec kind{kind_name, link_word(frame, link_of.kind), static_cast<int>(link_of.kind), "kind"};
    if (const auto picked = select(frame, flow.take(field_height(frame)), kind, options)) {
        next.kind = kLinkKinds[static_cast<std::size_t>(*picked)];
        out.submit(Command{plan::SetLink{at.project.id, next}});
    }
    flow.gap(frame.px(4));
    Row second(flow, field_height(frame), frame.px(8));
    const Rect lag_at = second.right(frame.px(156));
    text_in(frame, frame.theme.fonts.small, second.rest(), frame.theme.palette.muted, frame.tr("Wait in between"));
    const bool percent = link_of.lag_unit == plan::LagUnit::PercentOfPredecessor;
    const std::int64_t unit = lag_unit(at.project, link_of), scale = percent ? 1 : 100;
    NumberSpec lag{lag_name, link_of.lag_minutes * scale / unit, percent ? 0 : 2, percent ? 10 : 100, -100'000, 100'000,
                   lag_word(frame, link_of.lag_unit), frame.tr("Wait less"), frame.tr("Wait more")};
    lag.key = "lag";
    if (const auto value = number_field(frame, lag_at, lag)) {
        next.lag_minutes = *value * unit / scale;
        out.submit(Command{plan::SetLink{at.project.id, next}});
    }
    flow.gap(frame.px(12));
}

void TaskPanel::add_link(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    const Rect area = captioned(frame, flow, frame.tr("Let it follow another task"), field_height(frame));
    if (const auto picked = task_select(frame, area, frame.tr("Let it follow another task"), at.project, TaskId{}, at.task.id)) {
        plan::Link fresh;
        fresh.id = out.new_id<LinkId>();
        fresh.from = *picked;
        fresh.to = at.task.id;
        out.submit(Command{plan::AddLink{at.project.id, fresh, {}}});
    }
    flow.gap(frame.px(8));
}

void TaskPanel::links(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    std::vector<const plan::Link*> before, after;
    for (const plan::Link& one : at.project.links) {
        if (one.to == at.task.id) before.push_back(&one);
        if (one.from == at.task.id) after.push_back(&one);
    }
    rule(frame, flow);
    flow.gap(frame.px(8));
    const auto count = static_cast<std::int64_t>(before.size() + after.size());
    if (!disclosure(frame, flow, frame.text(msgn("{n} link to other tasks", "{n} links to other tasks", count)), links_open_)) return;
    const auto group = [&](const char* title, const std::vector<const plan::Link*>& links_of, bool is_before) {
        if (links_of.empty()) return;
        flow.gap(frame.px(4));
        caption(frame, flow, title);
        for (std::size_t i = 0; i < std::min(links_of.size(), kShownLinks); ++i) link_row(frame, out, flow, at, *links_of[i], is_before);
        if (links_of.size() > kShownLinks) {
            const auto more = static_cast<std::int64_t>(links_of.size() - kShownLinks);
            paragraph(frame, flow, frame.text(msgn("and {n} more", "and {n} more", more)), Tone::Muted, frame.theme.fonts.dense);
        }
    };
    group(frame.tr("It follows"), before, true);
    group(frame.tr("Waiting for it"), after, false);
    if (at.task.kind != plan::TaskKind::Summary) add_link(frame, out, flow, at);
}

}  // namespace entente::ui
