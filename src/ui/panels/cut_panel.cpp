#include "ui/panels/cut_panel.hpp"

#include <algorithm>
#include <array>

#include "core/cut/to_change.hpp"
#include "icons.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {

namespace {

constexpr std::size_t kFirstWarnings = 4;
// What a person can state, as cut::parse_rate() reads it.
constexpr std::array<std::string_view, 15> kRates = {"23.976", "24",       "25",      "29.97ndf", "29.97df", "30",     "47.952", "48",
                                                     "50",     "59.94ndf", "59.94df", "60",       "100",     "119.88", "120"};

std::string range_words(const std::optional<cut::Range>& range, const cut::Rate& rate) {
    return range ? cut::timecode(range->in, rate) + " \u2013 " + cut::timecode(range->out, rate) : std::string("\u2013");
}

std::string event_words(const Frame& frame, const cut::EventChange& change) {
    if (change.gap) return change.sound ? frame.tr("silence") : frame.tr("black");
    return change.number.empty() ? change.name : change.number + " " + change.name;
}

std::string role_words(const Frame& frame, RoleId id) {
    const house::Role* role = find_role(frame.model, id);
    return role ? role->name : std::string(frame.tr("no role: not priced"));
}

change::Change numbered(const Frame& frame, Outbox& out, change::Change made) {
    made.id = out.new_id<ChangeId>();
    made.number = change::next_number(*frame.project);
    made.kind = change::Kind::Unclear;
    if (frame.answers) made.stage = change::stage_at(*frame.project, frame.answers->schedule, made.asked_on);
    return made;
}

}  // namespace

const char* cut_kind_word(const Frame& frame, cut::Kind kind) {
    switch (kind) {
        case cut::Kind::Added: return frame.tr("added");
        case cut::Kind::Removed: return frame.tr("removed");
        case cut::Kind::Moved: return frame.tr("moved");
        case cut::Kind::Trimmed: return frame.tr("trimmed");
        case cut::Kind::Retimed: return frame.tr("retimed");
        case cut::Kind::Transition: return frame.tr("transition");
    }
    return "";
}

void CutPanel::files(const Frame& frame, Outbox& out, Flow& flow) {
    Card card(frame, flow, "cut-files");
    const CutView& view = *frame.cuts;
    const auto one = [&](bool later, const char* caption, const char* choose, const std::string& name, const cut::Rate& rate) {
        Row row(card.flow, button_height(frame), frame.px(12));
        ButtonSpec pick{choose, name.empty() ? Look::Primary : Look::Normal, kIconFileImport};
        if (button(frame, row, pick)) out.ask(PickCut{later});
        std::string words = name.empty() ? std::string(caption) : frame.text(msg("{0}: {1}", caption, name));
        if (view.compared) words = frame.text(msg("{0}, {1} frames a second", words, cut::rate_name(rate)));
        const Rect at = row.rest();
        text_in(frame, frame.theme.fonts.dense, at, name.empty() ? frame.theme.palette.muted : frame.theme.palette.text, words);
        note(frame, NodeRole::Paragraph, at, words);
    };
    one(false, frame.tr("The earlier cut"), frame.tr("Choose the earlier cut\u2026"), view.before_name, view.diff.rate_before);
    card.flow.gap(frame.px(8));
    one(true, frame.tr("The later cut"), frame.tr("Choose the later cut\u2026"), view.after_name, view.diff.rate_after);
    card.flow.gap(frame.px(12));
    rate(frame, out, card.flow);
}

// An edit decision list does not say its rate; whoever made it knows.
void CutPanel::rate(const Frame& frame, Outbox& out, Flow& flow) {
    const std::optional<cut::Rate>& stated = frame.cuts->rate;
    const char* as_said = frame.tr("As the files say");
    int chosen = 0;
    for (std::size_t i = 0; i < kRates.size() && stated; ++i) {
        if (cut::parse_rate(kRates[i]) == stated) chosen = static_cast<int>(i) + 1;
    }
    const auto options = [&] {
        std::vector<std::string> names{as_said};
        for (const std::string_view code : kRates) names.push_back(cut::rate_name(*cut::parse_rate(code)));
        return names;
    };
    Flow column{flow.x, flow.y, std::min(flow.w, frame.px(240))};
    const char* name = frame.tr("Frames a second");
    const std::string shown = stated ? cut::rate_name(*stated) : std::string(as_said);
    const auto picked = select(frame, captioned(frame, column, name, field_height(frame)), {name, shown, chosen, "rate"}, options);
    flow.y = column.y;
    if (!picked || *picked == chosen) return;
    out.ask(SetCutRate{*picked > 0 ? cut::parse_rate(kRates[static_cast<std::size_t>(*picked) - 1]) : std::nullopt});
}

// What the readers of both files and the comparison have to say.
void CutPanel::warnings(const Frame& frame, Flow& flow) {
    const auto& all = frame.cuts->warnings;
    if (all.empty()) return;
    {
        Card card(frame, flow, "cut-warnings");
        heading(frame, card.flow, 4, frame.tr("Worth knowing about the files"));
        const auto tell = [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) paragraph(frame, card.flow, frame.text(all[i]), Tone::Warn, frame.theme.fonts.dense);
        };
        tell(0, std::min(all.size(), kFirstWarnings));
        if (all.size() > kFirstWarnings) {
            const std::string label = frame.text(msgn("{n} more", "{n} more", static_cast<std::int64_t>(all.size() - kFirstWarnings)));
            if (disclosure(frame, card.flow, label, all_warnings_)) tell(kFirstWarnings, all.size());
        }
    }
    flow.gap(frame.px(16));
}

void CutPanel::changes(const Frame& frame, Flow& flow) {
    const cut::Diff& diff = frame.cuts->diff;
    Table grid(frame, flow, "cut-changes", frame.tr("What changed in the cut"),
               {{frame.tr("Change"), 100},
                {frame.tr("Event"), 0},
                {frame.tr("Before"), 184},
                {frame.tr("After"), 184},
                {frame.tr("Frames"), 76, Align::Right},
                {"", 64}},
               static_cast<int>(diff.changes.size()), nullptr, 30, frame.px(320));
    for (int i = grid.first(); i < grid.last(); ++i) {
        const cut::EventChange& change = diff.changes[static_cast<std::size_t>(i)];
        const std::string event = event_words(frame, change), kind = cut_kind_word(frame, change.kind);
        grid.begin_row(i, static_cast<std::uint64_t>(i) + 1, frame.text(msg("{0}: {1}", kind, event)), false);
        grid.text(0, kind);
        grid.text(1, event, Tone::Plain, true);
        grid.text(2, range_words(change.before, diff.rate_before), Tone::Muted);
        grid.text(3, range_words(change.after, diff.rate_after), Tone::Muted);
        grid.text(4, std::to_string(change.frames));
        if (change.sound) grid.text(5, frame.tr("sound"), Tone::Muted);
        grid.end_row();
    }
}

void CutPanel::work(const Frame& frame, Flow& flow, const std::vector<cut::WorkLine>& lines) {
    Card card(frame, flow, "cut-work");
    heading(frame, card.flow, 4, frame.tr("The work it makes"));
    paragraph(frame, card.flow, frame.tr("By the house's own figures; they stand in the Workspace."), Tone::Muted, frame.theme.fonts.dense);
    card.flow.gap(frame.px(8));
    Table grid(frame, card.flow, "cut-work-lines", frame.tr("The work it makes"),
               {{frame.tr("Discipline"), 96},
                {frame.tr("Role"), 0},
                {frame.tr("Length"), 96, Align::Right},
                {frame.tr("Ex VAT"), 104, Align::Right}},
               static_cast<int>(lines.size()));
    for (int i = grid.first(); i < grid.last(); ++i) {
        const cut::WorkLine& line = lines[static_cast<std::size_t>(i)];
        const std::string name = frame.text(cut::discipline_name(line.discipline));
        grid.begin_row(i, static_cast<std::uint64_t>(line.discipline) + 1, name, false);
        grid.text(0, name, Tone::Plain, true);
        grid.text(1, role_words(frame, line.role), line.role ? Tone::Plain : Tone::Warn);
        grid.text(2, days_text(frame, *frame.project, line.minutes));
        grid.text(3, frame.locale.money_short({line.charge_minor, frame.project->currency}));
        grid.end_row();
    }
}

void CutPanel::make(const Frame& frame, Outbox& out, Flow& flow, const std::vector<cut::WorkLine>& lines) {
    const plan::Project& project = *frame.project;
    const std::vector<TaskId> locks = cut::locks_of(project);
    if (locks.empty()) {
        banner(frame, flow, {Shape::Triangle, Tone::Warn, frame.tr("The plan has no milestone that could be reopened.")},
               frame.tr("Add a picture lock to the plan first."));
        return;
    }
    auto chosen = std::find(locks.begin(), locks.end(), lock_);
    if (chosen == locks.end()) chosen = locks.begin();
    const std::string name = task_name(project, *chosen);
    Flow column{flow.x, flow.y, std::min(flow.w, frame.px(360))};
    const auto names = [&] {
        std::vector<std::string> all;
        for (const TaskId id : locks) all.push_back(task_name(project, id));
        return all;
    };
    const SelectSpec spec{frame.tr("Reopens"), name, static_cast<int>(chosen - locks.begin())};
    if (const auto picked = select(frame, captioned(frame, column, frame.tr("Reopens"), field_height(frame)), spec, names))
        lock_ = locks[static_cast<std::size_t>(*picked)];
    flow.y = column.y + frame.px(12);
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec spec_make{frame.tr("Make it a change"), Look::Primary, kIconPlus};
    spec_make.disabled = lines.empty();
    if (spec_make.disabled) spec_make.reason = frame.tr("Nothing changed that would make work.");
    if (!button(frame, row, spec_make)) return;
    const cut::Diff& diff = frame.cuts->diff;
    cut::ChangeWords words;
    words.request = frame.text(msg("The cut changed from {0} to {1}: {2}, {3} of picture.", frame.cuts->before_name, frame.cuts->after_name,
                                   msgn("{n} change", "{n} changes", static_cast<std::int64_t>(diff.changes.size())),
                                   cut::length_text(diff.frames_changed, diff.rate_after)));
    for (const cut::WorkLine& line : lines)
        words.work_names.push_back(frame.text(msg("{0}: the new cut", cut::discipline_name(line.discipline))));
    auto made = cut::change_of(project, *chosen, lines, words, frame.today, [&out] { return out.new_id<TaskId>().n; });
    if (!made) return frame.semantics.announce(frame.text(made.error().what), true);
    change::Change whole = numbered(frame, out, std::move(*made));
    Route route = frame.route;
    route.change = whole.id;
    out.submit(put_change(project, std::move(whole)));
    out.ask(CloseCuts{});
    out.go(route);
}

void CutPanel::draw(const Frame& frame, Outbox& out, Rect area) {
    const CutView& view = *frame.cuts;
    ScrollArea scroll(frame, "##cuts", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w = std::min(flow.w - frame.px(48), frame.px(1160));
    flow.gap(frame.px(20));
    {
        Row top(flow, frame.px(30), frame.px(8));
        if (button_right(frame, top, {frame.tr("Close the comparison"), Look::Normal, kIconX})) out.ask(CloseCuts{});
        heading_in(frame, top.rest(), 1, frame.tr("Compare two cuts"));
    }
    paragraph(frame, flow, frame.tr("Two versions of the picture as EDL (CMX 3600) or OpenTimelineIO. Nothing in the plan changes yet."),
              Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(12));
    files(frame, out, flow);
    flow.gap(frame.px(16));
    if (view.failure) {
        banner(frame, flow, {Shape::Square, Tone::Bad, frame.text(view.failure->what)}, frame.text(view.failure->remedy), NodeRole::Alert);
        flow.gap(frame.px(16));
    }
    warnings(frame, flow);
    if (!view.compared) return;
    const cut::Diff& diff = view.diff;
    if (diff.empty()) {
        banner(frame, flow, {Shape::Dot, Tone::Ok, frame.tr("The two cuts are the same.")});
        return;
    }
    const auto lines = cut::price_lines(diff, frame.model.house);
    if (!lines) {
        banner(frame, flow, {Shape::Square, Tone::Bad, frame.text(lines.error().what)}, frame.text(lines.error().remedy));
        return;
    }
    std::int64_t charge = 0, minutes = 0;
    for (const cut::WorkLine& line : *lines) charge += line.charge_minor, minutes += line.minutes;
    const std::string count = std::to_string(diff.changes.size()), picture = cut::length_text(diff.frames_changed, diff.rate_after);
    const std::string work_length = days_text(frame, *frame.project, minutes), price = money_ex_vat(frame, charge);
    const std::string shifted =
        frame.text(msgn("{n} event only stands elsewhere in time.", "{n} events only stand elsewhere in time.", diff.shifted));
    stats(frame, flow,
          {{frame.tr("Changes"), count},
           {frame.tr("Picture changed"), picture},
           {frame.tr("Work"), work_length},
           {frame.tr("Price"), price}},
          4);
    flow.gap(frame.px(12));
    changes(frame, flow);
    flow.gap(frame.px(6));
    if (diff.shifted > 0) paragraph(frame, flow, shifted, Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(16));
    work(frame, flow, *lines);
    flow.gap(frame.px(16));
    make(frame, out, flow, *lines);
    flow.gap(frame.px(24));
}

}  // namespace entente::ui
