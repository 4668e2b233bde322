// The packed document: one encoding for each status, and nothing else decodes.
#include <random>
#include <string>

#include <doctest.h>

#include "fixture.hpp"
#include "share/bits.hpp"
#include "share/deflate.hpp"
#include "share/document.hpp"
#include "share/texts.hpp"
#include "share/words.hpp"

#include <sodium.h>

using namespace entente;
using namespace entente::share;

namespace {

const Day kBase = *day_from(2026, 5, 20);

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    std::int64_t upto(std::int64_t last) { return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(last + 1)); }
    bool yes() { return upto(1) == 1; }
    Day day() { return Day{static_cast<std::int32_t>(upto(5) == 0 ? upto(kLastDay.n) : kBase.n - 200 + upto(400))}; }
    std::optional<Day> day_or_none() { return yes() ? std::optional(day()) : std::nullopt; }
    std::string text() {
        static const char* const kPieces[] = {"", "a", "A", "VFX", "vFX", "Final mix", "tŷ", "\n", "\"<b>&", "=1+1", "é",
                                              "😀", " ", "picture lock", "0", "Ŵ", "a very long sentence that says nothing at all. "};
        std::string out;
        for (std::int64_t i = upto(3); i >= 0; --i) out += kPieces[upto(std::size(kPieces) - 1)];
        return out;
    }
    std::optional<std::int64_t> amount() {
        if (yes()) return std::nullopt;
        static const std::int64_t kAmounts[] = {0, 1, -1, 100, 62000, 744000, -140000, kMaxMinor, -kMaxMinor, 12345678};
        return kAmounts[upto(std::size(kAmounts) - 1)];
    }

private:
    std::mt19937_64 engine_;
};

Status random_status(unsigned seed) {
    Dice dice(seed);
    Status s;
    s.house = dice.text(), s.project = dice.text(), s.client = dice.text();
    s.sample = dice.yes();
    if (dice.yes()) s.currency = *currency_from(dice.yes() ? "GBP" : "JPY");
    s.contract_value_minor = dice.amount();
    for (std::int64_t i = dice.upto(6); i > 0; --i) {
        s.milestones.push_back({dice.text(), dice.day_or_none(), dice.day(), dice.day_or_none(), static_cast<Health>(dice.upto(3))});
    }
    for (std::int64_t i = dice.upto(6); i > 0; --i) {
        const Day a = dice.day(), b = dice.day();
        s.tasks.push_back({dice.text(), dice.text(), std::min(a, b), std::max(a, b), static_cast<std::int32_t>(dice.upto(100))});
    }
    for (std::int64_t i = dice.upto(6); i > 0; --i) {
        Need need{static_cast<NeedKind>(dice.upto(1)), dice.text(), dice.text(), dice.day_or_none(), dice.upto(9), {}, dice.text(),
                  dice.day_or_none(), ""};
        const auto milestones = static_cast<std::int64_t>(s.milestones.size());
        if (milestones > 0 && dice.yes()) need.moves = static_cast<std::uint32_t>(dice.upto(milestones - 1));
        if (need.answered) need.answer = dice.text();
        s.needs.push_back(need);
    }
    for (std::int64_t i = dice.upto(6); i > 0; --i) {
        StatusChange change{static_cast<std::int32_t>(dice.upto(2000)), dice.text(), dice.text(), static_cast<ChangeState>(dice.upto(2)),
                            dice.day(), dice.text(), {}, {}, dice.amount()};
        if (change.state == ChangeState::Open) change.decide_by = dice.day_or_none();
        if (dice.yes()) change.moved_days = dice.upto(60) - 30;
        s.changes.push_back(change);
    }
    for (std::int64_t i = dice.upto(6); i > 0; --i) {
        s.actions.push_back({dice.text(), dice.text(), dice.yes(), dice.day_or_none(), dice.yes()});
        s.risks.push_back({dice.text(), dice.text(), static_cast<RiskLevel>(dice.upto(2))});
    }
    for (std::int64_t i = dice.upto(3); i > 0; --i) {
        const auto used = static_cast<std::int32_t>(dice.upto(9)), agreed = static_cast<std::int32_t>(dice.upto(9));
        s.rounds.push_back({dice.text(), used, agreed});
        s.agreements.push_back({dice.text(), dice.text(), dice.day()});
    }
    return s;
}

std::string hash_of(std::string_view text) {
    std::array<std::uint8_t, 32> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_of(text).data(), text.size(), nullptr, 0);
    return to_hex(hash);
}

}  // namespace

TEST_CASE("any status comes back from its document") {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        const Status status = random_status(seed);
        REQUIRE_MESSAGE(valid(status), seed);
        const Document document = encode_document(status, kBase);
        const auto decoded = decode_document(document, kBase);
        REQUIRE_MESSAGE(decoded, seed);
        REQUIRE_MESSAGE(*decoded == status, seed);
    }
}

TEST_CASE("a document that decodes encodes to the same bytes") {
    // Whatever is done to a document: either it is refused, or it is the one encoding of what it says.
    std::mt19937 engine(5);
    int decoded_count = 0;
    for (unsigned seed = 0; seed < 300; ++seed) {
        const Document document = encode_document(random_status(seed), kBase);
        for (int i = 0; i < 60; ++i) {
            Document other = document;
            Bytes& columns = other.columns;
            const std::size_t at = engine() % columns.size();
            switch (engine() % 4) {
                case 0: columns[at] ^= static_cast<std::uint8_t>(1u << (engine() % 8)); break;
                case 1: columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint8_t>(engine())); break;
                case 2: columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(at)); break;
                default: other.texts[engine() % other.texts.size()] = static_cast<char>(engine() % 128);
            }
            const auto decoded = decode_document(other, kBase);
            if (!decoded) continue;
            ++decoded_count;
            REQUIRE(valid(*decoded));
            REQUIRE(encode_document(*decoded, kBase) == other);
        }
    }
    CHECK(decoded_count > 100);  // other texts and other numbers are documents too
}

TEST_CASE("a section inside a section, a second one, or an unknown one is refused") {
    const Document document = encode_document(load_status("feature"), kBase);
    Reader in(document.columns);
    const std::uint64_t size = in.varint();
    const ByteView sections = in.raw(static_cast<std::size_t>(size));
    const ByteView letters = in.raw(in.remaining());
    const auto with_sections = [&](const Bytes& changed) {
        Writer out;
        out.varint(changed.size());
        out.raw(changed);
        out.raw(letters);
        return Document{out.take(), document.texts};
    };
    const Bytes plain(sections.begin(), sections.end());
    REQUIRE(decode_document(with_sections(plain), kBase));

    Writer nested;  // thirty-three of them, each inside the one before
    Bytes inner = plain;
    for (int depth = 0; depth < 33; ++depth) {
        Writer outer;
        outer.u8(1);
        outer.varint(inner.size());
        outer.raw(inner);
        inner = outer.take();
    }
    CHECK(decode_document(with_sections(inner), kBase).error().code == ErrorCode::Damaged);

    Bytes twice = plain;
    twice.insert(twice.end(), plain.begin(), plain.end());
    CHECK(decode_document(with_sections(twice), kBase).error().code == ErrorCode::Damaged);

    Bytes later = plain;
    later.insert(later.end(), {10, 1, 0});
    CHECK(decode_document(with_sections(later), kBase).error().code == ErrorCode::Unsupported);

    Bytes long_length = plain;
    long_length.insert(long_length.end(), {9, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F});
    CHECK(decode_document(with_sections(long_length), kBase).error().code == ErrorCode::Damaged);
}

TEST_CASE("bits: numbers of every size come back, alone and in columns") {
    const std::uint64_t values[] = {0, 1, 2, 3, 63, 64, 255, 1u << 20, std::uint64_t{1} << 62, ~std::uint64_t{0} - 1, ~std::uint64_t{0}};
    for (int order = 0; order <= 15; ++order) {
        for (const std::uint64_t value : values) {
            BitWriter out;
            out.golomb(value, order);
            const Bytes bytes = out.take();
            BitReader in(bytes);
            CHECK(in.golomb(order) == value);
            CHECK(in.at_end());
        }
    }
    std::mt19937 engine(1);
    for (int round = 0; round < 500; ++round) {
        Column column(engine() % 20);
        for (std::uint64_t& value : column) value = engine() >> (engine() % 32);
        Flags flags(engine() % 70);
        const unsigned share = engine() % 20;
        for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = engine() % 20 < share;
        BitWriter out;
        out.column(column);
        out.flags(flags);
        const Bytes bytes = out.take();
        BitReader in(bytes);
        CHECK(in.column(column.size()) == column);
        CHECK(in.flags(flags.size()) == flags);
        CHECK(in.at_end());
    }
}

TEST_CASE("bits: reading past the end fails and stays failed") {
    const Bytes zeros(20, 0);
    BitReader in(zeros);
    CHECK(in.golomb(0) == 0);
    CHECK(!in.ok());
    CHECK(in.bits(1) == 0);
    CHECK(!in.at_end());
}

TEST_CASE("texts keep their letters") {
    for (const char* text : {"", "A", "a", "Final mix", "final mix", "VFX", "vFX", "Vfx", "Éclair", "ŵy", "1st", "A scene", "A\nB"}) {
        TextWriter out;
        out.add(text);
        TextReader in(out.lines());
        REQUIRE(in.small_count() == out.capitals().size());
        in.set_capitals(out.capitals());
        CHECK(in.next() == text);
        CHECK(in.at_end());
        CHECK(in.next().empty());
        CHECK(!in.ok());
    }
}

TEST_CASE("what is frozen with version 1 has not changed") {
    std::string words;
    for (std::size_t i = 0; i < kWordCount; ++i) words += std::string(fingerprint_word(i)) + '\n';
    CHECK(hash_of(words) == "ab3264e01d2ef5881fa6481ad2fd49bed159bdfc7cd3cfe1f2e07be9b93ab828");
    CHECK(hash_of(dictionary_1()) == "b2a83d9eecd60f957db1d20bece55092d0753509d2ea10db2fb30ce86f7ab002");
}
