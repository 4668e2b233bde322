// WebTurn: the Turn port over Web Locks and BroadcastChannel (web/library_turn.js). One exists in a page.
// `wake` is called after each answer and each notice, also while the page is hidden and draws nothing.
#pragma once

#include <functional>
#include <map>

#include "platform/ports.hpp"

namespace entente::platform {

class WebTurn final : public Turn {
public:
    explicit WebTurn(std::function<void()> wake);
    ~WebTurn() override;
    WebTurn(const WebTurn&) = delete;
    WebTurn& operator=(const WebTurn&) = delete;

    void take(bool insist, Callback<bool> done) override;
    void give() override;
    void confirm(Callback<bool> done) override;
    void tell_durable(std::uint64_t sequence) override;
    void listen(std::function<void(Notice, std::uint64_t)> heard) override { heard_ = std::move(heard); }

    // From the page.
    void taken(int ticket, int have);
    void hear(int notice, double sequence);

private:
    std::function<void()> wake_;
    std::function<void(Notice, std::uint64_t)> heard_;
    std::map<int, Callback<bool>> waiting_;
    int next_ticket_ = 1;
};

}  // namespace entente::platform
