#include "ui/views/today.hpp"

#include <algorithm>
#include <tuple>

#include "core/plan/decisions.hpp"
#include "ui/views/backup_words.hpp"
#include "ui/views/words.hpp"

namespace entente::ui {
namespace {

constexpr int kSoonDays = 14;      // a decision this near needs someone to ask for it
constexpr int kLinkSoonDays = 3;

struct Source {
    const Frame& frame;
    const plan::Project& project;
    const ProjectAnswers& answers;
    const plan::LeadTimes& lead_times;
    bool worded;
    std::vector<TodayItem>& out;

    TodayItem item(TodayGroup group, std::uint64_t id, Day day) const {
        TodayItem made;
        made.group = group;
        made.id = id;
        made.day = day;
        made.route.project = project.id;
        if (!worded) return made;
        made.project = project.name;
        made.relative = frame.locale.relative(day, frame.today);
        return made;
    }
};

// Where a decision stands today: overdue, to be asked for, to be reminded of, or near; none: not yet.
std::optional<TodayGroup> group_of(const Source& s, const plan::DecisionRow& row, const plan::Chase& chase) {
    if (row.overdue) return TodayGroup::Overdue;
    if (chase.due == plan::Due::Ask) return TodayGroup::Requests;
    if (chase.due == plan::Due::Remind) return TodayGroup::Reminders;
    if (row.needed_by && *row.needed_by - s.frame.today <= kSoonDays) return TodayGroup::Decisions;
    return std::nullopt;
}

std::string decision_detail(const Source& s, const plan::DecisionRow& row, const plan::Chase& chase, TodayGroup group) {
    if (group == TodayGroup::Requests) return s.frame.text(plan::ask_sentence(chase, s.frame.today));
    const std::string cost = s.frame.text(slip_sentence(s.project, row, s.answers.promises));
    if (chase.due != plan::Due::Remind) return cost;
    const plan::LadderDate& step = chase.ladder[chase.step];
    return s.frame.text(msg("{0} since {1}. {2}", ladder_word(s.frame, step.step.kind), s.frame.locale.date_weekday(*step.on), cost));
}

void decisions(const Source& s) {
    std::optional<plan::Workdays> workdays;
    for (const plan::DecisionRow& row : s.answers.decisions) {
        const plan::ClientDecision* decision = row.answered ? nullptr : decision_of(s.project, row.decision);
        if (!decision) continue;
        if (!workdays) workdays.emplace(s.project);
        const plan::Chase chase =
            plan::chase(*workdays, *decision, row, s.frame.model.house.ladder, s.lead_times, s.frame.today);
        const auto group = group_of(s, row, chase);
        if (!group) continue;
        TodayItem item = s.item(*group, row.decision.n, row.needed_by.value_or(row.forecast));
        item.route.room = Room::Plan;
        item.route.task = row.task;
        if (s.worded) {
            item.status = decision_status(s.frame, row);
            item.title = decision_question(s.project, *decision);
            item.detail = decision_detail(s, row, chase, *group);
            item.when = s.frame.text(msg("by {0}", s.frame.locale.date_weekday(row.needed_by.value_or(row.forecast))));
        }
        if (chase.due == plan::Due::Remind) item.act = TodayAct{s.project.id, row.decision, chase.ladder[chase.step].step.kind};
        else if (chase.due == plan::Due::Ask) item.act = TodayAct{s.project.id, row.decision, std::nullopt};
        s.out.push_back(std::move(item));
    }
}

void promises(const Source& s) {
    for (const plan::PromiseRow& row : s.answers.promises) {
        if (row.health != plan::PromiseHealth::Missed && row.health != plan::PromiseHealth::Tight) continue;
        TodayItem item = s.item(TodayGroup::Promises, row.promise.n, row.promised);
        item.route.room = Room::Plan;
        item.route.task = row.task;
        if (s.worded) {
            item.status = promise_status(s.frame, row.health);
            item.title = task_name(s.project, row.task);
            item.detail = s.frame.text(
                msg("The plan has it on {0}: {1}.", s.frame.locale.date_weekday(row.forecast), room_text(s.frame, row.room_days)));
            item.when = s.frame.text(msg("promised {0}", s.frame.locale.date_weekday(row.promised)));
        }
        s.out.push_back(std::move(item));
    }
}

void changes(const Source& s) {
    for (const change::Change& change : s.project.changes) {
        if (change.state != change::State::Open) continue;
        const Day day = change.decide_by.value_or(change.asked_on);
        TodayItem item = s.item(TodayGroup::Changes, change.id.n, day);
        item.route.room = Room::Changes;
        item.route.change = change.id;
        const bool over = change.decide_by && *change.decide_by < s.frame.today;
        item.status = over ? Status{Shape::Square, Tone::Bad, s.frame.tr("overdue")} : kind_status(s.frame, change.kind);
        item.title = s.frame.text(msg("\u201C{0}\u201D", change.request));
        item.detail = change.asked_by.empty()
                          ? s.frame.text(msg("{0}, asked {1}", change::display_number(change.number),
                                             s.frame.locale.date_weekday(change.asked_on)))
                          : s.frame.text(msg("{0}, asked by {1}, {2}", change::display_number(change.number), change.asked_by,
                                             s.frame.locale.date_weekday(change.asked_on)));
        item.when = change.decide_by ? s.frame.text(msg("decide by {0}", s.frame.locale.date_weekday(*change.decide_by)))
                                     : s.frame.tr("no date set");
        if (!change.decide_by) item.relative = s.frame.text(msg("asked {0}", s.frame.locale.relative(change.asked_on, s.frame.today)));
        s.out.push_back(std::move(item));
    }
}

void links(const Source& s) {
    for (const share::IssuedLink& link : s.project.issued) {
        const int left = link.expires - s.frame.today;
        if (left < 0 || left > kLinkSoonDays) continue;
        TodayItem item = s.item(TodayGroup::Links, link.id.n, link.expires);
        item.route.room = Room::Share;
        item.status = {Shape::Triangle, Tone::Warn, s.frame.tr("ends soon")};
        item.title = s.frame.text(msg("Status link for {0}", link.to));
        item.detail = s.frame.text(msg("Made {0}. Make a new one if the client still needs it.", s.frame.locale.date_weekday(link.issued)));
        item.when = s.frame.text(msg("ends {0}", s.frame.locale.date_weekday(link.expires)));
        s.out.push_back(std::move(item));
    }
}

void backup(const Frame& frame, std::vector<TodayItem>& out) {
    if (!backup_due(frame)) return;
    TodayItem item;
    item.group = TodayGroup::Backup;
    item.route.room = Room::Workspace;
    item.route.project = frame.route.project;
    item.status = {Shape::Triangle, Tone::Warn, frame.tr("due")};
    item.title = frame.tr("Save a backup");
    item.detail = frame.backup.folder.state == BackupFolder::State::Asks
                      ? frame.text(msg("The browser asks before it writes to \u201C{0}\u201D again.", frame.backup.folder.name))
                      : std::string(frame.tr("What you have done since the last one is in this browser alone."));
    item.day = frame.backup.at ? day_of(*frame.backup.at) + kBackupDays : frame.today;
    item.when = frame.backup.at ? frame.text(msg("last {0}", frame.locale.date_weekday(day_of(*frame.backup.at)))) : frame.tr("none yet");
    item.relative = frame.backup.at ? frame.locale.relative(day_of(*frame.backup.at), frame.today) : std::string();
    out.push_back(std::move(item));
}

}  // namespace

std::vector<TodayItem> today_items(const Frame& frame, bool worded) {
    std::vector<TodayItem> items;
    if (!frame.all_answers) return items;
    const plan::LeadTimes lead_times(frame.model);
    for (const plan::Project& project : frame.model.projects) {
        const auto answers = frame.all_answers->find(project.id);
        if (answers == frame.all_answers->end()) continue;
        const Source source{frame, project, answers->second, lead_times, worded, items};
        if (!answers->second.problem) {
            decisions(source);
            promises(source);
        }
        changes(source);
        links(source);
    }
    if (!frame.model.projects.empty()) backup(frame, items);
    std::stable_sort(items.begin(), items.end(), [](const TodayItem& a, const TodayItem& b) {
        return std::tie(a.group, a.day, a.id) < std::tie(b.group, b.day, b.id);
    });
    return items;
}

const std::vector<TodayItem>& TodayList::of(const Frame& frame) {
    const std::uint64_t sequence = frame.session.sequence();
    const bool due = backup_due(frame), worded = frame.route.room == Room::Today;
    if (known_ && folder_ == frame.backup.folder.state && worded_ == worded && sequence == sequence_ && frame.today == today_ &&
        due == backup_due_ && frame.locale.language() == language_)
        return items_;
    items_ = today_items(frame, worded);
    worded_ = worded;
    backup_due_ = due;
    folder_ = frame.backup.folder.state;
    sequence_ = sequence;
    today_ = frame.today;
    language_ = frame.locale.language();
    known_ = true;
    return items_;
}

}  // namespace entente::ui
