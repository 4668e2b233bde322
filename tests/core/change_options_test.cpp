// The ways to answer a request, against figures worked out by hand on the small plan: edit 2-13 March (an editor, 75.00 an hour),
// lock on the 13th, sound 16-20 March, delivery promised for Fri 20 March.
#include <doctest.h>

#include "core/change/options.hpp"
#include "core/plan/query.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::change;
using entente::test::kDay;
using entente::test::small_session;
using entente::test::SmallPlan;

namespace {

const SmallPlan kPlan;
const OptionWords kWords{"Later version", "Evened out"};

// The small plan with a mixer at 100.00 an hour on the sound, and the house's terms as they come.
Model small_model() {
    Model model = small_session().model();
    model.house.roles.push_back({RoleId{32}, "Mixer", 60'00, 100'00});
    by_id(model.projects[0].tasks, kPlan.sound)->assignments.push_back({RoleId{32}, 1000, std::nullopt});
    return model;
}

Change longer_edit(std::int64_t days) {
    Change change;
    change.id = ChangeId{900};
    change.number = 1;
    change.request = "Two more days of editing";
    change.kind = Kind::Extra;
    change.asked_on = *day_from(2026, 3, 4);
    change.edits.push_back(Lengthen{kPlan.edit, days * kDay});
    return change;
}

struct Built {
    Model model = small_model();
    std::uint64_t next = 1000;
    std::vector<Option> options;
    const plan::Project& project() const { return model.projects[0]; }
    void build(const Change& change) {
        auto built = build_options(model, project(), change, kWords, [this] { return ++next; });
        REQUIRE(built);
        options = std::move(*built);
    }
    const Option* of(OptionKind kind) const {
        for (const Option& option : options) {
            if (option.kind == kind) return &option;
        }
        return nullptr;
    }
    Impact impact_of(const Change& change, OptionKind kind) const {
        REQUIRE(of(kind));
        auto computed = impact(model, project(), as_option(change, *of(kind)));
        REQUIRE(computed);
        return std::move(*computed);
    }
};

}  // namespace

TEST_CASE("two more days: moved, held by overtime or a second shift, traded, later, or left") {
    Built built;
    const Change change = longer_edit(2);
    built.build(change);
    CHECK(built.options.front().kind == OptionKind::MoveDates);
    CHECK(built.options.back().kind == OptionKind::Decline);

    const Impact moved = built.impact_of(change, OptionKind::MoveDates);
    CHECK(moved.promises[0].moved_days == 2);
    CHECK(moved.charge_minor == 16 * 75'00);
    CHECK_FALSE(holds_promises(moved));

    // 960 minutes are needed. The editor is the cheaper: of 12 days a fifth can be saved in overtime, 1152 minutes.
    const Impact overtime = built.impact_of(change, OptionKind::Overtime);
    CHECK(overtime.promises[0].moved_days == 0);
    CHECK(holds_promises(overtime));
    CHECK(overtime.charge_minor == 16 * 75'00 + 16 * 37'50);  // what is saved is paid half as much again
    CHECK(premium_minutes(overtime.project_after, built.of(OptionKind::Overtime)->edits) == 960);

    // A second shift loses a fifth to the handover: 1200 paid minutes at 1.33, less the 960 that were paid already.
    const Impact shift = built.impact_of(change, OptionKind::SecondShift);
    CHECK(holds_promises(shift));
    CHECK(shift.charge_minor == 16 * 75'00 + (1200 * 1330 / 1000 - 960) * 75'00 / 60);

    const Impact traded = built.impact_of(change, OptionKind::Trade);
    CHECK(traded.charge_minor == 0);
    CHECK(traded.worth_minor == 0);
    const auto* less = std::get_if<Lengthen>(&built.of(OptionKind::Trade)->edits.back());
    REQUIRE(less);
    CHECK(less->task == kPlan.sound);
    CHECK(less->minutes == -12 * 60);  // 1,200.00 at 100.00 an hour

    const Impact later = built.impact_of(change, OptionKind::LaterVersion);
    CHECK(holds_promises(later));
    CHECK(later.promises[0].moved_days == 0);
    CHECK(later.finish_moved_days == 2);
    CHECK(later.charge_minor == moved.charge_minor);

    Change weighed = change;
    weighed.options = built.options;
    std::vector<std::string_view> alternatives;
    for (const Message& one : option_statement(built.project(), weighed, *built.of(OptionKind::Decline), {}))
        alternatives.push_back(one.id);
    CHECK(alternatives == std::vector<std::string_view>{"We would rather leave this as it is.", "No promised date moves.",
                                                        "It could be done if the dates move.", "It could be done with overtime.",
                                                        "It could be done with a second shift.",
                                                        "It could be done in exchange for other work.",
                                                        "It could be done later, as another version."});
    const Impact declined = built.impact_of(change, OptionKind::Decline);
    CHECK(declined.charge_minor == 0);
    CHECK(declined.finish_moved_days == 0);
}

TEST_CASE("where overtime is not enough it says so, and brings what it can") {
    Built built;
    const Change change = longer_edit(20);
    built.build(change);
    const Impact overtime = built.impact_of(change, OptionKind::Overtime);
    CHECK_FALSE(holds_promises(overtime));
    CHECK(overtime.promises[0].moved_days < 20);
    CHECK(overtime.promises[0].moved_days > 0);
    bool said = false;
    for (const Message& sentence : option_statement(built.project(), change, *built.of(OptionKind::Overtime), overtime)) {
        said = said || sentence.id == "Even so, not every promised date can be held.";
    }
    CHECK(said);
}

TEST_CASE("nobody assigned on the way: the dates cannot be held, and that is said") {
    Built built;
    for (plan::Task& task : built.model.projects[0].tasks) task.assignments.clear();
    const Change change = longer_edit(2);
    built.build(change);
    REQUIRE(built.of(OptionKind::Overtime));
    CHECK(built.of(OptionKind::Overtime)->edits.size() == 1);
    const Impact same = built.impact_of(change, OptionKind::Overtime);
    const auto says = option_statement(built.project(), change, *built.of(OptionKind::Overtime), same);
    CHECK(says.front().id == "It can be done, but overtime cannot hold the dates: nothing on the way to them can be worked longer.");
    CHECK_FALSE(built.of(OptionKind::Trade));  // it is worth nothing
}

TEST_CASE("what breaks no promise needs no overtime") {
    Built built;
    built.model.projects[0].promises[0].promised = *day_from(2026, 4, 3);
    built.build(longer_edit(2));
    CHECK_FALSE(built.of(OptionKind::Overtime));
    CHECK_FALSE(built.of(OptionKind::SecondShift));
    CHECK(built.of(OptionKind::Trade));
}

TEST_CASE("what is ours to fix, or in scope, is worth its price and costs the client nothing") {
    Built built;
    for (const Kind kind : {Kind::OursToFix, Kind::InScope}) {
        Change change = longer_edit(2);
        change.kind = kind;
        const auto computed = impact(built.model, built.project(), change);
        REQUIRE(computed);
        CHECK(computed->worth_minor == 16 * 75'00);
        CHECK(computed->charge_minor == 0);
        CHECK(computed->vat_minor == 0);
        CHECK(computed->contract_after_minor == computed->contract_before_minor);
    }
}

TEST_CASE("work asked for in a late stage costs more, as a line of its own") {
    Built built;
    built.model.house.terms.multipliers = {{"Sound", 1250}};
    Change change = longer_edit(2);
    change.stage = "Sound";
    change.lines.push_back({"Courier", 10'00, 20'00});
    const auto computed = impact(built.model, built.project(), change);
    REQUIRE(computed);
    CHECK(computed->stage_permille == 1250);
    CHECK(computed->worth_minor == 16 * 75'00 + 4 * 75'00 + 20'00);
    CHECK(computed->internal_minor == 16 * 40'00 + 4 * 40'00 + 10'00);
    REQUIRE(computed->lines.size() == 3);
    CHECK(computed->lines[1].stage_surcharge);
    const plan::Schedule schedule = *plan::compute_schedule(built.project());
    CHECK(stage_at(built.project(), schedule, *day_from(2026, 3, 1)).empty());
    CHECK(stage_at(built.project(), schedule, *day_from(2026, 3, 4)) == "Stage");
}

TEST_CASE("an option is agreed, absorbed, parked and taken back, and the plan returns exactly") {
    Session session = small_session();
    Built built;
    Change change = longer_edit(2);
    built.model = session.model();
    built.build(change);
    change.options = built.options;
    REQUIRE(session.submit(change::Command{PutChange{kPlan.project, change}}, Instant{3000}));
    const Model before = session.model();
    Outcome outcome{"The client's producer", *day_from(2026, 3, 5), "Yes.", 1800'00, 900'00, BaselineId{950}};
    outcome.option = built.of(OptionKind::Overtime)->id;
    const plan::Baseline baseline{BaselineId{950}, "Agreed", change.id, *day_from(2026, 3, 5), {}};

    REQUIRE(session.submit(change::Command{Agree{kPlan.project, change.id, outcome, baseline}}, Instant{4000}));
    const plan::Project& project = session.model().projects[0];
    CHECK(find_task(project, kPlan.edit)->duration_minutes == 10 * kDay);  // two days longer, two days saved
    CHECK(contract_value_minor(project) == 11'800'00);
    REQUIRE(session.undo(Instant{5000}));
    CHECK(session.model() == before);

    Outcome given = outcome;
    given.charge_minor = 0;
    given.goodwill_minor = 1800'00;
    CHECK_FALSE(session.can(change::Command{Absorb{kPlan.project, change.id, given, baseline}}));  // nobody allowed it
    given.allowed_by = "Head of post";
    REQUIRE(session.submit(change::Command{Absorb{kPlan.project, change.id, given, baseline}}, Instant{6000}));
    CHECK(goodwill_minor(session.model().projects[0]) == 1800'00);
    CHECK(contract_value_minor(session.model().projects[0]) == 10'000'00);
    REQUIRE(session.submit(change::Command{TakeBack{kPlan.project, change.id}}, Instant{7000}));
    CHECK(session.model() == before);
    REQUIRE(session.undo(Instant{7500}));
    CHECK(goodwill_minor(session.model().projects[0]) == 1800'00);
    REQUIRE(session.redo(Instant{7600}));

    Outcome parked;
    parked.text = "After the screening";
    parked.on = *day_from(2026, 3, 6);
    parked.look_again = *day_from(2026, 3, 16);
    REQUIRE(session.submit(change::Command{Park{kPlan.project, change.id, parked}}, Instant{8000}));
    CHECK_FALSE(session.can(change::Command{PutChange{kPlan.project, change}}));
    REQUIRE(session.undo(Instant{9000}));
    CHECK(session.model() == before);
    Outcome unknown = outcome;
    unknown.option = OptionId{12345};
    CHECK_FALSE(session.can(change::Command{Agree{kPlan.project, change.id, unknown, baseline}}));
}

TEST_CASE("a scenario is kept beside the plan, replaced and dropped without touching it") {
    Session session = small_session();
    const Model before = session.model();
    Scenario scenario{ScenarioId{970}, "Shoot runs over", *day_from(2026, 3, 3), {}};
    Constrain later;
    later.task = kPlan.sound;
    later.constraint = {plan::ConstraintKind::StartNoEarlierThan, at_minute(*day_from(2026, 3, 23), 9 * 60)};
    scenario.edits.push_back(later);
    REQUIRE(session.submit(change::Command{PutScenario{kPlan.project, scenario, {}}}, Instant{3000}));
    CHECK(session.model().projects[0].tasks == before.projects[0].tasks);
    Change as_change;
    as_change.edits = scenario.edits;
    const auto computed = impact(session.model(), session.model().projects[0], as_change);
    REQUIRE(computed);
    CHECK(computed->promises[0].moved_days == 5);
    CHECK(without_edits(computed->project_after, scenario.edits) == session.model().projects[0]);
    REQUIRE(session.submit(change::Command{RemoveScenario{kPlan.project, ScenarioId{970}}}, Instant{4000}));
    CHECK(session.model() == before);
    REQUIRE(session.undo(Instant{5000}));
    CHECK(session.model().projects[0].scenarios.front() == scenario);
    CHECK_FALSE(session.can(change::Command{RemoveScenario{kPlan.project, ScenarioId{971}}}));
    Scenario wrong = scenario;
    wrong.edits = {Lengthen{TaskId{777}, 60}};
    CHECK_FALSE(session.can(change::Command{PutScenario{kPlan.project, wrong, {}}}));
}

TEST_CASE("a trade that gives up too little is no trade, unless the client pays the difference") {
    Built built;
    const Change change = longer_edit(2);  // 1,200.00
    built.build(change);
    Change asked = change;
    asked.options = built.options;
    const OptionId id = built.of(OptionKind::Trade)->id;
    Option& trade = *by_id(asked.options, id);
    const auto refused = [&](std::int64_t charge_minor) {
        Model model = built.model;
        model.projects[0].changes.push_back(asked);
        const Outcome outcome{"Producer", *day_from(2026, 3, 5), "Yes.", charge_minor, 0, BaselineId{950}, id};
        const plan::Baseline baseline{BaselineId{950}, "Agreed", asked.id, outcome.on, {}};
        const auto allowed = check(model, change::Command{Agree{kPlan.project, asked.id, outcome, baseline, {}}});
        return allowed ? std::string() : std::string(allowed.error().what.id);
    };
    CHECK(refused(0).empty());
    std::get<Lengthen>(trade.edits.back()).minutes = -11 * 60;  // an hour less: within an hour's work
    CHECK(refused(0).empty());
    std::get<Lengthen>(trade.edits.back()).minutes = -60;
    CHECK(refused(0) == "This is no even trade: {0} is asked for, {1} is given up.");
    const auto worth = weigh_trade(built.model, built.project(), asked, trade);
    REQUIRE(worth);
    CHECK(worth->asked_minor == 1200'00);
    CHECK(worth->given_minor == 100'00);
    CHECK(refused(1100'00).empty());
    // A line that hides the gap does not close it.
    trade.lines.push_back({"Evened out", 0, -1100'00});
    CHECK_FALSE(refused(0).empty());
    const auto computed = option_impact(built.model, built.project(), *plan::compute_schedule(built.project()), asked, trade);
    REQUIRE(computed);
    bool said = false;
    for (const Message& sentence : option_statement(built.project(), asked, trade, *computed))
        said = said || sentence.id == "What you ask for is worth {0}, what is given up {1}: not an even trade.";
    CHECK(said);
    // Late work is worth more on both sides alike.
    built.model.house.terms.multipliers = {{"Sound", 1500}};
    asked.stage = "Sound";
    const auto late = weigh_trade(built.model, built.project(), asked, trade);
    REQUIRE(late);
    CHECK(late->asked_minor == 1800'00);
    CHECK(late->given_minor == 150'00);
}

// The record holds what was agreed when a trade was not weighed yet: it counts for ever, though nobody may agree to it today.
TEST_CASE("a trade that was agreed before trades were weighed is replayed, not parked") {
    Built built;
    const Change change = longer_edit(2);
    built.build(change);
    Change asked = change;
    asked.options = built.options;
    const OptionId id = built.of(OptionKind::Trade)->id;
    std::get<Lengthen>(by_id(asked.options, id)->edits.back()).minutes = -60;
    const Outcome outcome{"Producer", *day_from(2026, 3, 5), "Yes.", 0, 0, BaselineId{950}, id};
    const plan::Baseline baseline{BaselineId{950}, "Agreed", asked.id, outcome.on, {}};

    Session session(DeviceId{7}, built.model, 0, HybridTime{}, 2000);
    REQUIRE(session.submit(change::Command{PutChange{kPlan.project, asked}}, Instant{1000}));
    const entente::Command agree = change::Command{Agree{kPlan.project, asked.id, outcome, baseline, {}}};
    CHECK_FALSE(session.can(agree));
    CHECK_FALSE(session.submit(agree, Instant{2000}));
    Entry entry;
    entry.device = DeviceId{7};
    entry.sequence = session.sequence() + 1;
    entry.command = agree;
    REQUIRE(session.replay(entry));
    CHECK(session.parked().empty());
    CHECK(find_change(session.model().projects[0], asked.id)->state == State::Agreed);
    // What cannot be done at all is still parked: nobody agrees twice.
    entry.sequence = session.sequence() + 1;
    REQUIRE(session.replay(entry));
    CHECK(session.parked().size() == 1);
}

// "Cost (internal and charge, by stage, with the house's stage multiplier)"; "do it and hold the date (overtime premium)".
TEST_CASE("the price is at the project's own card: what the client agreed to pay, beside what it costs us") {
    Built built;
    built.model.house.terms.multipliers = {{"Sound", 1250}};
    built.model.house.terms.overtime_premium_permille = 1500;
    money::RateCard card{RateCardId{960}, "As agreed", {{kPlan.editor, 44'00, 90'00}}, *day_from(2026, 3, 1), "Producer"};
    built.model.projects[0].money.cards = {card};
    Change change = longer_edit(1);
    change.edits.push_back(Crash{kPlan.sound, CrashMethod::Overtime, 0, 120, 1500});
    change.stage = "Sound";
    change.lines = {{"Room", 30'00, 50'00}};
    const auto computed = impact(built.model, built.project(), change);
    REQUIRE(computed);
    REQUIRE(computed->lines.size() == 4);
    // The editor: eight hours at the rate the client agreed, not the house's 75.00; and at what the hour costs on that card.
    CHECK(computed->lines[0].charge_minor == 8 * 90'00);
    CHECK(computed->lines[0].internal_minor == 8 * 44'00);
    // The mixer is not on the card: the house's rates. Two hours of overtime are paid as three.
    CHECK(computed->lines[1].charge_minor == 3 * 100'00);
    CHECK(computed->lines[1].internal_minor == 3 * 60'00);
    // A quarter more for all the work, none for what was entered by hand.
    CHECK(computed->lines[2].stage_surcharge);
    CHECK(computed->lines[2].charge_minor == (8 * 90'00 + 300'00) / 4);
    CHECK(computed->lines[2].internal_minor == (8 * 44'00 + 180'00) / 4);
    CHECK(computed->lines[3].charge_minor == 50'00);
    CHECK(computed->charge_minor == (8 * 90'00 + 300'00) * 5 / 4 + 50'00);
    CHECK(computed->internal_minor == (8 * 44'00 + 180'00) * 5 / 4 + 30'00);
    // A card that is only being written counts as well: it is this project's, and the house's is not.
    built.model.projects[0].money.cards[0].agreed_on.reset();
    CHECK(impact(built.model, built.project(), change)->charge_minor == computed->charge_minor);
}

TEST_CASE("rounds are counted, and the one beyond needs a change that pays for it") {
    Session session = small_session();
    Rounds rounds{RoundsId{980}, "Picture cut", kPlan.lock, 1, 2 * kDay, {{kPlan.editor, 1000, std::nullopt}}, {}};
    REQUIRE(session.submit(change::Command{PutRounds{kPlan.project, rounds, {}}}, Instant{3000}));
    const RoundUse first{*day_from(2026, 3, 5), "Cut 1", "The client's producer", {}};
    REQUIRE(session.submit(change::Command{UseRound{kPlan.project, rounds.id, first}}, Instant{3100}));
    CHECK_FALSE(session.can(change::Command{UseRound{kPlan.project, rounds.id, first}}));
    CHECK_FALSE(session.can(change::Command{RemoveRounds{kPlan.project, rounds.id}}));

    Change extra = longer_edit(2);
    REQUIRE(session.submit(change::Command{PutChange{kPlan.project, extra}}, Instant{3200}));
    RoundUse second{*day_from(2026, 3, 9), "Cut 2", "The client's producer", extra.id};
    CHECK_FALSE(session.can(change::Command{UseRound{kPlan.project, rounds.id, second}}));  // not agreed yet
    const Outcome outcome{"The client's producer", *day_from(2026, 3, 6), "Yes.", 1200'00, 640'00, BaselineId{950}};
    REQUIRE(session.submit(
        change::Command{Agree{kPlan.project, extra.id, outcome, {BaselineId{950}, "Agreed", extra.id, outcome.on, {}}}}, Instant{3300}));
    REQUIRE(session.submit(change::Command{UseRound{kPlan.project, rounds.id, second}}, Instant{3400}));
    CHECK_FALSE(session.can(change::Command{UseRound{kPlan.project, rounds.id, second}}));  // it has paid for one
    const Model after = session.model();
    REQUIRE(session.undo(Instant{3500}));
    REQUIRE(session.redo(Instant{3600}));
    CHECK(session.model() == after);
}
