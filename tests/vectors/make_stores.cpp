// Whole workspaces as one store holds them: headers, heads, a snapshot, a journal of four entries, and what can be wrong between them.
// The file lists the store's records: its name (a length, u8, and the letters), the key (u64), the size (u32), the record.
#include <functional>

#include "tests/vectors/vectors.hpp"
#include "tests/vectors/workspace.hpp"

namespace entente::vectors {

using namespace vault;

namespace {

using Change = std::function<void(Store&, Workspace&)>;
using Add = std::function<void(const char* name, const char* expect, const char* why, const Change& change)>;

void flip(Bytes& record) { record.back() ^= 1; }

void add_copies(const Add& add) {
    add("good", "ok", "", [](Store&, Workspace&) {});
    add("one_header", "ok", "", [](Store& s, Workspace&) { s["hdr"].erase(0); });
    add("one_header_damaged", "ok", "", [](Store& s, Workspace&) { s["hdr"][0][130] ^= 1; });
    add("both_headers_damaged", "damaged", "no_header", [](Store& s, Workspace&) { s["hdr"][0][130] ^= 1, s["hdr"][1][130] ^= 1; });
    add("one_head", "ok", "", [](Store& s, Workspace&) { s["head"].erase(0); });
    add("older_head_damaged", "ok", "", [](Store& s, Workspace&) { flip(s["head"][0]); });
    add("newer_head_damaged", "ok", "", [](Store& s, Workspace&) { flip(s["head"][1]); });
    add("both_heads_damaged", "damaged", "no_head", [](Store& s, Workspace&) { flip(s["head"][0]), flip(s["head"][1]); });
    add("head_of_more_generations_and_fewer_entries", "ok", "", [](Store& s, Workspace& w) { s["head"][0] = w.head(9, 3, s); });
    add("head_of_more_generations_and_another_entry", "damaged", "entry", [](Store& s, Workspace& w) {
        Store other = s;
        other["jrnl"][3] = w.entry(3, blake2b(s["jrnl"][2]));
        s["head"][0] = w.head(9, 3, other);
    });
    add("no_head", "damaged", "no_head", [](Store& s, Workspace&) { s.erase("head"); });
    add("snapshot_damaged", "ok", "", [](Store& s, Workspace&) { flip(s["snap"][2]); });
    add("snapshot_missing", "ok", "", [](Store& s, Workspace&) { s.erase("snap"); });
    // Named and whole, and yet not the state after that many entries.
    const Change other_seq = [](Store& s, Workspace& w) {
        s["snap"][2] = w.snapshot(3, s);
        s["head"][0] = w.head(4, 3, s);
        s["head"][1] = w.head(5, 4, s);
    };
    add("snapshot_of_another_seq", "ok", "", other_seq);
    add("snapshot_of_another_seq_and_entry_1_missing", "damaged", "entry", [&](Store& s, Workspace& w) {
        other_seq(s, w);
        s["jrnl"].erase(1);
    });
    add("snapshot_and_entry_1_missing", "damaged", "entry", [](Store& s, Workspace&) { s.erase("snap"), s["jrnl"].erase(1); });
}

void add_journals(const Add& add) {
    add("entry_1_missing", "ok", "", [](Store& s, Workspace&) { s["jrnl"].erase(1); });
    add("entry_3_damaged", "damaged", "entry", [](Store& s, Workspace&) { flip(s["jrnl"][3]); });
    add("entry_3_missing", "damaged", "entry", [](Store& s, Workspace&) { s["jrnl"].erase(3); });
    add("entry_4_missing", "damaged", "entry", [](Store& s, Workspace&) { s["jrnl"].erase(4); });
    add("entry_3_has_seq_4", "damaged", "entry", [](Store& s, Workspace& w) { s["jrnl"][3] = w.entry(4, blake2b(s["jrnl"][2])); });
    add("entry_3_under_key_4", "damaged", "entry", [](Store& s, Workspace&) { std::swap(s["jrnl"][3], s["jrnl"][4]); });
    add("entry_3_chained_to_nothing", "damaged", "entry", [](Store& s, Workspace& w) { s["jrnl"][3] = w.entry(3, Digest{}); });
    add("entry_3_chained_to_1", "damaged", "entry", [](Store& s, Workspace& w) { s["jrnl"][3] = w.entry(3, blake2b(s["jrnl"][1])); });
    add("entry_3_written_again", "damaged", "entry", [](Store& s, Workspace& w) { s["jrnl"][3] = w.entry(3, blake2b(s["jrnl"][2])); });
    add("entry_4_written_again", "damaged", "entry", [](Store& s, Workspace& w) { s["jrnl"][4] = w.entry(4, blake2b(s["jrnl"][3])); });
    add("entry_5_beyond_the_head", "ok", "", [](Store& s, Workspace& w) { w.append(s); });
    add("entry_5_damaged", "damaged", "entry", [](Store& s, Workspace& w) {
        w.append(s);
        flip(s["jrnl"][5]);
    });
    add("entry_6_after_a_hole", "damaged", "entry", [](Store& s, Workspace& w) {
        w.append(s);
        w.append(s);
        s["jrnl"].erase(5);
    });
}

void add_bases(const Add& add) {
    const auto based = [](Store& s, Workspace& w) {
        s["head"][0] = w.head(4, 3, s, true, 2);
        s["head"][1] = w.head(5, 4, s, true, 2);
        s["jrnl"].erase(1);
        s["jrnl"].erase(2);
    };
    add("base", "ok", "", based);
    add("base_and_entries_before_it", "ok", "", [&](Store& s, Workspace& w) {
        const Bytes first = s["jrnl"][1];
        based(s, w);
        s["jrnl"][1] = first;
    });
    add("base_and_snapshot_missing", "damaged", "snapshot", [&](Store& s, Workspace& w) {
        based(s, w);
        s.erase("snap");
    });
    add("base_and_snapshot_damaged", "damaged", "snapshot", [&](Store& s, Workspace& w) {
        based(s, w);
        flip(s["snap"][2]);
    });
    add("base_and_entry_3_missing", "damaged", "entry", [&](Store& s, Workspace& w) {
        based(s, w);
        s["jrnl"].erase(3);
    });
    add("without_entries", "ok", "", [](Store& s, Workspace& w) {
        s.erase("jrnl");
        s.erase("snap");
        s["head"][0] = w.head(1, 0, s, false);
        s["head"].erase(1);
    });
}

// Where a record is set aside: behind all others of its store, by the first bytes of its hash.
std::uint64_t aside_key(const Bytes& record) {
    const Digest hash = blake2b(record);
    std::uint64_t key = std::uint64_t{1} << 52;
    for (std::size_t i = 0; i < 6; ++i) key += std::uint64_t{hash[i]} << (8 * i);
    return key;
}

void put_aside(Store& store, const char* name, const Bytes& record) { store[name][aside_key(record)] = record; }

// Each of these would say something else, were it read as what it was.
void add_aside(const Add& add, const Kit& kit) {
    add("aside_entry", "ok", "", [](Store& s, Workspace& w) { put_aside(s, "jrnl", w.entry(5, blake2b(s["jrnl"][4]))); });
    add("aside_entry_damaged", "ok", "", [](Store& s, Workspace&) {
        Bytes damaged = s["jrnl"][4];
        flip(damaged);
        put_aside(s, "jrnl", damaged);
    });
    add("aside_head_of_more", "ok", "", [](Store& s, Workspace& w) {
        Store longer = s;
        w.append(longer);
        put_aside(s, "head", w.head(9, 5, longer));
    });
    add("aside_head_alone", "damaged", "no_head", [](Store& s, Workspace& w) {
        const Bytes head = w.head(9, 4, s);
        s["head"].clear();
        put_aside(s, "head", head);
    });
    add("aside_snapshot", "ok", "", [](Store& s, Workspace&) {
        Bytes damaged = s["snap"][2];
        flip(damaged);
        put_aside(s, "snap", damaged);
    });
    add("aside_snapshot_alone", "damaged", "entry", [](Store& s, Workspace&) {
        put_aside(s, "snap", s["snap"][2]);
        s["snap"].erase(2);
        s["jrnl"].erase(1);
    });
    add("aside_header_of_another_passphrase", "ok", "",
        [&kit](Store& s, Workspace& w) { put_aside(s, "hdr", w.hdr(2, {kit.passphrase_slot(kOtherPassphrase)})); });
    add("aside_header_alone", "damaged", "no_header", [](Store& s, Workspace&) {
        const Bytes header = s["hdr"][0];
        s["hdr"].clear();
        put_aside(s, "hdr", header);
    });
    add("aside_of_everything", "ok", "", [](Store& s, Workspace&) {
        const Store all = s;
        for (const auto& [name, records] : all) {
            for (const auto& [key, record] : records) put_aside(s, name.c_str(), record);
        }
    });
}

// Keys that were replaced: the second epoch counts, whatever edition of the slots the first one has come to.
void add_epochs(const Add& add, const Kit& kit) {
    const auto second = [&kit](Store& s) {
        Workspace workspace(kit, 2);
        s = workspace.usual();
    };
    add("epoch_2", "ok", "", [&](Store& s, Workspace&) { second(s); });
    add("epoch_2_and_newer_edition_of_1", "ok", "", [&](Store& s, Workspace& w) {
        second(s);
        s["hdr"][1] = w.hdr(9, {kit.passphrase_slot(kOtherPassphrase)});
    });
    add("edition_2_of_another_passphrase", "wrong_secret", "secret",
        [&](Store& s, Workspace& w) { s["hdr"][0] = w.hdr(2, {kit.passphrase_slot(kOtherPassphrase)}); });
    add("epoch_2_and_entry_of_1", "damaged", "entry", [&](Store& s, Workspace& w) {
        second(s);
        s["jrnl"][4] = w.entry(4, blake2b(s["jrnl"][3]));
    });
    add("epoch_2_and_head_of_1", "ok", "", [&](Store& s, Workspace& w) {
        const Bytes old = w.head(9, 4, s);
        second(s);
        s["head"][0] = old;
    });
    add("epoch_2_and_heads_of_1", "damaged", "no_head", [&](Store& s, Workspace& w) {
        const Bytes old = w.head(9, 4, s);
        second(s);
        s["head"][0] = s["head"][1] = old;
    });
}

}  // namespace

Bytes listing_of(const Store& store) {
    Writer out;
    for (const auto& [name, records] : store) {
        for (const auto& [key, record] : records) {
            out.u8(static_cast<std::uint8_t>(name.size()));
            out.raw(bytes_of(name));
            out.u64(key);
            out.u32(static_cast<std::uint32_t>(record.size()));
            out.raw(record);
        }
    }
    return out.take();
}

Store usual_store(const Kit& kit) { return Workspace(kit).usual(); }

void add_stores(Vectors& out, const Kit& kit) {
    const Add add = [&](const char* name, const char* expect, const char* why, const Change& change) {
        Workspace workspace(kit);
        Store store = workspace.usual();
        change(store, workspace);
        out.push_back({std::string("store_") + name + ".bin", "store", expect, why, listing_of(store)});
    };
    add_copies(add);
    add_journals(add);
    add_bases(add);
    add_aside(add, kit);
    add_epochs(add, kit);
}

}  // namespace entente::vectors
