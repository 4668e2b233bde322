#include "platform/web/turn_web.hpp"

#include <emscripten/emscripten.h>

#include <utility>

extern "C" {
void entente_turn_listen();
void entente_turn_take(int insist, int ticket);
void entente_turn_give();
void entente_turn_confirm(int ticket);
void entente_turn_tell(double sequence);
}

namespace entente::platform {
namespace {

WebTurn* g_turn = nullptr;

}  // namespace

WebTurn::WebTurn(std::function<void()> wake) : wake_(std::move(wake)) {
    g_turn = this;
    entente_turn_listen();
}

WebTurn::~WebTurn() { g_turn = nullptr; }

void WebTurn::take(bool insist, Callback<bool> done) {
    waiting_.emplace(next_ticket_, std::move(done));
    entente_turn_take(insist ? 1 : 0, next_ticket_++);
}

void WebTurn::give() { entente_turn_give(); }

void WebTurn::confirm(Callback<bool> done) {
    waiting_.emplace(next_ticket_, std::move(done));
    entente_turn_confirm(next_ticket_++);
}

void WebTurn::tell_durable(std::uint64_t sequence) { entente_turn_tell(static_cast<double>(sequence)); }

void WebTurn::taken(int ticket, int have) {
    const auto found = waiting_.find(ticket);
    if (found == waiting_.end()) return;
    const Callback<bool> done = std::move(found->second);
    waiting_.erase(found);
    have == 2 ? done(fail(ErrorCode::Storage, Message{})) : done(have == 1);
    wake_();
}

void WebTurn::hear(int notice, double sequence) {
    if (heard_ && notice >= 0 && notice <= 2) heard_(static_cast<Notice>(notice), static_cast<std::uint64_t>(sequence));
    wake_();
}

}  // namespace entente::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE void entente_turn_taken(int ticket, int have) {
    if (entente::platform::g_turn) entente::platform::g_turn->taken(ticket, have);
}

EMSCRIPTEN_KEEPALIVE void entente_turn_heard(int notice, double sequence) {
    if (entente::platform::g_turn) entente::platform::g_turn->hear(notice, sequence);
}
}
