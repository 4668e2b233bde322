// Setting everything aside that a browser holds, so that a backup can take its place: each record is first copied behind the others of
// its store, by the name of its hash, and only the transaction that brings the new workspace takes the old records away. Cut short at
// any moment, what was there is there still; nothing is ever deleted by it.
#include "vault/machine.hpp"

namespace entente::vault {
namespace {

constexpr std::array<const char*, 4> kAllStores{kHeaderStore, kHeadStore, kSnapshotStore, kJournalStore};

}  // namespace

std::uint64_t quarantine_key(const Bytes& record) {
    const Digest hash = blake2b(record);
    std::uint64_t key = kQuarantine;
    for (std::size_t i = 0; i < 6; ++i) key += std::uint64_t{hash[i]} << (8 * i);
    return key;
}

// Goes through both stores, one kind of record after the other. The second store is passed over where it does not work.
void Vault::Machine::set_all_aside(const AsideRef& aside) {
    while (aside->store < aside->end && (aside->kind == kAllStores.size() || !lanes_[aside->store].port || lanes_[aside->store].error)) {
        ++aside->store;
        aside->kind = 0;
    }
    if (aside->store >= aside->end) return aside->then(*this, {});
    const std::size_t store = aside->store;
    const char* name = kAllStores[aside->kind];
    std::array<bool, 2> use{};
    use[store] = true;
    read_both(use, name, aside->from, name == kSnapshotStore ? 1 : kMendAtOnce, [aside, store, name](Machine& self, Both read) {
        if (!read[store]) return self.aside_failed(aside, std::move(read[store].error()));
        if (read[store]->empty()) {
            ++aside->kind;
            aside->from = 0;
            return self.set_all_aside(aside);
        }
        platform::Batch copies;
        platform::Batch& away = aside->away[store];
        for (platform::Record& record : *read[store]) {
            if (const Result<LockedHeader> locked = read_locked_header(record.value)) {
                aside->edition = std::max(aside->edition, locked->header.sequence);
            }
            aside->from = record.key + 1;
            away.erase.emplace_back(name, record.key);
            copies.put.push_back({name, quarantine_key(record.value), record.value});
            if (name == kHeaderStore || name == kHeadStore) away.expect.push_back(std::move(record));
        }
        self.lanes_[store].port->commit(std::move(copies), self.later<void>([aside](Machine& me, Result<void> written) {
            if (!written) return me.aside_failed(aside, std::move(written.error()));
            me.set_all_aside(aside);
        }));
    });
}

// What this store holds is under older keys: it is set aside, and the store is filled from the other one.
void Vault::Machine::make_anew(std::size_t store) {
    auto aside = std::make_shared<Aside>();
    aside->store = store;
    aside->end = store + 1;
    const auto end = [store](Machine& self, Result<void> cleared) {
        Lane& lane = self.lanes_[store];
        lane.aside = lane.outdated = lane.known = false;
        if (!cleared) self.lane_failed(store, std::move(cleared.error()));
        self.advance();
    };
    aside->then = [end, store, weak = std::weak_ptr(aside)](Machine& self, Result<void> copied) {
        const AsideRef all = weak.lock();
        if (!copied || self.lost_ || self.lanes_[store].error) return end(self, std::move(copied));
        self.lanes_[store].port->commit(std::move(all->away[store]), self.later<void>(end));
    };
    set_all_aside(aside);
}

// Of a store that was not copied whole nothing is taken away.
void Vault::Machine::aside_failed(const AsideRef& aside, Error error) {
    if (aside->store == 0 || aside->end < 2) return aside->then(*this, tl::unexpected<Error>(std::move(error)));
    lanes_[1].error = std::move(error);
    aside->away[1] = {};
    set_all_aside(aside);
}

}  // namespace entente::vault
