#include "ui/views/timeline_rows.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "core/plan/places.hpp"
#include "ui/views/risk_words.hpp"
#include "ui/views/words.hpp"

namespace entente::ui {
namespace {

constexpr std::size_t kKeptTexts = 600;

bool has_outline(const plan::Project& project) {
    return std::any_of(project.tasks.begin(), project.tasks.end(),
                       [](const plan::Task& task) { return task.kind == plan::TaskKind::Summary; });
}

TimelineRow task_row(std::size_t index, int indent, bool group) {
    TimelineRow row;
    row.task = static_cast<std::int32_t>(index);
    row.indent = static_cast<std::int16_t>(indent);
    row.is_group = group;
    return row;
}

std::uint64_t name_hash(const std::string& name) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return hash;
}

// What has not happened by its day: behind a promise or a fixed date, or due before today and not done.
bool is_late(const Frame& frame, const plan::Task& task, const plan::ScheduledTask& at) {
    if (task.percent_done == 100 || task.actual_finish) return false;
    return at.total_float_minutes < 0 || plan::finish_day(at) < frame.today;
}

}  // namespace

bool fits(const Frame& frame, const RowChoice& choice, std::size_t index, const std::string& folded_text, const plan::PromiseRow* promise) {
    const plan::Task& task = frame.project->tasks[index];
    const plan::ScheduledTask& at = frame.answers->schedule.rows[index];
    if (choice.critical && !at.critical) return false;
    if (choice.client && !task.client_visible) return false;
    if (choice.stage && task.stage != *choice.stage) return false;
    if (choice.late && !is_late(frame, task, at) && !(promise && promise->health == plan::PromiseHealth::Missed)) return false;
    if (choice.promises && !promise) return false;
    return folded_text.empty() || fold(task.name).find(folded_text) != std::string::npos ||
           fold(task.note).find(folded_text) != std::string::npos;
}

void TimelineRows::update(const Frame& frame, const RowChoice& choice) {
    Key key;
    key.sequence = frame.session.sequence();
    key.project = frame.project ? frame.project->id : ProjectId{};
    key.language = frame.locale.language();
    key.today = frame.today;
    key.tasks = frame.project ? frame.project->tasks.size() : 0;
    key.shape = frame.answers ? frame.answers->shape : 0;
    if (attach_risk(frame)) texts_.clear();
    if (key == key_ && choice == choice_) return;
    // The same rows in the same order; only their dates may be others.
    Key same = key;
    same.sequence = key_.sequence;
    const bool kept = same == key_ && key.shape != 0 && choice == choice_ && !choice.filters() && row_of_task_.size() == key.tasks;
    key_ = key;
    choice_ = choice;
    texts_.clear();
    if (kept) return renew(frame);
    build(frame);
}

void TimelineRows::by_outline(const plan::Project& project) {
    const plan::TaskPlaces places(project);
    rows_.reserve(project.tasks.size());
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        const plan::Task& task = project.tasks[i];
        const std::uint32_t parent = places.find(task.parent);
        const int indent = parent < i ? rows_[parent].indent + 1 : 0;
        rows_.push_back(task_row(i, indent, task.kind == plan::TaskKind::Summary));
    }
}

// Groups in the order they first appear; those without a name stand without a heading.
void TimelineRows::add_groups(const std::vector<std::string>& names, const std::vector<std::vector<std::int32_t>>& members) {
    for (std::size_t group = 0; group < names.size(); ++group) {
        const bool named = !names[group].empty();
        if (named) {
            TimelineRow heading;
            heading.is_group = true;
            heading.heading = static_cast<std::int32_t>(headings_.size());
            headings_.push_back(names[group]);
            rows_.push_back(heading);
        }
        for (const std::int32_t task : members[group]) rows_.push_back(task_row(static_cast<std::size_t>(task), named ? 1 : 0, false));
    }
}

void TimelineRows::by_stage(const plan::Project& project) {
    std::vector<std::string> names;
    std::vector<std::vector<std::int32_t>> members;
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        if (project.tasks[i].kind == plan::TaskKind::Summary) continue;
        const auto [found, fresh] = index.emplace(project.tasks[i].stage, names.size());
        if (fresh) {
            names.push_back(project.tasks[i].stage);
            members.emplace_back();
        }
        members[found->second].push_back(static_cast<std::int32_t>(i));
    }
    add_groups(names, members);
}

// By the role that does most of it; what nobody in the house does stands with whoever of the client owes it.
void TimelineRows::by_role(const Frame& frame) {
    std::vector<std::string> names;
    std::vector<std::vector<std::int32_t>> members;
    std::unordered_map<std::uint64_t, std::size_t> index;
    std::vector<const plan::ClientDecision*> decision_of(frame.project->tasks.size(), nullptr);
    for (const plan::ClientDecision& one : frame.project->decisions) {
        if (const plan::Task* task = find_task(*frame.project, one.task))
            decision_of[static_cast<std::size_t>(task - frame.project->tasks.data())] = &one;
    }
    for (std::size_t i = 0; i < frame.project->tasks.size(); ++i) {
        const plan::Task& task = frame.project->tasks[i];
        if (task.kind == plan::TaskKind::Summary) continue;
        const plan::Assignment* most = nullptr;
        for (const plan::Assignment& one : task.assignments) {
            if (!most || one.units_permille > most->units_permille) most = &one;
        }
        const plan::ClientDecision* decision = most ? nullptr : decision_of[i];
        const bool owned = decision && !decision->owner.empty();
        const auto [found, fresh] = index.emplace(most ? most->role.n : owned ? name_hash(decision->owner) : 0, names.size());
        if (fresh) {
            const house::Role* role = most ? find_role(frame.model, most->role) : nullptr;
            const std::string nobody = owned ? decision->owner : std::string(frame.tr("Nobody in the house"));
            names.push_back(role ? role->name : nobody);
            members.emplace_back();
        }
        members[found->second].push_back(static_cast<std::int32_t>(i));
    }
    add_groups(names, members);
}

// From the last row to the first: a group stays where something under it did.
void TimelineRows::keep_matching(const Frame& frame) {
    const std::string text = fold(choice_.text);
    std::vector<const plan::PromiseRow*> promise_of(frame.project->tasks.size(), nullptr);
    for (const plan::PromiseRow& promise : frame.answers->promises) {
        if (const plan::Task* task = find_task(*frame.project, promise.task))
            promise_of[static_cast<std::size_t>(task - frame.project->tasks.data())] = &promise;
    }
    std::vector<bool> keep(rows_.size(), false);
    std::vector<std::int16_t> wanted;  // indents that need the group above them
    for (std::size_t i = rows_.size(); i-- > 0;) {
        const TimelineRow& row = rows_[i];
        if (!row.is_group) {
            keep[i] = fits(frame, choice_, static_cast<std::size_t>(row.task), text, promise_of[static_cast<std::size_t>(row.task)]);
        } else {
            keep[i] = !wanted.empty() && wanted.back() > row.indent;
            while (!wanted.empty() && wanted.back() > row.indent) wanted.pop_back();
        }
        if (keep[i] && !row.is_group) ++shown_;
        if (keep[i] && (wanted.empty() || wanted.back() < row.indent)) wanted.push_back(row.indent);
    }
    std::size_t to = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (keep[i]) rows_[to++] = rows_[i];
    }
    rows_.resize(to);
}

void TimelineRows::hide_closed(const Frame& frame) {
    std::size_t to = 0;
    int hidden_below = -1;  // rows deeper than this are hidden
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        TimelineRow row = rows_[i];
        if (hidden_below >= 0 && row.indent > hidden_below) continue;
        hidden_below = -1;
        row.closed = row.is_group && choice_.closed.count(group_key(frame, row)) > 0;
        if (row.closed) hidden_below = row.indent;
        rows_[to++] = row;
    }
    rows_.resize(to);
}

std::uint64_t TimelineRows::group_key(const Frame& frame, const TimelineRow& row) const {
    if (row.task >= 0) return frame.project->tasks[static_cast<std::size_t>(row.task)].id.n;
    return name_hash(heading(row));
}

void TimelineRows::build(const Frame& frame) {
    rows_.clear();
    headings_.clear();
    row_of_task_.clear();
    clock_.reset();
    client_ = shown_ = 0;
    if (!frame.project || !frame.answers || frame.answers->schedule.rows.size() != frame.project->tasks.size()) return;
    const plan::Project& project = *frame.project;
    if (choice_.group == GroupBy::Role) by_role(frame);
    else if (choice_.group == GroupBy::Stage || !has_outline(project)) by_stage(project);
    else by_outline(project);
    shown_ = 0;
    if (choice_.filters()) keep_matching(frame);
    else shown_ = static_cast<std::int64_t>(project.tasks.size());
    if (!choice_.closed.empty()) hide_closed(frame);
    row_of_task_.assign(project.tasks.size(), -1);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].task >= 0) row_of_task_[static_cast<std::size_t>(rows_[i].task)] = static_cast<std::int32_t>(i);
    }
    attach(frame);
}

// What hangs on the tasks, which stays as long as the plan's shape does: promises, decisions, the newest baseline.
void TimelineRows::attach(const Frame& frame) {
    const ProjectAnswers& answers = *frame.answers;
    last_attached_ = Day{};
    for (std::size_t i = 0; i < answers.promises.size(); ++i) {
        if (const int row = row_of_task_[answers.promises[i].place]; row >= 0)
            rows_[static_cast<std::size_t>(row)].promise = static_cast<std::int32_t>(i);
        last_attached_ = std::max(last_attached_, answers.promises[i].promised);
    }
    for (std::size_t i = 0; i < answers.decisions.size(); ++i) {
        if (const int row = row_of(frame, answers.decisions[i].task); row >= 0)
            rows_[static_cast<std::size_t>(row)].decision = static_cast<std::int32_t>(i);
    }
    if (!frame.project->baselines.empty()) {
        const auto& kept = frame.project->baselines.back().rows;
        for (std::size_t i = 0; i < kept.size(); ++i) {
            const int row = row_of(frame, kept[i].task);
            if (row >= 0) rows_[static_cast<std::size_t>(row)].baseline = static_cast<std::int32_t>(i);
            last_attached_ = std::max(last_attached_, day_of(kept[i].finish));
        }
    }
    renew(frame);
}

// The days that all of it covers, and what is counted.
void TimelineRows::renew(const Frame& frame) {
    const ProjectAnswers& answers = *frame.answers;
    first_ = day_of(answers.schedule.start);
    last_ = std::max(day_of(answers.schedule.finish), last_attached_);
    client_ = std::count_if(answers.decisions.begin(), answers.decisions.end(), [](const plan::DecisionRow& one) { return !one.answered; });
    keep_clock(project_calendar(*frame.project));
}

// Compiled over more days than are asked for: an edit that moves the finish a little goes on with the same one.
void TimelineRows::keep_clock(const plan::Calendar& calendar) {
    const Day from = std::max(kFirstDay, first_ - 400), to = std::min(kLastDay, last_ + 800);
    if (clock_ && from >= clock_first_ && to <= clock_last_ && calendar == clock_calendar_) return;
    clock_calendar_ = calendar;
    clock_first_ = from;
    clock_last_ = std::min(kLastDay, to + 400);
    clock_.emplace(calendar, clock_first_, clock_last_);
}

// True where other figures are known now than before.
bool TimelineRows::attach_risk(const Frame& frame) {
    RiskKey key;
    key.known = frame.project && frame.risk && frame.risk->findings;
    if (key.known) {
        key.current = frame.risk->current;
        key.sequence = frame.risk->sequence;
        key.project = frame.project->id;
    }
    if (key == risk_key_) return false;
    risk_key_ = key;
    finishes_.clear();
    likely_last_ = Day{};
    if (!key.known) return true;
    const auto& all = frame.risk->findings->finishes;
    if (!all.empty()) likely_last_ = all.front().p80;  // the project's
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].task) finishes_.emplace(all[i].task, i);
    }
    return true;
}

const risk::Finish* TimelineRows::finish_of(const Frame& frame, TaskId task) const {
    if (finishes_.empty()) return nullptr;
    const auto found = finishes_.find(task);
    return found == finishes_.end() ? nullptr : &frame.risk->findings->finishes[found->second];
}

const risk::Finish* TimelineRows::finish(const Frame& frame, const TimelineRow& row) const {
    if (finishes_.empty() || row.task < 0) return nullptr;
    const plan::Task& task = frame.project->tasks[static_cast<std::size_t>(row.task)];
    return task.percent_done == 100 || task.actual_finish ? nullptr : finish_of(frame, task.id);
}

int TimelineRows::row_of(const Frame& frame, TaskId task) const {
    const plan::Task* found = task && frame.project ? find_task(*frame.project, task) : nullptr;
    if (!found) return -1;
    const auto index = static_cast<std::size_t>(found - frame.project->tasks.data());
    return index < row_of_task_.size() ? row_of_task_[index] : -1;
}

TimelineRows::Texts& TimelineRows::texts(int row) {
    if (texts_.size() > kKeptTexts && texts_.find(row) == texts_.end()) texts_.clear();
    return texts_[row];
}

const std::string& TimelineRows::beside(const Frame& frame, int index) {
    auto& text = texts(index).beside;
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
    const std::string flag = beside(frame, index);
    auto& text = texts(index).spoken;
    if (text) return *text;
    const TimelineRow& row = rows_[static_cast<std::size_t>(index)];
    if (row.task < 0) {
        text = heading(row);
        return *text;
    }
    const auto at = static_cast<std::size_t>(row.task);
    text = task_in_words(frame, *frame.project, frame.project->tasks[at], frame.answers->schedule.rows[at]);
    if (!flag.empty()) *text += ", " + flag;
    if (const risk::Finish* known = finish(frame, row)) {
        const std::string likely = whisker_words(frame, *known);
        *text += ", " + (frame.risk->current ? likely : frame.text(msg("before the last change {0}", likely)));
    }
    return *text;
}

}  // namespace entente::ui
