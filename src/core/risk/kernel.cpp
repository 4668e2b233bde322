// Placing the steps of a program, a row of runs at a time.
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
    wire();
}


// Turns a row from one calendar to another.
void Simulation::Kernel::look(const View& view) {
    const Lanes& from = rows[view.from];
    Lanes& to = rows[view.to];
    const Lanes* keys = &from;
    Lanes at;
    if (view.lag_before != 0) {
        const Int4 later = four(2 * view.lag_before + (view.lag_before < 0 ? 1 : 0));
        set(at, [&](std::size_t i) { return (load(from.n + i) & four(~1)) + later; });
        keys = &at;
    }
    if (view.from_clock != kNothing) {
        clocks[static_cast<std::size_t>(view.from_clock)].times_of(*keys, at);
        if (view.known_time != kNoTime) {
            const Int4 key = four(view.known_key), time = four(view.known_time);
            set(at, [&](std::size_t i) { return load(from.n + i) == key ? time : load(at.n + i); });
        }
        keys = &at;
    }
    const Int4 lag = four(view.lag);
    set(to, [&](std::size_t i) { return load(keys->n + i) + lag; });
    if (view.to_clock != kNothing) clocks[static_cast<std::size_t>(view.to_clock)].keys_of(to, to);
}

const Lanes& Simulation::Kernel::span_row(const Place& place) {
    if (place.triangle == kNothing) {
        set_all(same_span, place.span);
        return same_span;
    }
    const auto t = static_cast<std::size_t>(place.triangle);
    if (vary) {
        draw(triangles[t], streams[t], spans[t]);
    } else {
        set_all(spans[t], place.span);
    }
    return spans[t];
}

// A milestone: which side of a break it stands on counts.
void Simulation::Kernel::place_point(const Place& place, const Step& step, Lanes& start, Lanes& finish) {
    set_all(start, place.bound);
    const Int4 floor = four(place.floor);
    for (std::uint32_t t = place.first_tie; t < place.end_tie; ++t) {
        const Tie& tie = ties[t];
        const Lanes& at = rows[tie.row];
        const Int4 kept = four(tie.lag == 0 ? -1 : ~1), lag = four(2 * tie.lag + (tie.lag < 0 ? 1 : 0));
        set(start, [&](std::size_t i) {
            Int4 key = (load(at.n + i) & kept) + lag;
            if (tie.floored) key = half(key) < half(floor) ? floor : key;  // never before the project
            return most(load(start.n + i), key);
        });
    }
    if (place.special) {
        set_all(same_span, 0);
        adjust(step, same_span, start);
    }
    const Int4 last = four(place.last + 1);
    set(start, [&](std::size_t i) { return least(load(start.n + i), last); });
    finish = start;
}

// What has a length: the sides of breaks do not count.
void Simulation::Kernel::place_task(const Place& place, const Step& step, Lanes& start, Lanes& finish) {
    const Lanes& span = span_row(place);
    set_all(start, place.bound);
    const Int4 floor = four(place.floor);
    for (std::uint32_t t = place.first_tie; t < place.end_tie; ++t) {
        const Tie& tie = ties[t];
        const Lanes& at = rows[tie.row];
        const Int4 lag = four(2 * tie.lag);
        if (!tie.to_finish) {
            set(start, [&](std::size_t i) { return most(load(start.n + i), load(at.n + i) + lag); });
        } else {
            const Int4 least_start = tie.floored ? floor : four(kNoTime);
            set(start, [&](std::size_t i) {
                return most(load(start.n + i), most(load(at.n + i) + lag - twice(load(span.n + i)), least_start));
            });
        }
    }
    if (place.special) adjust(step, span, start);
    const Int4 last = four(place.last), even = four(~1), odd = four(1);
    const bool held = step.held && step.done > 0;
    const Int4 rest = four(held ? (facts(step).status_key & ~1) - 2 * step.done : kNoTime);
    set(finish, [&](std::size_t i) {
        const Int4 begin = least(load(start.n + i) & even, last), length = twice(load(span.n + i));
        store(start.n + i, begin | odd);
        return least(held ? most(begin + length, rest + length) : begin + length, last);
    });
}

// A delay, a date of its own, a status date.
void Simulation::Kernel::adjust(const Step& step, const Lanes& span, Lanes& bound) const {
    if (step.delay > 0) delay(step, bound);
    const auto kind = static_cast<ConstraintKind>(step.constraint);
    const bool of_finish = kind == ConstraintKind::MustFinishOn || kind == ConstraintKind::FinishNoEarlierThan ||
                           kind == ConstraintKind::FinishNoLaterThan;
    const bool no_earlier = kind == ConstraintKind::StartNoEarlierThan || kind == ConstraintKind::FinishNoEarlierThan;
    const bool no_later = kind == ConstraintKind::StartNoLaterThan || kind == ConstraintKind::FinishNoLaterThan;
    const bool dated = no_earlier || no_later || kind == ConstraintKind::MustStartOn || kind == ConstraintKind::MustFinishOn;
    if (dated) {
        set(bound, [&](std::size_t i) {
            const Int4 was = load(bound.n + i);
            const Int4 key = of_finish ? four(step.constraint_key) - twice(load(span.n + i)) : four(step.constraint_key);
            if (no_earlier && step.later_only) return most(was, key);
            const Int4 met = half(was) == half(key) ? most(was, key) : key;  // at the same minute the later side of the break counts
            return no_later ? (half(was) < half(key) ? was : met) : met;
        });
    }
    if (!step.held || step.done > 0) return;
    const Int4 status = four(facts(step).status_key);
    set(bound, [&](std::size_t i) {
        const Int4 was = load(bound.n + i);
        return half(was) < half(status) ? status : was;
    });
}

void Simulation::Kernel::delay(const Step& step, Lanes& bound) const {
    const LaneClock& by = clock(step);
    set(bound, [&](std::size_t i) { return load(bound.n + i) | four(1); });
    by.times_of(bound, bound);
    set(bound, [&](std::size_t i) { return load(bound.n + i) + four(step.delay); });
    by.keys_of(bound, bound);
}

void Simulation::Kernel::place_begun(const Place& place, const Step& step, Lanes& finish) {
    const Lanes& span = span_row(place);
    const bool no_earlier = step.constraint == static_cast<std::int32_t>(ConstraintKind::FinishNoEarlierThan);
    const Int4 begin = four(step.start_key & ~1), bound = four(no_earlier ? step.constraint_key & ~1 : kNoTime);
    const Int4 rest = four((facts(step).status_key & ~1) - 2 * step.done), last = four(place.last), key = four(step.start_key);
    set(finish, [&](std::size_t i) {
        const Int4 length = twice(load(span.n + i));
        Int4 end = most(begin + length, bound);
        if (step.held) end = most(end, rest + length);
        end = least(end, last);
        return step.span > 0 ? end : half(end) == half(key) ? key : end;
    });
}

void Simulation::Kernel::place_put(const Place& place, const Step& step, Lanes& finish) {
    const Lanes& span = span_row(place);
    const Int4 planned = four(step.finish_key), usual = four(2 * step.span), last = four(place.last);
    set(finish, [&](std::size_t i) {
        const Int4 longer = twice(load(span.n + i)) - usual;
        return longer == four(0) ? planned : least((planned & four(~1)) + longer, last);
    });
}

// Planned late; later than that where what comes before it is.
void Simulation::Kernel::place_shifted(const Step& step, Lanes& start, Lanes& finish) const {
    const Lanes &from = this->start(static_cast<std::size_t>(step.source)), &to = this->finish(static_cast<std::size_t>(step.source));
    const auto push = [](Lanes& row, std::int32_t planned, const Lanes& source, std::int32_t free) {
        const Int4 work = four(free >> 1);
        set(row, [&](std::size_t i) { return four(planned) + twice(most(half(load(source.n + i)) - work, four(0))); });
    };
    push(start, step.start_key, from, step.source_start);
    push(finish, step.finish_key, to, step.source_finish);
}

void Simulation::Kernel::place_gate(const Place& place, const Step& step, Lanes& start, Lanes& finish) const {
    set_all(start, step.constraint_key);
    set_all(finish, kNoTime);
    if (step.gate != kNothing) {
        const auto above = static_cast<std::size_t>(step.gate);
        set(start, [&](std::size_t i) { return most(load(start.n + i), load(this->start(above).n + i)); });
        finish = this->finish(above);
    }
    const Int4 floor = four(place.floor), project = four(step.start_time);
    for (std::uint32_t t = place.first_tie; t < place.end_tie; ++t) {
        const Tie& tie = ties[t];
        const Lanes& at = rows[tie.row];
        Lanes& held = tie.to_finish ? finish : start;
        set(held, [&](std::size_t i) {
            const Int4 time = load(at.n + i);
            return most(load(held.n + i), tie.floored ? (time < floor ? project : time) : time);
        });
    }
}

// Minutes since 1970 of a step's start or finish; exact where a minute was recorded.
void Simulation::Kernel::exact_times(std::size_t s, bool of_finish, Lanes& times) const {
    const Step& step = program.steps[s];
    const Lanes& keys = of_finish ? finish(s) : start(s);
    const Int4 key = four(of_finish ? step.finish_key : step.start_key), known = four(of_finish ? step.finish_time : step.start_time);
    clock(step).times_of(keys, times);
    set(times, [&](std::size_t i) { return load(keys.n + i) == key ? known : load(times.n + i); });
}

// The latest finish among steps, in minutes. `with_keys`: also where the shift's side says so (the project's finish).
void Simulation::Kernel::latest(std::int32_t first, std::int32_t end, bool with_keys, std::int32_t least_time, Lanes& result) const {
    set_all(result, least_time);
    Lanes key, time;
    for (std::int32_t m = first; m < end;) {
        const std::int32_t c = program.steps[member(m)].clock;
        bool any = false;
        set_all(key, kNoTime);
        for (; m < end && program.steps[member(m)].clock == c; ++m) {
            const Step& step = program.steps[member(m)];
            const Lanes& at = finish(member(m));
            const bool known = step.finish_time != kNoTime;
            const Int4 kept = four(known ? ~1 : -1), side = four(known ? step.end_side : 0);
            if (!known || with_keys) set(key, [&](std::size_t i) { return most(load(key.n + i), (load(at.n + i) & kept) | side); });
            any = any || !known || with_keys;
            if (!known) continue;
            exact_times(member(m), true, time);
            set(result, [&](std::size_t i) { return most(load(result.n + i), load(time.n + i)); });
        }
        if (!any) continue;
        clocks[static_cast<std::size_t>(c)].times_of(key, time);
        set(result, [&](std::size_t i) { return most(load(result.n + i), load(time.n + i)); });
    }
}

void Simulation::Kernel::earliest(std::int32_t first, std::int32_t end, Lanes& result) const {
    set_all(result, -kNoTime);
    Lanes key, time;
    for (std::int32_t m = first; m < end;) {
        const std::int32_t c = program.steps[member(m)].clock;
        bool any = false;
        set_all(key, -kNoTime);
        for (; m < end && program.steps[member(m)].clock == c; ++m) {
            const Lanes& at = start(member(m));
            if (program.steps[member(m)].start_time == kNoTime) {
                set(key, [&](std::size_t i) { return least(load(key.n + i), load(at.n + i)); });
                any = true;
                continue;
            }
            exact_times(member(m), false, time);
            set(result, [&](std::size_t i) { return least(load(result.n + i), load(time.n + i)); });
        }
        if (!any) continue;
        clocks[static_cast<std::size_t>(c)].times_of(key, time);
        set(result, [&](std::size_t i) { return least(load(result.n + i), load(time.n + i)); });
    }
}

void Simulation::Kernel::place_roll_up(const Place& place, const Step& step, Lanes& start, Lanes& finish) const {
    if (step.first_member == step.end_member) {  // by hand, or with nothing in it
        set_all(start, step.start_time);
        set_all(finish, step.finish_time);
        return;
    }
    if (place.starts) earliest(step.first_member, step.end_member, start);
    if (place.finishes) latest(step.first_member, step.end_member, false, kNoTime, finish);
}

void Simulation::Kernel::run_group() {
    std::uint32_t next_view = 0;
    for (std::size_t s = 0; s < places.size(); ++s) {
        const Place& place = places[s];
        while (next_view < place.end_view) look(views[next_view++]);
        const Step& step = program.steps[s];
        switch (place.kind) {
            case kWork:
            case kPoint:
            case kAnything:
                place.span == 0 ? place_point(place, step, start(s), finish(s)) : place_task(place, step, start(s), finish(s));
                break;
            case kBegun: place_begun(place, step, finish(s)); break;
            case kPut: place_put(place, step, finish(s)); break;
            case kShifted: place_shifted(step, start(s), finish(s)); break;
            case kGate: place_gate(place, step, start(s), finish(s)); break;
            case kRollUp: place_roll_up(place, step, start(s), finish(s)); break;
            default: break;
        }
    }
}

}  // namespace entente::risk
