// Workspace: the records of a small workspace, each sealed as it should be, for vectors that put them together well and badly.
#pragma once

#include <algorithm>

#include "tests/vectors/vectors.hpp"

namespace entente::vectors {

// A store, made anew for each vector, so that one thing can be changed in it and everything behind it made to fit or not.
class Workspace {
public:
    explicit Workspace(const Kit& kit, std::uint32_t key_epoch = 1)
        : kit_(kit), key_epoch_(key_epoch), keys_(vault::derive_keys(kit.root, kit.vault_id, key_epoch)) {}

    vault::EnvelopeHeader header(vault::Kind kind, std::uint64_t sequence, std::uint64_t base) {
        vault::EnvelopeHeader out;
        out.kind = kind;
        out.vault_id = kit_.vault_id;
        out.key_epoch = key_epoch_;
        out.writer_epoch = 1;
        out.sequence = sequence;
        out.base_sequence = base;
        random_.fill(out.nonce);
        return out;
    }
    Bytes entry(std::uint64_t sequence, const vault::Digest& previous) {
        vault::EnvelopeHeader out = header(vault::Kind::Journal, sequence, sequence > 2 ? 2 : 0);
        out.previous = previous;
        return vault::seal(out, keys_.journal, Bytes(5, static_cast<std::uint8_t>(sequence)));
    }
    // The entry after the last one, chained to it.
    void append(Store& store) {
        auto& journal = store["jrnl"];
        const std::uint64_t sequence = journal.empty() ? 1 : journal.rbegin()->first + 1;
        journal[sequence] = entry(sequence, journal.empty() ? vault::Digest{} : vault::blake2b(journal.rbegin()->second));
    }
    Bytes head(std::uint64_t generation, std::uint64_t sequence, const Store& store, bool with_snapshot = true, std::uint64_t base = 0) {
        vault::Head out;
        out.base = base;
        out.generation = generation;
        out.writer_epoch = 1;
        out.sequence = sequence;
        if (sequence > 0) out.journal_hash = vault::blake2b(store.at("jrnl").at(sequence));
        if (with_snapshot) out.snapshots = {{2, vault::blake2b(store.at("snap").at(2))}};
        return vault::seal_head(header(vault::Kind::Head, 0, 0), keys_.head, out);
    }
    Bytes snapshot(std::uint64_t sequence, const Store& store) {
        vault::EnvelopeHeader out = header(vault::Kind::Snapshot, sequence, 0);
        out.previous = vault::blake2b(store.at("jrnl").at(sequence));
        return vault::seal(out, keys_.snapshot, Bytes(9, 0x55));
    }
    Bytes hdr(std::uint64_t edition, const std::vector<vault::Slot>& slots) {
        return vault::seal_header(header(vault::Kind::Header, edition, 0), keys_.header, {DeviceId{7}, 1'772'438'400'000}, slots);
    }
    // Of a store whose journal a snapshot has taken the place of: `last` is the hash of its last record.
    Bytes head_after_snapshot(std::uint64_t generation, std::uint64_t sequence, const vault::Digest& last, const Store& store) {
        vault::Head out;
        out.generation = generation;
        out.writer_epoch = 1;
        out.sequence = out.base = sequence;
        out.journal_hash = last;
        out.snapshots = {{sequence, vault::blake2b(store.at("snap").at(sequence))}};
        return vault::seal_head(header(vault::Kind::Head, 0, 0), keys_.head, out);
    }
    std::string witness(std::uint64_t sequence, const vault::Digest& last) const {
        vault::WitnessNote note{kit_.vault_id, sequence, {}};
        std::copy_n(last.begin(), note.head8.size(), note.head8.begin());
        return vault::write_witness(note);
    }
    Store usual() {
        Store store;
        const std::vector<vault::Slot> slots = {kit_.passphrase_slot(), kit_.recovery_slot()};
        for (const std::uint64_t copy : {0u, 1u}) store["hdr"][copy] = hdr(1, slots);
        for (int i = 0; i < 4; ++i) append(store);
        store["snap"][2] = snapshot(2, store);
        store["head"][0] = head(4, 3, store);
        store["head"][1] = head(5, 4, store);
        return store;
    }

private:
    const Kit& kit_;
    std::uint32_t key_epoch_;
    vault::VaultKeys keys_;
    platform::SeededRandom random_{11};
};

}  // namespace entente::vectors
