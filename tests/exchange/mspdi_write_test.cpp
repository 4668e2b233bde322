// A plan that goes out as Microsoft Project XML comes back as the same plan: random ones with everything that a plan can hold, and
// every file of Microsoft Project at hand.
#include <doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unordered_map>

#include "base/text.hpp"
#include "exchange/mspdi.hpp"
#include "exchange/mspdi_write.hpp"
#include "tests/bench/plan_generator.hpp"
#include "tests/exchange/support.hpp"

using namespace entente;
using namespace entente::exchange;
using test::contains;
using test::Random;

namespace {

constexpr const char* kTexts[] = {"Grade & mix", "<Task>", "]]>", "\"Tŷ\" 'ffilm'", "a &amp; b", "取景 \xF0\x9F\x8E\xAC", "=1+1", "x"};

std::string some_text(Random& random) { return kTexts[random.below(static_cast<std::uint32_t>(std::size(kTexts)))]; }

plan::Recurrence some_rule(Random& random) {
    using Kind = plan::Recurrence::Kind;
    plan::Recurrence rule;
    rule.kind = static_cast<Kind>(random.below(7));
    const bool yearly = rule.kind == Kind::YearlyDay || rule.kind == Kind::YearlyPosition;
    const bool by_position = rule.kind == Kind::YearlyPosition || rule.kind == Kind::MonthlyPosition;
    if (!yearly) rule.period = static_cast<int>(random.between(1, 40));
    if (rule.kind == Kind::Weekly) rule.days_of_week = static_cast<int>(random.between(1, 127));
    if (yearly) rule.month = static_cast<int>(random.below(12));
    if (by_position) rule.item = static_cast<int>(random.below(10));
    if (by_position) rule.position = static_cast<int>(random.below(5));
    if (rule.kind == Kind::YearlyDay || rule.kind == Kind::MonthlyDay) rule.month_day = static_cast<int>(random.between(1, 31));
    if (random.one_in(2)) rule.occurrences = static_cast<int>(random.between(1, 20));
    return rule;
}

void vary_calendars(plan::Project& project, Random& random) {
    for (plan::Calendar& calendar : project.calendars) {
        calendar.name = some_text(random) + " " + calendar.name;
        calendar.holiday_region = static_cast<plan::HolidayRegion>(random.below(4));
        if (random.one_in(2)) calendar.minutes_per_day = random.between(300, 600);
        for (int i = static_cast<int>(random.below(4)); i > 0; --i) {
            const Day from = test::generator::kStart + static_cast<int>(random.below(400));
            plan::CalendarException exception{from, from + 200, random.one_in(3) ? "" : some_text(random), {}};
            if (random.one_in(2)) exception.shifts = {{0, 60}, {600, 1440}};
            if (random.one_in(2)) exception.rule = some_rule(random);
            else exception.to = from + 2;
            calendar.exceptions.push_back(exception);
        }
    }
    std::rotate(project.calendars.begin(), project.calendars.begin() + random.below(3), project.calendars.end());
}

void vary_client(plan::Project& project, const plan::Task& task, std::uint64_t id, Random& random) {
    const Day day = test::generator::kStart + static_cast<int>(random.below(90));
    if (random.one_in(6)) project.promises.push_back({PromiseId{id}, task.id, day, random.one_in(2)});
    if (!random.one_in(6)) return;
    plan::ClientDecision decision;
    decision.id = DecisionId{id + 1};
    decision.task = task.id;
    decision.part = random.one_in(2) ? plan::ClientPart::Decision : plan::ClientPart::Input;
    decision.owner = random.one_in(2) ? some_text(random) : "";
    decision.question = some_text(random);
    if (random.one_in(2)) decision.answered = day;
    decision.answer = random.one_in(2) ? some_text(random) : "";
    decision.client_visible = random.one_in(2);
    project.decisions.push_back(decision);
}

struct Whole {
    plan::Project project;
    std::vector<house::Role> roles;
};

Whole random_plan(std::uint64_t seed) {
    Random random(seed * 977 + 5);
    Whole out{test::make_plan({1 + random.below(40), 50, 30, true, true}, seed), {}};
    plan::Project& project = out.project;
    project.name = some_text(random);
    project.client = random.one_in(3) ? "" : some_text(random);
    project.kind = random.one_in(3) ? "" : "Feature";
    project.currency = *currency_from(random.one_in(4) ? "JPY" : "GBP");
    project.base_fee_minor = random.between(0, 1'000'000);
    project.critical_float_minutes = random.between(-500, 3000);
    project.each_path_critical = random.one_in(2);
    vary_calendars(project, random);
    for (std::uint64_t r = 1; r <= 4; ++r)
        out.roles.push_back({RoleId{500 + r}, some_text(random) + std::to_string(r), random.between(0, 9999), random.between(0, 9999)});
    const bool codes = random.one_in(2);
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        plan::Task& task = project.tasks[i];
        task.name = some_text(random) + " " + std::to_string(i);
        task.stage = random.one_in(4) ? "" : some_text(random);
        task.note = random.one_in(3) ? "One\nTwo\t" + some_text(random) : "";
        task.client_visible = random.one_in(3);
        if (codes) task.code = random.one_in(5) ? "" : "A" + std::to_string(i);
        if (task.kind != plan::TaskKind::Summary) {
            task.estimated = random.one_in(5);
            if (task.kind == plan::TaskKind::Task && task.duration_minutes > 0 && random.one_in(3))
                task.estimate = plan::Estimate{random.between(1, task.duration_minutes),
                                               random.between(task.duration_minutes, 3 * task.duration_minutes)};
            for (const house::Role& role : out.roles) {
                if (!random.one_in(4)) continue;
                plan::Assignment assignment{role.id, static_cast<std::int32_t>(random.between(1, 3000)), {}};
                if (random.one_in(2)) assignment.work_minutes = random.below(5000);
                task.assignments.push_back(assignment);
            }
        }
        vary_client(project, task, 3'000'000 + 2 * i, random);
    }
    for (std::uint64_t b = 0; b < random.below(4); ++b) {
        plan::Baseline baseline{BaselineId{4'000'000 + b}, "Agreed " + some_text(random), {}, test::generator::kStart, {}};
        for (const plan::Task& task : project.tasks)
            if (!random.one_in(3)) baseline.rows.push_back({task.id, project.start, LocalMinute{project.start.n + random.below(9000)}});
        project.baselines.push_back(baseline);
    }
    return out;
}

// The same plan with ids in order, and without what the header of mspdi_write.hpp says is not kept.
class Normal {
public:
    static Whole of(Whole whole) {
        Normal normal;
        normal.number(whole);
        normal.sort(whole.project);
        normal.rename(whole);
        return whole;
    }

private:
    template <class T>
    void add(std::vector<T>& items) {
        for (T& item : items) ids_.emplace(item.id.n, ids_.size() + 1);
    }
    template <class IdType>
    void set(IdType& id) {
        if (id) id.n = ids_.at(id.n);
    }

    void number(Whole& whole) {
        add(whole.project.calendars);
        add(whole.project.tasks);
        std::erase_if(whole.roles, [&](const house::Role& role) {
            return std::none_of(whole.project.tasks.begin(), whole.project.tasks.end(), [&](const plan::Task& task) {
                return std::any_of(task.assignments.begin(), task.assignments.end(), [&](const auto& a) { return a.role == role.id; });
            });
        });
        add(whole.roles);
    }

    void sort(plan::Project& project) {
        const auto at = [&](TaskId id) { return ids_.at(id.n); };
        const auto by_task = [&](const auto& a, const auto& b) { return at(a.task) < at(b.task); };
        std::stable_sort(project.links.begin(), project.links.end(), [&](const auto& a, const auto& b) { return at(a.to) < at(b.to); });
        std::stable_sort(project.promises.begin(), project.promises.end(), by_task);
        std::stable_sort(project.decisions.begin(), project.decisions.end(), by_task);
        for (plan::Baseline& baseline : project.baselines) std::stable_sort(baseline.rows.begin(), baseline.rows.end(), by_task);
        add(project.links);
        add(project.promises);
        add(project.decisions);
        add(project.baselines);
    }

    void rename(Whole& whole) {
        plan::Project& project = whole.project;
        project.id = {};
        set(project.calendar);
        for (plan::Calendar& calendar : project.calendars) set(calendar.id);
        for (plan::Task& task : project.tasks) {
            set(task.id);
            set(task.parent);
            set(task.calendar);
            for (plan::Assignment& assignment : task.assignments) set(assignment.role);
            if (task.constraint.kind <= plan::ConstraintKind::AsLateAsPossible) task.constraint.at = {};
            if (!task.manual) task.manual_start = task.manual_finish = {};
            if (task.kind == plan::TaskKind::Summary) {  // what comes from its tasks
                task.elapsed = task.estimated = false;
                task.duration_minutes = task.levelling_delay_minutes = task.percent_done = 0;
                task.actual_start.reset();
                task.actual_finish.reset();
            }
        }
        for (plan::Link& link : project.links) set(link.id), set(link.from), set(link.to);
        for (plan::Promise& promise : project.promises) set(promise.id), set(promise.task);
        for (plan::ClientDecision& decision : project.decisions) set(decision.id), set(decision.task);
        for (plan::Baseline& baseline : project.baselines) {
            set(baseline.id);
            for (plan::BaselineRow& row : baseline.rows) set(row.task);
        }
        for (house::Role& role : whole.roles) set(role.id);
    }

    std::unordered_map<std::uint64_t, std::uint64_t> ids_;
};

Whole read_back(const std::string& xml) {
    std::uint64_t ids = 1'000;
    auto imported = read_mspdi(bytes_of(xml), {}, {}, [&] { return ++ids; });
    REQUIRE(imported.has_value());
    for (const Problem& problem : imported->problems) CHECK_FALSE_MESSAGE(problem.error, Locale().text(problem.text));
    return {imported->project, imported->new_roles};
}

// Says where two plans first differ; a comparison of the whole comes after it.
void check_same(const Whole& left, const Whole& right) {
    const plan::Project &a = left.project, &b = right.project;
    CHECK(a.name == b.name);
    CHECK(a.base_fee_minor == b.base_fee_minor);
    CHECK(a.critical_float_minutes == b.critical_float_minutes);
    CHECK((a.status_day == b.status_day));
    CHECK((a.start == b.start));
    REQUIRE(a.calendars.size() == b.calendars.size());
    for (std::size_t i = 0; i < a.calendars.size(); ++i) CHECK_MESSAGE(a.calendars[i] == b.calendars[i], "calendar " << i);
    REQUIRE(a.tasks.size() == b.tasks.size());
    for (std::size_t i = 0; i < a.tasks.size(); ++i) CHECK_MESSAGE(a.tasks[i] == b.tasks[i], "task " << i << " " << a.tasks[i].name);
    CHECK((a.links == b.links));
    CHECK((a.promises == b.promises));
    CHECK((a.decisions == b.decisions));
    CHECK((a.baselines == b.baselines));
    CHECK((a == b));
    CHECK((left.roles == right.roles));
}

bool same_dates(const plan::Project& a, const plan::Project& b) {
    const auto left = plan::compute_schedule(a), right = plan::compute_schedule(b);
    if (!left || !right || left->rows.size() != right->rows.size()) return false;
    for (std::size_t i = 0; i < left->rows.size(); ++i) {
        const plan::ScheduledTask &x = left->rows[i], &y = right->rows[i];
        if (x.early_start != y.early_start || x.early_finish != y.early_finish || x.late_start != y.late_start ||
            x.late_finish != y.late_finish || x.critical != y.critical || x.total_float_minutes != y.total_float_minutes)
            return false;
    }
    return true;
}

std::filesystem::path folder() {
    if (const char* mspdi = std::getenv("ENTENTE_MSPDI")) return mspdi;
    if (const char* shared = std::getenv("ENTENTE_SHARED")) return std::filesystem::path(shared) / "mspdi";
    return std::filesystem::path(ENTENTE_SHARED_DATA) / "mspdi";
}

}  // namespace

TEST_CASE("mspdi out: random plans come back as they went, with the same dates, and go out again as the same bytes") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        const Whole whole = random_plan(seed);
        const auto out = plan_to_mspdi(whole.project, whole.roles);
        REQUIRE(out.has_value());
        for (const Message& message : out->left_out) FAIL_CHECK(Locale().text(message));
        const Whole back = read_back(out->xml);
        check_same(Normal::of(whole), Normal::of(back));
        CHECK(same_dates(whole.project, back.project));
        const auto again = plan_to_mspdi(back.project, back.roles);
        REQUIRE(again.has_value());
        if (std::equal(whole.project.links.begin(), whole.project.links.end(), Normal::of(whole).project.links.begin(),
                       [](const auto& a, const auto& b) { return a.kind == b.kind && a.lag_minutes == b.lag_minutes; }))
            CHECK(again->xml == out->xml);
        CHECK(plan_to_mspdi(whole.project, whole.roles)->xml == out->xml);
    }
}

TEST_CASE("mspdi out: every Microsoft Project file goes out and comes back as the same plan with the same dates") {
    if (!std::filesystem::is_directory(folder())) {
        MESSAGE("skipped: no Microsoft Project files in " << folder().string());
        return;
    }
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
        if (entry.path().extension() != ".xml") continue;
        CAPTURE(entry.path().string());
        std::ifstream in(entry.path(), std::ios::binary);
        const Bytes bytes(std::istreambuf_iterator<char>(in), {});
        std::uint64_t ids = 0;
        const auto imported = read_mspdi(bytes, {}, {}, [&] { return ++ids; });
        REQUIRE(imported.has_value());
        const auto out = plan_to_mspdi(imported->project, imported->new_roles);
        REQUIRE(out.has_value());
        for (const Message& message : out->left_out) FAIL_CHECK(Locale().text(message));
        const Whole back = read_back(out->xml);
        check_same(Normal::of({imported->project, imported->new_roles}), Normal::of(back));
        CHECK(same_dates(imported->project, back.project));
        ++files;
    }
    CHECK(files > 0);
    MESSAGE(files << " files came back whole");
}

TEST_CASE("mspdi out: what a person typed cannot become markup") {
    Whole whole = random_plan(3);
    whole.project.name = "</Name><Task><UID>99</UID></Task>";
    whole.project.tasks[0].name = "<!DOCTYPE x><script>&amp;";
    whole.project.tasks[0].note = std::string("\x01 \xFF \xEF\xBF\xBF end");
    const auto out = plan_to_mspdi(whole.project, whole.roles);
    REQUIRE(out.has_value());
    CHECK(contains(out->xml, "&lt;/Name&gt;&lt;Task&gt;&lt;UID&gt;99&lt;/UID&gt;&lt;/Task&gt;"));
    CHECK_FALSE(contains(out->xml, "<UID>99</UID>"));
    CHECK_FALSE(contains(out->xml, "<!DOCTYPE"));
    CHECK_FALSE(contains(out->xml, "\x01"));
    CHECK_FALSE(contains(out->xml, "\xEF\xBF\xBF"));
    CHECK(valid_utf8(out->xml));
    CHECK(out->xml.rfind("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                         "<Project xmlns=\"http://schemas.microsoft.com/project\">\n", 0) == 0);
    const Whole back = read_back(out->xml);
    CHECK(back.project.name == whole.project.name);
    CHECK(back.project.tasks[0].name == whole.project.tasks[0].name);
}

TEST_CASE("mspdi out: what does not fit is said") {
    Whole whole = random_plan(4);
    plan::Project& project = whole.project;
    project.changes.resize(2);
    project.changes[0].id = ChangeId{77'000'000};
    project.changes[1].id = ChangeId{77'000'001};
    project.issued.resize(1);
    project.scenarios.resize(1);
    project.rounds.resize(2);
    project.money.costs.resize(1);
    project.decisions.clear();
    project.decisions.push_back(
        {DecisionId{99'000'000}, project.tasks.back().id, plan::ClientPart::Decision, "", "", {}, "", true, {}, {}, {}});
    project.decisions[0].silence = "It is taken as a yes.";
    project.baselines.clear();
    for (std::uint64_t i = 0; i < 13; ++i)
        project.baselines.push_back({BaselineId{88'000'000 + i}, "B" + std::to_string(i), {}, test::generator::kStart, {}});
    project.baselines.back().rows.push_back({TaskId{123'456'789}, project.start, project.start});
    project.client = std::string(300, 'c');
    const auto out = plan_to_mspdi(project, whole.roles);
    REQUIRE(out.has_value());
    std::string said;
    for (const Message& message : out->left_out) said += Locale().text(message) + "\n";
    CHECK(said == "2 changes stay in Entente.\nRates of the project, budget, costs and fee proposals stay in Entente.\n"
                  "1 scenario stays in Entente.\nThe rounds of notes stay in Entente.\n"
                  "1 request to the client goes without its reminders and what silence means.\n1 status link stays in Entente.\n"
                  "2 older baselines do not fit: a file holds eleven.\n"
                  "1 baseline entry belongs to a task that is gone.\n"
                  "1 text is longer than Microsoft Project's fields and was cut.\n");
    const Whole back = read_back(out->xml);
    REQUIRE(back.project.baselines.size() == 11);
    CHECK(back.project.baselines.front().name == "B2");
    CHECK(back.project.client == std::string(255, 'c'));
}

TEST_CASE("mspdi out: lengths at best and at worst come back where they still fit") {
    plan::Project project;
    project.calendars.push_back(plan::standard_calendar(CalendarId{1}, "Standard"));
    project.calendar = CalendarId{1};
    project.start = at_minute(*parse_iso_day("2026-03-02"), 9 * 60);
    plan::Task task;
    task.id = TaskId{2};
    task.code = "1";
    task.name = "Grade";
    task.duration_minutes = 960;
    task.estimate = plan::Estimate{480, 1441};
    project.tasks.push_back(task);
    const auto out = plan_to_mspdi(project, {});
    REQUIRE(out.has_value());
    CHECK(out->left_out.empty());
    CHECK(read_back(out->xml).project.tasks[0].estimate == plan::Estimate{480, 1441});
    // Microsoft Project made it longer than its worst: what no longer holds is left out and said.
    std::string longer = out->xml;
    const std::string length = "<Duration>PT16H0M0S</Duration>";
    REQUIRE(longer.find(length) != std::string::npos);
    longer.replace(longer.find(length), length.size(), "<Duration>PT40H0M0S</Duration>");
    const auto read = read_mspdi(bytes_of(longer), {}, {}, test::counter());
    REQUIRE(read.has_value());
    CHECK_FALSE(read->project.tasks[0].estimate.has_value());
    CHECK(test::problems(*read) == "0 note: The best and worst length of \u201CGrade\u201D no longer fit its length and are left out.\n");
}

TEST_CASE("mspdi out: a file that lost our fields is still the plan Microsoft Project would make of it") {
    const Whole whole = random_plan(5);
    std::string xml = plan_to_mspdi(whole.project, whole.roles)->xml;
    for (std::size_t at = xml.find("Entente facts"); at != std::string::npos; at = xml.find("Entente facts", at)) xml[at] = 'X';
    std::uint64_t ids = 1'000;
    const auto imported = read_mspdi(bytes_of(xml), {}, {}, [&] { return ++ids; });
    REQUIRE(imported.has_value());
    CHECK(imported->project.tasks.size() == whole.project.tasks.size());
    CHECK(imported->project.links.size() == whole.project.links.size());
    CHECK(imported->project.base_fee_minor == 0);
}
