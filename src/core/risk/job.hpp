// The messages between a page and the worker that runs a simulation for it. Version 1, bounded, and unlike those of the key
// derivation (vault/kdf.hpp): a request begins with kJobMark.
//
//   request   mark version seed(u64) runs(u32) program
//   answer    mark version 0 done(u32) runs(u32)     so far; more answers follow
//             mark version 1 findings                the last one
//             mark version 2                         the request could not be read
//
// A job answers again and again until the last answer; whoever asked stops it by ending the worker.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>

#include "core/risk/result.hpp"

namespace entente::risk {

inline constexpr std::uint8_t kJobMark = 0x52, kJobVersion = 1;
inline constexpr std::uint32_t kSliceRuns = 512;          // between two answers
inline constexpr std::size_t kMostRequestBytes = 64u << 20;

Bytes job_request(const Program& program, std::uint64_t seed, std::uint32_t runs);
bool is_job_request(ByteView request);

class Job {
public:
    explicit Job(ByteView request);
    // Runs a slice and gives the answer for it; `more` says whether another follows.
    Bytes next();
    bool more() const { return more_; }

private:
    std::unique_ptr<Simulation> simulation_;
    bool more_ = true;
};

struct JobProgress {
    std::uint32_t done = 0, runs = 0;
};
// None: what came is not an answer.
using JobAnswer = std::variant<JobProgress, Findings>;
std::optional<JobAnswer> read_job_answer(ByteView answer);

}  // namespace entente::risk
