#include "share/link.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "share/deflate.hpp"
#include "share/document.hpp"
#include "share/seal.hpp"

namespace entente::share {

namespace {

constexpr std::string_view kMark = "#e1";
constexpr char kInlineKind = 'i';
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kPassphraseBit = 1;
constexpr std::size_t kKeyChars = 22;                          // 16 bytes in base64url
constexpr std::size_t kLeastDataChars = 4;
constexpr std::uint64_t kLowIdMask = (std::uint64_t{1} << 40) - 1;

tl::unexpected<Error> no_link() {
    return fail(ErrorCode::BadInput, msg("This is not a status link."), "",
                msg("A status link has #e1i. in it. Ask the post house to send it again."));
}
tl::unexpected<Error> cut_short() {
    return fail(ErrorCode::Damaged, msg("This link is not complete: its end is missing."), "",
                msg("Mail programs sometimes cut long links. Copy it whole, or ask for it again."));
}
tl::unexpected<Error> altered() {
    return fail(ErrorCode::Damaged, msg("This link was altered or damaged. It was not opened."), "",
                msg("Ask the post house to send it again."));
}
tl::unexpected<Error> newer_version() {
    return fail(ErrorCode::Unsupported, msg("This link was made by a newer version of Entente than this page can read."), "",
                msg("Reload the page. If that does not help, ask the post house for its newest address."));
}

// h (kept on a server) and q (for QR codes) are named in the format; this version reads neither.
tl::unexpected<Error> other_kind() {
    return fail(ErrorCode::Unsupported, msg("This page does not read this kind of link."), "",
                msg("Ask the post house for a link that holds the whole status."));
}

// The public part in front of the sealed bytes; all of it is authenticated.
struct Envelope {
    LinkKey key{};
    bool has_passphrase = false;
    Check check{};
    Bytes associated;  // label, prefix, check
    Bytes sealed;
};

Bytes associated_data(ByteView front) {
    Writer out;
    out.raw(bytes_of("entente/1/share/link/"));
    out.u8(static_cast<std::uint8_t>(kInlineKind));
    out.raw(front);
    return out.take();
}

std::string_view fragment_of(std::string_view link) {
    if (const std::size_t at = link.find('#'); at != std::string_view::npos) return link.substr(at + 1);
    return link;
}

// The two parts of an inline link behind "e1i."; the data may still be anything.
struct Parts {
    LinkKey key{};
    Bytes data;
    int odd_chars = 0;  // at the end, belonging to no whole byte
};
Result<Parts> split_link(std::string_view link) {
    if (link.size() > kMaxIn) {
        return fail(ErrorCode::TooLarge, msg("This link is far larger than a status link can be."), "",
                    msg("Ask the post house to send it again."));
    }
    std::string_view fragment = trim(fragment_of(link));
    const std::string_view mark = kMark.substr(1);
    if (fragment.size() < 2 || fragment[0] != 'e' || fragment[1] < '1' || fragment[1] > '9') return no_link();
    if (fragment.substr(0, mark.size()) != mark) return newer_version();
    fragment.remove_prefix(mark.size());
    if (fragment.empty()) return cut_short();
    if (fragment[0] != kInlineKind) return other_kind();
    fragment.remove_prefix(1);
    if (fragment.empty()) return cut_short();
    if (fragment[0] != '.') return no_link();
    fragment.remove_prefix(1);
    if (fragment.size() < kKeyChars + 1 + kLeastDataChars) return cut_short();
    if (fragment[kKeyChars] != '.') return altered();
    const auto key = from_base64url(fragment.substr(0, kKeyChars));
    if (!key || key->size() != LinkKey{}.size()) return altered();
    Parts parts;
    std::copy(key->begin(), key->end(), parts.key.begin());
    std::string_view text = fragment.substr(kKeyChars + 1);
    // A text cut in the middle of a group of four does not decode, although nothing in it is wrong.
    std::optional<Bytes> data = from_base64url(text);
    while (!data && parts.odd_chars < 3 && text.size() > 1) {
        text.remove_suffix(1);
        ++parts.odd_chars;
        data = from_base64url(text);
    }
    if (!data) return altered();
    parts.data = std::move(*data);
    return parts;
}

Result<Envelope> read_envelope(std::string_view link) {
    Result<Parts> parts = split_link(link);
    if (!parts) return tl::unexpected<Error>(parts.error());
    Reader in(parts->data);
    const std::uint8_t format = in.u8();
    if (!in.ok()) return cut_short();
    if (format >> 4 != kVersion) return format >> 4 > kVersion ? newer_version() : altered();
    if ((format & 0x0F) > kPassphraseBit) return newer_version();
    const std::uint64_t size = in.varint();
    if (!in.ok()) return in.remaining() == 0 ? cut_short() : altered();
    if (parts->data.size() < size) return cut_short();
    if (parts->data.size() > size || parts->odd_chars > 0) return altered();
    Envelope envelope;
    envelope.key = parts->key;
    envelope.has_passphrase = (format & kPassphraseBit) != 0;
    if (envelope.has_passphrase) {
        const ByteView check = in.raw(kCheckBytes);
        if (!in.ok()) return altered();
        std::copy(check.begin(), check.end(), envelope.check.begin());
    }
    const std::size_t front = parts->data.size() - in.remaining();
    envelope.associated = associated_data(ByteView(parts->data).first(front));
    envelope.sealed.assign(parts->data.begin() + static_cast<std::ptrdiff_t>(front), parts->data.end());
    return envelope;
}

void write_header(Writer& out, const LinkInfo& info) {
    out.raw(info.publisher);
    const std::uint64_t device = info.share_id >> 40;
    out.u8(static_cast<std::uint8_t>(device));
    out.u16(static_cast<std::uint16_t>(device >> 8));
    out.varint(info.share_id & kLowIdMask);
    out.varint(info.revision);
    out.varint(static_cast<std::uint64_t>(info.issued.n));
    out.varint(static_cast<std::uint64_t>(info.expires - day_of(info.issued)));
    out.u8(static_cast<std::uint8_t>(static_cast<int>(info.language) | static_cast<int>(info.profile) << 4));
}

bool info_ok(const LinkInfo& info) {
    const Day issued = day_of(info.issued);
    return info.issued.n >= 0 && issued <= kLastDay && info.expires >= issued && info.expires <= kLastDay && info.revision > 0 &&
           info.language <= LinkLanguage::Welsh && info.profile <= Profile::Dates;
}

// False where the header is not in order.
bool read_header(Reader& in, LinkInfo& info) {
    const ByteView publisher = in.raw(info.publisher.size());
    if (!in.ok()) return false;
    std::copy(publisher.begin(), publisher.end(), info.publisher.begin());
    const std::uint64_t low_device = in.u8();
    const std::uint64_t device = low_device | std::uint64_t{in.u16()} << 8;
    const std::uint64_t number = in.varint();
    info.share_id = device << 40 | number;
    info.revision = in.varint();
    const std::uint64_t issued = in.varint();
    const std::uint64_t days = in.varint();
    const std::uint8_t kinds = in.u8();
    const auto last_minute = static_cast<std::uint64_t>(at_minute(kLastDay, kMinutesPerDay - 1).n);
    if (!in.ok() || number > kLowIdMask || issued > last_minute || days > static_cast<std::uint64_t>(kLastDay.n)) return false;
    info.issued = LocalMinute{static_cast<std::int64_t>(issued)};
    info.expires = day_of(info.issued) + static_cast<int>(days);
    info.language = static_cast<LinkLanguage>(kinds & 0x0F);
    info.profile = static_cast<Profile>(kinds >> 4);
    return info_ok(info);
}

// content = length of the columns, columns, compressed texts
Bytes content_of(const Document& document) {
    Writer out;
    out.varint(document.columns.size());
    out.raw(document.columns);
    out.raw(compress(document.texts, dictionary_1(), kMaxRatio));
    return out.take();
}

Result<Status> read_content(ByteView content, Day base) {
    Reader in(content);
    const std::uint64_t size = in.varint();
    if (!in.ok() || size > in.remaining()) return altered();
    Document document;
    const ByteView columns = in.raw(static_cast<std::size_t>(size));
    document.columns.assign(columns.begin(), columns.end());
    Result<std::string> texts = expand(in.raw(in.remaining()), dictionary_1(), kMaxOut, kMaxRatio);
    if (!texts) return tl::unexpected<Error>(texts.error());
    document.texts = std::move(*texts);
    return decode_document(document, base);
}

// What stands before the sealed bytes: format, length of everything, check.
Bytes front_of(bool has_passphrase, const ContentKey& key, std::size_t sealed_bytes) {
    const std::size_t check_bytes = has_passphrase ? kCheckBytes : 0;
    for (std::size_t length_bytes = 1;; ++length_bytes) {
        Writer out;
        out.u8(static_cast<std::uint8_t>(kVersion << 4 | (has_passphrase ? kPassphraseBit : 0)));
        out.varint(1 + length_bytes + check_bytes + sealed_bytes);
        if (out.bytes().size() != 1 + length_bytes) continue;
        if (has_passphrase) out.raw(check_of(key));
        return out.take();
    }
}

}  // namespace

Result<std::string> make_link(const Status& status, const LinkOptions& options) {
    LinkInfo info = options.info;
    info.publisher = publisher_of(options.seed);
    if (!valid(status) || !info_ok(info)) {
        return fail(ErrorCode::BadInput, msg("This status cannot be put into a link: a text or a date in it is out of range."), "",
                    msg("Shorten the longest texts and check the dates."));
    }
    Writer message;
    write_header(message, info);
    message.raw(content_of(encode_document(status, day_of(info.issued))));
    const Signature signature = sign(options.seed, message.bytes());
    message.raw(signature);

    const ContentKey key = content_key(options.key, options.passphrase);
    Bytes data = front_of(options.passphrase.has_value(), key, message.bytes().size() + kTagBytes);
    const Bytes sealed = seal(key, options.key, associated_data(data), message.bytes());
    data.insert(data.end(), sealed.begin(), sealed.end());

    std::string link(kMark);
    link += kInlineKind;
    link += '.' + to_base64url(options.key) + '.' + to_base64url(data);
    if (link.size() > kMaxFragment) {
        return fail(ErrorCode::TooLarge, msg("This status is too long for a link of its own."), "",
                    msg("Show less: choose dates only, or make fewer tasks visible to the client."));
    }
    return link;
}

Result<LinkOutline> outline_link(std::string_view link) {
    const Result<Envelope> envelope = read_envelope(link);
    if (!envelope) return tl::unexpected<Error>(envelope.error());
    return LinkOutline{envelope->key, envelope->has_passphrase};
}

Result<Opened> open_link(std::string_view link, Day today, const std::optional<PassphraseKey>& passphrase) {
    const Result<Envelope> envelope = read_envelope(link);
    if (!envelope) return tl::unexpected<Error>(envelope.error());
    if (envelope->has_passphrase && !passphrase) {
        return fail(ErrorCode::WrongSecret, msg("This link needs a passphrase."), "", msg("Ask the post house for it."));
    }
    const ContentKey key = content_key(envelope->key, envelope->has_passphrase ? passphrase : std::nullopt);
    if (envelope->has_passphrase && check_of(key) != envelope->check) {
        return fail(ErrorCode::WrongSecret, msg("This passphrase does not open the link."), "",
                    msg("Check capital letters and spaces, and try again."));
    }
    const std::optional<Bytes> plain = unseal(key, envelope->key, envelope->associated, envelope->sealed);
    if (!plain || plain->size() < kSignatureBytes) return altered();

    const ByteView message = ByteView(*plain).first(plain->size() - kSignatureBytes);
    Signature signature;
    std::copy(plain->end() - static_cast<std::ptrdiff_t>(kSignatureBytes), plain->end(), signature.begin());
    Reader in(message);
    Opened opened;
    if (!read_header(in, opened.info) || !verify(opened.info.publisher, message, signature)) return altered();
    Result<Status> status = read_content(in.raw(in.remaining()), day_of(opened.info.issued));
    if (!status) return tl::unexpected<Error>(status.error());
    opened.status = std::move(*status);
    opened.expired = today > opened.info.expires;
    return opened;
}

}  // namespace entente::share
