// A project with money in it, and random books: seeded, so that a failure can be had again.
#pragma once

#include <doctest.h>

#include <algorithm>
#include <map>

#include "core/change/query.hpp"
#include "core/money/proposal.hpp"
#include "platform/memory/memory.hpp"
#include "tests/support/small_plan.hpp"

namespace entente::test {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}
    std::int64_t upto(std::int64_t most) {
        return static_cast<std::int64_t>(random_.next() % static_cast<std::uint64_t>(most + 1));
    }
    bool chance(int in) { return upto(in - 1) == 0; }
    template <class T>
    const T& of(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(upto(static_cast<std::int64_t>(items.size()) - 1))];
    }

private:
    platform::SeededRandom random_;
};

inline constexpr ProjectId kProject{1};
inline constexpr RoleId kEditor{31}, kMixer{32};

// The small plan with a second role on the sound.
inline Session money_session() {
    Session session = small_session();
    REQUIRE(
        session.submit(house::Command{house::PutRole{{kMixer, "Mixer", 55'00, 98'50}, {}}}, Instant{3000}));
    REQUIRE(session.submit(plan::Command{plan::SetStage{kProject, TaskId{11}, "Edit"}}, Instant{3000}));
    REQUIRE(session.submit(plan::Command{plan::SetStage{kProject, TaskId{13}, "Sound"}}, Instant{3000}));
    const std::vector<plan::Assignment> mixers = {{kMixer, 1000, std::nullopt}, {kEditor, 500, std::nullopt}};
    REQUIRE(session.submit(plan::Command{plan::SetAssignments{kProject, TaskId{13}, mixers}}, Instant{3000}));
    return session;
}

inline const plan::Project& project_of(const Session& session) {
    return *find_project(session.model(), kProject);
}
inline const money::Book& book_of(const Session& session) { return project_of(session).money; }

inline money::ProposalLine work_line(std::uint64_t id, std::int64_t hours, std::int64_t sold,
                                     std::int32_t people = 1) {
    money::ProposalLine line;
    line.id = ProposalLineId{id};
    line.stage = "Edit";
    line.role = kEditor;
    line.label = "Offline edit";
    line.people = people;
    line.minutes = hours * 60;
    line.cost_minor = 40'00;
    line.sold_minor = sold;
    return line;
}

inline money::ProposalLine fixed_line(std::uint64_t id, std::int64_t sold) {
    money::ProposalLine line;
    line.id = ProposalLineId{id};
    line.kind = money::LineKind::Fixed;
    line.label = "Drives";
    line.cost_minor = sold / 2;
    line.sold_minor = sold;
    return line;
}

inline money::Proposal first_version() {
    money::Proposal out;
    out.id = ProposalId{700};
    out.number = 1;
    out.vat_basis_points = 2000;
    out.lines = {work_line(710, 100, 75'00), fixed_line(711, 500'00)};
    out.texts[0] = "We cut and finish the film.";
    return out;
}

inline money::Step step(money::State state, int day = 5) {
    money::Step out;
    out.state = state;
    out.on = *day_from(2026, 3, day);
    out.who = state == money::State::Sent ? "Head of post" : "Producer";
    return out;
}

inline Command accept(const Session& session, ProposalId id) {
    money::Step taken = step(money::State::Accepted, 6);
    taken.fee_before_minor = project_of(session).base_fee_minor;
    for (const change::Change& one : project_of(session).changes)
        taken.agreed_before += one.state == change::State::Agreed ? 1 : 0;
    return money::Command{money::AnswerProposal{kProject, id, taken}};
}

inline bool done(Session& session, money::Command command) {
    return session.submit(Command{std::move(command)}, Instant{9000}).has_value();
}

// The reason a command is refused; empty where it is not.
inline std::string refusal(const Session& session, money::Command command) {
    const auto allowed = session.can(Command{std::move(command)});
    return allowed ? std::string() : std::string(allowed.error().what.id);
}

}  // namespace entente::test
