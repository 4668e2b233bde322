// Both stores of one workspace, and the witness: what is read where one of them lacks a thing, is behind, or tells another history.
// The vector: the witness (its length, u8, and the text; none: 0), the size of the first store's listing (u32), it, the second store's.
#include <functional>

#include "tests/vectors/vectors.hpp"
#include "tests/vectors/workspace.hpp"

namespace entente::vectors {

using namespace vault;

namespace {

struct Pair {
    Store first, second;
    std::string witness;
};
using Change = std::function<void(Pair&, Workspace&)>;

void flip(Bytes& record) { record.back() ^= 1; }

// Another entry than the one that stands there, as good as it.
void write_again(Store& store, Workspace& workspace, std::uint64_t sequence) {
    store["jrnl"][sequence] = workspace.entry(sequence, blake2b(store["jrnl"][sequence - 1]));
}

class Pairs {
public:
    Pairs(Vectors& out, const Kit& kit) : out_(out), kit_(kit) {}

    void add_all() {
        lacking();
        behind();
        torn();
        forked();
        others();
        keys();
        witnessed();
    }

private:
    void add(const char* name, const char* expect, const char* why, const Change& change) {
        Workspace workspace(kit_);
        Pair pair;
        pair.first = pair.second = workspace.usual();
        change(pair, workspace);
        Writer out;
        out.u8(static_cast<std::uint8_t>(pair.witness.size()));
        out.raw(bytes_of(pair.witness));
        const Bytes first = listing_of(pair.first);
        out.u32(static_cast<std::uint32_t>(first.size()));
        out.raw(first);
        out.raw(listing_of(pair.second));
        out_.push_back({std::string("pair_") + name + ".bin", "pair", expect, why, out.take()});
    }

    void lacking() {
        add("good", "ok", "", [](Pair&, Workspace&) {});
        add("second_empty", "ok", "", [](Pair& p, Workspace&) { p.second.clear(); });
        add("first_empty", "ok", "", [](Pair& p, Workspace&) { p.first.clear(); });
        add("both_empty", "damaged", "no_header", [](Pair& p, Workspace&) { p.first.clear(), p.second.clear(); });
        add("headers_and_heads_apart", "ok", "", [](Pair& p, Workspace&) { p.first.erase("hdr"), p.second.erase("head"); });
        add("no_heads", "damaged", "no_head", [](Pair& p, Workspace&) { p.first.erase("head"), p.second.erase("head"); });
        add("entries_apart", "ok", "", [](Pair& p, Workspace&) { flip(p.first["jrnl"][3]), p.second["jrnl"].erase(4); });
        add("entry_3_in_neither", "damaged", "entry", [](Pair& p, Workspace&) { flip(p.first["jrnl"][3]), p.second["jrnl"].erase(3); });
        add("snapshot_in_second", "ok", "", [](Pair& p, Workspace&) {
            flip(p.first["snap"][2]);
            p.first["jrnl"].erase(1), p.second["jrnl"].erase(1);
        });
        add("snapshot_in_neither", "damaged", "entry", [](Pair& p, Workspace&) {
            flip(p.first["snap"][2]), flip(p.second["snap"][2]);
            p.first["jrnl"].erase(1), p.second["jrnl"].erase(1);
        });
    }
    // The store ends after `end` entries.
    static void cut_to(Store& store, Workspace& w, std::uint64_t end) {
        store["head"][0] = w.head(end, end - 1, store, end > 2);
        store["head"][1] = w.head(end + 1, end, store, end > 2);
        for (std::uint64_t at = end + 1; at <= 4; ++at) store["jrnl"].erase(at);
        if (end < 2) store.erase("snap");
    }
    void behind() {
        add("second_behind", "ok", "", [](Pair& p, Workspace& w) { cut_to(p.second, w, 3); });
        add("first_behind", "ok", "", [](Pair& p, Workspace& w) { cut_to(p.first, w, 3); });
        add("second_ends_before_the_snapshot", "ok", "", [](Pair& p, Workspace& w) { cut_to(p.second, w, 1); });
        add("second_ends_at_a_record_that_is_damaged", "ok", "", [](Pair& p, Workspace& w) {
            cut_to(p.second, w, 1);
            flip(p.first["jrnl"][1]);
        });
    }
    void torn() {
        add("entry_5_in_second_beyond_both_heads", "ok", "", [](Pair& p, Workspace& w) { w.append(p.second); });
        add("entry_5_damaged_in_first", "ok", "", [](Pair& p, Workspace& w) {
            w.append(p.first);
            flip(p.first["jrnl"][5]);
        });
        const Change two = [](Pair& p, Workspace& w) { w.append(p.first), w.append(p.second); };
        add("entries_5_beyond_both_heads", "ok", "", two);
        add("entries_5_and_the_witness_knows_one", "damaged", "entry", [&](Pair& p, Workspace& w) {
            two(p, w);
            p.witness = w.witness(5, blake2b(p.second["jrnl"][5]));
        });
        add("entries_5_one_with_a_head", "ok", "", [&](Pair& p, Workspace& w) {
            two(p, w);
            p.second["head"][0] = w.head(6, 5, p.second);
        });
        add("entries_5_both_with_a_head", "conflict", "fork", [&](Pair& p, Workspace& w) {
            two(p, w);
            p.first["head"][0] = w.head(6, 5, p.first);
            p.second["head"][0] = w.head(6, 5, p.second);
        });
    }
    void forked() {
        add("other_entry_4_in_second", "conflict", "fork", [](Pair& p, Workspace& w) {
            write_again(p.second, w, 4);
            p.second["head"][1] = w.head(5, 4, p.second);
        });
        add("other_entry_3_at_the_end_of_second", "conflict", "fork", [](Pair& p, Workspace& w) {
            write_again(p.second, w, 3);
            cut_to(p.second, w, 3);
        });
        add("other_entry_1_at_the_end_of_second", "conflict", "fork", [](Pair& p, Workspace& w) {
            p.second["jrnl"][1] = w.entry(1, Digest{});
            cut_to(p.second, w, 1);
        });
    }
    void others() {
        Kit elsewhere;
        elsewhere.vault_id[0] ^= 1;
        const auto other = [&elsewhere](Store& store, const char* passphrase) {
            Workspace workspace(elsewhere);
            store = workspace.usual();
            for (auto& [copy, record] : store["hdr"]) record = workspace.hdr(1, {elsewhere.passphrase_slot(passphrase)});
        };
        add("another_workspace_in_second", "ok", "", [&](Pair& p, Workspace&) { other(p.second, kOtherPassphrase); });
        add("another_workspace_in_first", "wrong_secret", "secret", [&](Pair& p, Workspace&) { other(p.first, kOtherPassphrase); });
        add("another_workspace_in_second_and_entry_3_missing", "damaged", "entry", [&](Pair& p, Workspace&) {
            other(p.second, kPassphrase);
            p.first["jrnl"].erase(3);
        });
    }
    // New keys in the first store: a snapshot takes the place of its journal.
    void keys() {
        const auto renewed = [this](Store& store) {
            Workspace workspace(kit_, 2);
            const Digest last = blake2b(store["jrnl"][4]);
            store["snap"] = {{4, workspace.snapshot(4, store)}};
            for (std::uint64_t copy = 0; copy < 2; ++copy) {
                store["hdr"][copy] = workspace.hdr(2, {kit_.passphrase_slot()});
                store["head"][copy] = workspace.head_after_snapshot(6 + copy, 4, last, store);
            }
            store["jrnl"].clear();
        };
        add("second_with_old_keys", "ok", "", [&](Pair& p, Workspace&) { renewed(p.first); });
        add("first_with_old_keys", "ok", "", [&](Pair& p, Workspace&) { renewed(p.second); });
        add("second_with_old_keys_and_newer_edition", "ok", "", [&](Pair& p, Workspace& w) {
            renewed(p.first);
            p.second["hdr"][0] = p.second["hdr"][1] = w.hdr(9, {kit_.passphrase_slot(kOtherPassphrase)});
        });
        add("second_written_with_old_keys", "conflict", "fork", [&](Pair& p, Workspace& w) {
            renewed(p.first);
            w.append(p.second);
            p.second["head"][0] = w.head(6, 5, p.second);
        });
        add("second_with_old_keys_counts_for_nothing", "damaged", "snapshot", [&](Pair& p, Workspace&) {
            renewed(p.first);
            flip(p.first["snap"][4]);
        });
    }
    void witnessed() {
        add("witness_of_the_end", "ok", "", [](Pair& p, Workspace& w) { p.witness = w.witness(4, blake2b(p.first["jrnl"][4])); });
        add("witness_of_more", "ok", "", [](Pair& p, Workspace& w) { p.witness = w.witness(9, Digest{1}); });
        add("witness_of_another_entry_4", "ok", "", [](Pair& p, Workspace& w) { p.witness = w.witness(4, Digest{1}); });
        add("witness_that_is_none", "ok", "", [](Pair& p, Workspace&) { p.witness = "entente-witness 2 of something"; });
        add("witness_that_is_none_and_entries_5", "ok", "", [](Pair& p, Workspace& w) {
            w.append(p.first), w.append(p.second);
            p.witness = w.witness(5, Digest{1}) + " ";
        });
    }

    Vectors& out_;
    const Kit& kit_;
};

}  // namespace

void add_pairs(Vectors& out, const Kit& kit) { Pairs(out, kit).add_all(); }

}  // namespace entente::vectors
