// make_status: what a client may see gets in, and nothing else does.
#include <string>

#include <doctest.h>

#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "fixture.hpp"
#include "share/document.hpp"
#include "share/make_status.hpp"

using namespace entente;
using namespace entente::share;

namespace {

// Every internal text holds this word, every internal amount this figure, every text for the client none of them.
const std::string kSecret = "xinternalx";
constexpr std::int64_t kSecretMinor = 987654321;

const Day kStart = *day_from(2026, 3, 2);  // a Monday
const Day kToday = *day_from(2026, 3, 11);

plan::Task task(std::uint64_t id, std::string name, int days, bool visible) {
    plan::Task task;
    task.id = TaskId{id};
    task.name = std::move(name);
    task.stage = visible ? "Edit" : kSecret + " stage";
    task.code = kSecret + " code";
    task.note = kSecret + " note";
    task.kind = days ? plan::TaskKind::Task : plan::TaskKind::Milestone;
    task.duration_minutes = days * 480;
    task.client_visible = visible;
    task.assignments.push_back({RoleId{900}, 1000, {}});
    return task;
}

plan::Link link(std::uint64_t id, std::uint64_t from, std::uint64_t to) {
    plan::Link link;
    link.id = LinkId{id};
    link.from = TaskId{from};
    link.to = TaskId{to};
    return link;
}

change::Change agreed_change() {
    change::Change change;
    change.id = ChangeId{500};
    change.number = 1;
    change.request = "Remove the boom";
    change.asked_by = kSecret + " asked";
    change.asked_on = kStart;
    change.channel = kSecret + " channel";
    change.lines.push_back({kSecret + " line", kSecretMinor, kSecretMinor});
    change.state = change::State::Agreed;
    change.outcome = {"Lead producer", kStart + 7, "Removed in six shots, two days later.", 62000, kSecretMinor, BaselineId{701}};
    return change;
}

plan::Baseline baseline(std::uint64_t id, Day lock, Day internal) {
    plan::Baseline baseline;
    baseline.id = BaselineId{id};
    baseline.name = kSecret + " baseline";
    baseline.rows.push_back({TaskId{13}, at_minute(lock, 540), at_minute(lock, 1020)});
    baseline.rows.push_back({TaskId{12}, at_minute(internal, 540), at_minute(internal, 1020)});
    return baseline;
}

// Fine cut (visible, 5 days) -> choice (client) -> repairs (internal, 5 days) -> picture lock (promised).
Model planted_model() {
    Model model;
    model.house.name = "Harbour Street";
    model.house.calendar = plan::standard_calendar(CalendarId{801}, kSecret + " calendar");
    model.house.roles.push_back({RoleId{900}, kSecret + " role", kSecretMinor, kSecretMinor});
    plan::Project project;
    project.id = ProjectId{1};
    project.name = "The Long Field";
    project.kind = kSecret + " kind";
    project.client = "Quarry Lane";
    project.start = at_minute(kStart, 540);
    project.currency = *currency_from("GBP");
    project.base_fee_minor = 5'000'000;
    project.calendars.push_back(plan::standard_calendar(CalendarId{800}, kSecret + " calendar"));
    project.calendar = CalendarId{800};
    project.tasks = {task(10, "Fine cut", 5, true), task(11, kSecret + " chase the client", 1, true),
                     task(12, kSecret + " repairs", 5, false), task(13, "Picture lock", 0, true),
                     task(14, kSecret + " review", 0, false)};
    project.tasks[0].percent_done = 40;
    project.links = {link(20, 10, 11), link(21, 11, 12), link(22, 12, 13), link(23, 12, 14)};
    project.promises = {{PromiseId{30}, TaskId{13}, kStart + 20, true}, {PromiseId{31}, TaskId{14}, kStart + 21, false}};
    plan::ClientDecision asked{DecisionId{40}, TaskId{11}, plan::ClientPart::Decision, "Director", "Which ending?", {}, "", true};
    plan::ClientDecision hidden{DecisionId{41}, TaskId{12}, plan::ClientPart::Input, kSecret + " owner", kSecret + " question", kStart,
                                kSecret + " answer", false};
    project.decisions = {asked, hidden};
    project.baselines = {baseline(700, kStart + 14, kStart + 10), baseline(701, kStart + 16, kStart + 12)};
    change::Change hidden_change = agreed_change();
    hidden_change.id = ChangeId{501};
    hidden_change.number = 2;
    hidden_change.request = kSecret + " request";
    hidden_change.outcome.text = kSecret + " text";
    hidden_change.outcome.by = kSecret + " by";
    hidden_change.client_visible = false;
    change::Change open = agreed_change();
    open.id = ChangeId{502};
    open.number = 3;
    open.request = "A second ending";
    open.state = change::State::Open;
    open.outcome = {};
    open.decide_by = kToday + 5;
    change::Change declined = agreed_change();
    declined.id = ChangeId{503};
    declined.number = 4;
    declined.request = "In 3D";
    declined.state = change::State::Declined;
    declined.outcome.text = "Not before the premiere.";
    declined.outcome.baseline = {};
    project.changes = {agreed_change(), hidden_change, open, declined};
    project.issued.push_back({ShareId{600}, 3, kSecret + " to", kStart, kStart + 14, false, false, kSecret + " fragment"});
    model.projects.push_back(std::move(project));
    return model;
}

Result<Status> status_of(const Model& model, const StatusOptions& options) {
    const plan::Project& project = model.projects.front();
    const auto schedule = plan::compute_schedule(project);
    REQUIRE(schedule);
    return make_status(model, project, *schedule, options);
}

StatusOptions everything() {
    StatusOptions options;
    options.today = kToday;
    options.contract_value = true;
    return options;
}

}  // namespace

TEST_CASE("no internal word or amount reaches a status") {
    const Model model = planted_model();
    const auto status = status_of(model, everything());
    REQUIRE(status);
    const Document document = encode_document(*status, kToday);
    CHECK_MESSAGE(document.texts.find(kSecret) == std::string::npos, document.texts);
    for (const StatusChange& change : status->changes) CHECK(change.price_minor.value_or(0) != kSecretMinor);
    CHECK(to_json(*status).find(std::to_string(kSecretMinor)) == std::string::npos);
}

TEST_CASE("what a client may see is there") {
    const auto status = status_of(planted_model(), everything());
    REQUIRE(status);
    CHECK(status->house == "Harbour Street");
    CHECK(status->project == "The Long Field");
    CHECK(status->client == "Quarry Lane");
    CHECK(status->contract_value_minor == change::contract_value_minor(planted_model().projects.front()));

    REQUIRE(status->milestones.size() == 1);
    CHECK(status->milestones[0].name == "Picture lock");
    CHECK(status->milestones[0].promised == kStart + 20);
    CHECK(status->milestones[0].was == kStart + 14);

    REQUIRE(status->tasks.size() == 1);
    CHECK(status->tasks[0] == StatusTask{"Fine cut", "Edit", kStart, kStart + 4, 40});

    REQUIRE(status->needs.size() == 1);
    CHECK(status->needs[0].question == "Which ending?");
    CHECK(status->needs[0].owner == "Director");
    CHECK(status->needs[0].by.has_value());
    CHECK(status->needs[0].moves == 0u);

    REQUIRE(status->changes.size() == 3);
    CHECK(status->changes[0].state == ChangeState::Agreed);
    CHECK(status->changes[0].price_minor == 62000);
    CHECK(status->changes[0].moved_days == 2);
    CHECK(status->changes[1].state == ChangeState::Open);
    CHECK(status->changes[1].decide_by == kToday + 5);
    CHECK(!status->changes[1].price_minor);
    CHECK(status->changes[2].effect == "Not before the premiere.");

    REQUIRE(status->agreements.size() == 1);
    CHECK(status->agreements[0] == AgreementNote{"Removed in six shots, two days later.", "Lead producer", kStart + 7});
    CHECK(status->actions.empty());
    CHECK(status->risks.empty());
    CHECK(status->rounds.empty());
}

TEST_CASE("what the house chose not to show stays out") {
    StatusOptions options = everything();
    options.contract_value = false;
    options.change_prices = false;
    const auto bare = status_of(planted_model(), options);
    REQUIRE(bare);
    CHECK(!bare->contract_value_minor);
    for (const StatusChange& change : bare->changes) CHECK(!change.price_minor);
    CHECK(bare->agreements.empty());  // the agreed words may name a price

    options.profile = Profile::Dates;
    const auto dates = status_of(planted_model(), options);
    REQUIRE(dates);
    CHECK(dates->milestones.size() == 1);
    CHECK(dates->needs.size() == 1);
    CHECK(dates->tasks.empty());
    CHECK(dates->changes.empty());
}

TEST_CASE("what was superseded gives way to what took its place") {
    Model model = planted_model();
    plan::Project& project = model.projects.front();
    const auto agreed_before = status_of(model, everything());
    REQUIRE(agreed_before);
    REQUIRE(agreed_before->agreements.size() == 1);
    change::Change newer = agreed_change();
    newer.id = ChangeId{504};
    newer.number = 5;
    newer.supersedes = ChangeId{500};
    newer.outcome.on = kStart + 9;
    newer.outcome.text = "Removed in three shots.";
    newer.outcome.charge_minor = 31000;
    newer.state = change::State::Open;
    project.changes.push_back(newer);
    const auto asked = status_of(model, everything());  // it is only asked for: what was agreed stands
    REQUIRE(asked);
    CHECK(asked->changes.front() == agreed_before->changes.front());
    project.changes.back().state = change::State::Agreed;
    const auto status = status_of(model, everything());
    REQUIRE(status);
    REQUIRE(status->changes.size() == 3);
    CHECK(status->changes.back().number == 5);
    CHECK(status->changes.back().price_minor == 31000);
    CHECK(*status->contract_value_minor == *agreed_before->contract_value_minor - 62000 + 31000);
    REQUIRE(status->agreements.size() == 1);
    CHECK(status->agreements[0].text == "Removed in three shots.");
}

TEST_CASE("what is long past is not shown as recent") {
    StatusOptions options = everything();
    options.today = kToday + 400;
    const auto status = status_of(planted_model(), options);
    REQUIRE(status);
    CHECK(status->agreements.empty());
    CHECK(status->changes.size() == 3);
}

TEST_CASE("hostile texts become texts that a link can hold") {
    Model model = planted_model();
    plan::Project& project = model.projects.front();
    project.name = std::string("Tab\there\x01\x7F null") + '\0' + "\xFF end";
    project.tasks[0].name = "<script>alert(1)</script>\r\n=cmd|' /C calc'!A0";
    project.changes[0].request = std::string(100'000, 'x');
    const auto status = status_of(model, everything());
    REQUIRE(status);
    CHECK(valid(*status));
    CHECK(status->project.find('\t') == std::string::npos);
    CHECK(status->changes[0].request.size() <= kMaxTextBytes);
    const auto link = make_link(*status, link_options());
    if (link) CHECK(open_link(*link, kToday)->status == *status);
}
