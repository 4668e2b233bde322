// Laying out a program for its runs: rows, ties and views.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/risk/kernel_impl.hpp"

namespace entente::risk {

namespace {

constexpr std::size_t kMostBlocks = 4'000'000;  // of all calendars' tables: 32 MB

}  // namespace

class Simulation::Kernel::Wiring {
public:
    explicit Wiring(Kernel& kernel) : k_(kernel) {}
    void run() {
        mark_ends();
        for (std::size_t s = 0; s < k_.places.size(); ++s) add(s);
    }

private:
    void mark_ends();
    void add(std::size_t s);
    void add_edges(const Step& step, bool gate);
    void add_gate_ties(const Step& step);
    std::uint32_t seen(std::size_t s, bool of_finish, std::int32_t lag, std::int32_t clock);
    std::uint32_t lagged(const Step& to, const Edge& edge);
    std::uint32_t view(Kernel::View view);
    bool known(std::uint32_t row) const;

    Kernel& k_;
    std::map<std::array<std::int32_t, 5>, std::uint32_t> rows_;  // what was turned already
    std::vector<bool> known_views_;                              // that hang on facts alone
};

// Roll-ups: which of their ends anything looks at.
void Simulation::Kernel::Wiring::mark_ends() {
    for (const Edge& edge : k_.program.edges) {
        Kernel::Place& from = k_.places[static_cast<std::size_t>(edge.from)];
        (edge.of_finish ? from.finishes : from.starts) = true;
    }
    for (const Step& step : k_.program.steps) {
        if (step.kind != kShifted) continue;
        Kernel::Place& source = k_.places[static_cast<std::size_t>(step.source)];
        source.starts = source.finishes = true;
    }
    for (std::size_t s = 0; s < k_.program.steps.size(); ++s)
        if (k_.program.steps[s].kind == kGate) k_.places[s].starts = k_.places[s].finishes = false;  // what it holds is found below
}

// Whether nothing in a run changes the row.
bool Simulation::Kernel::Wiring::known(std::uint32_t row) const {
    const std::size_t s = row / 2;
    if (s >= k_.places.size()) return known_views_[row - 2 * k_.places.size()];
    const std::int32_t kind = k_.places[s].kind;
    return kind == kFact || ((kind == kBegun || kind == kPut) && row % 2 == 0);
}

// The row that a view makes.
std::uint32_t Simulation::Kernel::Wiring::view(Kernel::View view) {
    const auto key = std::array{static_cast<std::int32_t>(view.from), view.from_clock, view.lag_before, view.lag, view.to_clock};
    const auto found = rows_.find(key);
    if (found != rows_.end()) return found->second;
    view.to = static_cast<std::uint32_t>(k_.rows.size());
    k_.rows.emplace_back();
    known_views_.push_back(known(view.from));
    if (known_views_.back()) {
        k_.look(view);
    } else {
        k_.views.push_back(view);
    }
    rows_.emplace(key, view.to);
    return view.to;
}

// A step's start or finish as a clock sees it (none: in minutes), `lag` minutes later.
std::uint32_t Simulation::Kernel::Wiring::seen(std::size_t s, bool of_finish, std::int32_t lag, std::int32_t clock) {
    const Step& step = k_.program.steps[s];
    Kernel::View view;
    view.from = static_cast<std::uint32_t>(2 * s + (of_finish ? 1 : 0));
    view.to_clock = clock;
    view.lag = lag;
    if (step.kind < kGate) {
        view.from_clock = step.clock;
        view.known_key = of_finish ? step.finish_key : step.start_key;
        view.known_time = of_finish ? step.finish_time : step.start_time;
    } else if (clock == kNothing && lag == 0) {
        return view.from;
    }
    return this->view(view);
}

// For gates: the minute that an edge gives, its lag by the gate's clock.
std::uint32_t Simulation::Kernel::Wiring::lagged(const Step& to, const Edge& edge) {
    const auto from = static_cast<std::size_t>(edge.from);
    if (edge.lag == 0 || edge.elapsed) return seen(from, edge.of_finish != 0, edge.lag, kNothing);
    Kernel::View later;
    later.from = seen(from, edge.of_finish != 0, 0, to.clock);
    later.from_clock = to.clock;
    later.lag_before = edge.lag;
    return view(later);
}

void Simulation::Kernel::Wiring::add_edges(const Step& step, bool gate) {
    for (std::int32_t e = step.first_edge; e < step.end_edge; ++e) {
        const Edge& edge = k_.program.edges[static_cast<std::size_t>(e)];
        Kernel::Tie tie;
        tie.from = edge.from;
        tie.of_finish = edge.of_finish != 0;
        tie.to_finish = edge.to_finish != 0;
        tie.floored = edge.to_finish && edge.of_finish;
        if (gate) {
            tie.row = lagged(step, edge);
        } else if (edge.across) {
            tie.row = seen(static_cast<std::size_t>(edge.from), edge.of_finish != 0, edge.elapsed ? edge.lag : 0, step.clock);
            tie.lag = edge.elapsed ? 0 : edge.lag;
        } else {
            tie.row = static_cast<std::uint32_t>(edge.from * 2 + (edge.of_finish ? 1 : 0));
            tie.lag = edge.lag;
        }
        k_.ties.push_back(tie);
    }
}

void Simulation::Kernel::Wiring::add_gate_ties(const Step& step) {
    const auto gate = static_cast<std::size_t>(step.gate);
    for (const bool of_finish : {false, true}) {
        if (!(of_finish ? k_.places[gate].finishes : k_.places[gate].starts)) continue;
        Kernel::View by_gate;
        by_gate.from = static_cast<std::uint32_t>(2 * gate + (of_finish ? 1 : 0));
        by_gate.to_clock = step.clock;
        Kernel::Tie tie;
        tie.row = view(by_gate);
        tie.from = step.gate;
        tie.to_finish = of_finish;
        tie.of_gate = 1;
        k_.ties.push_back(tie);
    }
}

void Simulation::Kernel::Wiring::add(std::size_t s) {
    const Step& step = k_.program.steps[s];
    const Clock& clock = k_.facts(step);
    Kernel::Place& place = k_.places[s];
    place.first_tie = static_cast<std::uint32_t>(k_.ties.size());
    place.floor = clock.start_key;
    place.last = 2 * clock.last;
    place.span = step.span;
    if (step.kind <= kAnything) {
        if (step.from_start) place.bound = clock.start_key;
        place.special = step.constraint != 0 || step.delay > 0 || step.held;
        add_edges(step, false);
        if (step.gate != kNothing) add_gate_ties(step);
    } else if (step.kind == kGate) {
        place.floor = k_.clock(step).finish_at(clock.start_key >> 1);  // the first minute with that work before it
        place.starts = step.constraint_key != kNoTime;
        add_edges(step, true);
        for (auto t = place.first_tie; t < k_.ties.size(); ++t) (k_.ties[t].to_finish ? place.finishes : place.starts) = true;
        if (step.gate != kNothing) {
            const Kernel::Place& above = k_.places[static_cast<std::size_t>(step.gate)];
            place.starts = place.starts || above.starts;
            place.finishes = place.finishes || above.finishes;
        }
    }
    place.end_tie = static_cast<std::uint32_t>(k_.ties.size());
    place.end_view = static_cast<std::uint32_t>(k_.views.size());
}

void Simulation::Kernel::wire() {
    std::size_t blocks_left = kMostBlocks;
    for (const Clock& clock : program.clocks) clocks.emplace_back(clock, blocks_left);
    rows.resize(program.steps.size() * 2);
    places.resize(program.steps.size());
    for (std::size_t s = 0; s < program.steps.size(); ++s) {
        const Step& step = program.steps[s];
        places[s].kind = step.kind;
        places[s].task = step.task;
        if (step.low < step.high && step.kind < kGate && step.kind != kFact && step.kind != kShifted) {
            places[s].triangle = static_cast<std::int32_t>(triangles.size());
            triangles.push_back(Triangle::of(step.low, step.span, step.high));
            stream_ids.push_back(program.task_ids[static_cast<std::size_t>(step.task)]);
        }
        if (step.kind == kFact || step.kind == kBegun || step.kind == kPut) {
            set_all(start(s), step.start_key);
            set_all(finish(s), step.finish_key);
        }
    }
    streams.resize(triangles.size());
    spans.resize(triangles.size());
    Wiring(*this).run();
    finishes.resize(program.targets.size());
    for (std::vector<std::int32_t>& of_target : finishes) of_target.resize(runs);
    driving.assign(program.task_ids.size(), 0);
}

}  // namespace entente::risk
