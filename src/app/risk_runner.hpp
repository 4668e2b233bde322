// RiskRunner: keeps the risk of one project up to date in the worker, for as long as a room shows it.
//
// look_at() is called in each frame of such a room: it starts a simulation where the one it has, or has under way, belongs to
// another state of the project. An edit thereby ends the old one at once; an answer of an older state never arrives. What was
// stopped by a person starts again with the next edit, or when asked. Without look_at() nothing runs and nothing wakes.
#pragma once

#include <memory>
#include <optional>

#include "core/model.hpp"
#include "platform/ports.hpp"
#include "ui/frame.hpp"

namespace entente::app {

inline constexpr std::size_t kMostFollowed = 2'000;  // tasks

class RiskRunner {
public:
    explicit RiskRunner(platform::Worker& worker) : worker_(worker), self_(std::make_shared<RiskRunner*>(this)) {}
    ~RiskRunner();
    RiskRunner(const RiskRunner&) = delete;
    RiskRunner& operator=(const RiskRunner&) = delete;

    void look_at(const Model& model, const plan::Project& project, std::uint64_t sequence);
    void stop();     // the person's wish
    void again();    // after stop(), or after an error
    void leave();    // no room shows it any more: what runs is ended, what is known is kept
    void forget();   // the workspace is closed

    // Whether its risk was worked out before and the plan is small enough to be run again after each edit (kMostFollowed): then the
    // whiskers of the timeline follow.
    bool follows(const plan::Project& project) const;
    // What is known about a project, for the frame; none: nothing yet.
    const ui::RiskView* view(ProjectId project, std::uint64_t sequence);

private:
    void begin(const Model& model, const plan::Project& project);
    bool take(Result<Bytes> answer);
    void end_job();

    platform::Worker& worker_;
    std::shared_ptr<RiskRunner*> self_;  // answers may come after this object is gone
    std::optional<platform::Worker::JobId> job_;
    ProjectId project_;
    std::uint64_t sequence_ = 0;      // what was looked at last
    bool begun_ = false;              // for that sequence
    risk::Findings findings_;
    std::optional<std::uint64_t> found_for_;  // the sequence the findings belong to
    ui::RiskView view_;
};

}  // namespace entente::app
