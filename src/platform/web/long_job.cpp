// Jobs that answer more than once (Worker::start): a worker of its own for each, ended by stop() or after its last answer.
#include <emscripten/emscripten.h>

#include <cstdlib>
#include <map>
#include <utility>

#include "platform/web/js.hpp"
#include "platform/web/ports_web.hpp"
#include "platform/web/window_impl.hpp"

// web/library_long_job.js
extern "C" {
void entente_js_long_job_start(const std::uint8_t* request, int size, int job);
void entente_js_long_job_stop(int job);
}

namespace entente::platform {
namespace {

struct LongJobs {
    int next = 1;
    std::map<int, std::function<bool(Result<Bytes>)>> calls;
};

LongJobs g_long_jobs;

}  // namespace

Worker::JobId WebWorker::start(Bytes request, std::function<bool(Result<Bytes>)> each) {
    const int job = g_long_jobs.next++;
    g_long_jobs.calls.emplace(job, std::move(each));
    entente_js_long_job_start(request.data(), static_cast<int>(request.size()), job);
    return static_cast<JobId>(job);
}

void WebWorker::stop(JobId job) {
    if (g_long_jobs.calls.erase(static_cast<int>(job)) > 0) entente_js_long_job_stop(static_cast<int>(job));
}

}  // namespace entente::platform

// An answer of a job: its bytes, or none where its worker failed.
extern "C" EMSCRIPTEN_KEEPALIVE void entente_web_long_job(int job, int failed, std::uint8_t* data, int size) {
    using namespace entente;
    using namespace entente::platform;
    Bytes bytes(data, data + size);
    std::free(data);
    const auto found = g_long_jobs.calls.find(job);
    if (found == g_long_jobs.calls.end()) return;
    const auto each = found->second;  // it may stop its own job
    Result<Bytes> answer = std::move(bytes);
    if (failed) {
        answer = fail(ErrorCode::Unsupported, msg("The background worker stopped before it was done."), {},
                      msg("Close other tabs to free memory, then try again."));
    }
    if (!each(std::move(answer)) && g_long_jobs.calls.erase(job) > 0) entente_js_long_job_stop(job);
    wake_window();
}
