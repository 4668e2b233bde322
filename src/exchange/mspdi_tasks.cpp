// Tasks, links and baselines of a Microsoft Project XML file.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/rules.hpp"
#include "exchange/mspdi_parts.hpp"

namespace entente::exchange {

namespace {

// Units of lengths and lags: even ones are elapsed time; from 35 on the same, estimated; 19 and 51 are per cent.
bool elapsed_format(std::int64_t format) {
    const std::int64_t unit = format >= 35 && format <= 52 ? format - 32 : format;
    return unit >= 4 && unit <= 12 && unit % 2 == 0;
}
bool percent_format(std::int64_t format) {
    return format == 19 || format == 20 || format == 51 || format == 52;
}

std::string name_of(const MspdiReading& reading, pugi::xml_node node, const std::string& code) {
    std::string name = clean_utf8(truncate_utf8(reading.xml.text(node, "Name"), kMaxName));
    std::replace(name.begin(), name.end(), '\n', ' ');
    return trim(name).empty() ? "Task " + code : name;
}

// Tenths of a minute, as the file keeps lags and delays, in whole minutes.
std::int64_t from_tenths(std::int64_t tenths) { return (tenths + (tenths < 0 ? -5 : 5)) / 10; }

class TaskReader {
public:
    TaskReader(MspdiReading& reading) : reading_(reading), xml_(reading.xml) {}

    void read(pugi::xml_node root) {
        for (const pugi::xml_node node : xml_.children(xml_.child(root, "Tasks"), "Task")) read_task(node);
        finish_outline();
    }

private:
    void read_task(pugi::xml_node node) {
        const int line = xml_.line(node);
        const auto uid = xml_.number(node, "UID");
        const std::int64_t level = std::clamp<std::int64_t>(xml_.number(node, "OutlineLevel").value_or(1), 0,
                                                            1000);
        if (xml_.flag(node, "IsNull") || (level == 0 && uid.value_or(0) == 0))
            return;  // a blank row; the project itself
        if (!uid || reading_.task_of_uid.count(*uid)) {
            reading_.problems.error(line,
                                    uid ? msg("Two tasks have the number {0}; the second is left out.", *uid)
                                        : msg("A task without a number is left out."));
            return;
        }
        plan::Task task;
        task.id = TaskId{reading_.next_id()};
        task.code = std::to_string(*uid);
        task.name = name_of(reading_, node, task.code);
        while (!above_.empty() && above_.back().first >= level) above_.pop_back();
        if (!above_.empty()) {
            task.parent = reading_.project().tasks[above_.back().second].id;
            reading_.project().tasks[above_.back().second].kind = plan::TaskKind::Summary;
            task.stage = reading_.project().tasks[above_.front().second].name;
        }
        above_.emplace_back(level, reading_.project().tasks.size());

        MspdiTask more;
        more.node = node;
        more.line = line;
        more.start = xml_.time(node, "Start");
        more.finish = xml_.time(node, "Finish");
        more.calendar_uid = xml_.number(node, "CalendarUID").value_or(-1);
        more.ignores_people = xml_.flag(node, "IgnoreResourceCalendar");
        more.fixed_duration = xml_.number(node, "Type") == 1;
        read_length(node, task, more);
        read_dates(node, task, more);
        read_note(node, task, line);
        reading_.task_of_uid.emplace(*uid, reading_.tasks.size());
        reading_.project().tasks.push_back(std::move(task));
        reading_.tasks.push_back(std::move(more));
    }

    void read_length(pugi::xml_node node, plan::Task& task, const MspdiTask& more) {
        const std::int64_t format = xml_.number(node, "DurationFormat").value_or(7);
        task.elapsed = elapsed_format(format);
        task.estimated = xml_.flag(node, "Estimated");
        task.active = xml_.flag(node, "Active", true);
        if (const auto minutes = read_minutes(reading_, node, "Duration")) {
            task.duration_minutes = *minutes;
        } else if (xml_.flag(node, "Milestone")) {
            task.duration_minutes = 0;
        } else {
            task.duration_minutes = reading_.minutes_per_day;
            task.estimated = true;
            if (!xml_.flag(node, "Summary"))
                reading_.problems.note(more.line, msg("“{0}” has no length; one day is assumed.", task.name));
        }
        if (task.duration_minutes > kMaxMinutes) {
            reading_.problems.error(more.line,
                                    msg("“{0}” is longer than 100 years; 100 years are taken.", task.name));
            task.duration_minutes = kMaxMinutes;
        }
        if (task.duration_minutes == 0 && xml_.flag(node, "Milestone")) task.kind = plan::TaskKind::Milestone;
        const std::int64_t delay = from_tenths(xml_.number(node, "LevelingDelay").value_or(0));
        task.levelling_delay_minutes = std::clamp<std::int64_t>(delay, 0, kMaxMinutes);
    }

    void read_dates(pugi::xml_node node, plan::Task& task, const MspdiTask& more) {
        const std::int64_t kind = xml_.number(node, "ConstraintType").value_or(0);
        const auto at = xml_.time(node, "ConstraintDate");
        if (kind == 1) {
            task.constraint.kind = plan::ConstraintKind::AsLateAsPossible;
        } else if (kind >= 2 && kind <= 7 && at) {
            task.constraint = {static_cast<plan::ConstraintKind>(kind), *at};
        } else if (kind != 0) {
            reading_.problems.error(more.line,
                                    msg("The constraint of “{0}” has no date and is left out.", task.name));
        }
        task.deadline = xml_.time(node, "Deadline");
        task.actual_start = xml_.time(node, "ActualStart");
        task.actual_finish = xml_.time(node, "ActualFinish");
        task.percent_done = static_cast<std::int32_t>(
            std::clamp<std::int64_t>(xml_.number(node, "PercentComplete").value_or(0), 0, 100));
        if (task.actual_finish && task.actual_start && *task.actual_finish < *task.actual_start) {
            reading_.problems.error(
                more.line, msg("“{0}” was finished before it began; the finish is left out.", task.name));
            task.actual_finish.reset();
        }
        // Tasks that another file schedules stand where that file put them.
        const bool elsewhere = xml_.flag(node, "ExternalTask") || xml_.flag(node, "IsSubproject");
        if (!xml_.flag(node, "Manual") && !elsewhere) return;
        const auto start = more.start ? more.start : xml_.time(node, "ManualStart");
        const auto finish = more.finish ? more.finish : xml_.time(node, "ManualFinish");
        if (!start && !finish) return;
        task.manual = true;
        task.manual_start = start ? *start : *finish;
        task.manual_finish = finish ? std::max(*finish, task.manual_start) : task.manual_start;
        if (elsewhere)
            reading_.problems.note(
                more.line, msg("“{0}” belongs to another project; it stays on its dates.", task.name));
    }

    void read_note(pugi::xml_node node, plan::Task& task, int line) {
        const std::string_view note = xml_.text(node, "Notes");
        task.note = clean_utf8(truncate_utf8(note, kMaxText));
        if (note.size() > kMaxText)
            reading_.problems.note(line, msg("The note of “{0}” is too long and was cut.", task.name));
    }

    // A summary's dates come from its tasks: what the file repeats of them is not kept. A summary without tasks is a task.
    void finish_outline() {
        for (plan::Task& task : reading_.project().tasks) {
            if (task.kind != plan::TaskKind::Summary) continue;
            task.duration_minutes = 0;
            task.elapsed = false;
            task.estimated = false;
            task.percent_done = 0;
            task.actual_start.reset();
            task.actual_finish.reset();
            task.levelling_delay_minutes = 0;
        }
    }

    MspdiReading& reading_;
    const XmlFile& xml_;
    std::vector<std::pair<std::int64_t, std::size_t>>
        above_;  // level and index of the tasks that may be parents
};

class LinkReader {
public:
    LinkReader(MspdiReading& reading) : reading_(reading), xml_(reading.xml) {}

    void read() {
        for (std::size_t i = 0; i < reading_.tasks.size(); ++i)
            for (const pugi::xml_node node : xml_.children(reading_.tasks[i].node, "PredecessorLink"))
                read_link(node, i);
    }

private:
    bool stands_under(std::size_t task, std::size_t summary) const {
        const std::vector<plan::Task>& tasks = reading_.project().tasks;
        for (std::size_t at = task; at > summary && tasks[at].parent;) {
            at = index_.at(tasks[at].parent);
            if (at == summary) return true;
        }
        return false;
    }

    void read_link(pugi::xml_node node, std::size_t to) {
        std::vector<plan::Task>& tasks = reading_.project().tasks;
        if (index_.empty())
            for (std::size_t i = 0; i < tasks.size(); ++i) index_.emplace(tasks[i].id, i);
        const int line = xml_.line(node);
        const auto uid = xml_.number(node, "PredecessorUID");
        const auto found = uid ? reading_.task_of_uid.find(*uid) : reading_.task_of_uid.end();
        const std::string& name = tasks[to].name;
        if (xml_.flag(node, "CrossProject")) {
            reading_.problems.error(
                line, msg("“{0}” waits for a task of another project; that link is left out.", name));
        } else if (found == reading_.task_of_uid.end()) {
            if (uid != 0)
                reading_.problems.error(
                    line,
                    msg("“{0}” waits for a task that is not in the file; that link is left out.", name));
        } else if (found->second == to || stands_under(to, found->second) ||
                   stands_under(found->second, to)) {
            reading_.problems.error(line, msg("“{0}” would wait for itself; that link is left out.", name));
        } else if (!pairs_.emplace(found->second, to).second) {
            reading_.problems.note(line, msg("“{0}” is linked to “{1}” twice; the first link counts.", name,
                                             tasks[found->second].name));
        } else {
            add_link(node, found->second, to, line);
        }
    }

    void add_link(pugi::xml_node node, std::size_t from, std::size_t to, int line) {
        static constexpr plan::LinkKind kKinds[] = {
            plan::LinkKind::FinishToFinish, plan::LinkKind::FinishToStart, plan::LinkKind::StartToFinish,
            plan::LinkKind::StartToStart};
        const plan::Task& before = reading_.project().tasks[from];
        const std::int64_t type = xml_.number(node, "Type").value_or(1);
        const std::int64_t lag = std::clamp<std::int64_t>(xml_.number(node, "LinkLag").value_or(0),
                                                          -kMaxMinutes * 10, kMaxMinutes * 10);
        const std::int64_t format = xml_.number(node, "LagFormat").value_or(7);
        plan::Link link;
        link.id = LinkId{reading_.next_id()};
        link.from = before.id;
        link.to = reading_.project().tasks[to].id;
        link.kind = type >= 0 && type <= 3 ? kKinds[type] : plan::LinkKind::FinishToStart;
        if (percent_format(format) && (format == 20 || format == 52)) {
            link.lag_unit = plan::LagUnit::Elapsed;
            link.lag_minutes = before.duration_minutes * std::clamp<std::int64_t>(lag, -10'000, 10'000) / 100;
            reading_.problems.note(
                line,
                msg("The lag of “{0}” is a part of the elapsed length of “{1}”; it is kept as a fixed time.",
                    reading_.project().tasks[to].name, before.name));
        } else if (percent_format(format)) {
            link.lag_unit = plan::LagUnit::PercentOfPredecessor;
            link.lag_minutes = std::clamp<std::int64_t>(lag, -10'000, 10'000);
        } else {
            link.lag_unit = elapsed_format(format) ? plan::LagUnit::Elapsed : plan::LagUnit::Working;
            link.lag_minutes = from_tenths(lag);
            if (lag % 10 != 0)
                reading_.problems.note(line, msg("The lag of “{0}” is rounded to whole minutes.",
                                                 reading_.project().tasks[to].name));
        }
        reading_.project().links.push_back(link);
    }

    MspdiReading& reading_;
    const XmlFile& xml_;
    std::unordered_map<TaskId, std::size_t> index_;
    std::set<std::pair<std::size_t, std::size_t>> pairs_;
};

}  // namespace

std::optional<std::int64_t> read_minutes(MspdiReading& reading, pugi::xml_node node, const char* name) {
    const std::string_view text = reading.xml.text(node, name);
    if (text.empty()) return std::nullopt;
    const auto seconds = parse_xml_seconds(text);
    if (!seconds || *seconds < 0) {
        reading.problems.error(reading.xml.line(node),
                               msg("The length {0} cannot be read.", quoted_piece(text)));
        return std::nullopt;
    }
    if (*seconds % 60 != 0)
        reading.problems.note(reading.xml.line(node),
                              msg("The length {0} is rounded to whole minutes.", quoted_piece(text)));
    return (*seconds + 30) / 60;
}

void read_tasks(MspdiReading& reading, pugi::xml_node root) { TaskReader(reading).read(root); }

void read_links(MspdiReading& reading) { LinkReader(reading).read(); }

void read_baselines(MspdiReading& reading, Day made) {
    std::map<std::int64_t, plan::Baseline> baselines;
    std::int64_t without_dates = 0;
    for (std::size_t i = 0; i < reading.tasks.size(); ++i) {
        for (const pugi::xml_node node : reading.xml.children(reading.tasks[i].node, "Baseline")) {
            const auto number = reading.xml.number(node, "Number");
            const auto start = reading.xml.time(node, "Start"), finish = reading.xml.time(node, "Finish");
            if (!number || *number < 0 || *number > 10 || !start || !finish || *finish < *start) {
                ++without_dates;
                continue;
            }
            baselines[*number].rows.push_back({reading.project().tasks[i].id, *start, *finish});
        }
    }
    for (auto& [number, baseline] : baselines) {
        baseline.name = number == 0 ? "Baseline" : "Baseline " + std::to_string(number);
        baseline.made = made;
    }
    if (reading.own) read_own_baselines(*reading.own, baselines);
    for (auto& [number, baseline] : baselines) {
        baseline.id = BaselineId{reading.next_id()};
        reading.project().baselines.push_back(std::move(baseline));
    }
    if (without_dates > 0)
        reading.problems.note(
            0, msgn("{n} baseline entry has no usable start and finish and is left out.",
                    "{n} baseline entries have no usable start and finish and are left out.", without_dates));
}

}  // namespace entente::exchange
