// Tasks with their links and baselines, roles and assignments, as Microsoft Project XML.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/money.hpp"
#include "exchange/mspdi_write_parts.hpp"

namespace entente::exchange {

namespace {

constexpr std::int64_t kDays = 7, kElapsedDays = 8, kPerCent = 19, kEstimated = 32;  // units of lengths and lags
constexpr int kPriority = 500;                                                       // the usual one

class TaskWriter {
public:
    TaskWriter(MspdiWriting& writing) : writing_(writing), xml_(writing.xml), project_(writing.project) {
        std::map<std::pair<TaskId, TaskId>, bool> pairs;
        for (const plan::Link& link : project_.links) {
            if (pairs.emplace(std::pair(link.from, link.to), true).second) links_[link.to].push_back(&link);
            else ++writing_.loss.double_links;
        }
        for (const plan::Promise& promise : project_.promises) promises_.emplace(promise.task, &promise);
        for (const plan::ClientDecision& decision : project_.decisions) decisions_.emplace(decision.task, &decision);
        for (std::size_t number = 0; number < writing_.baselines.size(); ++number)
            for (const plan::BaselineRow& row : writing_.baselines[number]->rows) rows_[row.task].emplace(number, &row);
        for (const plan::Task& task : project_.tasks) {
            const auto parent = levels_.find(task.parent);
            levels_.emplace(task.id, parent == levels_.end() ? 1 : parent->second + 1);
        }
    }

    void write() {
        write_project_task();
        for (std::size_t i = 0; i < project_.tasks.size(); ++i) write_task(i);
    }

private:
    void write_project_task() {
        xml_.open("Task");
        xml_.number("UID", 0);
        xml_.number("ID", 0);
        xml_.text("Name", project_.name);
        xml_.number("OutlineLevel", 0);
        xml_.text("Start", xml_time(writing_.schedule.start));
        xml_.text("Finish", xml_time(writing_.schedule.finish));
        xml_.flag("Summary", true);
        own_if(own_text::kClient, project_.client);
        own_if(own_text::kKind, project_.kind);
        write_own(writing_, own_text::kFacts, own_facts_text({project_.base_fee_minor, project_.critical_float_minutes}));
        write_calendar_facts();
        for (std::size_t i = 0; i < writing_.baselines.size(); ++i) {
            const plan::Baseline& baseline = *writing_.baselines[i];
            write_own(writing_, own_text::kBaselines + static_cast<int>(i), iso(baseline.made) + " " + baseline.name);
        }
        xml_.close();
    }

    // Several to a field, as many as it holds.
    void write_calendar_facts() {
        std::vector<std::string> fields(1);
        for (const plan::Calendar& calendar : project_.calendars) {
            const bool plain = calendar.holiday_region == plan::HolidayRegion::None &&
                               calendar.minutes_per_day == writing_.calendar.minutes_per_day;
            if (plain) continue;
            const std::string text =
                own_calendar_text({writing_.calendar_uids.at(calendar.id), calendar.holiday_region, calendar.minutes_per_day,
                                   writing_.first_holiday, writing_.last_holiday});
            if (fields.back().size() + text.size() + 1 > kMaxOwnText) fields.emplace_back();
            if (fields.size() > static_cast<std::size_t>(kOwnCalendarFields)) ++writing_.loss.calendars;
            else fields.back() += (fields.back().empty() ? "" : ";") + text;
        }
        for (std::size_t i = 0; i < std::min<std::size_t>(fields.size(), kOwnCalendarFields); ++i)
            own_if(own_text::kCalendars + static_cast<int>(i), fields[i]);
    }

    void own_if(int text, std::string_view value) {
        if (!value.empty()) write_own(writing_, text, value);
    }

    void write_task(std::size_t i) {
        const plan::Task& task = project_.tasks[i];
        xml_.open("Task");
        xml_.number("UID", writing_.task_uids[i]);
        xml_.number("ID", static_cast<std::int64_t>(i) + 1);
        xml_.text("Name", task.name);
        xml_.flag("Active", task.active);
        xml_.flag("Manual", task.manual);
        xml_.number("Type", 1);  // fixed length: who works on it does not change how long it takes
        xml_.flag("IsNull", false);
        xml_.number("OutlineLevel", levels_.at(task.id));
        xml_.number("Priority", kPriority);
        write_length(task, writing_.schedule.rows[i]);
        write_progress(task);
        write_constraint(task);
        xml_.flag("IgnoreResourceCalendar", true);
        if (!task.note.empty()) xml_.text("Notes", task.note);
        write_links(task);
        write_own_fields(task, i);
        write_baselines(task);
        xml_.close();
    }

    void write_length(const plan::Task& task, const plan::ScheduledTask& at) {
        const bool summary = task.kind == plan::TaskKind::Summary;
        const std::int64_t unit = (task.elapsed ? kElapsedDays : kDays) + (task.estimated ? kEstimated : 0);
        xml_.text("Start", xml_time(at.start));
        xml_.text("Finish", xml_time(at.finish));
        xml_.text("Duration", xml_length(task.duration_minutes));
        if (task.manual) {
            xml_.text("ManualStart", xml_time(task.manual_start));
            xml_.text("ManualFinish", xml_time(task.manual_finish));
            xml_.text("ManualDuration", xml_length(task.duration_minutes));
        }
        xml_.number("DurationFormat", unit);
        xml_.flag("EffortDriven", false);
        xml_.flag("Estimated", task.estimated);
        xml_.flag("Milestone", task.kind == plan::TaskKind::Milestone);
        xml_.flag("Summary", summary);
        xml_.flag("Critical", at.critical);
    }

    void write_progress(const plan::Task& task) {
        xml_.number("PercentComplete", task.percent_done);
        if (task.actual_start) xml_.text("ActualStart", xml_time(*task.actual_start));
        if (task.actual_finish) xml_.text("ActualFinish", xml_time(*task.actual_finish));
        if (task.kind == plan::TaskKind::Summary) return;
        const std::int64_t done = task.duration_minutes * task.percent_done / 100;
        xml_.text("ActualDuration", xml_length(done));
        xml_.text("RemainingDuration", xml_length(task.duration_minutes - done));
    }

    void write_constraint(const plan::Task& task) {
        const bool dated = task.constraint.kind > plan::ConstraintKind::AsLateAsPossible;
        const auto calendar = writing_.calendar_uids.find(task.calendar);
        xml_.number("ConstraintType", static_cast<int>(task.constraint.kind));
        xml_.number("CalendarUID", calendar == writing_.calendar_uids.end() ? -1 : calendar->second);
        if (dated) xml_.text("ConstraintDate", xml_time(task.constraint.at));
        if (task.deadline) xml_.text("Deadline", xml_time(*task.deadline));
        xml_.number("LevelingDelay", task.levelling_delay_minutes * 10);
        xml_.number("LevelingDelayFormat", kElapsedDays);
    }

    void write_links(const plan::Task& task) {
        const auto found = links_.find(task.id);
        if (found == links_.end()) return;
        static constexpr int kTypes[] = {1, 3, 0, 2};  // FS, SS, FF, SF
        for (const plan::Link* link : found->second) {
            const bool per_cent = link->lag_unit == plan::LagUnit::PercentOfPredecessor;
            xml_.open("PredecessorLink");
            xml_.number("PredecessorUID", writing_.task_uids[writing_.index.at(link->from)]);
            xml_.number("Type", kTypes[static_cast<std::size_t>(link->kind)]);
            xml_.flag("CrossProject", false);
            xml_.number("LinkLag", per_cent ? link->lag_minutes : link->lag_minutes * 10);
            xml_.number("LagFormat", per_cent ? kPerCent : link->lag_unit == plan::LagUnit::Elapsed ? kElapsedDays : kDays);
            xml_.close();
        }
    }

    void write_own_fields(const plan::Task& task, std::size_t i) {
        const auto audience = [](std::string text, bool visible) { return visible ? text : text + ", internal"; };
        own_if(own_text::kStage, task.stage);
        if (task.code != std::to_string(writing_.task_uids[i])) write_own(writing_, own_text::kCode, task.code);
        if (task.client_visible) write_own(writing_, own_text::kClientSees, "yes");
        if (const auto promise = promises_.find(task.id); promise != promises_.end())
            write_own(writing_, own_text::kPromised, audience(iso(promise->second->promised), promise->second->client_visible));
        if (const auto found = decisions_.find(task.id); found != decisions_.end()) {
            const plan::ClientDecision& decision = *found->second;
            const char* part = decision.part == plan::ClientPart::Decision ? "decision" : "input";
            write_own(writing_, own_text::kClientPart, audience(part, decision.client_visible));
            own_if(own_text::kClientOwner, decision.owner);
            own_if(own_text::kQuestion, decision.question);
            if (decision.answered) write_own(writing_, own_text::kAnswered, iso(*decision.answered));
            own_if(own_text::kAnswer, decision.answer);
        }
        if (task.estimate) {
            write_own(writing_, own_text::kBest, xml_length(task.estimate->optimistic_minutes));
            write_own(writing_, own_text::kWorst, xml_length(task.estimate->pessimistic_minutes));
        }
        if (task.pause_minutes != 0) write_own(writing_, own_text::kPause, std::to_string(task.pause_minutes));
    }

    void write_baselines(const plan::Task& task) {
        const auto found = rows_.find(task.id);
        if (found == rows_.end()) return;
        for (const auto& [number, row] : found->second) {
            xml_.open("Baseline");
            xml_.number("Number", static_cast<std::int64_t>(number));
            xml_.text("Start", xml_time(row->start));
            xml_.text("Finish", xml_time(row->finish));
            xml_.close();
        }
    }

    MspdiWriting& writing_;
    XmlWriter& xml_;
    const plan::Project& project_;
    std::unordered_map<TaskId, int> levels_;
    std::unordered_map<TaskId, std::vector<const plan::Link*>> links_;
    std::unordered_map<TaskId, const plan::Promise*> promises_;
    std::unordered_map<TaskId, const plan::ClientDecision*> decisions_;
    std::unordered_map<TaskId, std::map<std::size_t, const plan::BaselineRow*>> rows_;
};

// Thousandths with a point: 1500 is "1.5".
std::string units_text(std::int64_t permille) {
    const std::string rest = std::to_string(1000 + permille % 1000).substr(1);
    return std::to_string(permille / 1000) + "." + rest;
}

void write_role(MspdiWriting& writing, const house::Role& role, std::int64_t uid) {
    XmlWriter& xml = writing.xml;
    const Currency currency = writing.project.currency;
    xml.open("Resource");
    xml.number("UID", uid);
    xml.number("ID", uid);
    xml.text("Name", role.name);
    xml.number("Type", 1);  // work
    xml.flag("IsNull", false);
    xml.text("StandardRate", plain_amount({role.cost_per_hour_minor, currency}));
    xml.number("StandardRateFormat", 2);  // for an hour
    xml.open("ExtendedAttribute");
    xml.number("FieldID", kOwnChargeFieldId);
    xml.text("Value", plain_amount({role.charge_per_hour_minor, currency}));
    xml.close();
    xml.close();
}

}  // namespace

void write_tasks(MspdiWriting& writing) {
    writing.xml.open("Tasks");
    TaskWriter(writing).write();
    writing.xml.close();
}

void write_people(MspdiWriting& writing) {
    XmlWriter& xml = writing.xml;
    xml.open("Resources");
    for (const house::Role& role : writing.roles)
        if (const auto uid = writing.role_uids.find(role.id); uid != writing.role_uids.end()) write_role(writing, role, uid->second);
    xml.close();
    xml.open("Assignments");
    std::int64_t uid = 0;
    for (std::size_t i = 0; i < writing.project.tasks.size(); ++i) {
        const plan::Task& task = writing.project.tasks[i];
        for (const plan::Assignment& assignment : task.assignments) {
            const auto role = writing.role_uids.find(assignment.role);
            if (task.kind == plan::TaskKind::Summary) ++writing.loss.summary_assignments;
            if (role == writing.role_uids.end() || task.kind == plan::TaskKind::Summary) continue;
            xml.open("Assignment");
            xml.number("UID", ++uid);
            xml.number("TaskUID", writing.task_uids[i]);
            xml.number("ResourceUID", role->second);
            xml.text("Units", units_text(assignment.units_permille));
            if (assignment.work_minutes) xml.text("Work", xml_length(*assignment.work_minutes));
            xml.close();
        }
    }
    xml.close();
}

}  // namespace entente::exchange
