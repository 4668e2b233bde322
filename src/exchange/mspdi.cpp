#include "exchange/mspdi.hpp"

#include <algorithm>
#include <utility>

#include "core/lookup.hpp"
#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "exchange/mspdi_parts.hpp"
#include "exchange/promises.hpp"

namespace entente::exchange {

namespace {

tl::unexpected<Error> not_a_plan(const XmlFile& xml) {
    const std::string found = quoted_piece(xml.root_name());
    return fail(
        ErrorCode::Unsupported,
        msg("This is XML of another kind: it begins with “{0}”, and a Microsoft Project plan with “Project”.",
            found),
        found,
        msg("Export from Microsoft Project with Save As > XML, or export the table as CSV, and import that "
            "file."));
}

Currency currency_of(const XmlFile& xml, pugi::xml_node root, Currency otherwise) {
    if (const auto code = currency_from(xml.text(root, "CurrencyCode"))) return *code;
    const std::string_view sign = xml.text(root, "CurrencySymbol");
    for (const char* code : {"GBP", "EUR", "USD", "JPY"})
        if (const auto currency = currency_from(code); currency && currency_sign(*currency) == sign)
            return *currency;
    return otherwise;
}

std::string name_of(const XmlFile& xml, pugi::xml_node root, const ImportOptions& options) {
    if (!options.project_name.empty()) return options.project_name;
    std::string name = clean_utf8(truncate_utf8(xml.text(root, "Title"), kMaxName));
    if (name.empty()) {
        std::string_view file = xml.text(root, "Name");
        if (const std::size_t dot = file.rfind('.'); dot != std::string_view::npos && dot > 0)
            file = file.substr(0, dot);
        name = clean_utf8(truncate_utf8(file, kMaxName));
    }
    std::replace(name.begin(), name.end(), '\n', ' ');
    return std::string(trim(name));  // none: import_file names it after the file
}

// Nothing but links and constraints puts a task before this.
LocalMinute start_of(const MspdiReading& reading, pugi::xml_node root) {
    const plan::Calendar* calendar = by_id(reading.project().calendars, reading.project().calendar);
    const plan::WorkClock clock(*calendar);
    const auto first_shift = [&](Day day) { return clock.start_at(clock.work_at(at_minute(day, 0))); };
    if (reading.options.start) return first_shift(*reading.options.start);
    if (const auto start = reading.xml.time(root, "StartDate")) return *start;
    std::optional<LocalMinute> earliest;
    for (const MspdiTask& task : reading.tasks)
        if (task.start && (!earliest || *task.start < *earliest)) earliest = task.start;
    if (earliest) return *earliest;
    reading.problems.note(0, msg("The file does not say when the project starts; it starts on {0}.",
                                 reading.options.default_start));
    return first_shift(reading.options.default_start);
}

void read_settings(MspdiReading& reading, pugi::xml_node root) {
    const XmlFile& xml = reading.xml;
    plan::Project& project = reading.project();
    project.id = ProjectId{reading.next_id()};
    project.name = name_of(xml, root, reading.options);
    project.currency = currency_of(xml, root, reading.house.currency);
    if (const auto minutes = xml.number(root, "MinutesPerDay");
        minutes && *minutes > 0 && *minutes <= kMinutesPerDay)
        reading.minutes_per_day = *minutes;
    // In days; what an early version does not write is 0.
    project.critical_float_minutes = std::clamp<std::int64_t>(
                                         xml.number(root, "CriticalSlackLimit").value_or(0), -10'000,
                                         10'000) *
                                     reading.minutes_per_day;
    project.each_path_critical = xml.flag(root, "MultipleCriticalPaths");
    if (!xml.flag(root, "ScheduleFromStart", true))
        reading.problems.note(
            xml.line(root),
            msg("The file is planned back from its finish; here it is planned on from its start."));
}

// The status date is kept where it agrees with the plan: here, work that is not done cannot lie before it.
void set_status_day(MspdiReading& reading, pugi::xml_node root, const plan::Schedule& schedule) {
    const auto status = reading.xml.time(root, "StatusDate");
    if (!status) return;
    plan::Project& project = reading.project();
    project.status_day = day_of(*status);
    if (reading.own) return;  // the dates in the file are our own
    const Result<plan::Schedule> held = plan::compute_schedule(project);
    const auto same = [](const plan::ScheduledTask& a, const plan::ScheduledTask& b) {
        return a.early_start == b.early_start && a.early_finish == b.early_finish;
    };
    if (held &&
        std::equal(held->rows.begin(), held->rows.end(), schedule.rows.begin(), schedule.rows.end(), same))
        return;
    project.status_day.reset();
    reading.problems.note(
        0, msg("The status date {0} is left out: work that is not done would move to after it.",
               day_of(*status)));
}

Result<void> check_sizes(const plan::Project& project) {
    if (project.links.size() > kMaxLinks)
        return fail(ErrorCode::TooLarge,
                    msg("A plan holds {0} links at most.", static_cast<std::int64_t>(kMaxLinks)));
    return {};
}

// A schedule leaves out the tasks that are not active. In the model they wait all the same, since each of them may be made active.
Result<void> check_circles(const plan::Project& project) {
    const std::vector<TaskId> loop = plan::find_loop(project);
    if (loop.empty()) return {};
    constexpr std::size_t kMostNames = 12;
    const std::size_t shown = std::min(loop.size(), kMostNames);
    std::string names;
    for (std::size_t i = 0; i < shown; ++i) names += find_task(project, loop[i])->name + " \u2192 ";
    names += shown < loop.size() ? "\u2026" : find_task(project, loop.front())->name;
    return fail(ErrorCode::BadInput, msg("These tasks wait for each other in a circle: {0}", names), names,
                msg("Remove one of the links between them."));
}

}  // namespace

Result<Imported> read_mspdi(ByteView bytes, const ImportOptions& options, const house::House& house,
                            const NextId& next_id) {
    Result<XmlFile> file = XmlFile::parse(bytes, {kMaxImportBytes, kMaxXmlDepth, kMaxXmlElements});
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    const XmlFile& xml = *file;
    const pugi::xml_node root = xml.root();
    if (xml.root_name() != "Project" || (!xml.child(root, "Tasks") && !xml.child(root, "Calendars")))
        return not_a_plan(xml);
    if (xml.children(xml.child(root, "Tasks"), "Task").size() > kMaxImportTasks)
        return fail(ErrorCode::TooLarge, msg("A plan holds {0} tasks at most.", static_cast<std::int64_t>(kMaxImportTasks)));

    Imported out;
    ProblemList problems;
    MspdiReading reading{xml, options, house, next_id, problems, out, 480, {}, {}};
    if (xml.replaced()) problems.error(0, msg("Some characters could not be read and stand as signs."));
    const OwnFields own(xml, root);
    if (own.present()) reading.own = &own;
    read_settings(reading, root);
    read_tasks(reading, root);
    if (reading.own) read_own(reading);
    read_links(reading);
    if (Result<void> sizes = check_sizes(out.project); !sizes)
        return tl::unexpected<Error>(std::move(sizes.error()));
    const auto saved = xml.time(root, "LastSaved");
    read_baselines(reading, saved ? day_of(*saved) : options.default_start);
    read_people(reading, root);
    const MspdiCalendars calendars(xml, xml.child(root, "Calendars"), reading.minutes_per_day, problems);
    const std::int64_t calendar_uid = xml.number(root, "CalendarUID").value_or(-1);
    if (!reading.own || !take_own_calendars(reading, calendars, calendar_uid)) fit_calendars(reading, calendars, calendar_uid);
    out.project.start = start_of(reading, root);
    if (out.project.tasks.empty()) problems.note(0, msg("The file has no tasks."));
    if (!reading.own) {
        note_unkept(reading, root);
        loosen_constraints(reading, root);
    }

    Result<plan::Schedule> schedule = plan::compute_schedule(out.project);
    if (!schedule) return tl::unexpected<Error>(std::move(schedule.error()));
    if (Result<void> circles = check_circles(out.project); !circles) return tl::unexpected<Error>(std::move(circles.error()));
    set_status_day(reading, root, *schedule);
    if (options.promise_milestones && !reading.own) promise_milestones(out.project, *schedule, next_id);
    out.problems = problems.take();
    out.counts = count_imported(out);
    return out;
}

}  // namespace entente::exchange
