#include "ui/panels/decision_ladder.hpp"

#include <array>
#include <cstdlib>

#include "icons.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

using house::LadderFrom;
using house::LadderKind;

constexpr std::array<LadderKind, 4> kKinds = {LadderKind::Friendly, LadderKind::Formal, LadderKind::Escalation, LadderKind::AgreedDefault};

// From when a step counts, in the order of the list.
enum class When : std::uint8_t { Before, After, Requested };
constexpr std::array<When, 3> kWhens = {When::Before, When::After, When::Requested};

When when_of(const house::LadderStep& step) {
    if (step.from == LadderFrom::Requested) return When::Requested;
    return step.days_before < 0 ? When::After : When::Before;
}
const char* when_word(const Frame& frame, When when) {
    if (when == When::Before) return frame.tr("before it is needed");
    return when == When::After ? frame.tr("after it was needed") : frame.tr("after we asked");
}
void set_when(house::LadderStep& step, When when, std::int32_t days) {
    step.from = when == When::Requested ? LadderFrom::Requested : LadderFrom::NeededBy;
    step.days_before = when == When::Before ? days : -days;
}

bool draw_step(const Frame& frame, Flow& flow, house::LadderStep& step, std::size_t number, bool& removed) {
    const IdScope scope(number);
    const auto n = static_cast<std::int64_t>(number);
    bool changed = false;
    Row first(flow, field_height(frame), frame.px(8));
    const Rect cross = first.right(frame.px(32));
    const auto kinds = [&] {
        std::vector<std::string> texts;
        for (const LadderKind kind : kKinds) texts.emplace_back(ladder_word(frame, kind));
        return texts;
    };
    const std::string kind_name = frame.text(msg("Step {0}: what goes out", n)), when_name = frame.text(msg("Step {0}: counted from", n)),
                      days_name = frame.text(msg("Step {0}: working days", n));
    if (const auto picked = select(frame, first.rest(), {kind_name, ladder_word(frame, step.kind), static_cast<int>(step.kind)}, kinds)) {
        step.kind = kKinds[static_cast<std::size_t>(*picked)];
        changed = true;
    }
    removed = stepper_button(frame, cross, kIconTrash, frame.text(msg("Take step {0} out", n)), false);
    flow.gap(frame.px(4));
    Row second(flow, field_height(frame), frame.px(8));
    const When when = when_of(step);
    const std::int32_t days = std::abs(step.days_before);
    const std::string less = frame.text(msg("{0}: less", days_name)), more = frame.text(msg("{0}: more", days_name));
    const NumberSpec count{days_name, days, 0, 1, 0, house::kMaxLadderDays, frame.tr("working days"), less, more};
    if (const auto value = number_field(frame, second.left(frame.px(232)), count)) {
        set_when(step, when, static_cast<std::int32_t>(*value));
        changed = true;
    }
    const auto whens = [&] {
        std::vector<std::string> texts;
        for (const When one : kWhens) texts.emplace_back(when_word(frame, one));
        return texts;
    };
    if (const auto picked = select(frame, second.rest(), {when_name, when_word(frame, when), static_cast<int>(when)}, whens)) {
        // No day after is the same as none before: the least that says "after" is one.
        const When next = kWhens[static_cast<std::size_t>(*picked)];
        set_when(step, next, next == When::After && days == 0 ? 1 : days);
        changed = true;
    }
    flow.gap(frame.px(12));
    return changed;
}

}  // namespace

void draw_ladder(const Frame& frame, Outbox& out, Flow& flow) {
    {
        Card card(frame, flow, "ladder");
        heading(frame, card.flow, 4, frame.tr("How we ask for answers"));
        paragraph(frame, card.flow,
                  frame.tr("The house's own figures. Where a person has answered before, what they usually take counts instead."),
                  Tone::Muted, frame.theme.fonts.dense);
        card.flow.gap(frame.px(8));
        house::Ladder next = frame.model.house.ladder;
        bool changed = false;
        const Rect lead = captioned(frame, card.flow, frame.tr("An answer takes"), field_height(frame));
        const char* name = frame.tr("An answer takes");
        const std::string less = frame.text(msg("{0}: less", name)), more = frame.text(msg("{0}: more", name));
        const NumberSpec days{name, next.lead_days, 0, 1, 0, house::kMaxLadderDays, frame.tr("working days"), less, more, "lead"};
        if (const auto value = number_field(frame, lead, days)) {
            next.lead_days = static_cast<std::int32_t>(*value);
            changed = true;
        }
        card.flow.gap(frame.px(12));
        caption(frame, card.flow, frame.tr("Reminders"));
        card.flow.gap(frame.px(4));
        for (std::size_t i = 0; i < next.steps.size(); ++i) {
            bool removed = false;
            changed = draw_step(frame, card.flow, next.steps[i], i + 1, removed) || changed;
            if (!removed) continue;
            next.steps.erase(next.steps.begin() + static_cast<std::ptrdiff_t>(i));
            changed = true;
            break;
        }
        Row row(card.flow, button_height(frame), frame.px(8));
        ButtonSpec add{frame.tr("Add a step"), Look::Normal, kIconPlus}, first{frame.tr("Back to what a house begins with"), Look::Quiet};
        add.disabled = next.steps.size() >= house::kMaxLadderSteps;
        first.disabled = next == house::Ladder{};
        if (button(frame, row, add)) {
            next.steps.push_back({});
            changed = true;
        }
        if (button(frame, row, first)) {
            next = house::Ladder{};
            changed = true;
        }
        if (changed) out.submit(Command{house::Command{house::SetLadder{std::move(next)}}});
    }
    flow.gap(frame.px(16));
}

}  // namespace entente::ui
