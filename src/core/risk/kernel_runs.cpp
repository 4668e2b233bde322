// The runs of a simulation: what is kept of each, the path that decided its end, and the way in from outside.
#include <algorithm>
#include <cstring>
#include <utility>

#include "core/risk/kernel_impl.hpp"

namespace entente::risk {

void Simulation::Kernel::keep(std::uint32_t first, std::uint32_t count) {
    for (std::size_t t = 0; t < program.targets.size(); ++t) {
        const Target& target = program.targets[t];
        const Ints at = target.step != kNothing
                            ? finish(static_cast<std::size_t>(target.step))
                            : latest(target.first_member, target.end_member, target.task == kNothing, target.least_time);
        if (count == kLanes) std::memcpy(&finishes[t][first], &at, sizeof at);
        for (std::size_t lane = 0; lane < count && count < kLanes; ++lane) finishes[t][first + lane] = at.at(lane);
    }
    const Ints last = last_steps();
    for (std::size_t lane = 0; lane < count; ++lane) follow(last.at(lane), lane);
}

// The member that ends last (begins first) in a lane; none where there is no member.
std::int32_t Simulation::Kernel::last_member(std::int32_t first, std::int32_t end, bool of_finish, std::size_t lane) const {
    std::int32_t found = kNothing, found_time = 0;
    for (std::int32_t m = first; m < end; ++m) {
        const std::int32_t s = program.members[static_cast<std::size_t>(m)];
        const std::int32_t time = time_at(static_cast<std::size_t>(s), of_finish, lane);
        if (found != kNothing && (of_finish ? time <= found_time : time >= found_time)) continue;
        found = s;
        found_time = time;
    }
    return found;
}

// The steps with which the project ends, by lane.
Ints Simulation::Kernel::last_steps() const {
    const Target& target = program.targets.front();
    Ints found = eight(kNothing), found_time = eight(kNoTime);
    for (std::int32_t m = target.first_member; m < target.end_member;) {
        const std::int32_t c = step_at(program.members[static_cast<std::size_t>(m)]).clock;
        Ints key = eight(kNoTime), who = eight(kNothing);
        for (; m < target.end_member; ++m) {
            const std::int32_t s = program.members[static_cast<std::size_t>(m)];
            if (step_at(s).clock != c) break;
            const Ints& at = finish(static_cast<std::size_t>(s));
            who = where_less(key, at, eight(s), who);
            key = most(key, at);
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const std::int32_t time = time_at(static_cast<std::size_t>(who.at(lane)), true, lane);
            if (time <= found_time.at(lane)) continue;
            found.set(lane, who.at(lane));
            found_time.set(lane, time);
        }
    }
    return found;
}

// The step that decides when this one is, in a lane; none where a fact or a date does.
std::int32_t Simulation::Kernel::driver_of(std::int32_t s, std::size_t lane) const {
    const Step& step = step_at(s);
    switch (step.kind) {
        case kFact:
        case kBegun:
        case kPut: return kNothing;
        case kShifted: return step.source;
        case kRollUp: return last_member(step.first_member, step.end_member, true, lane);
        default: break;
    }
    std::int32_t found = kNothing, best = kNoTime;
    if (step.kind != kGate && step.from_start) best = facts(step).start_key >> 1;
    const std::int32_t span = span_of(static_cast<std::size_t>(s)).at(lane);
    for (std::int32_t e = step.first_edge; e < step.end_edge; ++e) {
        const Edge& edge = program.edges[static_cast<std::size_t>(e)];
        const std::int32_t at = step.kind == kGate ? lagged(step, edge, lane) : work_from(step, edge, span, lane);
        if (at < best || (at == best && found != kNothing)) continue;
        best = at;
        found = edge.from;
    }
    if (step.gate != kNothing) {
        const std::int32_t at = step.kind == kGate ? start(static_cast<std::size_t>(step.gate)).at(lane)
                                                   : gate_bound(step, span, lane) >> 1;
        if (at > best) found = step.gate;
        best = std::max(best, at);
    }
    if (step.kind == kGate) return step.constraint_key != kNoTime && step.constraint_key >= best ? kNothing : found;
    // A date of its own holds it elsewhere than its predecessors do.
    return start(static_cast<std::size_t>(s)).at(lane) >> 1 == std::min(best, facts(step).last) || step.delay > 0 ? found : kNothing;
}

// Back from a step along what decided it, to a fact.
void Simulation::Kernel::follow(std::int32_t s, std::size_t lane) {
    for (; s != kNothing; s = driver_of(s, lane)) {
        const Step& step = step_at(s);
        if (step.kind < kGate && step.kind != kShifted) ++driving[static_cast<std::size_t>(step.task)];
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
    const std::int32_t t = kernel_->triangle_of[step];
    if (t == kNothing) return out.assign(runs, kernel_->program.steps[step].span);
    const auto index = static_cast<std::size_t>(t);
    for (std::uint32_t block = 0; out.size() < runs; ++block) {
        Stream stream(kernel_->seed, kernel_->stream_ids[index], block);
        for (std::uint32_t group = 0; group < kBlockRuns / kLanes && out.size() < runs; ++group) {
            const Ints drawn = draw(kernel_->triangles[index], stream);
            for (std::size_t lane = 0; lane < kLanes && out.size() < runs; ++lane) out.push_back(drawn.at(lane));
        }
    }
}

std::vector<std::int32_t> Simulation::planned(const Program& program) {
    Kernel kernel(program, 0, 0);
    kernel.vary = false;
    kernel.run_group();
    std::vector<std::int32_t> keys;
    for (const Ints& lanes : kernel.times) keys.push_back(lanes.at(0));
    return keys;
}

std::int32_t Simulation::planned_finish(const Program& program) {
    Kernel kernel(program, 0, 0);
    kernel.vary = false;
    kernel.run_group();
    const Target& target = program.targets.front();
    return kernel.latest(target.first_member, target.end_member, true, target.least_time).at(0);
}

}  // namespace entente::risk
