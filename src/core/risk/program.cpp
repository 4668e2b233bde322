#include "core/risk/program.hpp"

#include <algorithm>

#include "base/time.hpp"

namespace entente::risk {

namespace {

// Every field, in the order in which it is written.
template <class Visit>
void fields(Step& s, Visit visit) {
    for (std::int32_t* field :
         {&s.kind, &s.task, &s.clock, &s.span, &s.done, &s.low, &s.high, &s.first_edge, &s.end_edge, &s.first_member, &s.end_member,
          &s.gate, &s.from_start, &s.constraint, &s.constraint_key, &s.later_only, &s.held, &s.delay, &s.start_key, &s.finish_key,
          &s.start_time, &s.finish_time, &s.end_side, &s.source, &s.source_start, &s.source_finish})
        visit(*field);
}
template <class Visit>
void fields(Edge& e, Visit visit) {
    for (std::int32_t* field : {&e.from, &e.of_finish, &e.to_finish, &e.across, &e.elapsed, &e.lag}) visit(*field);
}
template <class Visit>
void fields(Target& t, Visit visit) {
    for (std::int32_t* field : {&t.task, &t.promised_day, &t.step, &t.first_member, &t.end_member, &t.least_time, &t.midnight_before,
                                &t.planned})
        visit(*field);
}
template <class Visit>
void fields(std::int32_t& value, Visit visit) {
    visit(value);
}

template <class T>
void write_all(Writer& writer, const std::vector<T>& items) {
    writer.varint(items.size());
    for (T item : items) fields(item, [&](std::int32_t value) { writer.zigzag(value); });
}

std::int32_t read_number(Reader& reader) {
    const std::int64_t wide = reader.zigzag();
    if (wide < INT32_MIN || wide > INT32_MAX) reader.fail();
    return reader.ok() ? static_cast<std::int32_t>(wide) : 0;
}

template <class T>
void read_all(Reader& reader, std::vector<T>& items, std::size_t most) {
    const std::uint64_t count = reader.varint();
    if (count > most || count > reader.remaining()) return reader.fail();
    items.resize(static_cast<std::size_t>(count));
    for (T& item : items)
        fields(item, [&](std::int32_t& value) {
            value = read_number(reader);
        });
}

void write_clock(Writer& writer, const Clock& clock) {
    writer.varint(clock.from.size());
    std::int32_t at = 0;
    for (std::size_t i = 0; i < clock.from.size(); ++i) {
        writer.zigzag(std::int64_t{clock.from[i]} - at);
        writer.zigzag(std::int64_t{clock.to[i]} - clock.from[i]);
        at = clock.to[i];
    }
    for (const std::int32_t value : {clock.first_work, clock.start_key, clock.status_key, clock.last}) writer.zigzag(value);
}

void read_clock(Reader& reader, Clock& clock) {
    const std::uint64_t count = reader.varint();
    if (count > kMostShifts || count > reader.remaining()) return reader.fail();
    clock.from.resize(static_cast<std::size_t>(count));
    clock.to.resize(static_cast<std::size_t>(count));
    std::int64_t at = 0;
    for (std::size_t i = 0; i < clock.from.size(); ++i) {
        const std::int64_t from = at + read_number(reader), to = from + read_number(reader);
        if (from < -kFarthest || to > kFarthest || from >= to) return reader.fail();
        clock.from[i] = static_cast<std::int32_t>(from);
        clock.to[i] = static_cast<std::int32_t>(to);
        at = to;
    }
    for (std::int32_t* value : {&clock.first_work, &clock.start_key, &clock.status_key, &clock.last}) *value = read_number(reader);
}

bool near(std::int32_t minutes) { return minutes >= -kFarthest && minutes <= kFarthest; }
bool near_or_none(std::int32_t minutes) { return minutes == kNoTime || near(minutes); }
bool near_key(std::int32_t key) { return key >= -2 * kFarthest && key <= 2 * kFarthest; }
bool is_range(std::int32_t first, std::int32_t end, std::size_t count) {
    return first >= 0 && first <= end && end >= 0 && static_cast<std::size_t>(end) <= count;
}

bool valid_clock(const Clock& clock) {
    if (clock.from.size() != clock.to.size() || !near(clock.first_work) || !near_key(clock.start_key) || !near(clock.last) ||
        !(near_key(clock.status_key) || clock.status_key == kNoTime))
        return false;
    for (std::size_t i = 0; i < clock.from.size(); ++i)
        if (!near(clock.from[i]) || !near(clock.to[i]) || clock.from[i] >= clock.to[i] || (i > 0 && clock.from[i] <= clock.to[i - 1]))
            return false;
    return true;
}

bool valid_step(const Program& program, const Step& s, std::int32_t at) {
    const bool numbers = near(s.span) && s.span >= 0 && s.done >= 0 && s.done <= s.span && s.low >= 0 && s.low <= s.span &&
                         s.span <= s.high && near(s.high) && near_key(s.constraint_key) == (s.constraint_key != kNoTime) &&
                         near(s.delay) && near_key(s.start_key) && near_key(s.finish_key) && near_or_none(s.start_time) &&
                         near_or_none(s.finish_time) && near_key(s.source_start) &&
                         near_key(s.source_finish) && (s.end_side == 0 || s.end_side == 1);
    const bool places = s.kind >= kWork && s.kind <= kRollUp && s.task >= 0 &&
                        static_cast<std::size_t>(s.task) < program.task_ids.size() && s.clock >= 0 &&
                        static_cast<std::size_t>(s.clock) < program.clocks.size() &&
                        is_range(s.first_edge, s.end_edge, program.edges.size()) &&
                        is_range(s.first_member, s.end_member, program.members.size()) && s.constraint >= 0 && s.constraint <= 7;
    const bool above = s.gate == kNothing ||
                       (s.gate >= 0 && s.gate < at && program.steps[static_cast<std::size_t>(s.gate)].kind == kGate);
    const bool follows = s.kind == kShifted ? s.source >= 0 && s.source < at : s.source == kNothing;
    if (!numbers || !places || !above || !follows) return false;
    const bool plain = s.kind == kWork || s.kind == kPoint;
    for (std::int32_t e = s.first_edge; e < s.end_edge; ++e) {
        const Edge& edge = program.edges[static_cast<std::size_t>(e)];
        if (edge.from < 0 || edge.from >= at || !near(edge.lag)) return false;
        const Step& from = program.steps[static_cast<std::size_t>(edge.from)];
        const bool minutes = from.kind == kGate || from.kind == kRollUp;
        if (!edge.across && (minutes || s.kind == kGate || from.clock != s.clock)) return false;
        if (plain && (edge.across || edge.to_finish)) return false;
    }
    for (std::int32_t m = s.first_member; m < s.end_member; ++m)
        if (program.members[static_cast<std::size_t>(m)] >= at) return false;
    return true;
}

bool valid_target(const Program& program, const Target& t) {
    const auto steps = static_cast<std::int32_t>(program.steps.size());
    return t.task >= kNothing && t.task < static_cast<std::int32_t>(program.task_ids.size()) && t.step >= kNothing &&
           t.step < steps && is_range(t.first_member, t.end_member, program.members.size()) && near_or_none(t.least_time) &&
           near(t.planned) && t.promised_day >= kNothing && t.promised_day <= kLastDay.n + 1 &&
           (t.step != kNothing || t.first_member < t.end_member || t.least_time != kNoTime) &&
           (t.step == kNothing || program.steps[static_cast<std::size_t>(t.step)].kind < kGate);
}

}  // namespace

bool valid(const Program& program) {
    if (program.clocks.empty() || program.targets.empty()) return false;
    if (!std::all_of(program.clocks.begin(), program.clocks.end(), valid_clock)) return false;
    for (const std::int32_t member : program.members)
        if (member < 0 || static_cast<std::size_t>(member) >= program.steps.size() ||
            program.steps[static_cast<std::size_t>(member)].kind >= kGate)
            return false;
    for (std::size_t s = 0; s < program.steps.size(); ++s)
        if (!valid_step(program, program.steps[s], static_cast<std::int32_t>(s))) return false;
    return std::all_of(program.targets.begin(), program.targets.end(), [&](const Target& t) { return valid_target(program, t); });
}

void write(Writer& writer, const Program& program) {
    writer.varint(program.clocks.size());
    for (const Clock& clock : program.clocks) write_clock(writer, clock);
    writer.varint(program.task_ids.size());
    for (const std::uint64_t id : program.task_ids) writer.varint(id);
    write_all(writer, program.steps);
    write_all(writer, program.edges);
    write_all(writer, program.members);
    write_all(writer, program.targets);
    writer.zigzag(program.own);
    writer.zigzag(program.by_house);
}

std::optional<Program> read_program(Reader& reader) {
    Program program;
    const std::uint64_t clocks = reader.varint();
    if (clocks > kMostClocks || clocks > reader.remaining()) return std::nullopt;
    program.clocks.resize(static_cast<std::size_t>(clocks));
    for (Clock& clock : program.clocks) read_clock(reader, clock);
    const std::uint64_t ids = reader.varint();
    if (ids > kMostSteps || ids > reader.remaining()) return std::nullopt;
    program.task_ids.resize(static_cast<std::size_t>(ids));
    for (std::uint64_t& id : program.task_ids) id = reader.varint();
    read_all(reader, program.steps, kMostSteps);
    read_all(reader, program.edges, kMostEdges);
    read_all(reader, program.members, kMostMembers);
    read_all(reader, program.targets, kMostTargets);
    program.own = read_number(reader);
    program.by_house = read_number(reader);
    if (!reader.ok() || !valid(program)) return std::nullopt;
    return program;
}

}  // namespace entente::risk
