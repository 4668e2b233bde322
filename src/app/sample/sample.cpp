#include "app/sample/sample.hpp"

#include <algorithm>
#include <cassert>

#include "base/locale.hpp"
#include "base/text.hpp"
#include "core/change/query.hpp"
#include "core/plan/query.hpp"
#include "core/session.hpp"
#include "exchange/csv_plan.hpp"
#include "sample_data.hpp"

namespace entente::app {

namespace {

constexpr const char* kProducer = "the client's producer (sample)";
constexpr int kDaysBeforeThisWeek = 56;        // the edit with the director is in its third week
constexpr std::int64_t kFeeMajor = 186'400;    // whole pounds, without VAT
constexpr std::int64_t kEditDays = 21;         // one more than was agreed: the plan has slipped by a day

// House figures for the roles that the house has no rate for: whole pounds an hour, without VAT.
struct Rate {
    std::string_view role;
    std::int64_t cost, charge;
};
constexpr Rate kRates[] = {
    {"Editor", 42, 75},           {"Assistant editor", 24, 45}, {"Conform editor", 32, 60},
    {"Colourist", 50, 150},       {"VFX supervisor", 48, 95},   {"Titling", 30, 55},
    {"Sound supervisor", 42, 85}, {"ADR mixer", 38, 90},        {"Re-recording mixer", 50, 140},
    {"Composer", 45, 80},         {"Music editor", 34, 65},     {"Post supervisor", 40, 70},
    {"Mastering", 30, 65},
};

struct Question {
    std::string_view code, text;
};
constexpr Question kQuestions[] = {
    {"4", "What are your notes on the first cut?"},
    {"8", "Is the picture locked?"},
    {"13", "Is the credit list signed off?"},
    {"14", "Which recording session do we book for the score?"},
    {"20", "On which dates are the actors free for ADR?"},
    {"23", "Is the final mix approved?"},
    {"24", "Have the rights holders cleared the music?"},
};

// Promised with some working days of room beyond the plan as it was agreed.
struct Promised {
    std::string_view code;
    int room_days;
};
constexpr Promised kPromises[] = {{"3", 3}, {"8", 2}, {"23", 1}, {"27", 4}};

class SampleBuilder {
public:
    SampleBuilder(const Model& model, Day today, const exchange::NextId& next_id)
        : today_(today), next_id_(next_id), session_(DeviceId{1}, model, 0, {}, 0) {}

    plan::AddProject build() {
        read_plan();
        submit(plan::Command{plan::AddProject{project_, roles_}});
        id_ = project_.id;
        promise();
        keep_baseline();
        agree_on_welsh_titles();
        submit(plan::Command{plan::SetDuration{id_, task("2"), kEditDays * day_minutes()}});
        ask_for_more_grade();
        ask_to_reopen_lock();
        return {*find_project(session_.model(), id_), roles_};
    }

private:
    // What is refused here is a fault of the sample, which the tests find.
    void submit(Command command) {
        const auto done = session_.submit(std::move(command), Instant{});
        assert(done.has_value());
        (void)done;
    }

    const plan::Project& now() const {
        const plan::Project* found = find_project(session_.model(), id_);
        return found ? *found : project_;
    }
    std::size_t at(std::string_view code) const {
        const auto& tasks = now().tasks;
        const auto found = std::find_if(tasks.begin(), tasks.end(),
                                        [&](const plan::Task& one) { return one.code == code; });
        assert(found != tasks.end());
        return static_cast<std::size_t>(found - tasks.begin());
    }
    TaskId task(std::string_view code) const { return now().tasks[at(code)].id; }
    std::int64_t day_minutes() const { return minutes_per_day(now()); }
    std::int64_t minor(std::int64_t major) const {
        for (int digit = minor_digits(now().currency); digit > 0; --digit) major *= 10;
        return major;
    }

    Day this_week() const {
        const int weekday_now = weekday(today_);
        return weekday_now > 4 ? today_ + (7 - weekday_now) : today_ - weekday_now;
    }

    void read_plan() {
        exchange::ImportOptions options;
        options.project_name = "The Long Field";
        options.start = this_week() - kDaysBeforeThisWeek;
        options.promise_milestones = false;
        auto read = exchange::read_csv_plan(bytes_of(assets::kTheLongFieldCsv), options,
                                            session_.model().house, next_id_);
        assert(read.has_value() && !read->imported.has_errors());
        project_ = std::move(read->imported.project);
        roles_ = std::move(read->imported.new_roles);
        project_.kind = "Feature";
        project_.client = "Sample client (invented)";
        project_.sample = true;
        project_.base_fee_minor = minor(kFeeMajor);
        for (house::Role& role : roles_) {
            for (const Rate& rate : kRates) {
                if (rate.role != role.name) continue;
                role.cost_per_hour_minor = minor(rate.cost);
                role.charge_per_hour_minor = minor(rate.charge);
            }
        }
        ask_client();
        record_progress();
        hold_recording_slot();
    }

    void ask_client() {
        for (plan::ClientDecision& decision : project_.decisions) {
            decision.owner = kProducer;
            for (const Question& question : kQuestions) {
                if (project_.tasks[at(question.code)].id == decision.task) decision.question = question.text;
            }
        }
    }

    // The assembly is done as planned; the edit with the director is as far as the days gone by say.
    void record_progress() {
        const auto schedule = plan::compute_schedule(project_);
        assert(schedule.has_value());
        plan::Task &assembly = project_.tasks[at("1")], &edit = project_.tasks[at("2")];
        assembly.actual_start = schedule->rows[at("1")].early_start;
        assembly.actual_finish = schedule->rows[at("1")].early_finish;
        assembly.percent_done = 100;
        edit.actual_start = schedule->rows[at("2")].early_start;
        const plan::WorkClock clock(project_calendar(project_), day_of(project_.start), today_ + 1);
        const std::int64_t done = clock.between(*edit.actual_start, at_minute(today_, 12 * 60));
        edit.percent_done = static_cast<std::int32_t>(
            std::clamp<std::int64_t>(done * 100 / (kEditDays * day_minutes()), 1, 95));
    }

    // The studio wants notice: enough that the session must be chosen by the end of this week.
    void hold_recording_slot() {
        plan::Project late = project_;
        late.tasks[at("2")].duration_minutes = kEditDays * day_minutes();
        const auto schedule = plan::compute_schedule(late);
        assert(schedule.has_value());
        plan::Task& choice = project_.tasks[at("14")];
        const LocalMinute recording = schedule->rows[at("16")].early_start,
                          week_ends = at_minute(this_week() + 5, 0);
        const plan::WorkClock clock(project_calendar(project_), day_of(project_.start), day_of(recording));
        for (plan::Link& link : project_.links) {
            if (link.from == choice.id) link.lag_minutes = clock.between(week_ends, recording);
        }
        choice.constraint = {plan::ConstraintKind::StartNoEarlierThan,
                             at_minute(std::min(today_, this_week() + 4), 0)};
        if (weekday(today_) > 4) choice.constraint.at = at_minute(this_week(), 0);
    }

    plan::Schedule schedule() const {
        auto computed = plan::compute_schedule(now());
        assert(computed.has_value());
        return std::move(*computed);
    }

    void promise() {
        const plan::Schedule agreed = schedule();
        const Day last = day_of(agreed.finish);
        const plan::WorkClock clock(project_calendar(now()), day_of(agreed.start), last + 30);
        for (const Promised& promised : kPromises) {
            Day day = plan::finish_day(agreed.rows[at(promised.code)]);
            for (int room = promised.room_days; room > 0;) {
                day = day + 1;
                if (clock.is_working(day)) --room;
            }
            plan::PutPromise put;
            put.project = id_;
            put.promise = {PromiseId{next_id_()}, task(promised.code), day, true};
            submit(plan::Command{put});
        }
    }

    plan::Baseline baseline_of(const plan::Project& project, const plan::Schedule& rows, std::string name,
                               Day made) const {
        plan::Baseline baseline;
        baseline.id = BaselineId{next_id_()};
        baseline.name = std::move(name);
        baseline.made = made;
        for (std::size_t i = 0; i < project.tasks.size(); ++i)
            baseline.rows.push_back({project.tasks[i].id, rows.rows[i].start, rows.rows[i].finish});
        return baseline;
    }

    void keep_baseline() {
        submit(plan::Command{plan::AddBaseline{
            id_, baseline_of(now(), schedule(), "Agreed at the start", day_of(project_.start))}});
    }

    change::Change ask(std::int32_t number, const char* request, change::Kind kind, int days_ago,
                       const char* channel) const {
        change::Change out;
        out.id = ChangeId{next_id_()};
        out.number = number;
        out.request = request;
        out.asked_by = kProducer;
        out.asked_on = today_ - days_ago;
        out.channel = channel;
        out.kind = kind;
        return out;
    }

    plan::Link link(TaskId from, TaskId to) const {
        plan::Link out;
        out.id = LinkId{next_id_()};
        out.from = from;
        out.to = to;
        return out;
    }

    void agree_on_welsh_titles() {
        change::Change asked = ask(1, "Could the opening titles have a Welsh version as well?",
                                   change::Kind::Extra, 20, "in the review");
        change::AddWork add;
        add.work.id = TaskId{next_id_()};
        add.work.code = "28";
        add.work.name = "Welsh titles";
        add.work.stage = "Picture";
        add.work.duration_minutes = day_minutes();
        add.work.client_visible = true;
        add.work.assignments = now().tasks[at("13")].assignments;
        add.links = {link(task("13"), add.work.id), link(add.work.id, task("25"))};
        asked.edits.push_back(add);
        submit(change::Command{change::PutChange{id_, asked}});
        const auto impact = change::impact(session_.model(), now(), asked);
        assert(impact.has_value());
        change::Outcome outcome;
        outcome.by = kProducer;
        outcome.on = today_ - 14;
        outcome.charge_minor = impact->charge_minor;
        outcome.internal_minor = impact->internal_minor;
        outcome.text =
            "We add a Welsh version of the opening titles: one day of titling after the English titles. It "
            "moves no promised "
            "date. The price is " +
            Locale().money(Money{impact->charge_minor, now().currency}) + " without VAT.";
        plan::Baseline baseline = baseline_of(impact->project_after, impact->after,
                                              "Agreed with " + change::display_number(1), outcome.on);
        baseline.from_change = asked.id;
        outcome.baseline = baseline.id;
        submit(change::Command{change::Agree{id_, asked.id, outcome, baseline}});
    }

    void ask_for_more_grade() {
        change::Change asked = ask(2, "Could we have one more week of grade?", change::Kind::Extra, 2,
                                   "by phone");
        asked.decide_by = today_ + 7;
        asked.edits.push_back(change::Lengthen{task("11"), 5 * day_minutes()});
        asked.lines.push_back({"Grading suite, five days", minor(900), minor(1440)});
        submit(change::Command{change::PutChange{id_, asked}});
    }

    void ask_to_reopen_lock() {
        change::Change asked = ask(
            3, "If the festival wants a shorter ending, could we still open the picture lock?",
            change::Kind::Unclear, 1, "by e-mail");
        asked.decide_by = today_ + 14;
        const TaskId lock = task("8");
        std::vector<LinkId> links;
        for (std::size_t i = change::reopen_links(now(), lock); i > 0; --i)
            links.push_back(LinkId{next_id_()});
        asked.edits.push_back(change::make_reopen(now(), lock, 5 * day_minutes(), "Shorter ending",
                                                  asked.asked_on, TaskId{next_id_()}, links));
        submit(change::Command{change::PutChange{id_, asked}});
    }

    Day today_;
    const exchange::NextId& next_id_;
    Session session_;  // scratch: the sample goes the same way as a person's work
    ProjectId id_;
    plan::Project project_;
    std::vector<house::Role> roles_;
};

}  // namespace

plan::AddProject make_sample(const Model& model, Day today, const exchange::NextId& next_id) {
    return SampleBuilder(model, today, next_id).build();
}

}  // namespace entente::app
