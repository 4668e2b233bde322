#include "exchange/csv_write.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "core/lookup.hpp"
#include "exchange/csv_rows.hpp"

namespace entente::exchange {

namespace {

constexpr std::string_view kFormulaStarts = "=+-@", kBlankStarts = "\t\r\n";
// = + - @ as East Asian keyboards write them: spreadsheets take them for the same.
constexpr std::array<std::string_view, 4> kWideStarts = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
// Where a spreadsheet whose separator is another one begins a new cell although the text is in quotation marks.
constexpr std::string_view kOtherSeparators = ";\t\r\n";

std::string length_text(std::int64_t minutes, bool elapsed, std::int64_t minutes_per_day) {
    const std::string e = elapsed ? "e" : "";
    const std::int64_t day = elapsed ? kMinutesPerDay : minutes_per_day;
    if (minutes % day == 0) return std::to_string(minutes / day) + e + "d";
    if (minutes % 60 == 0) return std::to_string(minutes / 60) + e + "h";
    return std::to_string(minutes) + e + "m";
}

class PlanWriter {
public:
    PlanWriter(const plan::Project& project, const std::vector<house::Role>& roles) : project_(project) {
        for (const house::Role& role : roles) role_names_.emplace(role.id, role.name);
        for (const plan::Calendar& calendar : project.calendars) {
            if (calendar.id == project.calendar)
                minutes_per_day_ = std::max<std::int64_t>(1, calendar.minutes_per_day);
        }
        for (const plan::ClientDecision& decision : project.decisions)
            decisions_.emplace(decision.task, &decision);
        for (const plan::Link& link : project.links) links_[link.to].push_back(&link);
        name_codes();
        for (const plan::Task& task : project.tasks) {
            const auto parent = levels_.find(task.parent);
            levels_.emplace(task.id, task.parent && parent != levels_.end() ? parent->second + 1 : 1);
            // A name that is set in would be read as one under the task before it, where no column says the levels.
            outline_ = outline_ || task.kind == plan::TaskKind::Summary || indent_of(task.name) > 0;
        }
    }

    std::string write() const {
        std::string out = "\xEF\xBB\xBF";
        std::vector<std::string> header = {"id",        "stage",  "name",         "owner",
                                           "duration",  "start",  "finish",       "predecessors",
                                           "milestone", "client", "percent_done", "note"};
        if (outline_) header.insert(header.begin() + 1, "outline_level");
        append_csv_row(out, header);
        for (const plan::Task& task : project_.tasks) append_csv_row(out, row_of(task));
        return out;
    }

private:
    static constexpr std::string_view kKinds[] = {"FS", "SS", "FF", "SF"};

    // An id that cannot be told from a lag, a kind or a separator would come back as another.
    static bool safe(std::string_view code) {
        return !code.empty() && code[0] != '#' && code[0] != '\'' && code == trim(code) &&
               code.find_first_of(",;+-\n\r\t") == std::string_view::npos;
    }

    void name_codes() {
        std::unordered_set<std::string_view> seen;
        const bool all_safe = std::all_of(
            project_.tasks.begin(), project_.tasks.end(),
            [&](const plan::Task& task) { return safe(task.code) && seen.insert(task.code).second; });
        const bool clear = all_safe && std::none_of(project_.tasks.begin(), project_.tasks.end(), [&](const plan::Task& task) {
            return std::any_of(std::begin(kKinds), std::end(kKinds),
                               [&](std::string_view kind) { return seen.count(task.code + std::string(kind)) > 0; });
        });  // "1" that is followed by "FS" is not the task "1FS"
        for (std::size_t i = 0; i < project_.tasks.size(); ++i) {
            codes_.emplace(project_.tasks[i].id, clear ? project_.tasks[i].code : std::to_string(i + 1));
        }
    }

    std::vector<std::string> row_of(const plan::Task& task) const {
        const bool summary = task.kind == plan::TaskKind::Summary,
                   milestone = task.kind == plan::TaskKind::Milestone;
        const std::string length = length_text(task.duration_minutes, task.elapsed, minutes_per_day_) +
                                   (task.estimated ? "?" : "");
        const bool start = task.constraint.kind == plan::ConstraintKind::StartNoEarlierThan;
        const bool finish = task.constraint.kind == plan::ConstraintKind::FinishNoEarlierThan;
        std::vector<std::string> cells = {codes_.at(task.id),
                                          task.stage,
                                          task.name,
                                          owner(task),
                                          summary ? std::string() : length,
                                          start ? iso(task.constraint.at) : std::string(),
                                          finish ? iso(task.constraint.at) : std::string(),
                                          predecessors(task.id),
                                          milestone ? "yes" : "no",
                                          client(task),
                                          summary ? std::string() : std::to_string(task.percent_done),
                                          task.note};
        if (outline_) cells.insert(cells.begin() + 1, std::to_string(levels_.at(task.id)));
        return cells;
    }

    std::string owner(const plan::Task& task) const {
        const auto decision = decisions_.find(task.id);
        if (decision != decisions_.end() && task.kind == plan::TaskKind::Milestone)
            return decision->second->owner;
        std::string out;
        for (const plan::Assignment& assignment : task.assignments) {
            const auto name = role_names_.find(assignment.role);
            if (name == role_names_.end()) continue;
            if (!out.empty()) out += ", ";
            out += name->second;
            if (assignment.units_permille != 1000)
                out += "[" + std::to_string(assignment.units_permille / 10) + "%]";
        }
        return out;
    }

    std::string client(const plan::Task& task) const {
        const auto decision = decisions_.find(task.id);
        if (decision == decisions_.end()) return task.client_visible ? "yes" : "no";
        return decision->second->part == plan::ClientPart::Decision ? "decision" : "input";
    }

    std::string predecessors(TaskId task) const {
        const auto links = links_.find(task);
        if (links == links_.end()) return {};
        std::string out;
        for (const plan::Link* link : links->second) {
            const auto code = codes_.find(link->from);
            if (code == codes_.end()) continue;
            if (!out.empty()) out += ";";
            out += code->second;
            out += kKinds[static_cast<std::size_t>(link->kind)];
            if (link->lag_minutes == 0) continue;
            const std::int64_t size = link->lag_minutes < 0 ? -link->lag_minutes : link->lag_minutes;
            out += link->lag_minutes < 0 ? "-" : "+";
            out += link->lag_unit == plan::LagUnit::PercentOfPredecessor
                       ? std::to_string(size) + "%"
                       : length_text(size, link->lag_unit == plan::LagUnit::Elapsed, minutes_per_day_);
        }
        return out;
    }

    const plan::Project& project_;
    std::int64_t minutes_per_day_ = 480;
    bool outline_ = false;
    std::unordered_map<RoleId, std::string> role_names_;
    std::unordered_map<TaskId, std::string> codes_;
    std::unordered_map<TaskId, int> levels_;
    std::unordered_map<TaskId, const plan::ClientDecision*> decisions_;
    std::unordered_map<TaskId, std::vector<const plan::Link*>> links_;
};

// At the head of a cell also a blank that hides what follows it.
bool begins_like_formula(std::string_view text, bool at_head) {
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    if (text.empty()) return false;
    if (kFormulaStarts.find(text[0]) != std::string_view::npos) return true;
    if (at_head && kBlankStarts.find(text[0]) != std::string_view::npos) return true;
    return std::any_of(kWideStarts.begin(), kWideStarts.end(), [&](std::string_view wide) { return text.substr(0, wide.size()) == wide; });
}

// The text, with an apostrophe more or one less at every place where a cell begins, or could be taken to begin, that is like a formula.
std::string guarded(std::string_view text, bool guard) {
    std::string out;
    out.reserve(text.size() + 1);
    bool head = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool formula = head && begins_like_formula(text.substr(i), i == 0);
        head = kOtherSeparators.find(text[i]) != std::string_view::npos;
        if (formula && guard) out += '\'';
        if (formula && !guard && text[i] == '\'') continue;
        out += text[i];
    }
    return out;
}

}  // namespace

std::string guard_formula(std::string_view text) { return guarded(text, true); }

std::string without_formula_guard(std::string_view text) { return guarded(text, false); }

void append_csv_cell(std::string& out, std::string_view text) {
    const std::string cell = guard_formula(text);
    if (cell.find_first_of(",;\t\"\r\n") == std::string::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void append_csv_row(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        append_csv_cell(out, cells[i]);
    }
    out += "\r\n";
}

std::string plan_to_csv(const plan::Project& project, const std::vector<house::Role>& roles) {
    return PlanWriter(project, roles).write();
}

std::vector<Message> left_out_of_csv(const plan::Project& project) {
    std::int64_t own_calendars = 0, constraints = 0, actuals = 0, estimates = 0;
    for (const plan::Task& task : project.tasks) {
        const plan::ConstraintKind kind = task.constraint.kind;
        const bool in_table = kind == plan::ConstraintKind::AsSoonAsPossible || kind == plan::ConstraintKind::StartNoEarlierThan ||
                              kind == plan::ConstraintKind::FinishNoEarlierThan;
        if (task.calendar) ++own_calendars;
        if (!in_table || task.deadline || task.manual || !task.active) ++constraints;
        if (task.actual_start || task.actual_finish) ++actuals;
        if (task.estimate) ++estimates;
    }
    const plan::Calendar* calendar = by_id(project.calendars, project.calendar);
    plan::Calendar plain = plan::standard_calendar({}, "");
    if (calendar) plain.id = calendar->id, plain.name = calendar->name;
    std::vector<Message> out;
    const auto say = [&out](bool lost, Message message) {
        if (lost) out.push_back(std::move(message));
    };
    say(own_calendars > 0 || (calendar && *calendar != plain), msg("A table holds no calendars: its reader takes its own."));
    say(constraints > 0, msgn("{n} task has a deadline, a constraint or a state that a table cannot say.",
                              "{n} tasks have a deadline, a constraint or a state that a table cannot say.", constraints));
    say(actuals > 0, msg("The days on which work began and ended are left out; how much is done is kept."));
    say(!project.promises.empty() || !project.baselines.empty(), msg("Promises and baselines stay in Entente."));
    say(!project.changes.empty() || !project.scenarios.empty() || !project.rounds.empty() || estimates > 0 ||
            project.money != money::Book{} || !project.issued.empty(),
        msg("Changes, scenarios, estimates, rounds of notes, money and status links stay in Entente."));
    return out;
}

}  // namespace entente::exchange
