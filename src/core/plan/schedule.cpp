#include "core/plan/schedule.hpp"

#include <algorithm>
#include <utility>

#include "core/plan/network.hpp"
#include "core/plan/network_print.hpp"

namespace entente::plan {

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
    if (!network_) network_ = std::make_unique<Network>();
    built_ = false;
    if (Result<void> built = network_->build(project); !built) {
        changed_.clear();
        prints_.clear();
        return built;
    }
    built_ = true;
    network_->run_whole(kept);
    remember(project, kept);
    return {};
}

void Scheduler::remember(const Project& project, Schedule& kept) {
    if (!mark_.scheduler) mark_.scheduler = std::make_shared<const char>('\0');
    ++mark_.run;
    kept.mark = mark_;
    network_->take_changes(changed_);
    if (checking_)
        prints_ = prints_of(project);
    else
        prints_.clear();
}

Result<Schedule> Scheduler::run(const Project& project) {
    Schedule schedule;
    if (Result<void> done = rebuild(project, schedule); !done) return tl::unexpected<Error>(std::move(done.error()));
    return schedule;
}

Result<void> Scheduler::update(const Project& project, const Touched& touched, Schedule& kept) {
    if (built_ && checking_ && !prints_.empty() && overlooked(project, touched)) {
        ++missed_;
        built_ = false;
    }
    if (!network_ || !built_ || !network_->touch(project, touched)) return rebuild(project, kept);
    network_->run_marked(kept, kept.mark == mark_ && kept.rows.size() == project.tasks.size());
    remember(project, kept);
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
