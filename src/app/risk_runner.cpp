#include "app/risk_runner.hpp"

#include <utility>

#include "core/risk/job.hpp"
#include "core/risk/query.hpp"

namespace entente::app {

RiskRunner::~RiskRunner() {
    *self_ = nullptr;
    end_job();
}

void RiskRunner::end_job() {
    if (job_) worker_.stop(*job_);
    job_.reset();
    view_.running = false;
}

void RiskRunner::look_at(const Model& model, const plan::Project& project, std::uint64_t sequence) {
    if (project_ == project.id && sequence_ == sequence && begun_) return;
    if (project_ != project.id) found_for_.reset();
    end_job();
    project_ = project.id;
    sequence_ = sequence;
    begun_ = true;
    view_.stopped = false;
    view_.problem.reset();
    if (found_for_ != sequence) begin(model, project);
}

void RiskRunner::begin(const Model& model, const plan::Project& project) {
    Result<risk::Program> program = risk::compile(project, risk::spreads_of(model));
    if (!program) {
        view_.problem = program.error();
        return;
    }
    view_.done = 0;
    view_.runs = risk::kRuns;
    view_.running = true;
    job_ = worker_.start(risk::job_request(*program, risk::kSeed, risk::kRuns),
                         [self = self_](Result<Bytes> answer) { return *self && (*self)->take(std::move(answer)); });
}

// Whether another answer is waited for.
bool RiskRunner::take(Result<Bytes> answer) {
    const auto read = answer ? risk::read_job_answer(*answer) : std::nullopt;
    if (!read) {
        job_.reset();
        view_.running = false;
        view_.problem = answer ? Error{ErrorCode::Damaged, msg("The background worker stopped before it was done."), {}, {}}
            : answer.error();
        return false;
    }
    if (const auto* progress = std::get_if<risk::JobProgress>(&*read)) {
        view_.done = progress->done;
        view_.runs = progress->runs;
        return true;
    }
    findings_ = std::get<risk::Findings>(*read);
    found_for_ = sequence_;
    job_.reset();
    view_.running = false;
    view_.done = view_.runs = findings_.runs;
    return false;
}

void RiskRunner::stop() {
    end_job();
    view_.stopped = true;
}

void RiskRunner::again() {
    end_job();
    begun_ = false;
}

void RiskRunner::leave() {
    if (!job_) return;
    end_job();
    begun_ = false;
}

void RiskRunner::forget() {
    end_job();
    begun_ = false;
    found_for_.reset();
    findings_ = {};
    project_ = {};
    view_ = {};
}

bool RiskRunner::follows(const plan::Project& project) const {
    return project_ == project.id && found_for_ && project.tasks.size() <= kMostFollowed;
}

const ui::RiskView* RiskRunner::view(ProjectId project, std::uint64_t sequence) {
    if (project != project_) return nullptr;
    view_.findings = found_for_ ? &findings_ : nullptr;
    view_.sequence = found_for_.value_or(0);
    view_.current = found_for_ == sequence;
    return &view_;
}

}  // namespace entente::app
