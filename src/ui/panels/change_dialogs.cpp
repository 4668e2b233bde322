// Writing down a request, agreeing to a change, declining it.
#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "core/change/scenario.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/panels/dialogs.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/overlay.hpp"

namespace entente::ui {
namespace {

change::Change request_of(const Frame& frame, Outbox& out, const RequestDraft& draft) {
    change::Change made;
    const Day asked_on = draft.asked_on.value_or(frame.today);
    if (const change::Change* old = find_change(*frame.project, draft.supersedes))
        made = change::superseding(*frame.project, *old, out.new_id<ChangeId>(), asked_on, [&out] { return out.new_id<TaskId>().n; });
    else
        made.id = out.new_id<ChangeId>();
    made.number = change::next_number(*frame.project);
    made.request = std::string(trim(draft.request));
    made.asked_by = std::string(trim(draft.asked_by));
    made.channel = std::string(trim(draft.channel));
    made.asked_on = asked_on;
    made.kind = draft.kind;
    if (frame.answers) made.stage = change::stage_at(*frame.project, frame.answers->schedule, made.asked_on);
    made.decide_by = draft.decide_by;
    return made;
}

// The plan as it was agreed: every task's dates with the change done.
plan::Baseline agreed_baseline(const Frame& frame, Outbox& out, const change::Change& one, const change::Impact& impact, Day on) {
    plan::Baseline made;
    made.id = out.new_id<BaselineId>();
    made.name = frame.text(msg("{0}, agreed {1}", change::display_number(one.number), frame.locale.date_short(on)));
    made.from_change = one.id;
    made.made = on;
    for (std::size_t i = 0; i < impact.project_after.tasks.size() && i < impact.after.rows.size(); ++i) {
        made.rows.push_back({impact.project_after.tasks[i].id, impact.after.rows[i].start, impact.after.rows[i].finish});
    }
    return made;
}

bool moves_plan(OutcomeDraft::Kind kind) { return kind == OutcomeDraft::Kind::Agree || kind == OutcomeDraft::Kind::Absorb; }

Command outcome_command(const Frame& frame, Outbox& out, const OutcomeDraft& draft, const change::Change& one,
                        const change::Impact* impact) {
    const ProjectId project = frame.project->id;
    change::Outcome outcome;
    outcome.by = std::string(trim(draft.by));
    outcome.on = draft.on.value_or(frame.today);
    outcome.text = std::string(trim(draft.text));
    if (draft.kind == OutcomeDraft::Kind::Decline) return Command{change::Command{change::Decline{project, one.id, outcome}}};
    if (draft.kind == OutcomeDraft::Kind::Park) {
        outcome.look_again = draft.look_again;
        return Command{change::Command{change::Park{project, one.id, outcome}}};
    }
    outcome.option = option_of(one, draft.option) ? draft.option : OptionId{};
    outcome.internal_minor = impact->internal_minor;
    plan::Baseline baseline = agreed_baseline(frame, out, one, *impact, outcome.on);
    outcome.baseline = baseline.id;
    if (draft.kind == OutcomeDraft::Kind::Absorb) {
        outcome.goodwill_minor = std::max<std::int64_t>(0, impact->worth_minor);
        outcome.allowed_by = std::string(trim(draft.allowed_by));
        return Command{change::Command{change::Absorb{project, one.id, outcome, std::move(baseline)}}};
    }
    outcome.charge_minor = impact->charge_minor;
    return Command{change::Command{change::Agree{project, one.id, outcome, std::move(baseline)}}};
}

void agreed_figures(const Frame& frame, Flow& flow, const change::Impact& impact) {
    const std::string price = money_ex_vat(frame, impact.charge_minor), contract = money_ex_vat(frame, impact.contract_after_minor);
    const std::string finish = frame.locale.date_weekday(impact.finish_after), moved = moved_text(frame, impact.finish_moved_days);
    stats(frame, flow, {{frame.tr("Price"), price}, {frame.tr("Contract"), contract}, {frame.tr("Finish"), finish, moved}}, 3);
    flow.gap(frame.px(16));
}

}  // namespace

void request_dialog(const Frame& frame, Outbox& out, Desk& desk) {
    if (!frame.project) return desk.close();
    RequestDraft& draft = *desk.request;
    Dialog dialog(frame, "##request", frame.tr("A request from the client"), 620);
    Flow& flow = dialog.flow;
    if (const std::string old = replaced_text(frame, draft.supersedes); !old.empty()) {
        paragraph(frame, flow, old, Tone::Muted, frame.theme.fonts.dense);
        flow.gap(frame.px(8));
    }
    if (const plan::Task* about = find_task(*frame.project, draft.about)) {
        paragraph(frame, flow, frame.text(msg("It began from: {0}", about->name)), Tone::Muted, frame.theme.fonts.dense);
        flow.gap(frame.px(8));
    }
    form_text(frame, flow, frame.tr("In the client's words"), draft.request, frame.tr("Could we have one more week of grade?"),
              {}, frame.px(72));
    flow.gap(frame.px(12));
    Flow left = flow.column(0, 2, frame.px(12)), right = flow.column(1, 2, frame.px(12));
    form_text(frame, left, frame.tr("Asked by"), draft.asked_by, frame.tr("Name or role"));
    form_text(frame, right, frame.tr("How (by phone, in the review)"), draft.channel);
    flow.y = std::max(left.y, right.y) + frame.px(12);
    Flow one = flow.column(0, 3, frame.px(12)), two = flow.column(1, 3, frame.px(12)), three = flow.column(2, 3, frame.px(12));
    const auto kinds = [&frame] {
        std::vector<std::string> names;
        for (int i = 0; i <= static_cast<int>(change::Kind::Unclear); ++i)
            names.emplace_back(kind_word(frame, static_cast<change::Kind>(i)));
        return names;
    };
    const Rect kind_at = captioned(frame, one, frame.tr("Class"), field_height(frame));
    if (const auto picked =
            select(frame, kind_at, {frame.tr("Class"), kind_word(frame, draft.kind), static_cast<int>(draft.kind)}, kinds))
        draft.kind = static_cast<change::Kind>(*picked);
    const Rect asked_at = captioned(frame, two, frame.tr("Asked on"), field_height(frame));
    if (const auto day = date_field(frame, asked_at, {frame.tr("Asked on"), draft.asked_on.value_or(frame.today)})) draft.asked_on = *day;
    DateSpec decide{frame.tr("Decide by"), draft.decide_by, frame.tr("No date")};
    decide.clearable = true;
    if (const auto day = date_field(frame, captioned(frame, three, frame.tr("Decide by"), field_height(frame)), decide))
        draft.decide_by = *day == kNoDay ? std::optional<Day>() : day;
    flow.y = std::max(one.y, three.y) + frame.px(20);
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec save{frame.tr("Work out what it does"), Look::Primary};
    save.disabled = trim(draft.request).empty();
    if (save.disabled) save.reason = frame.tr("Write down what was asked first.");
    const bool saved = button_right(frame, row, save);
    const bool left_it = button_right(frame, row, {frame.tr("Cancel"), Look::Quiet});
    if (saved) {
        const change::Change made = request_of(frame, out, draft);
        out.submit(put_change(*frame.project, made));
        desk.began_from = draft.about;
        Route route = frame.route;
        route.room = Room::Changes;
        route.task = TaskId{};
        route.change = made.id;
        out.go(route);
    }
    if (saved || left_it || dialog.closed) desk.close();
}

namespace {

struct OutcomeWords {
    const char *title, *text, *who, *act, *missing;
};

OutcomeWords outcome_words(const Frame& frame, OutcomeDraft::Kind kind) {
    switch (kind) {
        case OutcomeDraft::Kind::Agree:
            return {frame.tr("Agree to this change"), frame.tr("The exact text that is agreed"), frame.tr("Who agreed, for the client"),
                    frame.tr("Agree"), frame.tr("An agreement needs its exact text.")};
        case OutcomeDraft::Kind::Absorb:
            return {frame.tr("Absorb this change as goodwill"), frame.tr("The exact text that is agreed"),
                    frame.tr("Who agreed, for the client"), frame.tr("Absorb"), frame.tr("An agreement needs its exact text.")};
        case OutcomeDraft::Kind::Park:
            return {frame.tr("Park this request"), frame.tr("Why it is parked, and what it waits for"), frame.tr("Who was told"),
                    frame.tr("Park"), frame.tr("Say why it is parked, and what it waits for.")};
        case OutcomeDraft::Kind::Decline: break;
    }
    return {frame.tr("Decline this request"), frame.tr("The reason, in words the client may read"), frame.tr("Who was told"),
            frame.tr("Decline"), frame.tr("Say why; the client will ask.")};
}

// Why it cannot be saved yet; empty: it can.
std::string_view outcome_missing(const Frame& frame, const OutcomeDraft& draft, const OutcomeWords& words,
                                 const change::Change& one, const change::Impact* impact) {
    if (draft.kind == OutcomeDraft::Kind::Agree && change::is_charged(one.kind) && !impact->trade.is_even() &&
        !impact->trade.is_even(impact->charge_minor))
        return frame.tr("Give up work of the same worth, or let the client pay the difference.");
    if (trim(draft.text).empty()) return words.missing;
    if (moves_plan(draft.kind) && trim(draft.by).empty()) return frame.tr("Write down who agreed.");
    if (draft.kind == OutcomeDraft::Kind::Absorb && trim(draft.allowed_by).empty())
        return frame.tr("Write down who in the house gives it away.");
    return {};
}

void outcome_fields(const Frame& frame, Flow& flow, OutcomeDraft& draft, const OutcomeWords& words) {
    form_text(frame, flow, words.text, draft.text, {}, {}, frame.px(moves_plan(draft.kind) ? 112 : 84));
    flow.gap(frame.px(12));
    const bool three = draft.kind == OutcomeDraft::Kind::Absorb || draft.kind == OutcomeDraft::Kind::Park;
    const int columns = three ? 3 : 2;
    Flow first = flow.column(0, columns, frame.px(12)), second = flow.column(1, columns, frame.px(12));
    form_text(frame, first, words.who, draft.by, frame.tr("Name or role"));
    const Rect day_at = captioned(frame, second, frame.tr("On"), field_height(frame));
    if (const auto day = date_field(frame, day_at, {frame.tr("On"), draft.on})) draft.on = *day;
    if (three) {
        Flow third = flow.column(2, 3, frame.px(12));
        if (draft.kind == OutcomeDraft::Kind::Absorb) {
            form_text(frame, third, frame.tr("Allowed by, in the house"), draft.allowed_by, frame.tr("Name or role"));
        } else {
            DateSpec again{frame.tr("Look at it again on"), draft.look_again, frame.tr("No date")};
            again.clearable = true;
            if (const auto day = date_field(frame, captioned(frame, third, again.name, field_height(frame)), again))
                draft.look_again = *day == kNoDay ? std::optional<Day>() : day;
        }
    }
    flow.y = std::max(first.y, second.y) + frame.px(8);
}

}  // namespace

void outcome_dialog(const Frame& frame, Outbox& out, Desk& desk) {
    OutcomeDraft& draft = *desk.outcome;
    const change::Change* one = frame.project ? find_change(*frame.project, draft.change) : nullptr;
    const Result<change::Impact>* computed = one ? impact_of(frame, *one, draft.option) : nullptr;
    const change::Impact* impact = computed && *computed ? &**computed : nullptr;
    if (!one || one->state != change::State::Open || (moves_plan(draft.kind) && !impact)) return desk.close();
    const OutcomeWords words = outcome_words(frame, draft.kind);
    Dialog dialog(frame, "##outcome", words.title, 640);
    Flow& flow = dialog.flow;
    paragraph(frame, flow, frame.text(msg("\u201C{0}\u201D", one->request)), Tone::Muted);
    flow.gap(frame.px(16));
    if (draft.kind == OutcomeDraft::Kind::Agree) agreed_figures(frame, flow, *impact);
    outcome_fields(frame, flow, draft, words);
    if (draft.kind == OutcomeDraft::Kind::Agree) {
        paragraph(frame, flow,
                  frame.tr("The plan, its baseline and the contract value move together. What was agreed is never edited; it "
                           "can only be taken back or superseded."),
                  Tone::Muted, frame.theme.fonts.dense);
    } else if (draft.kind == OutcomeDraft::Kind::Absorb) {
        const std::string worth = frame.locale.money_short({std::max<std::int64_t>(0, impact->worth_minor), frame.project->currency});
        paragraph(frame, flow,
                  frame.text(msg("The plan and its baseline move. The client pays nothing; {0} goes into the goodwill ledger.", worth)),
                  Tone::Muted, frame.theme.fonts.dense);
    }
    flow.gap(frame.px(16));
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec save{words.act, Look::Primary};
    save.reason = outcome_missing(frame, draft, words, *one, impact);
    save.disabled = !save.reason.empty();
    const bool saved = button_right(frame, row, save);
    const bool left_it = button_right(frame, row, {frame.tr("Cancel"), Look::Quiet});
    if (saved) out.submit(outcome_command(frame, out, draft, *one, impact));
    if (saved || left_it || dialog.closed) desk.close();
}

}  // namespace entente::ui
