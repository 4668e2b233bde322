#include "vault/turns.hpp"

namespace entente::vault {

template <class T, class F>
Callback<T> Turns::later(F then) {
    return [session = std::weak_ptr<int>(session_), then = std::move(then)](Result<T> result) {
        if (!session.expired()) then(std::move(result));
    };
}

Turns::Turns(Vault& vault, platform::Turn* turn, Hooks hooks) : vault_(vault), turn_(turn), hooks_(std::move(hooks)) {
    if (turn_) turn_->listen([this](platform::Turn::Notice notice, std::uint64_t) { heard(notice); });
}

Turns::~Turns() {
    if (turn_) turn_->listen({});
}

void Turns::unlock(Secret secret, OpenChoice choice, Callback<Opened> done) {
    if (!turn_) {
        vault_.unlock(std::move(secret), choice, std::move(done));
        return wipe(secret);
    }
    auto kept = std::make_shared<Secret>(std::move(secret));
    wipe(secret);
    unlocking_ = true;
    turn_->take(false, later<bool>([this, kept, choice, done = std::move(done)](const Result<bool>& have) {
        OpenChoice how = choice;
        how.follow |= !have.value_or(true);
        vault_.unlock(std::move(*kept), how, [this, done](Result<Opened> opened) {
            unlocking_ = false;
            if (opened) told_ = opened->sequence;
            else if (vault_.state() == VaultState::Locked) turn_->give();
            done(std::move(opened));
            settle();
        });
        wipe(*kept);
    }));
}

void Turns::take() {
    if (turn_) turn_->take(false, [](const Result<bool>&) {});
}

void Turns::take_over() {
    if (taking_ || !turn_ || !vault_.following()) return;
    taking_ = true;
    turn_->take(true, later<bool>([this](const Result<bool>& have) {
        if (have.value_or(false) && vault_.following()) return reopen(true);
        taking_ = false;
        if (have.value_or(false) && vault_.state() == VaultState::Locked && !unlocking_) turn_->give();  // locked meanwhile
        hooks_.changed();
    }));
}

void Turns::follow() { reopen(false); }

void Turns::reopen(bool write) {
    vault_.reopen(write, later<Opened>([this](Result<Opened> opened) {
        taking_ = pulling_ = false;
        if (opened) told_ = opened->sequence;
        else if (turn_) turn_->give();
        hooks_.opened(std::move(opened));
        settle();
        step();
        if (again_) pull();
    }));
}

void Turns::heard(platform::Turn::Notice notice) {
    using Notice = platform::Turn::Notice;
    if (notice == Notice::Durable) return pull();
    wanted_ = notice == Notice::Wanted;
    if (wanted_) {
        if (vault_.state() == VaultState::Open) hooks_.save();
        return step();
    }
    lost_ = true;
    settle();
}

// Nothing unsaved: this tab follows now. Else it keeps what is not durable until the person has seen it.
void Turns::settle() {
    if (!lost_ || vault_.state() == VaultState::Busy) return;
    lost_ = wanted_ = false;
    if (vault_.state() == VaultState::Open) hooks_.save();  // what the vault has not been handed yet is not saved either
    if (!vault_.hand_over()) vault_.lost_turn();
    hooks_.changed();
}

// One reading at a time; what is heard meanwhile is read after it.
void Turns::pull() {
    if (!vault_.following()) return;
    again_ = pulling_;
    if (pulling_) return;
    pulling_ = true;
    vault_.follow(later<std::vector<Bytes>>([this](Result<std::vector<Bytes>> entries) {
        // They cannot be read one after the other any more; anything else passes, and the next notice tries again.
        if (!entries && entries.error().code == ErrorCode::Conflict) return reopen(false);
        pulling_ = false;
        if (entries && !entries->empty()) hooks_.entries(std::move(*entries));
        if (again_) pull();
    }));
}

void Turns::step() {
    if (!turn_) return;
    settle();  // it was lost while the vault was busy
    const bool writes = vault_.state() == VaultState::Open && !vault_.read_only();
    if (writes && vault_.durable_sequence() != told_) {
        told_ = vault_.durable_sequence();
        turn_->tell_durable(told_);
    }
    if (!wanted_ || taking_ || unlocking_ || vault_.state() == VaultState::Busy) return;
    if (writes) hooks_.save();
    if (writes && !vault_.hand_over()) return;
    wanted_ = false;
    turn_->give();
    hooks_.changed();
}

void Turns::locked() {
    session_ = std::make_shared<int>(0);
    unlocking_ = taking_ = wanted_ = lost_ = pulling_ = again_ = false;
    if (turn_) turn_->give();
}

}  // namespace entente::vault
