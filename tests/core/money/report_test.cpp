// Figures by stage and by role: what they are, and that they always add up.
#include "core/rules.hpp"
#include "tests/core/money/money_builder.hpp"

using namespace entente;
using namespace entente::test;
using namespace entente::money;

namespace {

Figures sum(const std::vector<Figures>& parts) {
    Figures out;
    for (const Figures& one : parts) {
        out.budget_minor += one.budget_minor;
        out.actual_minor += one.actual_minor;
        out.committed_minor += one.committed_minor;
        out.remaining_minor += one.remaining_minor;
        out.forecast_minor += one.forecast_minor;
        out.variance_minor += one.variance_minor;
    }
    return out;
}

template <class Row>
Figures sum_of(const std::vector<Row>& rows) {
    std::vector<Figures> parts;
    for (const Row& row : rows) parts.push_back(row.figures);
    return sum(parts);
}

void check_adds_up(const Model& model, const plan::Project& project) {
    const auto made = report(model, project);
    REQUIRE(made);
    Figures total = sum_of(made->cells);
    CHECK(sum_of(made->stages) == total);
    CHECK(sum_of(made->roles) == total);
    total.budget_minor += made->changes_budget_minor;
    total.variance_minor += made->changes_budget_minor;
    CHECK(made->total == total);
    CHECK(total.variance_minor == total.budget_minor - total.forecast_minor);
    for (const Cell& one : made->cells) {
        CHECK(one.figures.variance_minor == one.figures.budget_minor - one.figures.forecast_minor);
        CHECK(one.figures.forecast_minor >= one.figures.actual_minor);
        if (!one.overridden) {
            CHECK(one.figures.forecast_minor ==
                  one.figures.actual_minor + one.figures.committed_minor + one.figures.remaining_minor);
        }
    }
    CHECK(made->contract_minor == made->base_fee_minor + made->agreed_changes_minor);
    CHECK(made->at_forecast.minor == made->contract_minor - made->total.forecast_minor);
    if (made->at_budget) CHECK(made->at_budget->minor == made->contract_minor - made->total.budget_minor);
}

Cost random_cost(Dice& dice, std::uint64_t id, const std::vector<std::string>& stages) {
    Cost cost;
    cost.id = CostId{id};
    cost.day = *day_from(2026, 3, 1) + static_cast<int>(dice.upto(60));
    cost.stage = dice.of(stages);
    cost.label = "Something";
    if (dice.chance(2)) {
        cost.role = dice.chance(2) ? kEditor : kMixer;
        cost.minutes = 1 + dice.upto(100'000);
    } else {
        cost.amount_minor = dice.upto(9'999'999) - 1'000'000;
        if (cost.amount_minor == 0) cost.amount_minor = 1;
    }
    return cost;
}

money::Command random_command(Dice& dice, const Session& session, std::uint64_t& id) {
    const std::vector<std::string> stages = {"", "Edit", "Sound", "Grade"};
    const plan::Project& project = project_of(session);
    const Day day = *day_from(2026, 3, 1) + static_cast<int>(dice.upto(60));
    switch (dice.upto(6)) {
        case 0: return *budget_from_plan(session.model(), project, [&id] { return id++; });
        case 1:
            return PutBudgetLine{
                kProject, {BudgetLineId{id++}, dice.of(stages), {}, "Hire", 0, 0, dice.upto(5'000'000)}, {}};
        case 2:
            return PutBudgetLine{kProject,
                                 {BudgetLineId{id++}, dice.of(stages), dice.chance(2) ? kEditor : kMixer,
                                  "Hours", dice.upto(100'000), dice.upto(20'000), 0},
                                 {}};
        case 3:
            return PutCommitment{
                kProject,
                {CommitmentId{id++}, dice.of(stages), "Order", day, 1 + dice.upto(2'000'000), dice.chance(4)},
                {}};
        case 4: {
            const RoleId role = dice.chance(3) ? RoleId{} : dice.chance(2) ? kEditor : kMixer;
            return SetForecast{kProject,
                               {dice.of(stages), role, dice.upto(3'000'000), "Because", "Head of post", day}};
        }
        case 5:
            if (!book_of(session).costs.empty() && dice.chance(2)) {
                Cost back = reversal_of(dice.of(book_of(session).costs));
                back.id = CostId{id++};
                return RecordCost{kProject, back};
            }
            [[fallthrough]];
        default: {
            Cost cost = random_cost(dice, id++, stages);
            if (cost.role) cost = *time_entry(session.model(), project, cost);
            return RecordCost{kProject, cost};
        }
    }
}

}  // namespace

TEST_CASE("figures by hand: budget from the plan, hours spent, work done, a change since") {
    Session session = money_session();
    std::uint64_t next = 620;
    const auto taken = budget_from_plan(session.model(), project_of(session), [&next] { return next++; });
    REQUIRE(taken);
    REQUIRE(taken->lines.size() == 3);  // editor on the edit; mixer and half an editor on the sound
    CHECK(taken->lines[0].minutes == 10 * 480);
    CHECK(taken->lines[1].minutes == 5 * 480);
    CHECK(taken->lines[2].minutes == 5 * 240);
    REQUIRE(done(session, *taken));
    auto made = report(session.model(), project_of(session));
    REQUIRE(made);
    CHECK(made->total.budget_minor == 80 * 40'00 + 40 * 55'00 + 20 * 40'00);
    CHECK(made->total.forecast_minor == made->total.budget_minor);
    CHECK(made->total.variance_minor == 0);
    CHECK(made->at_budget == Margin{10'000'00 - 6'200'00, 3800});
    CHECK(made->at_forecast == Margin{3'800'00, 3800});
    // Half of the edit is done, and took 50 hours instead of 40.
    REQUIRE(
        session.submit(plan::Command{plan::SetProgress{kProject, TaskId{11}, 50, std::nullopt, std::nullopt}},
                       Instant{9000}));
    Cost cost;
    cost.id = CostId{670};
    cost.day = *day_from(2026, 3, 9);
    cost.stage = "Edit";
    cost.role = kEditor;
    cost.task = TaskId{11};
    cost.minutes = 50 * 60;
    REQUIRE(done(session, RecordCost{kProject, *time_entry(session.model(), project_of(session), cost)}));
    made = report(session.model(), project_of(session));
    REQUIRE(made);
    CHECK(made->stages[0].stage == "Edit");
    CHECK(made->stages[0].figures == Figures{3'200'00, 2'000'00, 0, 1'600'00, 3'600'00, -400'00});
    CHECK(made->roles[0].role == kEditor);
    CHECK(made->roles[0].figures.actual_minor == 2'000'00);
    CHECK(made->at_forecast == Margin{3'400'00, 3400});
    check_adds_up(session.model(), project_of(session));
}

TEST_CASE("a person's forecast stands in the place of the computed one, but never below what is spent") {
    Session session = money_session();
    Cost cost;
    cost.id = CostId{670};
    cost.day = *day_from(2026, 3, 9);
    cost.stage = "Edit";
    cost.role = kEditor;
    cost.minutes = 600;
    REQUIRE(done(session, RecordCost{kProject, *time_entry(session.model(), project_of(session), cost)}));
    REQUIRE(
        done(session,
             SetForecast{kProject, {"Edit", kEditor, 4'000'00, "A harder film", "Head of post", cost.day}}));
    auto made = report(session.model(), project_of(session));
    CHECK(made->cells[0].overridden);
    CHECK(made->cells[0].figures.forecast_minor == 4'000'00);
    REQUIRE(done(session,
                 SetForecast{kProject, {"Edit", kEditor, 1'00, "Nothing more", "Head of post", cost.day}}));
    made = report(session.model(), project_of(session));
    CHECK(made->cells[0].figures.forecast_minor == 400'00);
    CHECK(refusal(session, SetForecast{kProject, {"Edit", kEditor, 1'00, " ", "Head of post", cost.day}}) ==
          "Say why it will come to this.");
    check_adds_up(session.model(), project_of(session));
}

TEST_CASE("nothing at all is a report of nothing") {
    const Session session = small_session();
    plan::Project project = project_of(session);
    project.tasks.clear();
    project.base_fee_minor = 0;
    const auto made = report(session.model(), project);
    REQUIRE(made);
    CHECK(made->cells.empty());
    CHECK(made->total == Figures{});
    CHECK_FALSE(made->at_budget);
    CHECK(made->at_forecast == Margin{0, std::nullopt});
}

TEST_CASE("random books: every table's total is the sum of its rows, and every step goes back") {
    int done_count = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Dice dice(seed);
        Session session = money_session();
        std::uint64_t id = 100'000;
        for (int i = 0; i < 60; ++i) {
            const Model before = session.model();
            money::Command command = random_command(dice, session, id);
            if (!session.submit(entente::Command{std::move(command)}, Instant{9000 + i})) continue;
            ++done_count;
            if (dice.chance(4)) {
                const Model after = session.model();
                REQUIRE(session.undo(Instant{9000 + i}));
                CHECK(session.model() == before);
                REQUIRE(session.redo(Instant{9000 + i}));
                CHECK(session.model() == after);
            }
            check_adds_up(session.model(), project_of(session));
        }
        CHECK(check_book(project_of(session)));
    }
    CHECK(done_count > 1500);
}

TEST_CASE("random proposals add up to the penny, whatever the percentages") {
    Dice dice(7);
    for (int round = 0; round < 20'000; ++round) {
        Proposal version;
        version.id = ProposalId{700};
        version.number = 1;
        version.basis = dice.chance(2) ? Basis::Cost : Basis::Sold;
        for (std::int64_t i = dice.upto(12); i > 0; --i) {
            ProposalLine line = dice.chance(3) ? fixed_line(710, dice.upto(1'000'000))
                                               : work_line(710, 0, dice.upto(30'000));
            line.id.n += static_cast<std::uint64_t>(i);
            if (line.kind == LineKind::Work) {
                line.minutes = dice.upto(10'000);
                line.people = static_cast<std::int32_t>(1 + dice.upto(5));
                line.cost_minor = dice.upto(20'000);
            }
            version.lines.push_back(line);
        }
        if (version.basis == Basis::Cost) {
            version.overhead_basis_points = dice.upto(4'000);
            version.profit_basis_points = dice.upto(4'000);
        }
        version.contingency_basis_points = dice.upto(2'000);
        version.vat_basis_points = dice.upto(2'500);
        version.contingency_shown = dice.chance(2);
        auto priced = price(version);
        REQUIRE(priced);
        version.goodwill.amount_minor = dice.upto(priced->net_minor);
        priced = price(version);
        REQUIRE(priced);
        // A contingency the client does not read stands inside the lines; where there is nothing to stand in, it is nothing.
        const std::int64_t inside = version.contingency_shown ? 0 : priced->contingency_minor;
        std::int64_t lines = 0, shown = 0;
        for (const std::int64_t one : priced->lines) lines += one;
        for (std::size_t i = 0; i < priced->shown.size(); ++i) {
            shown += priced->shown[i];
            CHECK(priced->shown[i] >= priced->lines[i]);
            // Nobody's share is more than a penny away from the exact one.
            if (priced->subtotal_minor > 0) {
                __extension__ using Wide = __int128;
                const Wide exact = static_cast<Wide>(priced->lines[i]) *
                                   (priced->overhead_minor + priced->profit_minor + inside);
                const Wide share = static_cast<Wide>(priced->shown[i] - priced->lines[i]) *
                                   priced->subtotal_minor;
                const Wide off = exact > share ? exact - share : share - exact;
                CHECK(off < priced->subtotal_minor);
            }
        }
        CHECK(lines == priced->subtotal_minor);
        CHECK(shown == priced->subtotal_minor + priced->overhead_minor + priced->profit_minor + inside);
        CHECK(shown + priced->contingency_minor - inside - priced->goodwill_minor == priced->net_minor);
        CHECK(priced->net_minor + priced->vat_minor == priced->gross_minor);
    }
}

namespace {

// A change is asked for, agreed or taken back; `agreed` is what is agreed then.
void change_turn(Session& session, Dice& dice, std::uint64_t& id, std::map<ChangeId, std::int64_t>& agreed) {
    const auto& changes = project_of(session).changes;
    const auto turn = dice.upto(3);
    if (turn == 0) {
        change::Change asked;
        asked.id = ChangeId{id++};
        asked.number = static_cast<std::int32_t>(changes.size()) + 1;
        asked.request = "More";
        REQUIRE(session.submit(change::Command{change::PutChange{kProject, asked}}, Instant{9000}));
    } else if (turn == 1 && !changes.empty()) {
        change::Outcome outcome;
        outcome.by = "Producer";
        outcome.text = "Yes";
        outcome.charge_minor = dice.upto(1'000'000) - 200'000;
        outcome.baseline = BaselineId{id++};
        const ChangeId which = dice.of(changes).id;
        const plan::Baseline baseline{outcome.baseline, "B", which, {}, {}};
        if (session.submit(change::Command{change::Agree{kProject, which, outcome, baseline}}, Instant{9000}))
            agreed[which] = outcome.charge_minor;
    } else if (!changes.empty()) {
        const ChangeId which = dice.of(changes).id;
        if (session.submit(change::Command{change::TakeBack{kProject, which}}, Instant{9000})) agreed.erase(which);
    }
}

}  // namespace

TEST_CASE(
    "contract value is the sum of what was agreed, always: random proposals, changes and their taking back") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Dice dice(seed);
        Session session = money_session();
        std::uint64_t id = 100'000;
        std::int64_t fee = project_of(session).base_fee_minor;
        std::map<ChangeId, std::int64_t> agreed;
        for (int i = 0; i < 50; ++i) {
            const auto& versions = book_of(session).proposals;
            switch (dice.upto(6)) {
                case 0: {
                    Proposal next = next_version(session.model(), project_of(session), ProposalId{id++});
                    next.lines = {work_line(id++, 1 + dice.upto(200), dice.upto(20'000)),
                                  fixed_line(id++, dice.upto(500'000))};
                    (void)done(session, PutProposal{kProject, next});
                    break;
                }
                case 1:
                    if (!versions.empty())
                        (void)done(session, SendProposal{kProject, versions.back().id, step(State::Sent)});
                    break;
                case 2:
                    if (!versions.empty()) {
                        const auto priced = price(versions.back());
                        if (session.submit(accept(session, versions.back().id), Instant{9000}))
                            fee = priced->net_minor;
                    }
                    break;
                case 3:
                    if (!versions.empty()) {
                        const bool accepted_one = state_of(versions.back()) == State::Accepted;
                        const std::int64_t before = accepted_one
                                                        ? versions.back().steps.back().fee_before_minor
                                                        : fee;
                        if (done(session, TakeBackStep{kProject, versions.back().id})) fee = before;
                    }
                    break;
                default: change_turn(session, dice, id, agreed);
            }
            std::int64_t expected = fee;
            for (const auto& [change, charge] : agreed) expected += charge;
            CHECK(change::contract_value_minor(project_of(session)) == expected);
            const auto made = report(session.model(), project_of(session));
            REQUIRE(made);
            CHECK(made->contract_minor == expected);
            CHECK(project_of(session).base_fee_minor == fee);
        }
    }
}
