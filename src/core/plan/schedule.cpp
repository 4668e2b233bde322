#include "core/plan/schedule.hpp"

#include <utility>

#include "core/plan/network.hpp"

namespace entente::plan {

Scheduler::Scheduler() = default;
Scheduler::~Scheduler() = default;
Scheduler::Scheduler(Scheduler&&) noexcept = default;
Scheduler& Scheduler::operator=(Scheduler&&) noexcept = default;

Result<Schedule> Scheduler::run(const Project& project) {
    if (!network_ || !network_->load(project)) {
        network_ = std::make_unique<Network>();
        Result<void> built = network_->build(project);
        if (!built) {
            network_.reset();
            return tl::unexpected<Error>(std::move(built.error()));
        }
        network_->load(project);
    }
    return network_->run();
}

Result<Schedule> compute_schedule(const Project& project) { return Scheduler().run(project); }

std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors) {
    Scheduler::Network network;
    if (!network.build(plan)) return {};
    return network.latest_finishes(plan, anchors);
}

}  // namespace entente::plan
