// Status links and documents from strangers. The first byte chooses the door: the text of a link; content signed and sealed as
// it should be, so that the reader behind the cryptography is reached; the packed document itself; its texts; 4 and 5 a header of the
// input's own in front of its content, signed and sealed, 5 with a passphrase that is the right one, another one or none. With kAgain
// added to it, what opens is made into a link again, which takes a hundred times as long as to read it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "share/deflate.hpp"
#include "share/document.hpp"
#include "share/link.hpp"
#include "share/seal.hpp"

using namespace entente;
using namespace entente::share;

namespace {

const Day kBase{20593};
constexpr std::uint8_t kAgain = 0x40;

void must(bool condition) {
    if (!condition) std::abort();
}

void check_opened(const Opened& opened, bool again) {
    must(valid(opened.status));
    if (!again) return;
    LinkOptions options;
    options.info = opened.info;
    if (const auto link = make_link(opened.status, options)) {
        const auto twice = open_link(*link, kBase);
        must(twice && twice->status == opened.status);
    }
}

void open_text(std::string_view text, bool again) {
    (void)outline_link(text);
    if (const auto opened = open_link(text, kBase)) check_opened(*opened, again);
}

// A link around a message of ours, signed and sealed as it should be.
std::string sealed_link(Writer message, const std::optional<PassphraseKey>& passphrase) {
    const LinkKey key{};
    const ContentKey content = content_key(key, passphrase);
    message.raw(sign(SigningSeed{}, message.bytes()));
    const std::size_t sealed_size = message.bytes().size() + kTagBytes + (passphrase ? kCheckBytes : 0);
    Writer front;
    front.u8(passphrase ? 0x11 : 0x10);
    for (std::size_t length_bytes = 1; length_bytes < 6; ++length_bytes) {
        Writer length;
        length.varint(1 + length_bytes + sealed_size);
        if (length.bytes().size() != length_bytes) continue;
        front.raw(length.bytes());
        break;
    }
    if (passphrase) front.raw(check_of(content));
    Writer associated;
    associated.raw(bytes_of("entente/1/share/link/i"));
    associated.raw(front.bytes());
    Bytes data = front.bytes();
    const Bytes sealed = seal(content, key, associated.bytes(), message.bytes());
    data.insert(data.end(), sealed.begin(), sealed.end());
    return "#e1i." + to_base64url(key) + '.' + to_base64url(data);
}

Writer message_of_ours() {
    Writer message;
    message.raw(publisher_of(SigningSeed{}));
    return message;
}

// `content` is everything behind the header.
void open_sealed(ByteView content, bool again) {
    Writer message = message_of_ours();
    message.raw(Bytes{1, 2, 3, 7, 1});
    message.varint(29'654'000);
    message.varint(14);
    message.u8(0);
    message.raw(content);
    open_text(sealed_link(std::move(message), {}), again);
}

// `input` is the header behind the publisher, and the content.
void open_header(ByteView input, bool again) {
    Writer message = message_of_ours();
    message.raw(input);
    open_text(sealed_link(std::move(message), {}), again);
}

// The first byte: which key is tried.
void open_with_passphrase(ByteView input, bool again) {
    if (input.empty()) return;
    PassphraseKey right{}, other{};
    other[0] = 1;
    Writer message = message_of_ours();
    message.raw(input.subspan(1));
    const std::string link = sealed_link(std::move(message), right);
    const auto outline = outline_link(link);
    must(outline && outline->needs_passphrase);
    const int which = input[0] % 3;
    const auto opened = open_link(link, kBase, which == 0 ? std::optional(right) : which == 1 ? std::optional(other) : std::nullopt);
    must(which == 0 || (!opened && opened.error().code == ErrorCode::WrongSecret));
    if (opened) check_opened(*opened, again);
}

void decode(ByteView input) {
    Reader in(input);
    Document document;
    const std::size_t wanted = in.u16();
    const ByteView columns = in.raw(std::min(wanted, in.remaining()));
    document.columns.assign(columns.begin(), columns.end());
    document.texts = std::string(text_of(in.raw(in.remaining())));
    if (const auto status = decode_document(document, kBase)) must(encode_document(*status, kBase) == document);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView rest(data + 1, size - 1);
    const bool again = (data[0] & kAgain) != 0;
    const int door = data[0] & ~kAgain;
    if (door == 4) return open_header(rest, again), 0;
    if (door == 5) return open_with_passphrase(rest, again), 0;
    switch (door % 4) {
        case 0: open_text(text_of(rest), again); break;
        case 1: open_sealed(rest, again); break;
        case 2: decode(rest); break;
        default:
            if (const auto text = expand(rest, dictionary_1(), 1 << 20, kMaxRatio)) must(text->size() <= rest.size() * kMaxRatio);
    }
    return 0;
}
