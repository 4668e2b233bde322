// A workspace of two stores whose records were tampered with, in any way and in both, and is opened then. The input is a list of edits upon
// a small workspace that is known, so that most of it stays authentic and opening goes deep: bits turned over, records lost, cut short,
// copied to another key or from the other store, replaced by those of an earlier day or of another history with the same keys.
//
// What must hold: no crash; what opens is the beginning of a history that was acknowledged, and where it is not the whole of it, that is
// said; every entry that stood in a store still stands in one, in its place or set aside; what is written after that is kept.
#include <algorithm>
#include <cstdlib>

#include "tests/vault/world.hpp"

namespace {

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;
using platform::MemoryDisk;

constexpr std::uint64_t kEntries = 7, kParting = 4, kSnapshot = 2;
constexpr std::size_t kMostEdits = 48;
constexpr std::uint64_t kOther = 1000;  // the other history's entries are those of this much more

Bytes snapshot() { return Bytes(64, 7); }

void must(bool holds) {
    if (!holds) std::abort();
}

// The workspace, and what its records may be replaced by.
struct Prepared {
    Browser whole, earlier, other;
};

void write_on(Browser& browser, std::uint64_t from, std::uint64_t more) {
    const auto tab = browser.tab();
    must(tab->unlock().has_value());
    for (std::uint64_t sequence = from; sequence <= kEntries; ++sequence) tab->write(sequence, entry_bytes(sequence + more));
}

const Prepared& prepared() {
    static const Prepared made = [] {
        Prepared out;
        Browser browser = browser_with(kSnapshot, true);
        {
            const auto tab = browser.tab();
            must(tab->unlock().has_value());
            tab->vault.offer_snapshot(kSnapshot, snapshot());
            tab->pump();
            must(tab->vault.snapshot_sequence() == kSnapshot);
            for (std::uint64_t sequence = kSnapshot + 1; sequence <= kParting; ++sequence) tab->write(sequence, entry_bytes(sequence));
        }
        out.earlier = copy_of(browser);
        out.whole = copy_of(browser);
        out.other = copy_of(browser);
        write_on(out.whole, kParting + 1, 0);
        write_on(out.other, kParting + 1, kOther);
        return out;
    }();
    return made;
}

using Records = std::map<std::uint64_t, Bytes>;

class Tampering {
public:
    Tampering(Browser& browser, ByteView input) : browser_(browser), in_(input) {}

    void run() {
        for (std::size_t i = 0; i < kMostEdits && in_.remaining() >= 5; ++i) edit();
    }
    bool other_history() const { return other_; }

private:
    static constexpr const char* kStores[] = {"hdr", "head", "jrnl", "snap"};

    void edit() {
        const std::uint8_t op = in_.u8(), where = in_.u8(), which = in_.u8();
        const std::size_t param = in_.u16();
        MemoryDisk& disk = where & 1 ? *browser_.mirror : *browser_.disk;
        const MemoryDisk& across = where & 1 ? *browser_.disk : *browser_.mirror;
        const char* store = kStores[where >> 1 & 3];
        Records& records = disk.stores[store];
        const std::uint64_t key = key_of(records, which);
        switch (op % 9) {
            case 0: flip(records, key, param); break;
            case 1: records.erase(key); break;
            case 2: put_from(across, store, key, records); break;
            case 3: cut(records, key, param); break;
            case 4: copy(records, key, param); break;
            case 5: put_from(*prepared().earlier.disk, store, key, records); break;
            case 6:
                put_from(*prepared().other.disk, store, key_of(prepared().other.disk->stores.at(store), which), records);
                other_ = true;
                break;
            case 7: records[key] = Bytes(param % 300, static_cast<std::uint8_t>(which)); break;
            default: disk.stores.erase(store); break;
        }
    }

    static std::uint64_t key_of(const Records& records, std::uint8_t which) {
        if (records.empty()) return which % 8;
        return std::next(records.begin(), which % static_cast<std::ptrdiff_t>(records.size()))->first;
    }
    static void flip(Records& records, std::uint64_t key, std::size_t param) {
        const auto found = records.find(key);
        if (found != records.end() && !found->second.empty())
            found->second[param / 8 % found->second.size()] ^= static_cast<std::uint8_t>(1u << param % 8);
    }
    static void cut(Records& records, std::uint64_t key, std::size_t param) {
        const auto found = records.find(key);
        if (found != records.end() && !found->second.empty()) found->second.resize(param % found->second.size());
    }
    static void copy(Records& records, std::uint64_t key, std::size_t param) {
        const auto found = records.find(key);
        if (found == records.end()) return;
        Bytes value = found->second;
        records[param % 12] = std::move(value);
    }
    static void put_from(const MemoryDisk& from, const char* store, std::uint64_t key, Records& into) {
        const auto records = from.stores.find(store);
        if (records == from.stores.end()) return;
        const auto found = records->second.find(key);
        if (found != records->second.end()) into[key] = found->second;
    }

    Browser& browser_;
    Reader in_;
    bool other_ = false;
};

std::vector<Bytes> history(std::uint64_t more) {
    std::vector<Bytes> out;
    for (std::uint64_t sequence = 1; sequence <= kEntries; ++sequence)
        out.push_back(entry_bytes(sequence > kParting ? sequence + more : sequence));
    return out;
}

// What opened is a beginning of this history, by its entries and by where its snapshot stands.
bool begins(const Opened& opened, const std::vector<Bytes>& whole) {
    if (opened.sequence > whole.size() || opened.snapshot_sequence + opened.entries.size() != opened.sequence) return false;
    if (opened.snapshot && (opened.snapshot_sequence != kSnapshot || *opened.snapshot != snapshot())) return false;
    return std::equal(opened.entries.begin(), opened.entries.end(), whole.begin() + static_cast<std::ptrdiff_t>(opened.snapshot_sequence));
}

// Every whole entry of the workspace, and where it still stands.
bool stands(const Browser& browser, const Bytes& record) {
    for (const MemoryDisk* disk : {browser.disk.get(), browser.mirror.get()}) {
        const auto journal = disk->stores.find("jrnl");
        if (journal == disk->stores.end()) continue;
        for (const auto& [key, value] : journal->second) {
            if (value == record) return true;
        }
    }
    return false;
}

std::vector<Bytes> standing(const Browser& browser) {
    std::vector<Bytes> out;
    for (const Browser* of : {&prepared().whole, &prepared().other}) {
        for (const auto& [key, value] : of->disk->stores.at("jrnl")) {
            if (stands(browser, value)) out.push_back(value);
        }
    }
    return out;
}

OpenChoice choice_of(std::uint8_t byte) {
    OpenChoice choice;
    choice.salvage = byte % 5 == 1;
    if (byte % 5 == 2) choice.only = StoreId::First;
    if (byte % 5 == 3) choice.only = StoreId::Second;
    choice.follow = byte % 5 == 4;
    return choice;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Browser browser = copy_of(prepared().whole);
    Tampering tampering(browser, ByteView(data + 1, size - 1));
    tampering.run();
    const std::vector<Bytes> before = standing(browser);
    const OpenChoice choice = choice_of(data[0]);
    const auto check_kept = [&] {
        for (const Bytes& record : before) must(stands(browser, record));
    };

    std::uint64_t next = 0;
    {
        const auto tab = browser.tab();
        (void)tab->probe();
        check_kept();
        const Result<Opened> opened = tab->unlock(kPassphrase, choice);
        check_kept();
        if (!opened) return 0;
        const bool ours = begins(*opened, history(0));
        must(ours || (tampering.other_history() && begins(*opened, history(kOther))));
        const RecoveryReport& report = tab->vault.recovery();
        const bool said = opened->missing_entries > 0 || report.missing_entries > 0 || report.gap || report.fork;
        must(opened->sequence == kEntries || said || choice.follow);
        if (tab->vault.read_only()) return 0;
        next = opened->sequence + 1;
        tab->write(next, entry_bytes(next + 2 * kOther));
        check_kept();
        if (tab->vault.saving() == Saving::Failed) return 0;
        must(tab->vault.durable_sequence() == next);
    }
    const auto tab = browser.tab();
    const Result<Opened> again = tab->unlock();
    check_kept();
    if (!again) {
        must(again.error().code == ErrorCode::Conflict);  // the stores part where one could not be mended
        return 0;
    }
    must(again->sequence == next && !again->entries.empty() && again->entries.back() == entry_bytes(next + 2 * kOther));
    return 0;
}
