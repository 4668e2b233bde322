#include "core/risk/job.hpp"

#include <utility>

namespace entente::risk {

namespace {

enum class Kind : std::uint8_t { Progress = 0, Findings = 1, Unreadable = 2 };

Writer begin(Kind kind) {
    Writer writer;
    writer.u8(kJobMark);
    writer.u8(kJobVersion);
    writer.u8(static_cast<std::uint8_t>(kind));
    return writer;
}

}  // namespace

Bytes job_request(const Program& program, std::uint64_t seed, std::uint32_t runs) {
    Writer writer;
    writer.u8(kJobMark);
    writer.u8(kJobVersion);
    writer.u64(seed);
    writer.u32(runs);
    write(writer, program);
    return writer.take();
}

bool is_job_request(ByteView request) { return !request.empty() && request.front() == kJobMark; }

Job::Job(ByteView request) {
    if (request.size() > kMostRequestBytes) return;
    Reader reader(request);
    if (reader.u8() != kJobMark || reader.u8() != kJobVersion) return;
    const std::uint64_t seed = reader.u64();
    const std::uint32_t runs = reader.u32();
    std::optional<Program> program = read_program(reader);
    if (!program || !reader.at_end() || runs == 0 || runs > kMostRuns) return;
    simulation_ = std::make_unique<Simulation>(std::move(*program), seed, runs);
}

Bytes Job::next() {
    if (!simulation_) {
        more_ = false;
        return begin(Kind::Unreadable).take();
    }
    if (simulation_->step(kSliceRuns)) {
        Writer writer = begin(Kind::Progress);
        writer.u32(simulation_->done());
        writer.u32(simulation_->runs());
        return writer.take();
    }
    more_ = false;
    Writer writer = begin(Kind::Findings);
    write(writer, findings(*simulation_));
    return writer.take();
}

std::optional<JobAnswer> read_job_answer(ByteView answer) {
    Reader reader(answer);
    if (reader.u8() != kJobMark || reader.u8() != kJobVersion) return std::nullopt;
    const auto kind = static_cast<Kind>(reader.u8());
    if (kind == Kind::Progress) {
        JobProgress progress;
        progress.done = reader.u32();
        progress.runs = reader.u32();
        return reader.at_end() && progress.done <= progress.runs ? std::optional<JobAnswer>(progress) : std::nullopt;
    }
    if (kind != Kind::Findings) return std::nullopt;
    std::optional<Findings> findings = read_findings(reader);
    if (!findings || !reader.at_end()) return std::nullopt;
    return JobAnswer{std::move(*findings)};
}

}  // namespace entente::risk
