// Turns: one workspace in several tabs. One of them writes, the others follow it live and may take its place.
//
// It ties a Vault to the port that says whose turn it is. Unlocking takes the turn where it is free and follows where it is not. A tab
// that is asked for the turn saves, hands it over and follows; one from which it was taken (it slept, or could not save) keeps what is
// not durable in memory, Failed with Conflict, until the person says follow(). Where the browser has no locks every tab has the turn,
// and the stores' own guard refuses all but one.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "platform/ports.hpp"
#include "vault/vault.hpp"

namespace entente::vault {

class Turns {
public:
    struct Hooks {
        std::function<void()> save;                        // hand every edit to the vault now: the turn is to go
        std::function<void(std::vector<Bytes>)> entries;   // what the writing tab made durable: replay it
        std::function<void(Result<Opened>)> opened;        // everything anew; with an error the vault is locked
        std::function<void()> changed;                     // following() or the vault's last_error() is another now
    };
    // `turn` may be null: then this is the only tab.
    Turns(Vault& vault, platform::Turn* turn, Hooks hooks);
    ~Turns();
    Turns(const Turns&) = delete;
    Turns& operator=(const Turns&) = delete;

    // As Vault::unlock(), which wipes the secret.
    void unlock(Secret secret, OpenChoice choice, Callback<Opened> done);
    // Before a workspace is made or restored: whoever asks next follows this tab.
    void take();
    // The person wants to write here. Answers through Hooks::opened, after two seconds where the other tab does not answer.
    void take_over();
    bool taking_over() const { return taking_; }
    // The person gives up what could not be saved here, and follows the tab that writes. Answers through Hooks::opened.
    void follow();
    // Whenever a store has answered: tells the others what is durable, and hands over where that was asked for.
    void step();
    // The vault was locked, or removed.
    void locked();

private:
    template <class T, class F>
    Callback<T> later(F then);
    void heard(platform::Turn::Notice notice);
    void pull();
    void settle();
    void reopen(bool write);

    Vault& vault_;
    platform::Turn* turn_;
    Hooks hooks_;
    bool unlocking_ = false;  // the turn it was given is not to be let go of meanwhile
    bool taking_ = false, wanted_ = false, lost_ = false, pulling_ = false, again_ = false;
    std::uint64_t told_ = 0;
    std::shared_ptr<int> session_ = std::make_shared<int>(0);  // answers of before locked() count no more
};

}  // namespace entente::vault
