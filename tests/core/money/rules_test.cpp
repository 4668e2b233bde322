// What money's commands allow and refuse, and that each is taken back exactly.
#include "core/rules.hpp"
#include "tests/core/money/money_builder.hpp"

using namespace entente;
using namespace entente::test;
using namespace entente::money;

namespace {

Cost hours(std::uint64_t id, std::int64_t minutes) {
    Cost cost;
    cost.id = CostId{id};
    cost.day = *day_from(2026, 3, 4);
    cost.stage = "Edit";
    cost.role = kEditor;
    cost.minutes = minutes;
    cost.label = "Assembly";
    return cost;
}

Cost invoice(std::uint64_t id, std::int64_t minor) {
    Cost cost;
    cost.id = CostId{id};
    cost.day = *day_from(2026, 3, 4);
    cost.stage = "Edit";
    cost.amount_minor = minor;
    cost.label = "Courier";
    return cost;
}

// Submits, and sees that undo gives the model from before and redo the one from after.
void round_trip(Session& session, money::Command command) {
    const Model before = session.model();
    const auto submitted = session.submit(entente::Command{std::move(command)}, Instant{9000});
    REQUIRE_MESSAGE(submitted, (submitted ? "" : std::string(submitted.error().what.id)));
    const Model after = session.model();
    REQUIRE(session.undo(Instant{9001}));
    CHECK(session.model() == before);
    REQUIRE(session.redo(Instant{9002}));
    CHECK(session.model() == after);
}

}  // namespace

TEST_CASE("every command of money is taken back exactly") {
    Session session = money_session();
    round_trip(session, SetDefaults{{1000, 1250, 500}});
    RateCard card{RateCardId{600}, "For this film", {{kEditor, 42'00, 80'00}}, {}, {}};
    round_trip(session, PutRateCard{kProject, card});
    card.rates.push_back({kMixer, 50'00, 90'00});
    round_trip(session, PutRateCard{kProject, card});
    round_trip(session, AgreeRates{kProject, card.id, *day_from(2026, 3, 1), "Producer",
                                   whole_card(session.model(), project_of(session))});
    round_trip(session, PutRateCard{kProject, {RateCardId{601}, "Later", {}, {}, {}}});
    round_trip(session, RemoveRateCard{kProject, RateCardId{601}});
    std::uint64_t next = 620;
    const auto taken = budget_from_plan(session.model(), project_of(session), [&next] { return next++; });
    REQUIRE(taken);
    round_trip(session, *taken);
    round_trip(session, PutBudgetLine{kProject, {BudgetLineId{650}, "Edit", {}, "Drives", 0, 0, 300'00}, 1});
    round_trip(session, RemoveBudgetLine{kProject, BudgetLineId{650}});
    round_trip(session, PutCommitment{kProject,
                                      {CommitmentId{660}, "Edit", "Grading suite", *day_from(2026, 3, 3),
                                       900'00, false},
                                      {}});
    round_trip(
        session,
        PutCommitment{
            kProject, {CommitmentId{661}, "Sound", "Foley stage", *day_from(2026, 3, 3), 400'00, false}, {}});
    round_trip(session, RemoveCommitment{kProject, CommitmentId{660}});
    round_trip(session,
               RecordCost{kProject, *time_entry(session.model(), project_of(session), hours(670, 90))});
    CHECK(book_of(session).costs.back().amount_minor == 63'00);
    round_trip(session, RecordCost{kProject, invoice(671, 25'50)});
    Cost back = reversal_of(book_of(session).costs.front());
    back.id = CostId{672};
    back.label = "Wrong day";
    round_trip(session, RecordCost{kProject, back});
    round_trip(session, TakeBackCost{kProject, CostId{672}});
    round_trip(session, SetForecast{kProject,
                                    {"Edit", kEditor, 5'000'00, "A third assembly", "Head of post",
                                     *day_from(2026, 3, 4)}});
    round_trip(session, SetForecast{kProject,
                                    {"Edit", RoleId{}, 700'00, "Drives are dearer", "Head of post",
                                     *day_from(2026, 3, 4)}});
    round_trip(session,
               SetForecast{kProject,
                           {"Edit", kEditor, 6'000'00, "A fourth", "Head of post", *day_from(2026, 3, 5)}});
    round_trip(session, ClearForecast{kProject, "Edit", RoleId{}});
    round_trip(session, PutProposal{kProject, first_version()});
    round_trip(session, SendProposal{kProject, ProposalId{700}, step(State::Sent)});
    round_trip(session, std::get<money::Command>(accept(session, ProposalId{700})));
    CHECK(project_of(session).base_fee_minor == 8'000'00);
    CHECK(check_book(project_of(session)));
}

TEST_CASE("rates that were agreed stay as they are, whatever becomes of the house's card") {
    Session session = money_session();
    REQUIRE(
        done(session, PutRateCard{kProject, {RateCardId{600}, "Film", {{kEditor, 42'00, 80'00}}, {}, {}}}));
    CHECK(refusal(session, PutRateCard{kProject, {RateCardId{601}, "Second", {}, {}, {}}}) ==
          "The last rate card is still open.");
    REQUIRE(done(session, AgreeRates{kProject, RateCardId{600}, *day_from(2026, 3, 1), "Producer",
                                     whole_card(session.model(), project_of(session))}));
    REQUIRE(
        session.submit(house::Command{house::PutRole{{kMixer, "Mixer", 99'00, 199'00}, {}}}, Instant{9000}));
    CHECK(rate_of(session.model(), project_of(session), kEditor) == Rate{kEditor, 42'00, 80'00});
    CHECK(rate_of(session.model(), project_of(session), kMixer) == Rate{kMixer, 55'00, 98'50});
    CHECK(refusal(session, PutRateCard{kProject, {RateCardId{600}, "Film", {}, {}, {}}}) ==
          "Rates that were agreed are not edited.");
    CHECK(refusal(session, RemoveRateCard{kProject, RateCardId{600}}) ==
          "Rates that were agreed are not edited.");
    // A new card takes its place; roles it does not name follow the house again.
    REQUIRE(
        done(session, PutRateCard{kProject, {RateCardId{601}, "Extras", {{kEditor, 44'00, 90'00}}, {}, {}}}));
    CHECK(rate_of(session.model(), project_of(session), kEditor).charge_per_hour_minor == 90'00);
    CHECK(rate_of(session.model(), project_of(session), kMixer).charge_per_hour_minor == 199'00);
    CHECK(refusal(session, ReopenRates{kProject, RateCardId{600}, {}}) ==
          "A later agreement builds on this one.");
}

TEST_CASE("a cost is a fact: it is reversed whole and once, and never edited") {
    Session session = money_session();
    REQUIRE(done(session,
                 RecordCost{kProject, *time_entry(session.model(), project_of(session), hours(670, 120))}));
    CHECK(refusal(session, RecordCost{kProject, book_of(session).costs[0]}) == "This id is already in use.");
    REQUIRE(done(session, RecordCost{kProject, invoice(671, 10'00)}));
    CHECK(refusal(session, TakeBackCost{kProject, CostId{670}}) == "Only the newest entry can simply go.");
    Cost part = reversal_of(book_of(session).costs[0]);
    part.id = CostId{672};
    part.minutes += 60;
    CHECK(refusal(session, RecordCost{kProject, part}) == "An entry is taken back whole.");
    part = reversal_of(book_of(session).costs[0]);
    part.id = CostId{672};
    REQUIRE(done(session, RecordCost{kProject, part}));
    CHECK(reversed_by(book_of(session), CostId{670})->id == CostId{672});
    part.id = CostId{673};
    CHECK(refusal(session, RecordCost{kProject, part}) == "This entry has been taken back already.");
    part.reverses = CostId{672};
    CHECK(refusal(session, RecordCost{kProject, part}) ==
          "What takes an entry back is not taken back itself.");
    CHECK(report(session.model(), project_of(session))->total.actual_minor == 10'00);
    CHECK(refusal(session, RecordCost{kProject, hours(674, -5)}) ==
          "Hours that were wrong are taken back by reversing their entry.");
    Cost nobody = hours(674, 60);
    nobody.role = RoleId{};
    CHECK(refusal(session, RecordCost{kProject, nobody}) == "Say whose hours these were.");
    nobody.role = RoleId{999};
    CHECK(refusal(session, RecordCost{kProject, nobody}) == "This role is no longer on the rate card.");
}

TEST_CASE("an order counts until it is paid or closed") {
    Session session = money_session();
    REQUIRE(
        done(session,
             PutCommitment{
                 kProject, {CommitmentId{660}, "Edit", "Suite", *day_from(2026, 3, 3), 900'00, false}, {}}));
    const auto committed = [&] {
        return report(session.model(), project_of(session))->total.committed_minor;
    };
    CHECK(committed() == 900'00);
    Cost paid = invoice(671, 350'00);
    paid.commitment = CommitmentId{660};
    REQUIRE(done(session, RecordCost{kProject, paid}));
    CHECK(committed() == 550'00);
    CHECK(report(session.model(), project_of(session))->total.forecast_minor ==
          350'00 + 550'00 + 80 * 40'00 + 40 * 55'00 + 20 * 40'00);
    CHECK(refusal(session, RemoveCommitment{kProject, CommitmentId{660}}) ==
          "Something was paid on this order.");
    paid.id = CostId{672};
    paid.stage = "Sound";
    CHECK(refusal(session, RecordCost{kProject, paid}) == "The order belongs to another stage.");
    REQUIRE(
        done(session,
             PutCommitment{
                 kProject, {CommitmentId{660}, "Edit", "Suite", *day_from(2026, 3, 3), 900'00, true}, {}}));
    CHECK(committed() == 0);
}

TEST_CASE("amounts that are too large are refused with a sentence, wherever they would arise") {
    Session session = money_session();
    CHECK(refusal(session, PutBudgetLine{kProject,
                                         {BudgetLineId{650}, "Edit", kEditor, "x", kMaxMinutes, kMaxMinor, 0},
                                         {}}) == "The amount is too large.");
    CHECK(refusal(session,
                  PutBudgetLine{kProject, {BudgetLineId{650}, "Edit", {}, "x", 0, 0, kMaxMinor + 1}, {}}) ==
          "The amount is too large.");
    Cost huge = invoice(671, kMaxMinor + 1);
    CHECK(refusal(session, RecordCost{kProject, huge}) == "The amount is too large.");
    Proposal version = first_version();
    version.lines = {work_line(710, 500'000, kMaxMinor, 1000)};
    CHECK(refusal(session, PutProposal{kProject, version}) == "The amount is too large.");
    CHECK(price(version).error().code == ErrorCode::Overflow);
    version.lines.clear();
    for (std::uint64_t i = 0; i < 200; ++i) version.lines.push_back(fixed_line(800 + i, kMaxMinor));
    CHECK(refusal(session, PutProposal{kProject, version}) == "The amount is too large.");
    // The plan itself may ask for more than can be paid: the report says so instead of showing a wrong sum.
    REQUIRE(session.submit(house::Command{house::PutRole{{kEditor, "Editor", kMaxMinor, kMaxMinor}, {}}},
                           Instant{9000}));
    plan::Project project = project_of(session);
    project.tasks[0].assignments[0].work_minutes = kMaxMinutes;
    const auto figures = report(session.model(), project);
    REQUIRE_FALSE(figures);
    CHECK(figures.error().code == ErrorCode::Overflow);
    project.tasks[0].assignments[0].work_minutes = INT64_MAX;
    CHECK_FALSE(report(session.model(), project));
    CHECK_FALSE(time_entry(session.model(), project, hours(1, kMaxMinutes * 10)));
}

TEST_CASE("a role that money names stays on the rate card; a project's book comes and goes with it") {
    Session session = money_session();
    REQUIRE(session.submit(plan::Command{plan::SetAssignments{kProject, TaskId{13}, {}}}, Instant{9000}));
    REQUIRE(done(session, RecordCost{kProject, *time_entry(session.model(), project_of(session), [] {
                                         Cost cost = hours(670, 60);
                                         cost.role = kMixer;
                                         return cost;
                                     }())}));
    CHECK_FALSE(session.can(house::Command{house::RemoveRole{kMixer}}));
    const Model before = session.model();
    REQUIRE(session.submit(plan::Command{plan::RemoveProject{kProject, {}}}, Instant{9000}));
    REQUIRE(session.undo(Instant{9001}));
    CHECK(session.model() == before);
    plan::Project broken = project_of(session);
    broken.money.costs.push_back(reversal_of(broken.money.costs[0]));
    broken.money.costs.back().amount_minor += 1;
    CHECK_FALSE(check_book(broken));
}
