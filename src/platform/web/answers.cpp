#include <emscripten/emscripten.h>

#include <algorithm>
#include <map>
#include <utility>

#include "platform/web/js.hpp"
#include "platform/web/window_impl.hpp"

namespace entente::platform {
namespace {

struct Pending {
    int next = 1;
    std::map<int, AnswerFunction> calls;
};

Pending g_pending;

}  // namespace

int expect_answer(AnswerFunction done) {
    const int ticket = g_pending.next++;
    g_pending.calls.emplace(ticket, std::move(done));
    return ticket;
}

}  // namespace entente::platform

extern "C" EMSCRIPTEN_KEEPALIVE void entente_web_answer(int ticket, int status, std::uint8_t* data, int size, char* text) {
    using namespace entente;
    using namespace entente::platform;
    Bytes bytes(data, data + size);
    std::fill(data, data + size, std::uint8_t{0});  // it may be a key
    std::free(data);
    std::string words = take_text(text);
    const auto found = g_pending.calls.find(ticket);
    if (found == g_pending.calls.end()) {
        return;
    }
    const AnswerFunction done = std::move(found->second);
    g_pending.calls.erase(found);
    done(static_cast<Answer>(status), std::move(bytes), std::move(words));
    wake_window();
}
