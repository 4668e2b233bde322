// Placing the steps of a program, eight runs at a time.
#include "core/risk/kernel_impl.hpp"

#include <algorithm>
#include <utility>

#include "core/plan/task.hpp"

namespace entente::risk {

using plan::ConstraintKind;

Simulation::Kernel::Kernel(Program given, std::uint64_t given_seed, std::uint32_t given_runs)
    : program(std::move(given)), seed(given_seed) {
    const std::uint64_t most = kMostSamples / std::max<std::size_t>(1, program.targets.size());
    runs = static_cast<std::uint32_t>(std::min<std::uint64_t>({given_runs, kMostRuns, most}));
    prepare();
}

void Simulation::Kernel::prepare() {
    for (const Clock& clock : program.clocks) clocks.emplace_back(clock);
    times.assign(program.steps.size() * 2, eight(0));
    triangle_of.assign(program.steps.size(), kNothing);
    for (std::size_t s = 0; s < program.steps.size(); ++s) {
        const Step& step = program.steps[s];
        if (step.low < step.high && step.kind < kGate && step.kind != kFact && step.kind != kShifted) {
            triangle_of[s] = static_cast<std::int32_t>(triangles.size());
            triangles.push_back(Triangle::of(step.low, step.span, step.high));
            stream_ids.push_back(program.task_ids[static_cast<std::size_t>(step.task)]);
        }
        if (step.kind == kFact || step.kind == kBegun || step.kind == kPut) {
            start(s) = eight(step.start_key);
            finish(s) = eight(step.finish_key);
        }
    }
    streams.resize(triangles.size());
    spans.assign(triangles.size(), eight(0));
    for (const Edge& edge : program.edges)
        plain_slots.push_back(static_cast<std::uint32_t>(edge.from * 2 + (edge.of_finish ? 1 : 0)));
    finishes.resize(program.targets.size());
    for (std::vector<std::int32_t>& of_target : finishes) of_target.resize(runs);
    driving.assign(program.task_ids.size(), 0);
}

// Minutes since 1970 of a step's start or finish, as a link to another calendar sees it.
std::int32_t Simulation::Kernel::time_at(std::size_t s, bool of_finish, std::size_t lane) const {
    const Step& step = program.steps[s];
    const std::int32_t value = (of_finish ? finish(s) : start(s)).at(lane);
    if (step.kind >= kGate) return value;
    const std::int32_t known = of_finish ? step.finish_time : step.start_time;
    if (known != kNoTime && value == (of_finish ? step.finish_key : step.start_key)) return known;
    return clock(step).time_of(value);
}

// The exact time that an edge gives, its lag by the successor's clock.
std::int32_t Simulation::Kernel::lagged(const Step& to, const Edge& edge, std::size_t lane) const {
    const std::int32_t at = time_at(static_cast<std::size_t>(edge.from), edge.of_finish != 0, lane);
    if (edge.lag == 0) return at;
    if (edge.elapsed) return at + edge.lag;
    const LaneClock& by = clock(to);
    const std::int32_t work = by.work_at(at) + edge.lag;
    return edge.lag > 0 ? by.finish_at(work) : by.start_at(work);
}

// The same as a key of the successor's clock, for every lane.
Ints Simulation::Kernel::across(const Step& to, const Edge& edge) const {
    const auto s = static_cast<std::size_t>(edge.from);
    const Step& from = program.steps[s];
    const Ints& known = times[2 * s + (edge.of_finish ? 1 : 0)];
    const std::int32_t exact = edge.of_finish ? from.finish_time : from.start_time;
    const LaneClock& by = clock(to);
    const std::int32_t lag = edge.elapsed ? edge.lag : 0;
    std::int32_t keys[kLanes];
    if (from.kind < kGate && exact == kNoTime) {
        const LaneClock& of = clock(from);
        for (std::size_t lane = 0; lane < kLanes; ++lane) keys[lane] = by.key_of(of.time_of(known.at(lane)) + lag);
    } else {
        for (std::size_t lane = 0; lane < kLanes; ++lane) keys[lane] = by.key_of(time_at(s, edge.of_finish != 0, lane) + lag);
    }
    const Ints key{{keys[0], keys[1], keys[2], keys[3]}, {keys[4], keys[5], keys[6], keys[7]}};
    return edge.lag == 0 || edge.elapsed ? key : ((key & ~1) | (edge.lag < 0 ? 1 : 0)) + 2 * edge.lag;
}

// The key at which the edge lets its successor start.
inline Ints Simulation::Kernel::candidate(const Step& to, const Edge& edge, Ints span) const {
    Ints key;
    if (edge.across) {
        key = across(to, edge);
    } else {
        key = times[static_cast<std::size_t>(edge.from) * 2 + (edge.of_finish ? 1 : 0)];
        if (edge.lag != 0) key = ((key & ~1) | (edge.lag < 0 ? 1 : 0)) + 2 * edge.lag;
    }
    if (!edge.to_finish) return key;
    key = key - twice(span);
    if (!edge.of_finish) return key;
    // Finish to finish never begins before the project.
    const std::int32_t floor = facts(to).start_key;
    return where_less(half(key), eight(floor >> 1), eight(floor), key);
}

// The same in one lane, as work.
std::int32_t Simulation::Kernel::work_from(const Step& to, const Edge& edge, std::int32_t span, std::size_t lane) const {
    const auto s = static_cast<std::size_t>(edge.from);
    std::int32_t work = edge.across ? clock(to).work_at(time_at(s, edge.of_finish != 0, lane) + (edge.elapsed ? edge.lag : 0))
                                    : times[2 * s + (edge.of_finish ? 1 : 0)].at(lane) >> 1;
    if (!edge.elapsed) work += edge.lag;
    if (edge.to_finish) work -= span;
    return edge.to_finish && edge.of_finish ? std::max(work, facts(to).start_key >> 1) : work;
}

std::int32_t Simulation::Kernel::gate_bound(const Step& step, std::int32_t span, std::size_t lane) const {
    const auto gate = static_cast<std::size_t>(step.gate);
    const std::int32_t by_start = start(gate).at(lane), by_finish = finish(gate).at(lane);
    std::int32_t key = kNoTime;
    if (by_start != kNoTime) key = clock(step).key_of(by_start);
    if (by_finish != kNoTime) key = std::max(key, clock(step).key_of(by_finish) - 2 * span);
    return key;
}

// Only links of one calendar, and a length: most tasks.
inline void Simulation::Kernel::place_work(std::size_t s) {
    const Step& step = program.steps[s];
    Ints bound = eight(step.from_start ? facts(step).start_key : kNoTime);
    for (std::int32_t e = step.first_edge; e < step.end_edge; ++e) {
        const auto edge = static_cast<std::size_t>(e);
        bound = most(bound, times[plain_slots[edge]] + 2 * program.edges[edge].lag);
    }
    const std::int32_t last = 2 * facts(step).last;
    bound = least(bound & ~1, last);
    start(s) = bound | 1;
    finish(s) = least(bound + twice(span_of(s)), last);
}

inline void Simulation::Kernel::place_point(std::size_t s) {
    const Step& step = program.steps[s];
    Ints bound = eight(step.from_start ? facts(step).start_key : kNoTime);
    for (std::int32_t e = step.first_edge; e < step.end_edge; ++e)
        bound = most(bound, candidate(step, program.edges[static_cast<std::size_t>(e)], eight(0)));
    start(s) = finish(s) = least(bound, 2 * facts(step).last + 1);
}

Ints Simulation::Kernel::bound_of(std::size_t s, Ints span) const {
    const Step& step = program.steps[s];
    Ints bound = eight(kNoTime);
    for (std::int32_t e = step.first_edge; e < step.end_edge; ++e)
        bound = most(bound, candidate(step, program.edges[static_cast<std::size_t>(e)], span));
    if (step.gate != kNothing) {
        Ints gate;
        for (std::size_t lane = 0; lane < kLanes; ++lane) gate.set(lane, gate_bound(step, span.at(lane), lane));
        bound = most(bound, gate);
    }
    if (step.from_start) bound = most(bound, facts(step).start_key);
    return bound;
}

void Simulation::Kernel::constrain(const Step& step, Ints span, Ints& bound) const {
    const auto kind = static_cast<ConstraintKind>(step.constraint);
    const bool of_finish = kind == ConstraintKind::MustFinishOn || kind == ConstraintKind::FinishNoEarlierThan ||
                           kind == ConstraintKind::FinishNoLaterThan;
    const Ints key = of_finish ? eight(step.constraint_key) - twice(span) : eight(step.constraint_key);
    const Ints work = half(bound), at = half(key);
    const Ints met = where_equal(work, at, most(bound, key), key);  // at the same minute the later side of the break counts
    switch (kind) {
        case ConstraintKind::StartNoEarlierThan:
        case ConstraintKind::FinishNoEarlierThan: bound = step.later_only ? most(bound, key) : met; return;
        case ConstraintKind::StartNoLaterThan:
        case ConstraintKind::FinishNoLaterThan: bound = where_less(work, at, bound, met); return;
        case ConstraintKind::MustStartOn:
        case ConstraintKind::MustFinishOn: bound = met; return;
        case ConstraintKind::AsSoonAsPossible:
        case ConstraintKind::AsLateAsPossible: return;
    }
}

void Simulation::Kernel::place_anything(std::size_t s) {
    const Step& step = program.steps[s];
    const Ints span = span_of(s);
    Ints bound = bound_of(s, span);
    if (step.delay > 0) {
        const LaneClock& by = clock(step);
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            bound.set(lane, by.key_of(by.start_at(bound.at(lane) >> 1) + step.delay));
    }
    constrain(step, span, bound);
    const Clock& known = facts(step);
    if (step.held && step.done == 0)
        bound = where_less(half(bound), eight(known.status_key >> 1), eight(known.status_key), bound);
    bound = least(bound, 2 * known.last + 1);
    if (step.span == 0) {
        start(s) = finish(s) = bound;
        return;
    }
    bound = bound & ~1;
    start(s) = bound | 1;
    Ints end = bound + twice(span);
    if (step.held && step.done > 0) end = most(end, twice(span) + ((known.status_key & ~1) - 2 * step.done));
    finish(s) = least(end, 2 * known.last);
}

void Simulation::Kernel::place_begun(std::size_t s) {
    const Step& step = program.steps[s];
    const Clock& known = facts(step);
    const Ints span = span_of(s);
    Ints end = eight(step.start_key & ~1) + twice(span);
    if (step.constraint == static_cast<std::int32_t>(ConstraintKind::FinishNoEarlierThan)) end = most(end, step.constraint_key & ~1);
    if (step.held) end = most(end, twice(span) + ((known.status_key & ~1) - 2 * step.done));
    end = least(end, 2 * known.last);
    finish(s) = step.span > 0 ? end : where_equal(half(end), eight(step.start_key >> 1), eight(step.start_key), end);
}

void Simulation::Kernel::place_put(std::size_t s) {
    const Step& step = program.steps[s];
    const Ints planned = eight(step.finish_key), longer = twice(span_of(s)) + -2 * step.span;
    finish(s) = where_equal(longer, eight(0), planned, least((planned & ~1) + longer, 2 * facts(step).last));
}

// Planned late; later than that where what comes before it is.
void Simulation::Kernel::place_shifted(std::size_t s) {
    const Step& step = program.steps[s];
    const auto source = static_cast<std::size_t>(step.source);
    const Ints start_late = half(start(source)) + -(step.source_start >> 1),
        finish_late = half(finish(source)) + -(step.source_finish >> 1);
    start(s) = eight(step.start_key) + twice(most(start_late, 0));
    finish(s) = eight(step.finish_key) + twice(most(finish_late, 0));
}

void Simulation::Kernel::place_gate(std::size_t s) {
    const Step& step = program.steps[s];
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        std::int32_t by_start = step.constraint_key, by_finish = kNoTime;
        if (step.gate != kNothing) {
            by_start = std::max(by_start, start(static_cast<std::size_t>(step.gate)).at(lane));
            by_finish = finish(static_cast<std::size_t>(step.gate)).at(lane);
        }
        for (std::int32_t e = step.first_edge; e < step.end_edge; ++e) {
            const Edge& edge = program.edges[static_cast<std::size_t>(e)];
            std::int32_t at = lagged(step, edge, lane);
            if (edge.of_finish && edge.to_finish && clock(step).work_at(at) < facts(step).start_key >> 1)
                at = step.start_time;
            std::int32_t& bound = edge.to_finish ? by_finish : by_start;
            bound = std::max(bound, at);
        }
        start(s).set(lane, by_start);
        finish(s).set(lane, by_finish);
    }
}

// The latest finish among steps, in minutes. `with_keys`: also where the shift's side says so (the project's finish).
Ints Simulation::Kernel::latest(std::int32_t first, std::int32_t end, bool with_keys, std::int32_t least_time) const {
    Ints result = eight(least_time);
    for (std::int32_t m = first; m < end;) {
        const std::int32_t c = step_at(program.members[static_cast<std::size_t>(m)]).clock;
        Ints key = eight(kNoTime);
        for (; m < end; ++m) {
            const auto s = static_cast<std::size_t>(program.members[static_cast<std::size_t>(m)]);
            const Step& step = program.steps[s];
            if (step.clock != c) break;
            if (step.finish_time == kNoTime) key = most(key, finish(s));
            else if (with_keys) key = most(key, (finish(s) & ~1) | step.end_side);
            if (step.finish_time == kNoTime) continue;
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                result.set(lane, std::max(result.at(lane), time_at(s, true, lane)));
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            if (key.at(lane) != kNoTime)
                result.set(lane, std::max(result.at(lane), clocks[static_cast<std::size_t>(c)].time_of(key.at(lane))));
    }
    return result;
}

Ints Simulation::Kernel::earliest(std::int32_t first, std::int32_t end) const {
    Ints result = eight(-kNoTime);
    for (std::int32_t m = first; m < end;) {
        const std::int32_t c = step_at(program.members[static_cast<std::size_t>(m)]).clock;
        Ints key = eight(-kNoTime);
        for (; m < end; ++m) {
            const auto s = static_cast<std::size_t>(program.members[static_cast<std::size_t>(m)]);
            const Step& step = program.steps[s];
            if (step.clock != c) break;
            if (step.start_time == kNoTime) {
                key = least(key, start(s));
                continue;
            }
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                result.set(lane, std::min(result.at(lane), time_at(s, false, lane)));
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            if (key.at(lane) != -kNoTime)
                result.set(lane, std::min(result.at(lane), clocks[static_cast<std::size_t>(c)].time_of(key.at(lane))));
    }
    return result;
}

void Simulation::Kernel::place_roll_up(std::size_t s) {
    const Step& step = program.steps[s];
    if (step.first_member == step.end_member) {  // by hand, or with nothing in it
        start(s) = eight(step.start_time);
        finish(s) = eight(step.finish_time);
        return;
    }
    start(s) = earliest(step.first_member, step.end_member);
    finish(s) = latest(step.first_member, step.end_member, false, kNoTime);
}

void Simulation::Kernel::run_group() {
    for (std::size_t t = 0; t < triangles.size() && vary; ++t) spans[t] = draw(triangles[t], streams[t]);
    for (std::size_t s = 0; s < program.steps.size(); ++s) {
        switch (program.steps[s].kind) {
            case kWork: place_work(s); break;
            case kPoint: place_point(s); break;
            case kAnything: place_anything(s); break;
            case kBegun: place_begun(s); break;
            case kPut: place_put(s); break;
            case kShifted: place_shifted(s); break;
            case kGate: place_gate(s); break;
            case kRollUp: place_roll_up(s); break;
            default: break;
        }
    }
}

}  // namespace entente::risk
