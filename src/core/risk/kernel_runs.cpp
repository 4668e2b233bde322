// The runs of a simulation: what is kept of each, the path that decided its end, and the way in from outside.
#include <algorithm>
#include <utility>

#include "core/risk/kernel_impl.hpp"

namespace entente::risk {

void Simulation::Kernel::keep(std::uint32_t first, std::uint32_t count) {
    Lanes row;
    for (std::size_t t = 0; t < program.targets.size(); ++t) {
        const Target& target = program.targets[t];
        if (target.step == kNothing) latest(target.first_member, target.end_member, target.task == kNothing, target.least_time, row);
        const Lanes& at = target.step == kNothing ? row : finish(static_cast<std::size_t>(target.step));
        std::copy_n(at.n, count, finishes[t].begin() + first);
    }
    last_steps(row);
    for (std::size_t lane = 0; lane < count; ++lane) follow(row.n[lane], lane);
}

// The steps with which the project ends, by lane; none where nothing is in it.
void Simulation::Kernel::last_steps(Lanes& found) const {
    const Target& target = program.targets.front();
    set_all(found, kNothing);
    Lanes found_time, key, who;
    set_all(found_time, kNoTime);
    for (std::int32_t m = target.first_member; m < target.end_member;) {
        const std::int32_t c = program.steps[member(m)].clock;
        set_all(key, kNoTime);
        set_all(who, kNothing);
        for (; m < target.end_member && program.steps[member(m)].clock == c; ++m) {
            const Lanes& at = finish(member(m));
            const Int4 s = four(program.members[static_cast<std::size_t>(m)]);
            set(who, [&](std::size_t i) { return load(key.n + i) < load(at.n + i) ? s : load(who.n + i); });
            set(key, [&](std::size_t i) { return most(load(key.n + i), load(at.n + i)); });
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const std::int32_t time = time_at(static_cast<std::size_t>(who.n[lane]), true, lane);
            if (time <= found_time.n[lane]) continue;
            found.n[lane] = who.n[lane];
            found_time.n[lane] = time;
        }
    }
}

// Minutes since 1970 of a step's start or finish in a lane.
std::int32_t Simulation::Kernel::time_at(std::size_t s, bool of_finish, std::size_t lane) const {
    const Step& step = program.steps[s];
    const std::int32_t value = (of_finish ? finish(s) : start(s)).n[lane];
    if (step.kind >= kGate) return value;
    const std::int32_t known = of_finish ? step.finish_time : step.start_time;
    if (known != kNoTime && value == (of_finish ? step.finish_key : step.start_key)) return known;
    return clock(step).time_of(value);
}

// The first member of a roll-up that ends (begins) with it; none where there is no member. Its finish by each calendar is looked
// up once: keys compare as times do.
std::int32_t Simulation::Kernel::deciding_member(const Step& step, bool of_finish, std::int32_t time, std::size_t lane) const {
    std::int32_t clock_now = kNothing, least_key = 0;
    for (std::int32_t m = step.first_member; m < step.end_member; ++m) {
        const Step& at = program.steps[member(m)];
        if (of_finish && at.clock != clock_now) {
            clock_now = at.clock;
            const LaneClock& by = clock(at);
            least_key = by.key_of(time);
            if (by.time_of(least_key - 1) == time) --least_key;  // within a shift both sides are that minute
        }
        const bool by_key = of_finish && at.finish_time == kNoTime;
        const bool decides = by_key ? finish(member(m)).n[lane] >= least_key : time_at(member(m), of_finish, lane) == time;
        if (decides) return program.members[static_cast<std::size_t>(m)];
    }
    return kNothing;
}

// The step that decides when this one is, in a lane; none where a fact or a date does. `of_finish`: this one's finish is asked about,
// and then whether the other's is.
std::int32_t Simulation::Kernel::driver_of(std::size_t s, std::size_t lane, bool& of_finish) const {
    const Place& place = places[s];
    switch (place.kind) {
        case kFact:
        case kBegun:
        case kPut: return kNothing;
        case kShifted: return program.steps[s].source;
        case kRollUp: return deciding_member(program.steps[s], of_finish, rows[2 * s + (of_finish ? 1 : 0)].n[lane], lane);
        case kGate: return driver_of_gate(place, program.steps[s], lane, of_finish);
        default: break;
    }
    std::int32_t found = kNothing, best = place.bound == kNoTime ? kNoTime : place.bound >> 1;
    const std::int32_t span = place.triangle == kNothing ? place.span : spans[static_cast<std::size_t>(place.triangle)].n[lane];
    for (std::uint32_t t = place.first_tie; t < place.end_tie; ++t) {
        const Tie& tie = ties[t];
        std::int32_t at = (rows[tie.row].n[lane] >> 1) + tie.lag;
        if (tie.to_finish) at -= span;
        if (tie.floored) at = std::max(at, place.floor >> 1);
        if (at < best || (at == best && (found != kNothing || tie.of_gate))) continue;
        best = at;
        found = tie.from;
        of_finish = tie.of_finish != 0;
    }
    if (!place.special) return found;
    // A date of its own holds it elsewhere than its predecessors do.
    const Step& step = program.steps[s];
    return start(s).n[lane] >> 1 == std::min(best, place.last >> 1) || step.delay > 0 ? found : kNothing;
}

std::int32_t Simulation::Kernel::driver_of_gate(const Place& place, const Step& step, std::size_t lane, bool& of_finish) const {
    std::int32_t found = kNothing, best = kNoTime;
    for (std::uint32_t t = place.first_tie; t < place.end_tie; ++t) {
        const std::int32_t at = rows[ties[t].row].n[lane];
        if (at < best || (at == best && found != kNothing)) continue;
        best = at;
        found = ties[t].from;
        of_finish = ties[t].of_finish != 0;
    }
    if (step.gate != kNothing) {
        const std::int32_t at = start(static_cast<std::size_t>(step.gate)).n[lane];
        if (at > best) found = step.gate;
        best = std::max(best, at);
    }
    return step.constraint_key != kNoTime && step.constraint_key >= best ? kNothing : found;
}

// Back from a step along what decided it, to a fact.
void Simulation::Kernel::follow(std::int32_t s, std::size_t lane) {
    bool of_finish = true;
    while (s != kNothing) {
        const auto at = static_cast<std::size_t>(s);
        const Place& place = places[at];
        if (place.kind < kShifted) ++driving[static_cast<std::size_t>(place.task)];
        s = driver_of(at, lane, of_finish);
    }
}

void Simulation::Kernel::run_block(std::uint64_t block, std::uint32_t count) {
    for (std::size_t t = 0; t < streams.size(); ++t) streams[t] = Stream(seed, stream_ids[t], block);
    for (std::uint32_t first = 0; first < count; first += kLanes) {
        run_group();
        keep(done + first, std::min<std::uint32_t>(kLanes, count - first));
    }
}

Simulation::Simulation(Program program, std::uint64_t seed, std::uint32_t runs)
    : kernel_(std::make_unique<Kernel>(std::move(program), seed, runs)) {}
Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;

bool Simulation::step(std::uint32_t runs) {
    Kernel& k = *kernel_;
    const std::uint32_t goal = k.runs - k.done < runs ? k.runs : k.done + runs;
    while (k.done < goal) {
        const std::uint32_t count = std::min(kBlockRuns, k.runs - k.done);
        k.run_block(k.done / kBlockRuns, count);
        k.done += count;
    }
    return k.done < k.runs;
}

const Program& Simulation::program() const { return kernel_->program; }
std::uint64_t Simulation::seed() const { return kernel_->seed; }
std::uint32_t Simulation::runs() const { return kernel_->runs; }
std::uint32_t Simulation::done() const { return kernel_->done; }
const std::vector<std::int32_t>& Simulation::finishes(std::size_t target) const { return kernel_->finishes[target]; }
const std::vector<std::uint32_t>& Simulation::driving() const { return kernel_->driving; }

std::int32_t Simulation::minute_of(std::size_t target, std::int32_t finish) const {
    const std::int32_t s = kernel_->program.targets[target].step;
    if (s == kNothing) return finish;
    const Step& step = kernel_->step_at(s);
    return step.finish_time != kNoTime && finish == step.finish_key ? step.finish_time : kernel_->clock(step).time_of(finish);
}

void Simulation::lengths(std::size_t step, std::uint32_t runs, std::vector<std::int32_t>& out) const {
    out.clear();
    const std::int32_t t = kernel_->places[step].triangle;
    if (t == kNothing) return out.assign(runs, kernel_->program.steps[step].span);
    const auto index = static_cast<std::size_t>(t);
    Lanes drawn;
    for (std::uint32_t block = 0; out.size() < runs; ++block) {
        Stream stream(kernel_->seed, kernel_->stream_ids[index], block);
        for (std::uint32_t group = 0; group < kBlockRuns / kLanes; ++group) {
            draw(kernel_->triangles[index], stream, drawn);
            out.insert(out.end(), drawn.n, drawn.n + std::min<std::size_t>(kLanes, runs - out.size()));
        }
    }
}

std::vector<std::int32_t> Simulation::planned(const Program& program) {
    Kernel kernel(program, 0, 0);
    kernel.vary = false;
    kernel.run_group();
    std::vector<std::int32_t> keys;
    for (std::size_t row = 0; row < 2 * program.steps.size(); ++row) keys.push_back(kernel.rows[row].n[0]);
    return keys;
}

std::int32_t Simulation::planned_finish(const Program& program) {
    Kernel kernel(program, 0, 0);
    kernel.vary = false;
    kernel.run_group();
    const Target& target = program.targets.front();
    Lanes latest;
    kernel.latest(target.first_member, target.end_member, true, target.least_time, latest);
    return latest.n[0];
}

}  // namespace entente::risk
