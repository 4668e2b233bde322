// The house's terms for changes: how dates are held and at what premium, rounds, review time, and what late work costs.
#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/workspace_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

// Thousandths shown as percent. True when it was changed.
bool percent_field(const Frame& frame, Flow& column, const char* name, std::int32_t& permille, std::int64_t low, std::int64_t high) {
    const auto value = percent_field(frame, column, {name, permille / 10, 0, 5, low, high});
    if (value) permille = static_cast<std::int32_t>(*value * 10);
    return value.has_value();
}

bool count_field(const Frame& frame, Flow& column, const char* name, const char* unit, std::int32_t& count) {
    const std::string less = frame.text(msg("{0}: less", name)), more = frame.text(msg("{0}: more", name));
    const NumberSpec spec{name, count, 0, 1, 0, 1000, unit, less, more};
    const auto value = number_field(frame, captioned(frame, column, name, field_height(frame)), spec);
    if (value) count = static_cast<std::int32_t>(*value);
    return value.has_value();
}

// The stages of every plan, in the order they are met: what a multiplier can be set for.
std::vector<std::string> stages_of(const Model& model) {
    std::vector<std::string> out;
    for (const plan::Project& project : model.projects) {
        for (const plan::Task& task : project.tasks) {
            if (!task.stage.empty() && std::find(out.begin(), out.end(), task.stage) == out.end()) out.push_back(task.stage);
        }
        if (out.size() > 60) break;
    }
    return out;
}

bool multipliers(const Frame& frame, Flow& flow, house::Terms& terms) {
    bool put = false;
    for (std::size_t i = 0; i < terms.multipliers.size(); ++i) {
        house::StageMultiplier& one = terms.multipliers[i];
        const IdScope scope(i + 1);
        Flow field{flow.x, flow.y, flow.w - frame.px(44)};
        const std::string name = frame.text(msg("Work asked for in the stage {0}", one.stage));
        put = percent_field(frame, field, name.c_str(), one.permille, 0, 1000) || put;
        const Rect cross = box(flow.x + flow.w - frame.px(32), field.y - field_height(frame) + frame.px(2), frame.px(32), frame.px(30));
        if (icon_button(frame, cross, kIconTrash, frame.text(msg("Remove the multiplier of {0}", one.stage)))) {
            terms.multipliers.erase(terms.multipliers.begin() + static_cast<std::ptrdiff_t>(i));
            return true;
        }
        flow.y = field.y + frame.px(8);
    }
    std::vector<std::string> free;
    for (std::string& stage : stages_of(frame.model)) {
        const bool known = std::any_of(terms.multipliers.begin(), terms.multipliers.end(),
                                       [&](const house::StageMultiplier& one) { return one.stage == stage; });
        if (!known) free.push_back(std::move(stage));
    }
    if (free.empty()) return put;
    const char* name = frame.tr("Add a stage whose late work costs more");
    const Rect area = captioned(frame, flow, name, field_height(frame));
    if (const auto picked = select(frame, area, {name, frame.tr("Choose a stage")}, [&free] { return free; })) {
        terms.multipliers.push_back({free[static_cast<std::size_t>(*picked)], 1250});
        put = true;
    }
    return put;
}

}  // namespace

void draw_terms(const Frame& frame, Outbox& out, Flow& flow) {
    house::Terms next = frame.model.house.terms;
    bool put = false;
    {
        Card card(frame, flow, "terms");
        heading(frame, card.flow, 4, frame.tr("How changes are priced"));
        paragraph(frame, card.flow, frame.tr("The house's own figures, not facts of the trade. A change is priced with them at once."),
                  Tone::Muted, frame.theme.fonts.dense);
        card.flow.gap(frame.px(10));
        const float space = frame.px(12);
        Flow a = card.flow.column(0, 2, space), b = card.flow.column(1, 2, space);
        put = percent_field(frame, a, frame.tr("A day's work in overtime"), next.overtime_pace_permille, 100, 300) || put;
        put = percent_field(frame, b, frame.tr("Overtime costs, of the rate"), next.overtime_premium_permille, 0, 1000) || put;
        a.gap(frame.px(8));
        b.gap(frame.px(8));
        put = percent_field(frame, a, frame.tr("A day's work with a second shift"), next.shift_pace_permille, 100, 300) || put;
        put = percent_field(frame, b, frame.tr("The second shift costs, of the rate"), next.shift_premium_permille, 0, 1000) || put;
        a.gap(frame.px(8));
        b.gap(frame.px(8));
        put = count_field(frame, a, frame.tr("Rounds of notes included"), "", next.rounds_included) || put;
        put = count_field(frame, b, frame.tr("A review takes"), frame.tr("days"), next.review_days) || put;
        card.flow.y = std::max(a.y, b.y) + frame.px(12);
        put = multipliers(frame, card.flow, next) || put;
    }
    flow.gap(frame.px(16));
    if (put) out.submit(Command{house::Command{house::SetTerms{std::move(next)}}});
}

}  // namespace entente::ui
