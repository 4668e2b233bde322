#include "vault/vault.hpp"

#include "vault/machine.hpp"

namespace entente::vault {

Vault::Vault(Ports ports) : machine_(std::make_shared<Machine>(ports)) {}
Vault::~Vault() { machine_->lock(); }

void Vault::probe(Callback<Presence> done) { machine_->probe(std::move(done)); }
void Vault::create(std::string passphrase, std::optional<RecoveryKey> key, Callback<Opened> done) {
    machine_->create(std::move(passphrase), std::move(key), std::move(done));
}
void Vault::unlock(Secret secret, OpenChoice choice, Callback<Opened> done) {
    machine_->unlock(std::move(secret), choice, std::move(done));
    wipe(secret);  // a short text leaves its letters behind when it is moved
}
void Vault::read_back(Callback<BackupContent> done, std::function<Bytes()> present) {
    machine_->read_back(std::move(done), std::move(present));
}
void Vault::make_backup(Callback<Backup> done, std::function<Bytes()> present) {
    machine_->make_backup(std::move(done), std::move(present));
}
void Vault::restore(Bytes backup_file, Secret secret, bool over, Callback<Opened> done) {
    machine_->restore(std::move(backup_file), std::move(secret), over, std::move(done));
    wipe(secret);
}
void Vault::verify_backup(Bytes file, std::optional<Secret> secret, Callback<BackupCheck> done) {
    machine_->verify_backup(std::move(file), std::move(secret), std::move(done));
}
void Vault::follow(Callback<std::vector<Bytes>> done) { machine_->follow(std::move(done)); }
void Vault::reopen(bool write, Callback<Opened> done) { machine_->reopen(write, std::move(done)); }
bool Vault::hand_over() { return machine_->hand_over(); }
void Vault::lost_turn() { machine_->lost_turn(); }
bool Vault::following() const { return machine_->following(); }
void Vault::change_key(Secret current, Secret next, Callback<void> done) {
    machine_->change_key(std::move(current), std::move(next), std::move(done));
    wipe(current);
    wipe(next);
}
void Vault::rekey(std::string passphrase, RecoveryKey recovery, std::function<Bytes()> snapshot, Callback<void> done) {
    machine_->rekey(std::move(passphrase), std::move(recovery), std::move(snapshot), std::move(done));
    wipe(passphrase);
}
const RecoveryReport& Vault::recovery() const { return machine_->recovery(); }
void Vault::check(Callback<RecoveryReport> done) { machine_->check(std::move(done)); }
void Vault::append(std::uint64_t sequence, Bytes plain_entry) { machine_->append(sequence, std::move(plain_entry)); }
void Vault::flush() { machine_->flush(); }
void Vault::retry() { machine_->retry(); }
std::uint64_t Vault::durable_sequence() const { return machine_->durable_sequence(); }
std::uint64_t Vault::durable_sequence(StoreId store) const { return machine_->durable_sequence(store); }
Saving Vault::saving() const { return machine_->saving(); }
const std::optional<Error>& Vault::last_error() const { return machine_->last_error(); }
const std::optional<Error>& Vault::store_error(StoreId store) const { return machine_->store_error(store); }
bool Vault::read_only() const { return machine_->read_only(); }
bool Vault::lost() const { return machine_->lost(); }
bool Vault::wants_snapshot() const { return machine_->wants_snapshot(); }
void Vault::offer_snapshot(std::uint64_t sequence, Bytes plain_snapshot) {
    machine_->offer_snapshot(sequence, std::move(plain_snapshot));
}
std::uint64_t Vault::snapshot_sequence() const { return machine_->snapshot_sequence(); }
void Vault::lock() { machine_->lock(); }
void Vault::erase(Callback<void> done) { machine_->erase(std::move(done)); }
VaultState Vault::state() const { return machine_->state(); }

}  // namespace entente::vault
