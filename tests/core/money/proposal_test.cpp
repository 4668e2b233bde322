// Fee proposals: the price, versions, what a lower one must say, and what accepting does.
#include "tests/core/money/money_builder.hpp"

using namespace entente;
using namespace entente::test;
using namespace entente::money;

namespace {

Session with_sent(Proposal version = first_version()) {
    Session session = money_session();
    REQUIRE(done(session, PutProposal{kProject, version}));
    REQUIRE(done(session, SendProposal{kProject, version.id, step(State::Sent)}));
    return session;
}

Proposal second_version(const Session& session) {
    return next_version(session.model(), project_of(session), ProposalId{701});
}

SendProposal send(ProposalId id) { return {kProject, id, step(State::Sent)}; }

}  // namespace

TEST_CASE("a price by hand: sold rates, and cost with overhead, profit and contingency") {
    Proposal version = first_version();
    auto priced = price(version);
    REQUIRE(priced);
    CHECK(priced->net_minor == 8'000'00);  // 100 h at 75.00 and 500.00
    CHECK(priced->vat_minor == 1'600'00);
    CHECK(priced->gross_minor == 9'600'00);
    CHECK(priced->cost_minor == 4'250'00);
    CHECK(priced->margin == Margin{3'750'00, 4688});  // 46.875 %, away from zero
    version.basis = Basis::Cost;
    version.overhead_basis_points = 1000;
    version.profit_basis_points = 1250;
    version.contingency_basis_points = 500;
    version.goodwill = {20'00, "Head of post", "First film together"};
    priced = price(version);
    REQUIRE(priced);
    CHECK(priced->subtotal_minor == 4'250'00);
    CHECK(priced->overhead_minor == 425'00);
    CHECK(priced->profit_minor == 584'38);       // 584.375
    CHECK(priced->contingency_minor == 262'97);  // 262.969
    CHECK(priced->net_minor == 4'250'00 + 425'00 + 584'38 + 262'97 - 20'00);
    // 262.97 for the unforeseen lies inside the lines: 4,000 and 250 of 4,250 parts of 1,272.35.
    CHECK(priced->shown == std::vector<std::int64_t>{5'197'51, 324'84});
    version.contingency_shown = true;
    const auto beside = price(version);
    REQUIRE(beside);
    CHECK(beside->shown == std::vector<std::int64_t>{4'950'00, 309'38});
    CHECK(beside->net_minor == priced->net_minor);
}

TEST_CASE("halves are rounded away from zero, in rates, percentages and margins alike") {
    CHECK(times_minutes(1, 30) == 1);  // half a penny
    CHECK(times_minutes(-1, 30) == -1);
    CHECK(times_minutes(1, 29) == 0);
    CHECK(times_basis_points(1, 5000) == 1);
    CHECK(times_basis_points(-1, 5000) == -1);
    CHECK(times_basis_points(1, 4999) == 0);
    CHECK(basis_points_of(1, 20'000) == 1);
    CHECK(basis_points_of(-1, 20'000) == -1);
    CHECK(basis_points_of(1, -20'000) == -1);
    CHECK(basis_points_of(1, 20'001) == 0);
    CHECK_FALSE(basis_points_of(1, 0));
    CHECK(basis_points_of(INT64_MAX, INT64_MAX) == 10'000);
    CHECK_FALSE(basis_points_of(INT64_MAX, 1));
    CHECK_FALSE(times_minutes(INT64_MAX, 61));
    CHECK(checked_add(INT64_MAX, 0) == INT64_MAX);
    CHECK_FALSE(checked_add(INT64_MAX, 1));
}

TEST_CASE("a version that was sent is never edited; the next one takes its place") {
    Session session = with_sent();
    CHECK(refusal(session, PutProposal{kProject, first_version()}) ==
          "A proposal that was sent is not edited.");
    CHECK(refusal(session, RemoveProposal{kProject, ProposalId{700}}) ==
          "A proposal that was sent is not edited.");
    Proposal second = second_version(session);
    CHECK(second.number == 2);
    CHECK(second.lines == first_version().lines);
    second.number = 3;
    CHECK(refusal(session, PutProposal{kProject, second}) == "Versions are numbered one after another.");
    second.number = 2;
    second.lines[0].minutes += 600;
    REQUIRE(done(session, PutProposal{kProject, second}));
    CHECK_FALSE(superseded(book_of(session), book_of(session).proposals[0]));
    CHECK(refusal(session, std::get<money::Command>(accept(session, ProposalId{700}))) ==
          "A newer version takes its place.");
    REQUIRE(done(session, send(second.id)));
    CHECK(superseded(book_of(session), book_of(session).proposals[0]));
    CHECK(refusal(session, TakeBackStep{kProject, ProposalId{700}}) == "A newer version takes its place.");
    CHECK(book_of(session).proposals[0].lines == first_version().lines);
    Proposal taken = first_version();
    taken.id = ProposalId{799};
    taken.number = 3;
    taken.lines[0].id = ProposalLineId{31};  // the editor's id
    CHECK_FALSE(refusal(session, PutProposal{kProject, second_version(session)}).empty());
    CHECK(refusal(session, PutProposal{kProject, taken}) == "This id is already in use.");
}

TEST_CASE("a lower price names what leaves the scope, or is goodwill with the person who allowed it") {
    Session session = with_sent();
    Proposal second = second_version(session);
    second.lines[0].sold_minor = 70'00;
    const auto refused = [&](const Proposal& version) {
        Session copy = session;
        REQUIRE(done(copy, PutProposal{kProject, version}));
        return refusal(copy, send(version.id));
    };
    const std::string why = "This version costs {0} less than the one before, and nothing says why.";
    CHECK(refused(second) == why);
    Proposal cut = second;
    cut.cuts = {{ProposalLineId{711}, {}, "Drives"}};  // still there, at the same price
    CHECK(refused(cut) == "\u201C{0}\u201D takes nothing out of the scope.");
    cut.cuts = {{{}, TaskId{9999}, "A task nobody has"}};
    CHECK(refused(cut) == "\u201C{0}\u201D takes nothing out of the scope.");
    cut.lines[0].minutes -= 600;
    cut.cuts = {{ProposalLineId{710}, {}, "Ten hours of the offline"}};
    // Ten hours at 75.00 are worth 750.00; the version costs 1,200.00 less, for its rate fell as well.
    const std::string too_little = "This version costs {0} less than the one before; what leaves the scope is worth {1}.";
    CHECK(refused(cut) == too_little);
    cut.goodwill = {450'00, "Managing director", "A first film"};
    cut.lines[0].sold_minor = 75'00;
    CHECK(refused(cut).empty());
    cut.goodwill = {};
    CHECK(refused(cut).empty());
    cut.lines[0].sold_minor = 74'60;  // 36.00 more, inside a twentieth of the drop
    CHECK(refused(cut).empty());
    cut.lines[0].sold_minor = 74'00;
    CHECK(refused(cut) == too_little);
    cut.lines[0] = first_version().lines[0];
    cut.lines[0].sold_minor = 70'00;
    cut.cuts = {{ProposalLineId{710}, {}, "Only the rate fell"}};
    CHECK(refused(cut) == "\u201C{0}\u201D takes nothing out of the scope.");
    cut.lines.pop_back();
    cut.cuts = {{ProposalLineId{711}, {}, "Drives"}};
    CHECK(refused(cut) == too_little);
    cut.cuts.push_back(cut.cuts[0]);  // twice the same is still once
    CHECK(refused(cut) == too_little);
    cut.cuts = {{{}, TaskId{13}, "Sound"}};  // 40 hours of the mixer, 20 of the editor
    CHECK(refused(cut).empty());
    cut = second;
    cut.basis = Basis::Sold;
    cut.lines.pop_back();
    cut.lines[0].sold_minor = 75'00;
    cut.cuts = {{ProposalLineId{711}, {}, "Drives"}};
    CHECK(refused(cut).empty());
    Proposal given = second;
    given.lines = first_version().lines;
    given.goodwill = {500'00, {}, "A first film"};
    CHECK(refused(given) == "Goodwill needs the person who allowed it.");
    given.goodwill.allowed_by = "Managing director";
    CHECK(refused(given).empty());
    given.lines[0].sold_minor = 74'00;  // lower by more than what was given away
    CHECK(refused(given) == why);
    second.lines[0].sold_minor = 75'01;
    CHECK(refused(second).empty());
}

TEST_CASE("accepting sets the fee in one gesture, and goes back until something builds on it") {
    Session session = with_sent();
    const Model before = session.model();
    money::Step stale = step(State::Accepted, 6);
    CHECK(refusal(session, AnswerProposal{kProject, ProposalId{700}, stale}) ==
          "The project has moved on since this was written.");
    stale.on = *day_from(2026, 3, 4);
    CHECK(refusal(session, AnswerProposal{kProject, ProposalId{700}, stale}) ==
          "The answer cannot come before it was sent.");
    REQUIRE(session.submit(accept(session, ProposalId{700}), Instant{9000}));
    CHECK(project_of(session).base_fee_minor == 8'000'00);
    CHECK(change::contract_value_minor(project_of(session)) == 8'000'00);
    // The fee was agreed: it moves with changes only.
    plan::SetProjectFacts facts{kProject, "Test feature", {}, {}, project_of(session).start, 9'000'00};
    CHECK_FALSE(session.can(plan::Command{facts}));
    CHECK(refusal(session, PutProposal{kProject, second_version(session)}) == "A proposal was accepted.");
    REQUIRE(session.undo(Instant{9001}));
    CHECK(session.model() == before);
    REQUIRE(session.redo(Instant{9002}));

    change::Change asked;
    asked.id = ChangeId{900};
    asked.number = 1;
    asked.request = "A Welsh version";
    asked.lines = {{"Titles", 100'00, 250'00}};
    REQUIRE(session.submit(change::Command{change::PutChange{kProject, asked}}, Instant{9003}));
    change::Outcome outcome;
    outcome.by = "Producer";
    outcome.on = *day_from(2026, 3, 8);
    outcome.text = "Agreed.";
    outcome.charge_minor = 250'00;
    outcome.internal_minor = 100'00;
    outcome.baseline = BaselineId{901};
    plan::Baseline baseline{BaselineId{901}, "CR-001", asked.id, outcome.on, {}};
    REQUIRE(
        session.submit(change::Command{change::Agree{kProject, asked.id, outcome, baseline}}, Instant{9004}));
    CHECK(change::contract_value_minor(project_of(session)) == 8'250'00);
    CHECK(refusal(session, TakeBackStep{kProject, ProposalId{700}}) ==
          "A later agreement builds on this one.");
    REQUIRE(session.submit(change::Command{change::TakeBack{kProject, asked.id}}, Instant{9005}));
    CHECK(refusal(session, TakeBackStep{kProject, ProposalId{700}}).empty());
}

TEST_CASE("declined and withdrawn are recorded with who and when, and a draft cannot be answered") {
    for (const State answer : {State::Declined, State::Withdrawn}) {
        Session session = money_session();
        REQUIRE(done(session, PutProposal{kProject, first_version()}));
        CHECK(refusal(session, AnswerProposal{kProject, ProposalId{700}, step(answer, 7)}) ==
              "Only a proposal that was sent and not answered can be answered.");
        Step nobody = step(State::Sent);
        nobody.who.clear();
        CHECK(refusal(session, SendProposal{kProject, ProposalId{700}, nobody}) == "Write down who sent it.");
        REQUIRE(done(session, send(ProposalId{700})));
        REQUIRE(done(session, AnswerProposal{kProject, ProposalId{700}, step(answer, 7)}));
        CHECK(state_of(book_of(session).proposals[0]) == answer);
        CHECK(book_of(session).proposals[0].steps.back().on == *day_from(2026, 3, 7));
        CHECK(project_of(session).base_fee_minor == 10'000'00);
        CHECK(refusal(session, std::get<money::Command>(accept(session, ProposalId{700}))) ==
              "Only a proposal that was sent and not answered can be answered.");
    }
}

TEST_CASE("a proposal cannot give away more than it asks, hold loose hours, or be sent empty") {
    Session session = money_session();
    Proposal version = first_version();
    version.goodwill.amount_minor = 8'000'01;
    CHECK(refusal(session, PutProposal{kProject, version}) ==
          "More is given away than the proposal asks for.");
    version = first_version();
    version.overhead_basis_points = 1;
    CHECK(refusal(session, PutProposal{kProject, version}) ==
          "Rates as they are sold hold overhead and profit already.");
    version = first_version();
    version.lines[1].minutes = 60;
    CHECK(refusal(session, PutProposal{kProject, version}) == "A fixed sum has no hours.");
    version.lines.clear();
    REQUIRE(done(session, PutProposal{kProject, version}));
    CHECK(refusal(session, send(version.id)) == "There is nothing in it to pay for.");
}

TEST_CASE("a lower price that was sent before cuts were weighed is replayed, not parked") {
    Session session = with_sent();
    Proposal second = second_version(session);
    second.lines[0].sold_minor = 70'00;
    REQUIRE(done(session, PutProposal{kProject, second}));
    CHECK_FALSE(refusal(session, send(second.id)).empty());
    Entry entry;
    entry.sequence = session.sequence() + 1;
    entry.command = money::Command{send(second.id)};
    REQUIRE(session.replay(entry));
    CHECK(session.parked().empty());
    CHECK(state_of(book_of(session).proposals[1]) == State::Sent);
}

TEST_CASE("the differences of two versions: line by line, text by text, and the total") {
    Session session = with_sent();
    const Proposal& first = book_of(session).proposals[0];
    Proposal second = second_version(session);
    second.programme = first.programme;
    CHECK(differences(first, second)->empty());
    second.lines[0].minutes += 60;
    second.lines[1] = work_line(712, 10, 60'00);
    second.texts[0] = "We cut, mix and finish the film.";
    second.texts[5] = "Two rounds of notes.";
    second.contingency_basis_points = 250;
    const auto found = differences(first, second);
    REQUIRE(found);
    const auto has = [&](Part part, Delta delta, std::int64_t before, std::int64_t after) {
        return std::count_if(found->begin(), found->end(), [&](const Difference& one) {
                   return one.part == part && one.delta == delta && one.before_n == before &&
                          one.after_n == after;
               }) == 1;
    };
    // As the client reads them, with what is put aside inside: 189.38 and 15.00 of 204.38.
    CHECK(has(Part::Line, Delta::Changed, 7'500'00, 7'764'38));
    CHECK(has(Part::Line, Delta::Added, 0, 615'00));
    CHECK(has(Part::Line, Delta::Removed, 500'00, 0));
    CHECK(has(Part::Text, Delta::Changed, 0, 0));
    CHECK(has(Part::Text, Delta::Added, 0, 0));
    CHECK(has(Part::Contingency, Delta::Changed, 0, 250));
    CHECK(has(Part::Net, Delta::Changed, 8'000'00, 8'175'00 + 204'38));
    CHECK(found->size() == 8);
    second.contingency_shown = true;
    const auto beside = differences(first, second);
    REQUIRE(beside);
    CHECK(beside->size() == 9);
    CHECK(std::count_if(beside->begin(), beside->end(), [](const Difference& one) {
              return one.part == Part::ContingencyShown && one.before_n == 0 && one.after_n == 1;
          }) == 1);
}

TEST_CASE("the programme is drawn from the milestones that the client may see or was promised") {
    const Session session = money_session();
    const std::vector<ProgrammeRow> rows = programme_of(project_of(session));
    REQUIRE(rows.size() == 1);  // the lock is no promise and not the client's to see
    CHECK(rows[0].name == "Delivery");
    CHECK(rows[0].day == *day_from(2026, 3, 20));
}
