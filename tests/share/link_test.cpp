// Status links: they come back as they were, every way of damaging one is found, and each failure has a message of its own.
#include <algorithm>
#include <set>
#include <string>

#include <doctest.h>

#include "base/bytes.hpp"
#include "fixture.hpp"
#include "share/deflate.hpp"
#include "share/document.hpp"
#include "share/seal.hpp"

using namespace entente;
using namespace entente::share;

namespace {

const Day kToday = *day_from(2026, 5, 21);

Status small_status() {
    Status status;
    status.house = "House";
    status.project = "Tŷ Bach";
    status.currency = *currency_from("GBP");
    status.milestones.push_back({"Picture lock", kToday + 10, kToday + 12, std::nullopt, Health::Tight});
    status.needs.push_back({NeedKind::Decision, "Blue or green?", "Director", kToday + 3, 1, 0, "", std::nullopt, ""});
    return status;
}

std::string small_link() { return *make_link(small_status(), link_options()); }

ErrorCode code_of(std::string_view link, const std::optional<PassphraseKey>& key = {}) {
    const auto opened = open_link(link, kToday, key);
    REQUIRE_MESSAGE(!opened, link);
    CHECK(!opened.error().what.empty());
    CHECK(!opened.error().remedy.empty());
    return opened.error().code;
}

std::string_view text_of_error(std::string_view link, const std::optional<PassphraseKey>& key = {}) {
    const auto opened = open_link(link, kToday, key);
    REQUIRE(!opened);
    return opened.error().what.id;
}

// A link with other data behind the same key.
std::string with_data(const std::string& link, const Bytes& data) {
    return link.substr(0, link.rfind('.') + 1) + to_base64url(data);
}
Bytes data_of(const std::string& link) { return *from_base64url(link.substr(link.rfind('.') + 1)); }

// A link whose content is given, signed and sealed properly: what somebody with a program of their own could make.
std::string crafted(const Bytes& columns, const Bytes& packed_texts, std::uint8_t kinds = 0, std::uint64_t revision = 1) {
    const LinkOptions options = link_options();
    Writer message;
    message.raw(publisher_of(options.seed));
    message.raw(Bytes{1, 2, 3});
    message.varint(5);
    message.varint(revision);
    message.varint(static_cast<std::uint64_t>(options.info.issued.n));
    message.varint(14);
    message.u8(kinds);
    message.varint(columns.size());
    message.raw(columns);
    message.raw(packed_texts);
    const Signature signature = sign(options.seed, message.bytes());
    message.raw(signature);
    const std::size_t sealed_size = message.bytes().size() + kTagBytes;
    Writer front;
    front.u8(0x10);
    std::size_t length_bytes = 1;
    const auto length_of = [](std::uint64_t value) { Writer w; w.varint(value); return w.bytes().size(); };
    while (length_of(1 + length_bytes + sealed_size) != length_bytes) ++length_bytes;
    front.varint(1 + length_bytes + sealed_size);
    Writer associated;
    associated.raw(bytes_of("entente/1/share/link/i"));
    associated.raw(front.bytes());
    Bytes data = front.bytes();
    const Bytes sealed = seal(content_key(options.key, {}), options.key, associated.bytes(), message.bytes());
    data.insert(data.end(), sealed.begin(), sealed.end());
    return "#e1i." + to_base64url(options.key) + '.' + to_base64url(data);
}

Bytes packed(std::string_view text) { return compress(text, dictionary_1(), 5000); }

}  // namespace

TEST_CASE("a link comes back as it was made") {
    for (const char* name : {"feature", "series", "commercial", "cymraeg"}) {
        const Status status = load_status(name);
        LinkOptions options = link_options();
        options.info.language = LinkLanguage::Welsh;
        options.info.profile = Profile::Dates;
        const auto link = make_link(status, options);
        REQUIRE(link);
        for (const std::string& form : {*link, link->substr(1), "https://example.org/status.html" + *link, *link + "\n"}) {
            const auto opened = open_link(form, kToday);
            REQUIRE(opened);
            CHECK(opened->status == status);
            options.info.publisher = publisher_of(options.seed);
            CHECK(opened->info == options.info);
            CHECK(!opened->expired);
        }
        CHECK(*make_link(status, options) == *link);  // nothing but the arguments decides
    }
}

TEST_CASE("the crafted link used below is what make_link makes") {
    const Document document = encode_document(small_status(), day_of(link_options().info.issued));
    CHECK(open_link(crafted(document.columns, packed(document.texts)), kToday));
}

TEST_CASE("every altered bit of a link is found") {
    const std::string link = small_link();
    const Bytes data = data_of(link);
    for (std::size_t bit = 0; bit < data.size() * 8; ++bit) {
        Bytes altered = data;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1u << (bit % 8)));
        const auto opened = open_link(with_data(link, altered), kToday);
        REQUIRE_MESSAGE(!opened, bit);
    }
    const std::size_t key_at = link.find('.') + 1;
    const Bytes key = *from_base64url(link.substr(key_at, 22));
    for (std::size_t bit = 0; bit < key.size() * 8; ++bit) {
        Bytes altered = key;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1u << (bit % 8)));
        REQUIRE_MESSAGE(!open_link("#e1i." + to_base64url(altered) + link.substr(key_at + 22), kToday), bit);
    }
}

TEST_CASE("every altered character of a link is found") {
    const std::string link = small_link();
    for (std::size_t at = 0; at < link.size(); ++at) {
        for (const char c : std::string_view("Aa0-_.#~\xFF", 9)) {
            std::string altered = link;
            if (altered[at] == c) continue;
            altered[at] = c;
            // A "#" sets the start anew: what stands before it does not matter, what follows must not open.
            REQUIRE_MESSAGE((at == 0 || !open_link(altered, kToday)), altered);
        }
    }
}

TEST_CASE("a link cut anywhere does not open, and says that its end is missing") {
    const std::string link = small_link();
    for (std::size_t size = 0; size < link.size(); ++size) {
        const auto opened = open_link(link.substr(0, size), kToday);
        REQUIRE_MESSAGE(!opened, size);
        if (size > 3) CHECK_MESSAGE(opened.error().what.id == "This link is not complete: its end is missing.", size);
    }
    for (const char* more : {"A", "AA", "AAA", "AAAA", ".", "=", "#"}) CHECK_MESSAGE(!open_link(link + more, kToday), more);
}

TEST_CASE("each failure has its own message") {
    const std::string link = small_link();
    Bytes altered = data_of(link);
    altered[altered.size() / 2] ^= 1;
    Bytes newer = data_of(link);
    newer[0] = 0x20;
    CHECK(text_of_error("https://example.org/") == "This is not a status link.");
    CHECK(text_of_error(link.substr(0, 200)) == "This link is not complete: its end is missing.");
    CHECK(text_of_error(with_data(link, altered)) == "This link was altered or damaged. It was not opened.");
    for (const std::string& later : {with_data(link, newer), "#e2" + link.substr(3)}) {
        CHECK(text_of_error(later) == "This link was made by a newer version of Entente than this page can read.");
        CHECK(code_of(later) == ErrorCode::Unsupported);
    }
    for (const char* other : {"#e1h.abcdefgh.ijklmnop", "#e1q0123456789"}) {
        CHECK(text_of_error(other) == "This page does not read this kind of link.");
        CHECK(code_of(other) == ErrorCode::Unsupported);
    }
    CHECK(code_of(std::string(kMaxIn + 1, 'A')) == ErrorCode::TooLarge);
}

TEST_CASE("an expired link opens and is marked") {
    const std::string link = small_link();
    const Day last = link_options().info.expires;
    CHECK(!open_link(link, last)->expired);
    CHECK(open_link(link, last + 1)->expired);
    CHECK(open_link(link, last + 1)->info.expires == last);
    CHECK(!open_link(link, kToday - 400)->expired);  // a clock that runs behind hides nothing
}

TEST_CASE("a passphrase is needed where one was set, and a wrong one is told from damage") {
    LinkOptions options = link_options(7);
    const auto right = passphrase_key("tŷ bach twt", options.key);
    const auto wrong = passphrase_key("ty bach twt", options.key);
    REQUIRE(right);
    REQUIRE(wrong);
    options.passphrase = right;
    const std::string link = *make_link(small_status(), options);

    const auto outline = outline_link(link);
    REQUIRE(outline);
    CHECK(outline->needs_passphrase);
    CHECK(outline->key == options.key);
    CHECK(!outline_link(small_link())->needs_passphrase);
    CHECK(open_link(link, kToday, right)->status == small_status());
    CHECK(code_of(link) == ErrorCode::WrongSecret);
    CHECK(code_of(link, wrong) == ErrorCode::WrongSecret);
    CHECK(text_of_error(link) == "This link needs a passphrase.");
    CHECK(text_of_error(link, wrong) == "This passphrase does not open the link.");
    Bytes altered = data_of(link);
    altered.back() ^= 1;
    CHECK(text_of_error(with_data(link, altered), right) == "This link was altered or damaged. It was not opened.");
    // The same passphrase with another link is another key.
    CHECK(passphrase_key("tŷ bach twt", link_options(8).key) != right);
    // A key where none is needed changes nothing.
    CHECK(open_link(small_link(), kToday, right));
}

TEST_CASE("who signed it is part of it") {
    LinkOptions other = link_options();
    other.seed = link_options(2).seed;
    const auto first = open_link(small_link(), kToday), second = open_link(*make_link(small_status(), other), kToday);
    CHECK(first->info.publisher == publisher_of(link_options().seed));
    CHECK(second->info.publisher == publisher_of(other.seed));
    CHECK(first->info.publisher != second->info.publisher);
}

TEST_CASE("a crafted link with a wrong header, content or signature does not open") {
    const Document document = encode_document(small_status(), day_of(link_options().info.issued));
    const Bytes texts = packed(document.texts);
    CHECK(code_of(crafted(document.columns, texts, 0x02)) == ErrorCode::Damaged);      // a language that does not exist
    CHECK(code_of(crafted(document.columns, texts, 0x20)) == ErrorCode::Damaged);      // a profile that does not exist
    CHECK(code_of(crafted(document.columns, texts, 0, 0)) == ErrorCode::Damaged);      // revision 0
    CHECK(code_of(crafted({}, texts)) == ErrorCode::Damaged);
    CHECK(code_of(crafted(document.columns, {})) == ErrorCode::Damaged);
    CHECK(code_of(crafted(document.columns, packed(document.texts + "more\n"))) == ErrorCode::Damaged);
    Bytes trailing = texts;
    trailing.push_back(0);
    CHECK(code_of(crafted(document.columns, trailing)) == ErrorCode::Damaged);
    Bytes cut = texts;
    cut.pop_back();
    CHECK(code_of(crafted(document.columns, cut)) == ErrorCode::Damaged);
}

TEST_CASE("a bomb is stopped while it unpacks") {
    const std::string bomb(3'000'000, 'a');
    const Bytes texts = packed(bomb);
    REQUIRE(texts.size() < 6000);
    const Document document = encode_document(small_status(), day_of(link_options().info.issued));
    CHECK(code_of(crafted(document.columns, texts)) == ErrorCode::TooLarge);
    CHECK(!expand(texts, dictionary_1(), 1'000'000, 5000));
    CHECK(expand(texts, dictionary_1(), 3'000'000, 5000)->size() == bomb.size());
}

TEST_CASE("what repeats beyond the allowed ratio is still made, only longer") {
    Status status = small_status();
    for (int i = 0; i < 700; ++i) status.tasks.push_back({"Shot", "VFX", kToday, kToday + 1, 0});
    const Document document = encode_document(status, kToday);
    const Bytes texts = compress(document.texts, dictionary_1(), kMaxRatio);
    CHECK(texts.size() * kMaxRatio >= document.texts.size());
    CHECK(expand(texts, dictionary_1(), kMaxOut, kMaxRatio));
    const auto link = make_link(status, link_options());
    REQUIRE(link);
    CHECK(open_link(*link, kToday)->status == status);
}

TEST_CASE("what does not fit is refused when the link is made") {
    Status status = small_status();
    std::uint32_t state = 1;
    for (int i = 0; i < 300; ++i) {
        std::string name;
        for (int j = 0; j < 40; ++j) name += static_cast<char>('a' + ((state = state * 1664525u + 1013904223u) >> 24) % 26);
        status.tasks.push_back({name, "", kToday, kToday, 0});
    }
    const auto too_long = make_link(status, link_options());
    REQUIRE(!too_long);
    CHECK(too_long.error().code == ErrorCode::TooLarge);

    status = small_status();
    status.project = "line\rreturn";
    CHECK(make_link(status, link_options()).error().code == ErrorCode::BadInput);
    status = small_status();
    status.needs[0].moves = 1;
    CHECK(make_link(status, link_options()).error().code == ErrorCode::BadInput);
    LinkOptions early = link_options();
    early.info.expires = day_of(early.info.issued) - 1;
    CHECK(make_link(small_status(), early).error().code == ErrorCode::BadInput);
}

TEST_CASE("a link shows nothing of what it holds") {
    const std::string link = small_link();
    const Bytes data = data_of(link);
    CHECK(std::search(data.begin(), data.end(), bytes_of("House").begin(), bytes_of("House").end()) == data.end());
    std::set<std::string> starts;
    for (int number = 1; number < 20; ++number) starts.insert(make_link(small_status(), link_options(number))->substr(28, 40));
    CHECK(starts.size() == 19);
}
