// The worker module: long work away from the frame. One message in; then either one answer (a key, vault/kdf.hpp), or one after
// the other until the last (a risk simulation, core/risk/job.hpp). The page ends it.
//
// web/library_worker.js receives the message, has room made for it by entente_worker_room(), and posts what entente_worker_run()
// leaves behind entente_worker_answer(); while entente_worker_more() it calls run again with nothing new.
#include <chrono>
#include <memory>

#include "core/risk/job.hpp"
#include "vault/kdf.hpp"

namespace {

entente::Bytes request, answer;
std::unique_ptr<entente::risk::Job> job;

double steady_ms() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

extern "C" {

void entente_worker_listen(void);  // web/library_worker.js

__attribute__((used, visibility("default"), export_name("entente_worker_room"))) std::uint8_t* entente_worker_room(
    std::uint32_t size) {
    job.reset();
    request.assign(size, 0);
    return request.data();
}

// The size of the answer.
__attribute__((used, visibility("default"), export_name("entente_worker_run"))) std::uint32_t entente_worker_run(void) {
    if (!job && entente::risk::is_job_request(request)) job = std::make_unique<entente::risk::Job>(request);
    answer = job ? job->next() : entente::vault::run_job(request, steady_ms);
    return static_cast<std::uint32_t>(answer.size());
}

// 1 while another answer follows.
__attribute__((used, visibility("default"), export_name("entente_worker_more"))) std::uint32_t entente_worker_more(void) {
    return job && job->more() ? 1 : 0;
}

__attribute__((used, visibility("default"), export_name("entente_worker_answer"))) const std::uint8_t* entente_worker_answer(
    void) {
    return answer.data();
}
}

int main() {
    entente_worker_listen();
    return 0;
}
