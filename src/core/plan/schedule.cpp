#include "core/plan/schedule.hpp"

#include <algorithm>
#include <utility>

#include "core/plan/network.hpp"
#include "core/plan/network_print.hpp"

namespace entente::plan {

namespace {

// Tells one scheduler's answers from another's; never shown, never stored.
std::uint64_t last_stamp = 0;

}  // namespace

void Touched::add(const Touched& other) {
    tasks.insert(tasks.end(), other.tasks.begin(), other.tasks.end());
    links.insert(links.end(), other.links.begin(), other.links.end());
    everything = everything || other.everything;
}

Scheduler::Scheduler() = default;
Scheduler::~Scheduler() = default;
Scheduler::Scheduler(Scheduler&&) noexcept = default;
Scheduler& Scheduler::operator=(Scheduler&&) noexcept = default;

Result<void> Scheduler::rebuild(const Project& project, Schedule& kept) {
    network_ = std::make_unique<Network>();
    if (Result<void> built = network_->build(project); !built) {
        network_.reset();
        changed_.clear();
        prints_.clear();
        return built;
    }
    network_->run_whole(kept);
    remember(project);
    return {};
}

void Scheduler::remember(const Project& project) {
    stamp_ = ++last_stamp;
    network_->take_changes(changed_);
    if (checking_)
        prints_ = prints_of(project);
    else
        prints_.clear();
}

Result<Schedule> Scheduler::run(const Project& project) {
    Schedule schedule;
    if (Result<void> done = rebuild(project, schedule); !done) return tl::unexpected<Error>(std::move(done.error()));
    schedule.stamp = stamp_;
    return schedule;
}

Result<void> Scheduler::update(const Project& project, const Touched& touched, Schedule& kept) {
    if (network_ && checking_ && !prints_.empty() && overlooked(project, touched)) {
        ++missed_;
        network_.reset();
    }
    if (!network_ || !network_->touch(project, touched)) {
        if (Result<void> built = rebuild(project, kept); !built) return built;
        kept.stamp = stamp_;
        return {};
    }
    network_->run_marked(kept, kept.stamp == stamp_ && kept.rows.size() == project.tasks.size());
    remember(project);
    kept.stamp = stamp_;
    return {};
}

bool Scheduler::overlooked(const Project& project, const Touched& touched) const {
    return !touched.everything && differs_beyond(project, touched, prints_);
}

Result<Schedule> compute_schedule(const Project& project) {
    Schedule schedule;
    Scheduler::Network network;
    if (Result<void> built = network.build(project); !built) return tl::unexpected<Error>(std::move(built.error()));
    network.run_whole(schedule);
    return schedule;
}

std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors) {
    Scheduler::Network network;
    if (!network.build(plan)) return {};
    return network.latest_finishes(plan, anchors);
}

}  // namespace entente::plan
