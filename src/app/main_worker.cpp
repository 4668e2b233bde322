// The worker module: derives a key away from the frame. One message in, one out (vault/kdf.hpp), then the page ends it.
//
// web/library_worker.js receives the message, has room made for it by entente_worker_room(), and posts what entente_worker_run()
// leaves behind entente_worker_answer().
#include <chrono>

#include "vault/kdf.hpp"

namespace {

entente::Bytes request, answer;

double steady_ms() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

extern "C" {

void entente_worker_listen(void);  // web/library_worker.js

__attribute__((used, visibility("default"), export_name("entente_worker_room"))) std::uint8_t* entente_worker_room(
    std::uint32_t size) {
    request.assign(size, 0);
    return request.data();
}

// The size of the answer.
__attribute__((used, visibility("default"), export_name("entente_worker_run"))) std::uint32_t entente_worker_run(void) {
    answer = entente::vault::run_job(request, steady_ms);
    return static_cast<std::uint32_t>(answer.size());
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
