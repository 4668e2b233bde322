// Status links and documents from strangers. The first byte chooses the door: the text of a link; content signed and sealed as
// it should be, so that the reader behind the cryptography is reached; or the packed document itself.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
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

void must(bool condition) {
    if (!condition) std::abort();
}

// What opens can be made again.
void check_opened(const Opened& opened) {
    must(valid(opened.status));
    LinkOptions options;
    options.info = opened.info;
    if (const auto again = make_link(opened.status, options)) {
        const auto twice = open_link(*again, kBase);
        must(twice && twice->status == opened.status);
    }
}

void open_text(std::string_view text) {
    (void)outline_link(text);
    if (const auto opened = open_link(text, kBase)) check_opened(*opened);
}

// `content` is everything behind the header.
void open_sealed(ByteView content) {
    const SigningSeed seed{};
    const LinkKey key{};
    Writer message;
    message.raw(publisher_of(seed));
    message.raw(Bytes{1, 2, 3, 7, 1});
    message.varint(29'654'000);
    message.varint(14);
    message.u8(0);
    message.raw(content);
    message.raw(sign(seed, message.bytes()));
    const std::size_t sealed_size = message.bytes().size() + kTagBytes;
    Writer front;
    front.u8(0x10);
    for (std::size_t length_bytes = 1; length_bytes < 6; ++length_bytes) {
        Writer length;
        length.varint(1 + length_bytes + sealed_size);
        if (length.bytes().size() != length_bytes) continue;
        front.raw(length.bytes());
        break;
    }
    Writer associated;
    associated.raw(bytes_of("entente/1/share/link/i"));
    associated.raw(front.bytes());
    Bytes data = front.bytes();
    const Bytes sealed = seal(content_key(key, {}), key, associated.bytes(), message.bytes());
    data.insert(data.end(), sealed.begin(), sealed.end());
    open_text("#e1i." + to_base64url(key) + '.' + to_base64url(data));
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
    switch (data[0] % 4) {
        case 0: open_text(text_of(rest)); break;
        case 1: open_sealed(rest); break;
        case 2: decode(rest); break;
        default:
            if (const auto text = expand(rest, dictionary_1(), 1 << 20, kMaxRatio)) must(text->size() <= rest.size() * kMaxRatio);
    }
    return 0;
}
