// What older records said in another way is read as it is said today; what they hold beside it stays.
#include <doctest.h>

#include "codec/codec.hpp"
#include "codec/session.hpp"
#include "core/change/rounds.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::codec;

namespace {

const test::SmallPlan kPlan;
constexpr RoundsId kRounds{980};

// The small plan with rounds, and a change that asks for one of them the way schema 2 said it.
plan::Project marked(const std::string& note) {
    plan::Project project = kPlan.make();
    project.rounds.push_back({kRounds, "Picture cut", kPlan.lock, 2, 480, {}, {}});
    change::AddWork add;
    add.work.id = TaskId{70};
    add.work.name = "Another round";
    add.work.note = note;
    change::Change change;
    change.id = ChangeId{71};
    change.number = 1;
    change.request = "Another round";
    change.edits = {add};
    project.changes = {change};
    project.scenarios = {{ScenarioId{72}, "What if", *day_from(2026, 3, 3), {add}}};
    project.tasks[2].note = note;
    return project;
}

Bytes in_schema(std::uint16_t schema, const Entry& entry) {
    OutArchive archive(schema);
    archive(schema, entry);
    return archive.take();
}

Entry putting(const plan::Project& project) {
    Entry entry;
    entry.device = DeviceId{7};
    entry.sequence = 1;
    entry.command = change::Command{change::PutChange{project.id, project.changes[0]}};
    return entry;
}

plan::Project through(std::uint16_t schema, const plan::Project& project) {
    Model model;
    model.projects = {project};
    OutArchive archive(schema);
    archive(schema, std::uint64_t{1}, HybridTime{}, std::uint64_t{1}, model);
    const auto back = decode_snapshot(archive.take());
    REQUIRE(back);
    return back->model.projects[0];
}

}  // namespace

TEST_CASE("a round's mark in a note becomes a field, and the note is nobody's any more") {
    const plan::Project old = marked("rounds:980");
    const auto entry = decode_entry(in_schema(2, putting(old)));
    REQUIRE(entry);
    const auto& put = std::get<change::PutChange>(std::get<change::Command>(entry->command));
    CHECK(put.change.asks_round == kRounds);
    CHECK(std::get<change::AddWork>(put.change.edits[0]).work.note.empty());

    const plan::Project now = through(2, old);
    CHECK(now.changes[0].asks_round == kRounds);
    CHECK(std::get<change::AddWork>(now.scenarios[0].edits[0]).work.note.empty());
    CHECK(now.tasks[2].note.empty());
    CHECK(change::rounds_rows(Model{}, now)[0].asked == ChangeId{71});
}

TEST_CASE("a note that is a person's own stays, and so does everything in this schema") {
    for (const char* note :
         {"rounds", "rounds:", "rounds:0980", "rounds:12a", "Rounds:980", "rounds:99999999999999999999", "ask about rounds:980"}) {
        const plan::Project now = through(2, marked(note));
        CHECK(now.tasks[2].note == note);
        CHECK_FALSE(now.changes[0].asks_round);
    }
    CHECK(through(3, marked("rounds:980")) == marked("rounds:980"));
}

TEST_CASE("what a proposal puts aside for the unforeseen stays the line it was, sent or not, in a snapshot and in an entry") {
    plan::Project project = kPlan.make();
    money::Proposal proposal;
    proposal.id = ProposalId{700};
    proposal.number = 1;
    proposal.contingency_basis_points = 500;
    for (const bool sent : {false, true}) {
        if (sent) proposal.steps = {money::Step{}};
        project.money.proposals = {proposal};
        CHECK(through(2, project).money.proposals[0].contingency_shown);
        CHECK_FALSE(through(3, project).money.proposals[0].contingency_shown);
    }
    proposal.steps.clear();
    Entry entry = putting(marked(""));
    const auto shown = [&](std::uint16_t schema) {
        entry.command = money::Command{money::PutProposal{kPlan.project, proposal}};
        const auto back = decode_entry(in_schema(schema, entry));
        REQUIRE(back);
        return std::get<money::PutProposal>(std::get<money::Command>(back->command)).proposal.contingency_shown;
    };
    CHECK(shown(2));
    CHECK_FALSE(shown(3));
    proposal.contingency_basis_points = 0;  // nothing is put aside: what comes later lies inside the prices
    CHECK_FALSE(shown(2));
}

TEST_CASE("a way back of an agreement is written from this schema on") {
    Entry entry = putting(marked(""));
    change::PlanPatch patch;
    patch.tasks_out = {TaskId{70}};
    entry.command = change::Command{change::TakeBack{kPlan.project, ChangeId{71}, patch}};
    const auto now = decode_entry(encode_entry(entry));
    REQUIRE(now);
    const auto& kept = std::get<change::TakeBack>(std::get<change::Command>(now->command)).patch;
    REQUIRE(kept);
    CHECK(kept->tasks_out == patch.tasks_out);
    const auto old = decode_entry(in_schema(2, entry));
    REQUIRE(old);
    CHECK_FALSE(std::get<change::TakeBack>(std::get<change::Command>(old->command)).patch);
}
