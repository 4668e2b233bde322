// What happens to a store that was altered: it is found, said, and nothing is deleted or made up.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/records.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

struct Verdict {
    bool refused = false;       // an error that is not about the passphrase
    bool warned = false;        // opened with everything, from a second copy
    bool silent = false;        // opened as if nothing had happened
    bool wrong = false;         // opened with other contents, or the store was touched, or a wrong kind of error
    ErrorCode code = ErrorCode::Cancelled;
    std::string where;
};

// Opens a browser whose disk was altered and compares what comes out with what was written.
Verdict judge(const Browser& altered, const std::vector<Bytes>& expected) {
    Browser browser{std::make_shared<platform::MemoryDisk>(*altered.disk), altered.witness, 500};
    auto tab = browser.tab();
    const platform::MemoryDisk before = *browser.disk;
    const Presence presence = tab->probe();
    const Result<Opened> opened = tab->unlock();
    Verdict verdict;
    verdict.wrong = before.stores != browser.disk->stores || presence.kind == Presence::Kind::None;
    if (!opened) {
        verdict.code = opened.error().code;
        verdict.where = opened.error().where;
        verdict.refused = verdict.code == ErrorCode::Damaged || verdict.code == ErrorCode::Unsupported;
        verdict.wrong |= !verdict.refused || opened.error().what.empty();
        return verdict;
    }
    verdict.wrong |= opened->entries != expected;
    verdict.warned = !opened->warnings.empty();
    verdict.silent = opened->warnings.empty();
    return verdict;
}

void flip(Bytes& bytes, std::size_t bit) {
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1u << (bit % 8)));
}

}  // namespace

TEST_CASE("every flipped bit of every record is found") {
    const Browser whole = browser_with(2);
    const std::vector<Bytes> expected = written(2);
    int flips = 0, silent = 0, wrong = 0, journal_opened = 0, copy_refused = 0;
    for (const auto& [store, records] : whole.disk->stores) {
        for (const auto& [key, value] : records) {
            for (std::size_t bit = 0; bit < value.size() * 8; ++bit, ++flips) {
                Browser altered = copy_of(whole);
                flip(altered.disk->stores[store][key], bit);
                const Verdict verdict = judge(altered, expected);
                silent += verdict.silent;
                wrong += verdict.wrong;
                if (store == "jrnl") {
                    journal_opened += !verdict.refused;
                } else {
                    copy_refused += verdict.refused;
                }
            }
        }
    }
    MESSAGE(flips << " flips, " << silent << " opened silently, " << wrong << " opened wrongly");
    CHECK(flips > 9'000);
    CHECK(silent == 0);
    CHECK(wrong == 0);
    CHECK(journal_opened == 0);
    CHECK(copy_refused == 0);  // the other copy of a header or a head is used, and that is said
}

TEST_CASE("the same bit flipped in both copies is damage, never a wrong passphrase") {
    const Browser whole = browser_with(1);
    for (const std::string& store : {std::string("hdr"), std::string("head")}) {
        const std::size_t size = whole.disk->stores[store][0].size();
        int refused = 0;
        for (std::size_t bit = 0; bit < size * 8; ++bit) {
            Browser altered = copy_of(whole);
            flip(altered.disk->stores[store][0], bit);
            flip(altered.disk->stores[store][1], bit);
            const Verdict verdict = judge(altered, written(1));
            refused += verdict.refused && !verdict.wrong;
        }
        CHECK(refused == static_cast<int>(size * 8));
    }
}

TEST_CASE("a record cut short at any length is damage") {
    const Browser whole = browser_with(3);
    const Bytes record = whole.disk->stores["jrnl"][2];
    for (std::size_t size = 0; size < record.size(); ++size) {
        Browser altered = copy_of(whole);
        altered.disk->stores["jrnl"][2].resize(size);
        const Verdict verdict = judge(altered, written(3));
        CHECK(verdict.refused);
        CHECK_FALSE(verdict.wrong);
        CHECK(verdict.where == "jrnl 2");
    }
}

TEST_CASE("a missing entry is named, wherever it stands") {
    const Browser whole = browser_with(6);
    for (std::uint64_t gone = 1; gone <= 6; ++gone) {
        Browser altered = copy_of(whole);
        altered.disk->stores["jrnl"].erase(gone);
        const Verdict verdict = judge(altered, written(6));
        CHECK(verdict.refused);
        CHECK_FALSE(verdict.wrong);
        CHECK(verdict.where == "jrnl " + std::to_string(gone));
    }
}

TEST_CASE("entries swapped, doubled, or from another workspace are damage") {
    const Browser whole = browser_with(4);
    Browser altered = copy_of(whole);
    auto& journal = altered.disk->stores["jrnl"];
    std::swap(journal[2], journal[3]);
    CHECK(judge(altered, written(4)).where == "jrnl 2");

    altered = copy_of(whole);
    altered.disk->stores["jrnl"][3] = altered.disk->stores["jrnl"][2];
    CHECK(judge(altered, written(4)).where == "jrnl 3");

    Browser other;
    other.seed = 900;
    auto tab = other.tab();
    REQUIRE(tab->create());
    for (std::uint64_t sequence = 1; sequence <= 4; ++sequence) tab->write(sequence, entry_bytes(sequence));
    altered = copy_of(whole);
    altered.disk->stores["jrnl"][4] = other.disk->stores["jrnl"][4];
    CHECK(judge(altered, written(4)).where == "jrnl 4");
}

TEST_CASE("an entry written with the right key but another history breaks the chain") {
    // The same workspace on two disks; each goes its own way from entry 3 on.
    const Browser start = browser_with(2);
    Browser here = copy_of(start), there = copy_of(start);
    auto first = here.tab(), second = there.tab();
    REQUIRE(first->unlock());
    REQUIRE(second->unlock());
    first->write(3, entry_bytes(3));
    first->write(4, entry_bytes(4));
    second->write(3, entry_bytes(33));
    second->write(4, entry_bytes(44));
    here.disk->stores["jrnl"][4] = there.disk->stores["jrnl"][4];
    const Verdict verdict = judge(here, written(4));
    CHECK(verdict.refused);
    CHECK(verdict.where == "jrnl 4");
}

TEST_CASE("the last entry replaced by another one is damage, because the head knows its hash") {
    const Browser start = browser_with(2);
    Browser here = copy_of(start), there = copy_of(start);
    auto first = here.tab(), second = there.tab();
    REQUIRE(first->unlock());
    REQUIRE(second->unlock());
    first->write(3, entry_bytes(3));
    second->write(3, entry_bytes(33));
    here.disk->stores["jrnl"][3] = there.disk->stores["jrnl"][3];
    CHECK(judge(here, written(3)).where == "jrnl 3");
}

TEST_CASE("one copy of the header or the head is enough, and its loss is told") {
    const Browser whole = browser_with(5);
    for (const std::string& store : {std::string("hdr"), std::string("head")}) {
        for (const std::uint64_t copy : {0u, 1u}) {
            Browser altered = copy_of(whole);
            altered.disk->stores[store].erase(copy);
            const Verdict gone = judge(altered, written(5));
            CHECK(gone.warned);
            CHECK_FALSE(gone.wrong);
        }
        Browser altered = copy_of(whole);
        altered.disk->stores[store].clear();
        const Verdict both = judge(altered, written(5));
        CHECK(both.refused);
        CHECK_FALSE(both.wrong);
    }
}

TEST_CASE("after a lost head the workspace goes on, and heals it") {
    for (const std::uint64_t copy : {0u, 1u}) {
        Browser browser = browser_with(5);
        browser.disk->stores["head"][copy] = Bytes(10, 7);
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        tab->write(6, entry_bytes(6));
        CHECK(tab->vault.saving() == Saving::Saved);
        tab->write(7, entry_bytes(7));
        const Result<Opened> opened = browser.tab()->unlock();
        REQUIRE(opened);
        CHECK(opened->entries == written(7));
        CHECK(opened->warnings.empty());
    }
}

TEST_CASE("altered slots: found before any key is derived") {
    const Browser whole = browser_with(1);
    // Cheaper parameters than the owner's, in both copies, with a checksum that fits: an attacker can make that, and it
    // gives another key, so it does not open; parameters beyond the limits are not even tried.
    for (const std::uint32_t memory_kib : {64u * 1024 - 1, 4096u, 2048u * 1024}) {
        Browser altered = copy_of(whole);
        for (auto& [key, value] : altered.disk->stores["hdr"]) {
            for (int i = 0; i < 4; ++i) value[kHeaderBytes + 2 + i] = static_cast<std::uint8_t>(memory_kib >> (8 * i));
            Writer check;
            check.raw(bytes_of("entente/1/check"));
            check.raw(ByteView(value).first(68));
            check.raw(ByteView(value).subspan(100, 24 + 1 + kSlotBytes));
            const Digest digest = blake2b(check.bytes());
            std::copy(digest.begin(), digest.end(), value.begin() + 68);
        }
        auto tab = altered.tab();
        const Result<Opened> opened = tab->unlock();
        REQUIRE_FALSE(opened);
        const bool tried = memory_kib == 64u * 1024 - 1;
        CHECK(opened.error().code == (tried ? ErrorCode::WrongSecret : ErrorCode::Unsupported));
        CHECK(tab->worker.jobs() == (tried ? 1 : 0));
    }
}

TEST_CASE("records that nobody wrote beyond the end are not ignored") {
    Browser browser = browser_with(3);
    browser.disk->stores["jrnl"][4] = Bytes(200, 1);
    const Verdict verdict = judge(browser, written(3));
    CHECK(verdict.refused);
    CHECK(verdict.where == "jrnl 4");
}
