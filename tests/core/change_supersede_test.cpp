// Nothing agreed is edited: it is superseded by a change that names it, and stays on record.
#include <doctest.h>

#include <random>

#include "core/change/parts.hpp"
#include "core/change/rounds.hpp"
#include "core/change/scenario.hpp"
#include "core/money/query.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::change;
using test::kDay;
using test::SmallPlan;

namespace {

const SmallPlan kPlan;

struct World {
    Session session = test::small_session();
    std::int64_t now = 10'000;

    const plan::Project& project() const { return session.model().projects[0]; }
    const Change& of(ChangeId id) const { return *find_change(project(), id); }
    bool run(entente::Command command) { return session.submit(std::move(command), Instant{++now}).has_value(); }
    std::string refusal(const entente::Command& command) const {
        const auto allowed = session.can(command);
        return allowed ? std::string() : std::string(allowed.error().what.id);
    }

    Change request(std::vector<PlanEdit> edits) {
        Change change;
        change.id = session.new_id<ChangeId>();
        change.number = next_number(project());
        change.request = "More";
        change.kind = Kind::Extra;
        change.asked_on = *day_from(2026, 3, 3);
        change.edits = std::move(edits);
        return change;
    }
    AddWork added(const char* name, std::int64_t days) {
        AddWork add;
        add.work.id = session.new_id<TaskId>();
        add.work.name = name;
        add.work.stage = "Stage";
        add.work.duration_minutes = days * kDay;
        add.work.assignments = {{kPlan.editor, 1000, std::nullopt}};
        plan::Link in, out;
        in.id = session.new_id<LinkId>();
        out.id = session.new_id<LinkId>();
        in.from = kPlan.edit;
        in.to = out.from = add.work.id;
        out.to = kPlan.lock;
        add.links = {in, out};
        return add;
    }
    // The command that agrees to it at its computed price.
    Agree agreeing(const Change& change) {
        const auto computed = impact(session.model(), project(), change);
        REQUIRE(computed);
        Outcome outcome{"Producer", *day_from(2026, 3, 4), "As said.", computed->charge_minor, computed->internal_minor,
                        session.new_id<BaselineId>()};
        return {kPlan.project, change.id, outcome, {outcome.baseline, "Agreed", change.id, outcome.on, {}}, {}};
    }
    ChangeId agree(Change change) {
        REQUIRE(run(change::Command{PutChange{kPlan.project, change}}));
        REQUIRE(run(change::Command{agreeing(change)}));
        return change.id;
    }
    Change newer(ChangeId old) {
        const ChangeId id = session.new_id<ChangeId>();
        return superseding(project(), of(old), id, *day_from(2026, 3, 9), [this] { return session.new_id<LinkId>().n; });
    }
    std::int64_t edit_minutes() const { return find_task(project(), kPlan.edit)->duration_minutes; }
};

bool says(const std::vector<Message>& sentences, std::string_view id) {
    for (const Message& one : sentences) {
        if (one.id == id) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("the newer one takes the older one's place in the plan, the contract and the words") {
    World world;
    const ChangeId old = world.agree(world.request({Lengthen{kPlan.edit, 5 * kDay}, world.added("Titles", 2)}));
    CHECK(world.edit_minutes() == 15 * kDay);
    CHECK(contract_value_minor(world.project()) == 10'000'00 + 56 * 75'00);
    const Change kept = world.of(old);

    Change change = world.newer(old);
    CHECK(change.supersedes == old);
    CHECK(change.edits.size() == 2);
    CHECK(std::get<AddWork>(change.edits[1]).work.id != std::get<AddWork>(kept.edits[1]).work.id);
    change.edits = {Lengthen{kPlan.edit, 3 * kDay}};
    const auto computed = impact(world.session.model(), world.project(), change);
    REQUIRE(computed);
    CHECK(computed->charge_minor == 24 * 75'00);
    CHECK(computed->replaced == old);
    CHECK(computed->replaced_minor == 56 * 75'00);
    CHECK(computed->contract_after_minor == 10'000'00 + 24 * 75'00);
    CHECK(computed->promises[0].moved_days == -4);  // seven days more before, three now
    const auto words = statement(world.project(), change, *computed);
    CHECK(says(words, "It takes the place of {0}, agreed on {1}."));
    CHECK(says(words, "The contract falls by {0}."));

    world.agree(change);
    CHECK(world.edit_minutes() == 13 * kDay);
    CHECK(world.project().tasks.size() == 4);
    CHECK(contract_value_minor(world.project()) == 10'000'00 + 24 * 75'00);
    CHECK(world.of(old) == kept);  // what was agreed stands as it was agreed
    REQUIRE(superseded_by(world.project(), kept));
    CHECK(superseded_by(world.project(), kept)->id == change.id);
}

TEST_CASE("only what was agreed and stands is superseded, and then it is not taken back by itself") {
    World world;
    const Change open = world.request({Lengthen{kPlan.edit, kDay}});
    REQUIRE(world.run(change::Command{PutChange{kPlan.project, open}}));
    Change change = world.request({Lengthen{kPlan.edit, 2 * kDay}});
    change.supersedes = open.id;
    CHECK(world.refusal(change::Command{PutChange{kPlan.project, change}}) == "Only what was agreed can be superseded.");
    change.supersedes = ChangeId{4711};
    CHECK(world.refusal(change::Command{PutChange{kPlan.project, change}}) == "Only what was agreed can be superseded.");

    REQUIRE(world.run(change::Command{world.agreeing(open)}));
    Change first = world.newer(open.id), second = world.newer(open.id);
    REQUIRE(world.run(change::Command{PutChange{kPlan.project, first}}));
    second.number = next_number(world.project());
    REQUIRE(world.run(change::Command{PutChange{kPlan.project, second}}));
    CHECK(world.refusal(change::Command{TakeBack{kPlan.project, open.id}}) == "{0} is to take its place.");
    REQUIRE(world.run(change::Command{world.agreeing(first)}));
    CHECK(world.refusal(change::Command{TakeBack{kPlan.project, open.id}}) == "A later agreement builds on this one.");
    CHECK(world.refusal(change::Command{world.agreeing(second)}) == "{0} was superseded by {1}.");
    // The newer one can be superseded in its turn.
    const ChangeId third = world.agree(world.newer(first.id));
    CHECK(contract_value_minor(world.project()) == 10'000'00 + 8 * 75'00);
    CHECK(world.edit_minutes() == 11 * kDay);
    REQUIRE(world.run(change::Command{TakeBack{kPlan.project, third}}));
    CHECK(superseded_by(world.project(), world.of(first.id)) == nullptr);
    CHECK(contract_value_minor(world.project()) == 10'000'00 + 8 * 75'00);
    CHECK(world.edit_minutes() == 11 * kDay);
}

TEST_CASE("the way back is exact, whatever was done to the plan in between") {
    World world;
    const ChangeId old = world.agree(world.request({world.added("Titles", 2), Lengthen{kPlan.edit, kDay}}));
    const TaskId titles = std::get<AddWork>(world.of(old).edits[0]).work.id;
    // What a person did to it since: another name, a link behind its own, and work begun.
    REQUIRE(world.run(plan::Command{plan::RenameTask{kPlan.project, titles, "Title design"}}));
    plan::Link late;
    late.id = world.session.new_id<LinkId>();
    late.from = kPlan.edit;
    late.to = kPlan.sound;
    REQUIRE(world.run(plan::Command{plan::AddLink{kPlan.project, late, {}}}));
    Change change = world.newer(old);
    change.edits = {Lengthen{kPlan.edit, 4 * kDay}};
    REQUIRE(world.run(change::Command{PutChange{kPlan.project, change}}));
    const Model before = world.session.model();
    REQUIRE(world.run(change::Command{world.agreeing(change)}));
    const Model after = world.session.model();
    REQUIRE(world.session.undo(Instant{++world.now}));
    CHECK(world.session.model() == before);
    CHECK(find_task(world.project(), titles)->name == "Title design");
    REQUIRE(world.session.redo(Instant{++world.now}));
    CHECK(world.session.model() == after);
    REQUIRE(world.run(change::Command{TakeBack{kPlan.project, change.id}}));
    CHECK(find_task(world.project(), titles)->name == "Titles");  // a person takes it back: what was agreed stands again
    REQUIRE(world.session.undo(Instant{++world.now}));
    CHECK(world.session.model() == after);
}

TEST_CASE("a way back that is not this plan's is refused") {
    World world;
    const ChangeId id = world.agree(world.request({Lengthen{kPlan.edit, kDay}}));
    PlanPatch patch;
    patch.tasks = {{0, *find_task(world.project(), kPlan.sound)}};
    patch.tasks[0].task.id = TaskId{kPlan.calendar.n};  // an id that is something else
    CHECK(world.refusal(change::Command{TakeBack{kPlan.project, id, patch}}) == "This id is already in use.");
    patch.tasks.clear();
    patch.tasks_out = {kPlan.edit};  // its links would lead nowhere
    CHECK_FALSE(world.refusal(change::Command{TakeBack{kPlan.project, id, patch}}).empty());
    patch.tasks_out.clear();
    patch.links = {plan::Link{}};
    CHECK(world.refusal(change::Command{TakeBack{kPlan.project, id, patch}}) == "This way back does not fit the plan.");
}

TEST_CASE("goodwill, the budget and the rounds count what stands") {
    World world;
    Change change = world.request({Lengthen{kPlan.edit, kDay}});
    change.asks_round = RoundsId{1234};
    REQUIRE(world.run(change::Command{PutChange{kPlan.project, change}}));
    Agree agreed = world.agreeing(change);
    agreed.outcome.charge_minor = 0;
    agreed.outcome.goodwill_minor = 600'00;
    agreed.outcome.allowed_by = "Head of post";
    REQUIRE(world.run(change::Command{Absorb{kPlan.project, change.id, agreed.outcome, agreed.baseline, {}}}));
    CHECK(goodwill_minor(world.project()) == 600'00);
    const Change next = world.newer(change.id);
    CHECK(next.asks_round == RoundsId{1234});
    world.agree(next);
    CHECK(goodwill_minor(world.project()) == 0);
    CHECK(contract_value_minor(world.project()) == 10'000'00 + 8 * 75'00);

    std::uint64_t id = 90'000;
    const auto budget = money::budget_from_plan(world.session.model(), world.project(), [&] { return ++id; });
    REQUIRE(budget);
    CHECK(budget->includes == std::vector<ChangeId>{next.id});
    REQUIRE(world.run(money::Command{*budget}));
    Change third = world.newer(next.id);
    third.edits = {Lengthen{kPlan.edit, 3 * kDay}};
    world.agree(third);
    const auto sheet = money::report(world.session.model(), world.project());
    REQUIRE(sheet);
    CHECK(sheet->changes_budget_minor == (24 - 8) * 40'00);
}

TEST_CASE("contract value is the fee and what stands, through random agreements, whichever way they go") {
    std::mt19937 random(20'261'122);
    for (int round = 0; round < 40; ++round) {
        World world;
        for (int step = 0; step < 25; ++step) {
            const auto& changes = world.project().changes;
            const Change* some = changes.empty() ? nullptr : &changes[random() % changes.size()];
            const Model before = world.session.model();
            bool done = false;
            switch (random() % 5) {
                case 0: done = world.run(change::Command{PutChange{kPlan.project, world.request({Lengthen{kPlan.edit, kDay}})}}); break;
                case 1: done = world.run(change::Command{PutChange{kPlan.project, world.request({world.added("More", 1)})}}); break;
                case 2:
                    if (some && is_done(some->state)) done = world.run(change::Command{PutChange{kPlan.project, world.newer(some->id)}});
                    break;
                case 3:
                    if (some && some->state == State::Open) done = world.run(change::Command{world.agreeing(*some)});
                    break;
                default:
                    if (some) done = world.run(change::Command{TakeBack{kPlan.project, some->id}});
            }
            if (!done) continue;
            const Model after = world.session.model();
            REQUIRE(world.session.undo(Instant{++world.now}));
            REQUIRE(world.session.model() == before);
            REQUIRE(world.session.redo(Instant{++world.now}));
            REQUIRE(world.session.model() == after);
            std::int64_t sum = world.project().base_fee_minor;
            for (const Change& one : world.project().changes) {
                const bool replaced = std::any_of(world.project().changes.begin(), world.project().changes.end(), [&](const Change& other) {
                    return other.supersedes == one.id && is_done(other.state);
                });
                if (one.state == State::Agreed && !replaced) sum += one.outcome.charge_minor;
            }
            REQUIRE(contract_value_minor(world.project()) == sum);
        }
    }
}
