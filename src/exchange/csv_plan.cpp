#include "exchange/csv_plan.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "exchange/client_part.hpp"
#include "exchange/csv_links.hpp"
#include "exchange/csv_outline.hpp"
#include "exchange/csv_rows.hpp"
#include "exchange/promises.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kSamples = 3;
constexpr std::size_t kMaxHeader = 120;
constexpr std::size_t kMaxOwnersOfTask = 50;

std::vector<CsvColumn> describe_columns(const CsvTable& table, const CsvMapping& mapping) {
    std::vector<CsvColumn> columns(table.columns());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        CsvColumn& column = columns[i];
        column.field = mapping.fields[i];
        if (mapping.has_header)
            column.header = quoted_piece(truncate_utf8(table.cell(mapping.header_row, i), kMaxHeader));
        for (std::size_t row = mapping.first_data_row();
             row < table.rows() && column.samples.size() < kSamples; ++row) {
            std::string sample = quoted_piece(table.cell(row, i));
            if (!sample.empty()) column.samples.push_back(std::move(sample));
        }
    }
    return columns;
}

// How many references its columns of links may hold at least, before any of them is read.
std::size_t separators_of_links(const CsvTable& table, const CsvMapping& mapping) {
    constexpr std::string_view kSeparators = ";,\n\r";
    std::size_t count = 0;
    for (std::size_t column = 0; column < mapping.fields.size(); ++column) {
        if (mapping.fields[column] != CsvField::Predecessors && mapping.fields[column] != CsvField::Successors) continue;
        for (std::size_t row = mapping.first_data_row(); row < table.rows(); ++row) {
            for (const char c : table.cell(row, column)) count += kSeparators.find(c) != std::string_view::npos;
        }
    }
    return count;
}

tl::unexpected<Error> too_many_references() {
    return fail(ErrorCode::TooLarge,
                msg("The table names more than {0} predecessors and successors.", static_cast<std::int64_t>(kMaxImportReferences)), {},
                msg("Check which column holds the predecessors."));
}

// The house's roles and the new ones that the file's owners need.
class Roles {
public:
    Roles(const house::House& house, const NextId& next_id, Imported& out, ProblemList& problems)
        : room_(kMaxRoles - std::min(kMaxRoles, house.roles.size())),
          next_id_(next_id),
          out_(out),
          problems_(problems) {
        for (const house::Role& role : house.roles) by_name_.emplace(fold(trim(role.name)), role.id);
    }

    // "Editor, Colourist[50%]"
    std::vector<plan::Assignment> assignments(std::string_view owners, int line) {
        std::vector<plan::Assignment> out;
        while (!owners.empty() && out.size() < kMaxOwnersOfTask) {
            const std::size_t end = std::min(owners.size(), owners.find_first_of(",;"));
            add(trim(owners.substr(0, end)), line, out);
            owners.remove_prefix(std::min(owners.size(), end + 1));
        }
        return out;
    }

private:
    void add(std::string_view name, int line, std::vector<plan::Assignment>& out) {
        plan::Assignment assignment;
        const std::size_t bracket = name.rfind('[');
        if (bracket != std::string_view::npos && bracket > 0 && name.back() == ']') {
            const auto percent = parse_percent(name.substr(bracket + 1, name.size() - bracket - 2));
            if (percent && *percent > 0) {
                assignment.units_permille = *percent * 10;
                name = trim(name.substr(0, bracket));
            }
        }
        name = truncate_utf8(name, kMaxName);
        if (name.empty()) return;
        auto [found, fresh] = by_name_.emplace(fold(name), RoleId{});
        if (fresh) {
            if (out_.new_roles.size() >= room_) {
                if (!full_)
                    problems_.error(line, msg("The rate card is full; some owners were left out. Check which "
                                              "column holds them."));
                full_ = true;
                by_name_.erase(found);
                return;
            }
            found->second = RoleId{next_id_()};
            out_.new_roles.push_back({found->second, std::string(name), 0, 0});
        }
        assignment.role = found->second;
        const bool twice = std::any_of(out.begin(), out.end(),
                                       [&](const plan::Assignment& a) { return a.role == assignment.role; });
        if (!twice) out.push_back(assignment);
    }

    std::unordered_map<std::string, RoleId> by_name_;
    std::size_t room_;
    bool full_ = false;
    const NextId& next_id_;
    Imported& out_;
    ProblemList& problems_;
};

class PlanBuilder {
public:
    PlanBuilder(const ImportOptions& options, const house::House& house, const NextId& next_id)
        : options_(options), house_(house), next_id_(next_id) {}

    Result<CsvPlan> build(const CsvTable& table, const CsvMapping& mapping) {
        out_.columns = describe_columns(table, mapping);
        begin_project();
        if (mapping.column(CsvField::Name) == CsvMapping::npos && mapping.column(CsvField::Id) == CsvMapping::npos) {
            problems_.error(
                0, msg("No column was recognised as the task name. Choose the column that holds it."));
            return finish(table);
        }
        if (separators_of_links(table, mapping) > kMaxImportReferences) return too_many_references();
        rows_ = read_plan_rows(table, mapping, units_, problems_);
        if (rows_.empty()) problems_.error(0, msg("The table holds no tasks under its header."));
        if (rows_.size() > kMaxImportTasks) {
            return fail(ErrorCode::TooLarge,
                        msg("A plan holds {0} tasks at most.", static_cast<std::int64_t>(kMaxImportTasks)), {},
                        msg("Export only the plan's own rows and columns and import again."));
        }
        outline_ = arrange_outline(rows_, problems_);
        set_start();
        add_tasks();
        if (!add_links(rows_, outline_, units_, next_id_, project(), problems_)) return too_many_references();
        if (auto done = drop_loops(project(), lines_, problems_); !done)
            return tl::unexpected<Error>(std::move(done.error()));
        if (auto done = settle_dates(); !done) return tl::unexpected<Error>(std::move(done.error()));
        return finish(table);
    }

private:
    plan::Project& project() { return out_.imported.project; }

    void begin_project() {
        plan::Project& out = project();
        out.id = ProjectId{next_id_()};
        out.name = options_.project_name;
        out.currency = house_.currency;
        const CalendarId id{next_id_()};
        plan::Calendar calendar = plan::valid(house_.calendar)
                                      ? house_.calendar
                                      : plan::standard_calendar(id, "Monday to Friday");
        calendar.id = id;
        out.calendar = id;
        out.calendars.push_back(std::move(calendar));
        units_.minutes_per_day = std::max<std::int64_t>(1, out.calendars[0].minutes_per_day);
    }

    void set_start() {
        Day first = options_.start.value_or(options_.default_start), last = first;
        for (const PlanRow& row : rows_) {
            for (const auto& date : {row.start, row.finish}) {
                if (!date) continue;
                first = std::min(first, date->day);
                last = std::max(last, date->day);
            }
        }
        clock_.emplace(project().calendars[0], std::max(kFirstDay, first + -366),
                       std::min(kLastDay, last + 366));
        std::optional<Day> earliest;
        for (const PlanRow& row : rows_) {
            std::optional<Day> day;
            if (row.start) day = row.start->day;
            else if (row.finish) day = latest_start(row);
            if (day && (!earliest || *day < *earliest)) earliest = day;
        }
        const Day start = options_.start ? *options_.start : earliest.value_or(options_.default_start);
        project().start = clock_->start_at(clock_->work_at(at_minute(start, 0)));
        if (options_.start && earliest && *earliest < start) {
            problems_.note(0, msg("The file has dates before the start; nothing begins before it."));
        }
    }

    // The day on which a task that states only its finish must begin.
    Day latest_start(const PlanRow& row) const {
        const std::int64_t length = row.duration    ? row.duration->minutes
                                    : row.milestone ? 0
                                                    : units_.minutes_per_day;
        const LocalMinute finish = ends(*row.finish);
        if (row.duration && row.duration->elapsed)
            return std::max(kFirstDay, day_of(LocalMinute{finish.n - length}));
        if (length == 0) return day_of(finish);
        return std::clamp(day_of(clock_->start_at(clock_->work_at(finish) - length)), kFirstDay, kLastDay);
    }

    LocalMinute begins(const CsvDate& date) const { return at_minute(date.day, date.minute.value_or(0)); }
    // Without a time, the end of the last shift of that day; where nothing is worked then, the end of the shift before.
    LocalMinute ends(const CsvDate& date) const {
        return clock_->finish_at(
            clock_->work_at(date.minute ? at_minute(date.day, *date.minute) : at_minute(date.day + 1, 0)));
    }

    void add_tasks() {
        Roles roles(house_, next_id_, out_.imported, problems_);
        for (const OutlineRow& place : outline_) {
            const PlanRow& row = rows_[place.row];
            plan::Task task;
            task.id = TaskId{next_id_()};
            if (place.parent != kNoParent) task.parent = project().tasks[place.parent].id;
            task.code = row.code;
            task.name = row.name;
            task.stage = row.stage;
            task.note = row.note;
            task.client_visible = row.client != ClientWord::No;
            lines_.push_back(row.line);
            if (place.summary) {
                task.kind = plan::TaskKind::Summary;
            } else {
                set_length(row, task);
                set_dates(row, task);
                task.percent_done = row.percent_done;
                add_people(row, task, roles);
            }
            project().tasks.push_back(std::move(task));
        }
        if (guessed_lengths_ > 0) {
            problems_.note(0, msgn("{n} task has no length; it was taken as one day.",
                                   "{n} tasks have no length; each was taken as one day.", guessed_lengths_));
        }
    }

    void set_length(const PlanRow& row, plan::Task& task) {
        std::optional<CsvDuration> length = row.duration;
        if (!length && row.start && row.finish && !row.milestone) {
            length = CsvDuration{
                std::max<std::int64_t>(0, clock_->between(begins(*row.start), ends(*row.finish)))};
            if (row.finish->day < row.start->day)
                problems_.error(row.line, msg("The finish lies before the start."));
            // A task of one free day, or of dates that contradict each other, still takes time.
            if (length->minutes == 0) length.reset();
        }
        if (!length && row.milestone) length = CsvDuration{};
        if (!length) {
            ++guessed_lengths_;
            length = CsvDuration{units_.minutes_per_day, false, true};
        }
        task.duration_minutes = length->minutes;
        task.elapsed = length->elapsed && length->minutes > 0;
        task.estimated = length->estimated;
        task.kind = length->minutes == 0 ? plan::TaskKind::Milestone : plan::TaskKind::Task;
        if (row.milestone && length->minutes > 0) {
            problems_.note(row.line,
                           msg("A milestone has no length; with its length this row was read as a task."));
        }
    }

    void set_dates(const PlanRow& row, plan::Task& task) const {
        if (row.start) {
            task.constraint = {plan::ConstraintKind::StartNoEarlierThan, begins(*row.start)};
        } else if (row.finish) {
            task.constraint = {plan::ConstraintKind::FinishNoEarlierThan, ends(*row.finish)};
        }
    }

    void add_people(const PlanRow& row, plan::Task& task, Roles& roles) {
        const bool milestone = task.kind == plan::TaskKind::Milestone;
        const auto part = client_part(row, milestone);
        const bool listed = part && project().decisions.size() < kMaxListed;
        if (listed) {
            plan::ClientDecision decision;
            decision.id = DecisionId{next_id_()};
            decision.task = task.id;
            decision.part = *part;
            if (milestone) decision.owner = row.owner;
            project().decisions.push_back(std::move(decision));
        } else if (part) {
            problems_.error(row.line, msg("This project holds more than the program can keep."));
        }
        if (!listed || !milestone) task.assignments = roles.assignments(row.owner, row.line);
    }

    // Keeps a stated date only where the links alone would put the task earlier, promises, and says where the plan differs.
    Result<void> settle_dates() {
        const auto schedule = plan::compute_schedule(project());
        if (!schedule) return tl::unexpected<Error>(schedule.error());
        std::int64_t moved = 0;
        int first_line = 0;
        for (std::size_t i = 0; i < outline_.size(); ++i) {
            plan::Task& task = project().tasks[i];
            const PlanRow& row = rows_[outline_[i].row];
            const plan::ScheduledTask& at = schedule->rows[i];
            const bool holds = at.driven_by == plan::DrivenBy::Constraint &&
                               task.constraint.at > project().start;
            if (!holds) task.constraint = {};
            const bool summary = task.kind == plan::TaskKind::Summary;
            if (!summary && row.start && task.duration_minutes > 0 &&
                row.start->day < day_of(at.early_start) && clock_->is_working(row.start->day)) {
                if (moved++ == 0) first_line = row.line;
            }
        }
        if (moved > 0) {
            problems_.note(first_line,
                           msgn("{n} task starts later than the file says, because of what it waits for.",
                                "{n} tasks start later than the file says, because of what they wait for; "
                                "this is the first.",
                                moved));
        }
        if (options_.promise_milestones) promise_milestones(project(), *schedule, next_id_);
        return {};
    }

    Result<CsvPlan> finish(const CsvTable& table) {
        Imported& imported = out_.imported;
        imported.problems = table.problems();
        for (Problem& problem : problems_.take()) imported.problems.push_back(std::move(problem));
        std::stable_sort(imported.problems.begin(), imported.problems.end(),
                         [](const Problem& a, const Problem& b) { return a.line < b.line; });
        imported.counts = count_imported(imported);
        return std::move(out_);
    }

    const ImportOptions& options_;
    const house::House& house_;
    const NextId& next_id_;
    CsvPlan out_;
    ProblemList problems_;
    DurationUnits units_;
    std::vector<PlanRow> rows_;
    std::vector<OutlineRow> outline_;
    std::vector<int> lines_;  // parallel to the project's tasks
    std::optional<plan::WorkClock> clock_;
    std::int64_t guessed_lengths_ = 0;
};

}  // namespace

Result<CsvPlan> read_csv_plan(ByteView bytes, const ImportOptions& options, const house::House& house,
                              const NextId& next_id) {
    const auto table = read_csv(bytes);
    if (!table) return tl::unexpected<Error>(table.error());
    if (table->rows() == 0) {
        return fail(ErrorCode::BadInput, msg("The file holds no rows."), {},
                    msg("Check that the export wrote the plan into it."));
    }
    CsvMapping mapping = guess_mapping(*table);
    if (!options.column_fields.empty()) mapping = chosen_mapping(mapping, options.column_fields);
    return PlanBuilder(options, house, next_id).build(*table, mapping);
}

}  // namespace entente::exchange
