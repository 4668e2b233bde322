#include "ui/views/timeline_rows.hpp"

#include <algorithm>
#include <map>

#include "ui/views/words.hpp"

namespace entente::ui {
namespace {

bool has_outline(const plan::Project& project) {
    return std::any_of(project.tasks.begin(), project.tasks.end(),
                       [](const plan::Task& task) { return task.kind == plan::TaskKind::Summary; });
}

TimelineRow task_row(std::size_t index, int indent, bool group) {
    TimelineRow row;
    row.task = static_cast<std::int32_t>(index);
    row.indent = indent;
    row.is_group = group;
    return row;
}

std::vector<TimelineRow> outline_rows(const plan::Project& project) {
    std::vector<TimelineRow> rows;
    std::map<TaskId, int> depth;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        const plan::Task& task = project.tasks[i];
        const auto parent = depth.find(task.parent);
        const int indent = parent == depth.end() ? 0 : parent->second + 1;
        const bool summary = task.kind == plan::TaskKind::Summary;
        if (summary) depth[task.id] = indent;
        rows.push_back(task_row(i, indent, summary));
    }
    return rows;
}

std::vector<TimelineRow> stage_rows(const plan::Project& project) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::size_t>> stages;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        auto& stage = stages[project.tasks[i].stage];
        if (stage.empty()) order.push_back(project.tasks[i].stage);
        stage.push_back(i);
    }
    std::vector<TimelineRow> rows;
    for (const std::string& name : order) {
        if (!name.empty()) {
            TimelineRow heading;
            heading.is_group = true;
            heading.group = name;
            rows.push_back(std::move(heading));
        }
        for (const std::size_t i : stages[name]) rows.push_back(task_row(i, name.empty() ? 0 : 1, false));
    }
    return rows;
}

}  // namespace

void TimelineRows::update(const Frame& frame) {
    Key key;
    key.sequence = frame.session.sequence();
    key.project = frame.project ? frame.project->id : ProjectId{};
    key.language = frame.locale.language();
    key.today = frame.today;
    key.tasks = frame.project ? frame.project->tasks.size() : 0;
    if (key == key_) return;
    key_ = key;
    build(frame);
}

void TimelineRows::build(const Frame& frame) {
    rows_.clear();
    by_id_.clear();
    row_of_task_.clear();
    clock_.reset();
    critical_ = client_ = 0;
    if (!frame.project || !frame.answers || frame.answers->schedule.rows.size() != frame.project->tasks.size()) {
        spoken_.clear();
        beside_.clear();
        return;
    }
    const plan::Project& project = *frame.project;
    rows_ = has_outline(project) ? outline_rows(project) : stage_rows(project);
    row_of_task_.assign(project.tasks.size(), -1);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].task < 0) continue;
        row_of_task_[static_cast<std::size_t>(rows_[i].task)] = static_cast<std::int32_t>(i);
        by_id_.emplace_back(project.tasks[static_cast<std::size_t>(rows_[i].task)].id, static_cast<std::int32_t>(i));
    }
    std::sort(by_id_.begin(), by_id_.end());
    spoken_.assign(rows_.size(), std::nullopt);
    beside_.assign(rows_.size(), std::nullopt);
    attach(frame);
}

// What hangs on the tasks: promises, decisions, the newest baseline; and the days that all of it covers.
void TimelineRows::attach(const Frame& frame) {
    const ProjectAnswers& answers = *frame.answers;
    first_ = day_of(answers.schedule.start);
    last_ = day_of(answers.schedule.finish);
    for (std::size_t i = 0; i < answers.promises.size(); ++i) {
        const int row = row_of(answers.promises[i].task);
        if (row >= 0) rows_[static_cast<std::size_t>(row)].promise = static_cast<std::int32_t>(i);
        last_ = std::max(last_, answers.promises[i].promised);
    }
    for (std::size_t i = 0; i < answers.decisions.size(); ++i) {
        const int row = row_of(answers.decisions[i].task);
        if (row >= 0) rows_[static_cast<std::size_t>(row)].decision = static_cast<std::int32_t>(i);
        client_ += answers.decisions[i].answered ? 0 : 1;
    }
    if (!frame.project->baselines.empty()) {
        for (const plan::BaselineRow& base : frame.project->baselines.back().rows) {
            const int row = row_of(base.task);
            if (row < 0) continue;
            TimelineRow& target = rows_[static_cast<std::size_t>(row)];
            target.baseline_start = base.start;
            target.baseline_finish = base.finish;
            target.has_baseline = true;
            last_ = std::max(last_, day_of(base.finish));
        }
    }
    for (std::size_t i = 0; i < answers.schedule.rows.size(); ++i) {
        const plan::Task& task = frame.project->tasks[i];
        if (answers.schedule.rows[i].critical && task.kind != plan::TaskKind::Summary) ++critical_;
    }
    const Day from = std::max(kFirstDay, first_ - 400), to = std::min(kLastDay, last_ + 800);
    clock_.emplace(project_calendar(*frame.project), from, to);
}

int TimelineRows::row_of(TaskId task) const {
    const auto found = std::lower_bound(by_id_.begin(), by_id_.end(), std::pair<TaskId, std::int32_t>(task, -1));
    return found != by_id_.end() && found->first == task ? found->second : -1;
}

const std::string& TimelineRows::beside(const Frame& frame, int index) {
    auto& text = beside_[static_cast<std::size_t>(index)];
    if (text) return *text;
    text.emplace();
    const TimelineRow& row = rows_[static_cast<std::size_t>(index)];
    if (row.decision >= 0) {
        *text = decision_flag(frame, *frame.project, frame.answers->decisions[static_cast<std::size_t>(row.decision)]);
    } else if (row.promise >= 0) {
        const plan::PromiseRow& promise = frame.answers->promises[static_cast<std::size_t>(row.promise)];
        *text = frame.text(msg("promised for {0}", frame.locale.date_weekday(promise.promised)));
    }
    return *text;
}

const std::string& TimelineRows::spoken(const Frame& frame, int index) {
    auto& text = spoken_[static_cast<std::size_t>(index)];
    if (text) return *text;
    const TimelineRow& row = rows_[static_cast<std::size_t>(index)];
    if (row.task < 0) {
        text = row.group;
        return *text;
    }
    const auto at = static_cast<std::size_t>(row.task);
    text = task_in_words(frame, *frame.project, frame.project->tasks[at], frame.answers->schedule.rows[at]);
    const std::string& flag = beside(frame, index);
    if (!flag.empty()) *text += ", " + flag;
    return *text;
}

}  // namespace entente::ui
