#include "ui/panels/baseline_section.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/lookup.hpp"
#include "icons.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

Status moved_status(const Frame& frame, std::int64_t days) {
    if (days > 0) return {Shape::Triangle, Tone::Warn, frame.text(msgn("{n} day later", "{n} days later", days))};
    if (days < 0) return {Shape::Tick, Tone::Ok, frame.text(msgn("{n} day sooner", "{n} days sooner", -days))};
    return {Shape::Tick, Tone::Ok, frame.tr("as agreed")};
}

}  // namespace

bool BaselineAnswers::update(const Frame& frame, BaselineId against) {
    const auto& baselines = frame.project->baselines;
    if (baselines.empty()) return false;
    const bool known = sequence_ == frame.session.sequence() && project_ == frame.project->id && against_ == against;
    if (known && index_ < baselines.size()) return true;
    sequence_ = frame.session.sequence();
    project_ = frame.project->id;
    against_ = against;
    const plan::Baseline* found = by_id(baselines, against);
    index_ = found ? static_cast<std::size_t>(found - baselines.data()) : baselines.size() - 1;
    rows_.reset();
    stories_.reset();
    return true;
}

const std::vector<plan::VarianceRow>& BaselineAnswers::rows(const Frame& frame) {
    if (!rows_) rows_ = plan::variance_rows(*frame.project, frame.answers->schedule, baseline(frame));
    return *rows_;
}

const std::vector<plan::MoveStory>& BaselineAnswers::stories(const Frame& frame) {
    if (!stories_) stories_ = plan::move_stories(*frame.project, frame.answers->schedule, baseline(frame).id);
    return *stories_;
}

std::string baseline_source(const Frame& frame, const plan::Baseline& baseline) {
    const change::Change* change = find_change(*frame.project, baseline.from_change);
    if (!change) return frame.tr("Kept by hand");
    const std::string number = change::display_number(change->number), &by = change->outcome.by;
    if (change->state == change::State::Absorbed)
        return by.empty() ? frame.text(msg("{0}, absorbed", number)) : frame.text(msg("{0}, absorbed for {1}", number, by));
    return by.empty() ? frame.text(msg("{0}, agreed", number)) : frame.text(msg("{0}, agreed with {1}", number, by));
}

Command keep_baseline(const Frame& frame, Outbox& out, std::string name) {
    plan::Baseline made;
    made.id = out.new_id<BaselineId>();
    made.name = std::string(trim(name));
    if (made.name.empty()) made.name = frame.text(msg("The plan of {0}", frame.locale.date_short(frame.today)));
    made.made = frame.today;
    const auto& rows = frame.answers->schedule.rows;
    for (std::size_t i = 0; i < frame.project->tasks.size() && i < rows.size(); ++i)
        made.rows.push_back({frame.project->tasks[i].id, rows[i].start, rows[i].finish});
    return Command{plan::Command{plan::AddBaseline{frame.project->id, std::move(made)}}};
}

void BaselineSection::draw(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, std::size_t task) {
    const IdScope scope("baselines");
    rule(frame, flow);
    flow.gap(frame.px(12));
    heading(frame, flow, 4, frame.tr("Against the baseline"));
    flow.gap(frame.px(4));
    const auto& baselines = frame.project->baselines;
    if (!newest_.update(frame, BaselineId{}) || task >= newest_.rows(frame).size()) {
        paragraph(frame, flow, frame.tr("No baseline yet: keep the plan as it stands, and what moves from now on will show."), Tone::Muted,
                  frame.theme.fonts.dense);
        flow.gap(frame.px(8));
        Row row(flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Keep the plan as a baseline"), Look::Normal, kIconLock}))
            out.submit(keep_baseline(frame, out, {}));
        flow.gap(frame.px(16));
        return;
    }
    const plan::VarianceRow& row = newest_.rows(frame)[task];
    const std::string& name = newest_.baseline(frame).name;
    if (!row.in_baseline) {
        paragraph(frame, flow, frame.text(msg("It came after “{0}” was kept.", name)), Tone::Muted, frame.theme.fonts.dense);
    } else {
        const Status status = moved_status(frame, row.finish_days);
        const Rect line_of = flow.take(frame.px(22));
        draw_status(frame, line_of, status, frame.theme.fonts.dense);
        note(frame, NodeRole::Paragraph, line_of, status.word);
        paragraph(frame, flow, frame.text(msg("In “{0}” it ended on {1}.", name, row.baseline_finish)), Tone::Muted,
                  frame.theme.fonts.dense);
    }
    // From the first agreement on: who moved it.
    const TaskId id = frame.project->tasks[task].id;
    const bool told = frame.project->tasks[task].kind == plan::TaskKind::Milestone || promise_at(*frame.project, id);
    if (told && first_.update(frame, baselines.front().id)) {
        const auto& stories = first_.stories(frame);
        const auto story = std::find_if(stories.begin(), stories.end(), [&](const plan::MoveStory& one) { return one.task == id; });
        if (story != stories.end() && !story->parts.empty()) {
            flow.gap(frame.px(4));
            paragraph(frame, flow, frame.text(plan::story_sentence(*frame.project, *story)), Tone::Plain, frame.theme.fonts.dense);
        }
    }
    flow.gap(frame.px(8));
    Row row_of(flow, button_height(frame), frame.px(8));
    if (button(frame, row_of, {frame.tr("All baselines\u2026"), Look::Normal})) desk.baselines.emplace();
    flow.gap(frame.px(16));
}

}  // namespace entente::ui
