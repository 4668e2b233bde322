#include <algorithm>
#include <initializer_list>
#include <unordered_map>

#include "base/text.hpp"
#include "core/plan/query.hpp"
#include "core/templates/template.hpp"

namespace entente::templates {

namespace {

class Builder {
public:
    Builder(const Template& from, const Wanted& wanted, const house::House& house, const Say& say, const NextId& next_id)
        : from_(from), wanted_(wanted), house_(house), say_(say), next_id_(next_id) {}

    plan::AddProject build() {
        add_facts();
        add_tasks();
        add_links();
        add_rounds();
        add_promises();
        return std::move(out_);
    }

private:
    std::int64_t minutes(const Length& length) const {
        return length.unit == Unit::Days ? length.amount * day_minutes_ : length.amount;
    }

    void add_facts() {
        plan::Project& project = out_.project;
        project.id = ProjectId{next_id_()};
        project.name = wanted_.name;
        project.kind = say_(said(from_.kind));
        project.client = wanted_.client;
        project.currency = house_.currency;
        project.base_fee_minor = wanted_.fee_minor;
        plan::Calendar calendar = house_.calendar;
        if (!plan::valid(calendar)) calendar = plan::standard_calendar({}, say_(msg("Monday to Friday")));
        if (trim(calendar.name).empty()) calendar.name = say_(msg("Working days"));
        calendar.id = CalendarId{next_id_()};
        day_minutes_ = std::max<std::int64_t>(1, calendar.minutes_per_day);
        project.calendar = calendar.id;
        const plan::WorkClock clock(calendar, wanted_.start, wanted_.start + 366);
        project.start = clock.start_at(clock.work_at(at_minute(wanted_.start, 0)));
        project.calendars.push_back(std::move(calendar));
    }

    RoleId role(std::string_view name) {
        const std::string text = say_(said(name)), folded = fold(trim(text));
        for (const std::vector<house::Role>* roles : std::initializer_list<const std::vector<house::Role>*>{&house_.roles, &out_.new_roles})
            for (const house::Role& known : *roles)
                if (fold(trim(known.name)) == folded) return known.id;
        out_.new_roles.push_back({RoleId{next_id_()}, text, 0, 0});
        return out_.new_roles.back().id;
    }

    void add_tasks() {
        std::int64_t count = 0;
        for (const Step& step : from_.steps) {
            plan::Task task;
            task.id = TaskId{next_id_()};
            task.code = std::to_string(++count);
            task.name = say_(said(step.name));
            task.stage = step.number > 0 ? say_(said(step.stage, step.number)) : say_(said(step.stage));
            task.duration_minutes = minutes(step.length);
            if (task.duration_minutes == 0) task.kind = plan::TaskKind::Milestone;
            task.client_visible = step.visible;
            for (const std::string_view name : step.roles) task.assignments.push_back({role(name), 1000, {}});
            ids_.emplace(step.code, task.id);
            if (step.part) {
                plan::ClientDecision decision;
                decision.id = DecisionId{next_id_()};
                decision.task = task.id;
                decision.part = *step.part;
                decision.owner = wanted_.client;
                if (!step.question.empty()) decision.question = say_(said(step.question));
                out_.project.decisions.push_back(std::move(decision));
            }
            out_.project.tasks.push_back(std::move(task));
        }
    }

    void add_links() {
        for (const Step& step : from_.steps) {
            for (const After& after : step.after) {
                plan::Link link;
                link.id = LinkId{next_id_()};
                link.from = ids_.at(after.code);
                link.to = ids_.at(step.code);
                link.kind = after.kind;
                link.lag_minutes = minutes(after.lag);
                out_.project.links.push_back(link);
            }
        }
    }

    void add_rounds() {
        if (from_.rounds <= 0) return;
        change::Rounds rounds;
        rounds.id = RoundsId{next_id_()};
        rounds.name = say_(msg("Picture cut"));
        rounds.included = from_.rounds;
        rounds.minutes = minutes(from_.round_length);
        if (const auto before = ids_.find(from_.round_before); before != ids_.end()) rounds.task = before->second;
        if (rounds.minutes > 0) rounds.assignments = out_.project.tasks.front().assignments;
        out_.project.rounds.push_back(std::move(rounds));
    }

    void add_promises() {
        const auto schedule = plan::compute_schedule(out_.project);
        if (!schedule) return;  // a loop, which check() will name
        for (std::size_t i = 0; i < from_.steps.size(); ++i) {
            if (!from_.steps[i].promised) continue;
            out_.project.promises.push_back(
                {PromiseId{next_id_()}, out_.project.tasks[i].id, plan::finish_day(schedule->rows[i]), true});
        }
    }

    const Template& from_;
    const Wanted& wanted_;
    const house::House& house_;
    const Say& say_;
    const NextId& next_id_;
    std::int64_t day_minutes_ = 480;
    std::unordered_map<std::string, TaskId> ids_;
    plan::AddProject out_;
};

}  // namespace

Message said(std::string_view text) {
    Message message;
    message.context = "template";
    message.id = text;
    return message;
}

Message said(std::string_view text, int number) {
    Message message = said(text);
    message.args.emplace_back(number);
    return message;
}

plan::AddProject build(const Template& from, const Wanted& wanted, const house::House& house, const Say& say, const NextId& next_id) {
    return Builder(from, wanted, house, say, next_id).build();
}

}  // namespace entente::templates
