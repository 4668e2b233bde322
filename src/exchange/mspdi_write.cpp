#include "exchange/mspdi_write.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/text.hpp"
#include "core/lookup.hpp"
#include "exchange/mspdi_write_parts.hpp"

namespace entente::exchange {

namespace {

constexpr const char* kNamespace = "http://schemas.microsoft.com/project";
constexpr std::int64_t kLargestUid = 2'000'000'000;
constexpr int kYearsOfHolidaysAfter = 5;

// The number that a code is, where it is one as Microsoft Project writes it; else 0.
std::int64_t uid_of(std::string_view code) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), value);
    const bool whole = error == std::errc() && end == code.data() + code.size() && value > 0 && value <= kLargestUid;
    return whole && std::to_string(value) == code ? value : 0;
}

// Codes that are all numbers are the file's own ids; else tasks are counted.
std::vector<std::int64_t> task_uids(const plan::Project& project) {
    std::vector<std::int64_t> uids;
    std::unordered_set<std::int64_t> seen;
    bool usable = true;
    for (const plan::Task& task : project.tasks) {
        uids.push_back(uid_of(task.code));
        usable = usable && uids.back() > 0 && seen.insert(uids.back()).second;
    }
    for (std::size_t i = 0; i < uids.size() && !usable; ++i) uids[i] = static_cast<std::int64_t>(i) + 1;
    return uids;
}

void number_roles(MspdiWriting& writing) {
    std::unordered_set<RoleId> used;
    for (const plan::Task& task : writing.project.tasks)
        for (const plan::Assignment& assignment : task.assignments) used.insert(assignment.role);
    for (const house::Role& role : writing.roles)
        if (used.count(role.id)) writing.role_uids.emplace(role.id, static_cast<std::int64_t>(writing.role_uids.size()) + 1);
}

void number_everything(MspdiWriting& writing) {
    const plan::Project& project = writing.project;
    writing.task_uids = task_uids(project);
    for (std::size_t i = 0; i < project.tasks.size(); ++i) writing.index.emplace(project.tasks[i].id, i);
    for (const plan::Calendar& calendar : project.calendars)
        writing.calendar_uids.emplace(calendar.id, static_cast<std::int64_t>(writing.calendar_uids.size()) + 1);
    number_roles(writing);
    const std::size_t kept = std::min<std::size_t>(project.baselines.size(), kOwnBaselines);
    for (std::size_t i = project.baselines.size() - kept; i < project.baselines.size(); ++i)
        writing.baselines.push_back(&project.baselines[i]);
    const int from = year_month_day(day_of(std::min(project.start, writing.schedule.start))).year - 1;
    const int to = year_month_day(day_of(writing.schedule.finish)).year + kYearsOfHolidaysAfter;
    writing.first_holiday = day_from(from, 1, 1).value_or(kFirstDay);
    writing.last_holiday = day_from(to, 12, 31).value_or(kLastDay);
}

std::int64_t lost_rows(const MspdiWriting& writing) {
    std::int64_t lost = 0;
    for (const plan::Baseline* baseline : writing.baselines)
        for (const plan::BaselineRow& row : baseline->rows) lost += writing.index.count(row.task) ? 0 : 1;
    return lost;
}

bool has_book(const money::Book& book) { return book != money::Book{}; }

// What only Entente knows: it has no field of Microsoft Project, nor one of ours in the file.
void say_ours(const plan::Project& project, std::vector<Message>& out) {
    const auto say = [&out](std::int64_t count, Message message) {
        if (count > 0) out.push_back(std::move(message));
    };
    const auto changes = static_cast<std::int64_t>(project.changes.size()), links = static_cast<std::int64_t>(project.issued.size()),
               scenarios = static_cast<std::int64_t>(project.scenarios.size());
    const auto asked = static_cast<std::int64_t>(
        std::count_if(project.decisions.begin(), project.decisions.end(), [](const plan::ClientDecision& decision) {
            return decision.requested || !decision.reminders.empty() || !decision.silence.empty();
        }));
    say(changes, msgn("{n} change stays in Entente.", "{n} changes stay in Entente.", changes));
    say(has_book(project.money) ? 1 : 0, msg("Rates of the project, budget, costs and fee proposals stay in Entente."));
    say(scenarios, msgn("{n} scenario stays in Entente.", "{n} scenarios stay in Entente.", scenarios));
    say(static_cast<std::int64_t>(project.rounds.size()), msg("The rounds of notes stay in Entente."));
    say(asked, msgn("{n} request to the client goes without its reminders and what silence means.",
                    "{n} requests to the client go without their reminders and what silence means.", asked));
    say(links, msgn("{n} status link stays in Entente.", "{n} status links stay in Entente.", links));
}

std::vector<Message> left_out(const MspdiWriting& writing) {
    std::vector<Message> out;
    const plan::Project& project = writing.project;
    const auto say = [&out](std::int64_t count, Message message) {
        if (count > 0) out.push_back(std::move(message));
    };
    const auto baselines = static_cast<std::int64_t>(project.baselines.size() - writing.baselines.size());
    const MspdiLoss& loss = writing.loss;
    say_ours(project, out);
    say(baselines, msgn("{n} older baseline does not fit: a file holds eleven.", "{n} older baselines do not fit: a file holds eleven.",
                        baselines));
    const std::int64_t rows = lost_rows(writing);
    say(rows, msgn("{n} baseline entry belongs to a task that is gone.", "{n} baseline entries belong to tasks that are gone.", rows));
    say(loss.cut_texts, msgn("{n} text is longer than Microsoft Project's fields and was cut.",
                             "{n} texts are longer than Microsoft Project's fields and were cut.", loss.cut_texts));
    say(loss.double_links, msgn("{n} second link between the same two tasks is left out.",
                                "{n} second links between the same two tasks are left out.", loss.double_links));
    say(loss.summary_assignments,
        msgn("{n} assignment to a summary is left out.", "{n} assignments to summaries are left out.", loss.summary_assignments));
    say(loss.calendars, msgn("{n} calendar keeps its days, but not its rule for bank holidays.",
                             "{n} calendars keep their days, but not their rules for bank holidays.", loss.calendars));
    return out;
}

}  // namespace

std::string xml_length(std::int64_t minutes) {
    return "PT" + std::to_string(minutes / 60) + "H" + std::to_string(minutes % 60) + "M0S";
}

std::string xml_time(LocalMinute at) { return iso(at) + ":00"; }

void write_own(MspdiWriting& writing, int text, std::string_view value) {
    std::string clean = clean_utf8(value);
    std::replace(clean.begin(), clean.end(), '\n', ' ');
    if (clean != value || clean.size() > kMaxOwnText) ++writing.loss.cut_texts;
    writing.xml.open("ExtendedAttribute");
    writing.xml.number("FieldID", own_field_id(text));
    writing.xml.text("Value", truncate_utf8(clean, kMaxOwnText));
    writing.xml.close();
}

Result<MspdiOut> plan_to_mspdi(const plan::Project& project, const std::vector<house::Role>& roles) {
    const Result<plan::Schedule> schedule = plan::compute_schedule(project);
    if (!schedule) return tl::unexpected<Error>(schedule.error());
    const plan::Calendar* calendar = by_id(project.calendars, project.calendar);
    if (!calendar) return fail(ErrorCode::BadInput, msg("The project has no calendar."));
    XmlWriter xml("Project", kNamespace);
    MspdiLoss loss;
    MspdiWriting writing{project, roles, *schedule, xml, loss, *calendar, {}, {}, {}, {}, {}, {}, {}};
    number_everything(writing);
    write_settings(writing);
    write_calendars(writing);
    write_tasks(writing);
    write_people(writing);
    return MspdiOut{xml.take(), left_out(writing)};
}

}  // namespace entente::exchange
