// The options of a change side by side, the one that is chosen in detail, and what the change does to quality.
#include <algorithm>
#include <cmath>

#include "core/change/options.hpp"
#include "core/lookup.hpp"
#include "icons.hpp"
#include "report/change_notice.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

const char* quality_word(const Frame& frame, change::Quality dimension) {
    switch (dimension) {
        case change::Quality::Picture: return frame.tr("Picture");
        case change::Quality::Sound: return frame.tr("Sound");
        case change::Quality::Story: return frame.tr("Story");
        case change::Quality::Compliance: return frame.tr("Technical compliance");
        case change::Quality::Accessibility: break;
    }
    return frame.tr("Accessibility");
}

const char* steps_word(const Frame& frame, std::int32_t steps) {
    switch (steps) {
        case -2: return frame.tr("much worse");
        case -1: return frame.tr("worse");
        case 1: return frame.tr("better");
        case 2: return frame.tr("much better");
        default: return frame.tr("same");
    }
}

// "Picture better, Sound worse", or that nobody has judged it.
Status quality_status(const Frame& frame, const std::vector<change::QualityEffect>& effects) {
    std::string words;
    std::int32_t worst = 0;
    for (const change::QualityEffect& effect : effects) {
        if (effect.steps == 0) continue;
        if (!words.empty()) words += ", ";
        words += std::string(quality_word(frame, effect.dimension)) + " " + steps_word(frame, effect.steps);
        worst = std::min(worst, effect.steps);
    }
    if (words.empty()) return {Shape::Dot, Tone::Muted, effects.empty() ? frame.tr("not judged") : frame.tr("same")};
    return {worst < 0 ? Shape::Triangle : Shape::Tick, worst < 0 ? Tone::Warn : Tone::Ok, words};
}

// The promise that lies last: delivery, as a rule.
const change::PromiseMove* last_promise(const change::Impact& impact) {
    const change::PromiseMove* last = nullptr;
    for (const change::PromiseMove& move : impact.promises) {
        if (!last || move.promised > last->promised) last = &move;
    }
    return last;
}

std::string option_words(const Frame& frame, const change::Change& one, const change::Option& option, const change::Impact& impact) {
    const auto sentences = change::option_statement(*frame.project, one, option, impact);
    return sentences.empty() ? std::string() : frame.text(sentences.front());
}

// "A", "B", ...
std::string letter_of(std::size_t index) { return std::string(1, static_cast<char>('A' + static_cast<int>(index % 26))); }

// "8 in 10: Wed 5 Aug", against the promise.
void confidence(const Frame& frame, Flow& flow, OptionId option, const change::PromiseMove* promise) {
    const auto found = frame.answers->option_p80.find(option);
    if (found == frame.answers->option_p80.end() || !promise) return;
    const auto move = std::find_if(found->second.begin(), found->second.end(),
                                   [&](const risk::P80Move& one) { return one.task == promise->task; });
    if (move == found->second.end()) return;
    const bool kept = move->after <= promise->promised;
    flow.gap(frame.px(8));
    caption(frame, flow, frame.tr("Confidence"));
    const Status status{kept ? Shape::Tick : Shape::Triangle, kept ? Tone::Ok : Tone::Warn,
                        frame.text(msg("8 in 10 by {0}", frame.locale.date_weekday(move->after)))};
    const Rect area = flow.take(frame.px(20));
    draw_status(frame, area, status, frame.theme.fonts.dense);
    note(frame, NodeRole::Paragraph, area, frame.text(msg("Confidence: {0}", status.word)));
}

void agree_button(const Frame& frame, Desk& desk, Row& row, const change::Change& one, const change::Option& option,
                  const std::string& letter, const change::Impact* impact) {
    const bool declines = option.kind == change::OptionKind::Decline;
    const std::string label =
        frame.text(declines ? msg("Decline with {0}\u2026", letter) : msg("Agree on {0}\u2026", letter));
    ButtonSpec act{label, Look::Primary};
    act.disabled = !impact;
    if (!button(frame, row, act) || !impact) return;
    OutcomeDraft draft;
    draft.change = one.id;
    draft.option = option.id;
    draft.by = one.asked_by;
    draft.kind = declines ? OutcomeDraft::Kind::Decline : OutcomeDraft::Kind::Agree;
    draft.on = frame.today;
    draft.text = report::agreement_text(*frame.project, one, &option, *impact, frame.locale);
    desk.outcome = std::move(draft);
}

}  // namespace

void ChangesPanel::build(const Frame& frame, Outbox& out, const change::Change& one) {
    const change::OptionWords words{frame.tr("Later version"), frame.tr("Evened out")};
    auto built = change::build_options(frame.model, *frame.project, one, words, [&out] { return out.new_id<OptionId>().n; });
    if (!built) return;  // the banner below says why it cannot be worked out
    change::Change next = one;
    next.options = std::move(*built);
    out.submit(put_change(*frame.project, std::move(next)));
}

void ChangesPanel::option_card(const Frame& frame, Desk& desk, Flow& flow, const change::Change& one, std::size_t index, float height) {
    const change::Option& option = one.options[index];
    const IdScope scope(option.id.n);
    const Result<change::Impact>* computed = impact_of(frame, one, option.id);
    const bool chosen = chosen_ == option.id;
    Card card(frame, flow, "option", height, chosen);
    const std::string letter = letter_of(index), title = option_title(frame, option);
    const Rect area = box(card.flow.x, card.flow.y, card.flow.w, frame.px(1));
    const Part group(frame, NodeRole::Group, "option", area, frame.text(msg("Option {0}: {1}", letter, title)));
    caption(frame, card.flow, frame.text(msg("Option {0}", letter)));
    heading(frame, card.flow, 3, title);
    card.flow.gap(frame.px(12));
    if (!computed || !*computed) {
        paragraph(frame, card.flow, computed ? frame.text(computed->error().what) : std::string(), Tone::Bad, frame.theme.fonts.dense);
    } else {
        const change::Impact& impact = **computed;
        const change::PromiseMove* promise = last_promise(impact);
        const std::int64_t days = promise ? promise->moved_days : impact.finish_moved_days;
        const std::string time = moved_text(frame, days), price = frame.locale.money_short({impact.charge_minor, frame.project->currency});
        const std::string date = promise ? frame.text(msg("{0} {1}", task_name(*frame.project, promise->task),
                                                          frame.locale.date_weekday(promise->after)))
                                         : frame.locale.date_weekday(impact.finish_after);
        const bool holds = change::holds_promises(impact);
        const Status kept = holds ? Status{Shape::Tick, Tone::Ok, frame.tr("promises kept")}
                                  : Status{Shape::Square, Tone::Bad, frame.tr("a promise is broken")};
        const ImFont* number = frame.theme.fonts.number;
        stats(frame, card.flow, {{frame.tr("Time"), time, {}, {}, number}, {frame.tr("Price, ex VAT"), price, {}, {}, number}}, 2);
        card.flow.gap(frame.px(12));
        stat(frame, card.flow.take(stat_height(frame, {frame.tr("Promise"), date, {}, kept, frame.theme.fonts.body})),
             {frame.tr("Promise"), date, {}, kept, frame.theme.fonts.body});
        confidence(frame, card.flow, option.id, promise);
        card.flow.gap(frame.px(8));
        caption(frame, card.flow, frame.tr("Quality"));
        const Status quality = quality_status(frame, option.quality);
        const Rect quality_at = card.flow.take(frame.px(20));
        draw_status(frame, quality_at, quality, frame.theme.fonts.dense);
        note(frame, NodeRole::Paragraph, quality_at, frame.text(msg("Quality: {0}", quality.word)));
        card.flow.gap(frame.px(8));
        paragraph(frame, card.flow, option_words(frame, one, option, impact), Tone::Muted, frame.theme.fonts.dense);
    }
    card.flow.gap(frame.px(12));
    Row row(card.flow, button_height(frame), frame.px(8));
    const std::string choose = frame.text(msg("Choose {0}", letter));
    if (!chosen) {
        if (button(frame, row, {choose})) chosen_ = option.id;
        return;
    }
    agree_button(frame, desk, row, one, option, letter, computed && *computed ? &**computed : nullptr);
}

void ChangesPanel::option_cards(const Frame& frame, Desk& desk, Flow& flow, const change::Change& one) {
    const int count = static_cast<int>(one.options.size());
    const int columns = std::max(1, std::min(count, static_cast<int>(flow.w / frame.px(300))));
    const float space = frame.px(16);
    for (int from = 0; from < count; from += columns) {
        float bottom = flow.y;
        for (int i = from; i < std::min(count, from + columns); ++i) {
            Flow column = flow.column(i - from, columns, space);
            option_card(frame, desk, column, one, static_cast<std::size_t>(i), frame.px(318));
            bottom = std::max(bottom, column.y);
        }
        flow.y = bottom + space;
    }
}

void ChangesPanel::options(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const change::Change& one) {
    if (!one.options.empty()) option_cards(frame, desk, flow, one);
    Row row(flow, button_height(frame), frame.px(8));
    if (one.options.empty()) {
        if (button(frame, row, {frame.tr("Compare the options"), Look::Primary})) build(frame, out, one);
    } else {
        if (chosen_ && button(frame, row, {frame.tr("Back to the request"), Look::Quiet})) chosen_ = OptionId{};
        if (button(frame, row, {frame.tr("Work the options out again"), Look::Quiet})) build(frame, out, one);
    }
    flow.gap(frame.px(16));
}

// What the chosen option takes, its name and its words: built by machine, edited by hand.
void ChangesPanel::option_details(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one) {
    change::Change next = one;
    change::Option& option = *by_id(next.options, chosen_);
    const PlanEdits::Spec spec{option.edits, one.asked_on, true, frame.tr("What this option takes"),
                               frame.tr("This option leaves the plan as it is."), one.supersedes};
    bool put = false;
    if (auto edits = option_edits_.draw(frame, out, flow, spec)) {
        option.edits = std::move(*edits);
        put = true;
        option_edits_.reset(false);
    }
    {
        Card card(frame, flow, "option-words");
        const auto text = [&](const char* name, std::string& value, float height) {
            const Rect area = captioned(frame, card.flow, name, height);
            if (const Typed typed = text_field(frame, area, {name, value}); typed.committed) value = typed.text, put = true;
        };
        text(frame.tr("What the option is called"), option.name, field_height(frame));
        card.flow.gap(frame.px(8));
        text(frame.tr("In words the client reads"), option.note, frame.px(64));
    }
    flow.gap(frame.px(16));
    if (put) out.submit(put_change(*frame.project, std::move(next)));
}

void ChangesPanel::quality(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one) {
    if (one.state != change::State::Open || !disclosure(frame, flow, frame.tr("What it does to the quality"), quality_open_)) return;
    change::Change next = one;
    change::Option* option = chosen_ ? by_id(next.options, chosen_) : nullptr;
    std::vector<change::QualityEffect>& effects = option ? option->quality : next.quality;
    const auto words = [&frame] {
        std::vector<std::string> out_words;
        for (std::int32_t steps = -2; steps <= 2; ++steps) out_words.emplace_back(steps_word(frame, steps));
        return out_words;
    };
    bool put = false;
    float bottom = flow.y;
    for (int i = 0; i <= static_cast<int>(change::Quality::Accessibility); ++i) {
        const auto dimension = static_cast<change::Quality>(i);
        const auto found = std::find_if(effects.begin(), effects.end(),
                                        [&](const change::QualityEffect& effect) { return effect.dimension == dimension; });
        const std::int32_t steps = found == effects.end() ? 0 : found->steps;
        Flow column = flow.column(i % 3, 3, frame.px(12));
        if (i == 3) column.y = flow.y = bottom + frame.px(8);
        const char* name = quality_word(frame, dimension);
        const Rect area = captioned(frame, column, name, field_height(frame));
        if (const auto picked = select(frame, area, {name, steps_word(frame, steps), steps + 2}, words)) {
            if (found == effects.end()) effects.push_back({dimension, *picked - 2, {}});
            else found->steps = *picked - 2;
            put = true;
        }
        bottom = std::max(bottom, column.y);
    }
    flow.y = bottom + frame.px(16);
    if (put) out.submit(put_change(*frame.project, std::move(next)));
}

}  // namespace entente::ui
