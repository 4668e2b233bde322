// Status links: the text, what is sealed in it, and the document inside.
#include <functional>

#include <zlib.h>

#include "share/bits.hpp"
#include "share/deflate.hpp"
#include "share/document.hpp"
#include "share/link.hpp"
#include "share/seal.hpp"
#include "tests/vectors/vectors.hpp"

namespace entente::vectors {

using namespace share;

namespace {

const Day kIssued = *parse_iso_day("2026-05-20");

Status status() {
    Status out;
    out.house = "Cwm";
    out.project = "The Long Field";
    out.client = "Siwan";
    out.currency = Currency{{'G', 'B', 'P'}};
    out.milestones.push_back({"Picture lock", kIssued + 10, kIssued + 12, std::nullopt, Health::Late});
    out.milestones.push_back({"Delivery", std::nullopt, kIssued + 40, std::nullopt, Health::OnTime});
    out.tasks.push_back({"Edit", "Picture", kIssued - 10, kIssued + 11, 60});
    out.needs.push_back({NeedKind::Decision, "Is the picture locked?", "Siwan", kIssued + 10, 1, 0, "", std::nullopt, ""});
    return out;
}

// Everything that a link is made of, each part to be changed.
struct Parts {
    LinkKey key{};
    SigningSeed seed{};
    std::optional<PassphraseKey> passphrase;
    Bytes header;        // without the publisher
    PublisherKey publisher{};
    Bytes columns;
    Bytes texts;         // deflated
    std::uint64_t columns_bytes = 0;
    bool told = false;   // columns_bytes as told
    std::uint8_t format = 0x10;
    std::function<void(Bytes&)> after_signing = [](Bytes&) {};   // the signed message
    std::function<void(Bytes&)> after_sealing = [](Bytes&) {};   // the whole data
};

Bytes header_bytes(std::uint64_t revision, std::uint64_t issued, std::uint64_t days, std::uint8_t kinds, std::uint64_t number = 7) {
    Writer out;
    out.raw(Bytes{1, 2, 3});
    out.varint(number);
    out.varint(revision);
    out.varint(issued);
    out.varint(days);
    out.u8(kinds);
    return out.take();
}

std::uint64_t issued_minute() { return static_cast<std::uint64_t>(at_minute(kIssued, 970).n); }

Parts usual() {
    Parts parts;
    for (std::size_t i = 0; i < parts.key.size(); ++i) parts.key[i] = static_cast<std::uint8_t>(0x30 + i);
    parts.seed[0] = 9;
    parts.publisher = publisher_of(parts.seed);
    parts.header = header_bytes(2, issued_minute(), 14, 0);
    const Document document = encode_document(status(), kIssued);
    parts.columns = document.columns;
    parts.texts = compress(document.texts, dictionary_1(), kMaxRatio);
    return parts;
}

Bytes front_of(const Parts& parts, const ContentKey& key, std::size_t sealed_bytes) {
    const bool secret = parts.passphrase.has_value();
    for (std::size_t length_bytes = 1;; ++length_bytes) {
        Writer out;
        out.u8(static_cast<std::uint8_t>(parts.format | (secret ? 1 : 0)));
        out.varint(1 + length_bytes + (secret ? kCheckBytes : 0) + sealed_bytes);
        if (out.bytes().size() != 1 + length_bytes) continue;
        if (secret) out.raw(check_of(key));
        return out.take();
    }
}

std::string link_of(const Parts& parts) {
    Writer message;
    message.raw(parts.publisher);
    message.raw(parts.header);
    message.varint(parts.told ? parts.columns_bytes : parts.columns.size());
    message.raw(parts.columns);
    message.raw(parts.texts);
    message.raw(sign(parts.seed, message.bytes()));
    Bytes plain = message.take();
    parts.after_signing(plain);
    const ContentKey key = content_key(parts.key, parts.passphrase);
    Bytes data = front_of(parts, key, plain.size() + share::kTagBytes);
    Writer associated;
    associated.raw(bytes_of("entente/1/share/link/i"));
    associated.raw(data);
    const Bytes sealed = share::seal(key, parts.key, associated.bytes(), plain);
    data.insert(data.end(), sealed.begin(), sealed.end());
    parts.after_sealing(data);
    return "#e1i." + to_base64url(parts.key) + '.' + to_base64url(data);
}

class Links {
public:
    explicit Links(Vectors& out) : out_(out), good_(link_of(usual())) {}

    void add_all() {
        add("good", good_, "ok", "");
        texts();
        data();
        sealed();
        inside();
        documents();
        statuses();
        packed();
        dense();
        with_passphrase();
    }

private:
    void add(const std::string& name, const std::string& link, const char* expect, const char* why, const char* kind = "link") {
        const ByteView bytes = bytes_of(link);
        out_.push_back({"link_" + name + ".txt", kind, expect, why, Bytes(bytes.begin(), bytes.end())});
    }
    void made(const char* name, const char* expect, const char* why, const std::function<void(Parts&)>& change) {
        Parts parts = usual();
        change(parts);
        add(name, link_of(parts), expect, why);
    }

    void texts() {
        add("whole_address", "https://cwm.example/status.html" + good_, "ok", "");
        add("without_hash", good_.substr(1), "ok", "");
        add("with_spaces_around", "  " + good_ + "\n", "ok", "");
        add("empty", "", "bad_input", "no_link");
        add("other_fragment", "https://cwm.example/#plan", "bad_input", "no_link");
        add("version_0", "#e0" + good_.substr(3), "bad_input", "no_link");
        add("no_dot", "#e1i" + good_.substr(5), "bad_input", "no_link");
        add("version_2", "#e2" + good_.substr(3), "unsupported", "version");
        add("on_a_server", "#e1h." + good_.substr(5), "unsupported", "link_kind");
        add("as_digits", "#e1q" + good_.substr(5), "unsupported", "link_kind");
        add("cut_in_mark", "#e1", "damaged", "cut");
        add("cut_after_kind", "#e1i", "damaged", "cut");
        add("cut_in_key", good_.substr(0, 15), "damaged", "cut");
        add("cut_after_key", good_.substr(0, 5 + 22 + 1), "damaged", "cut");
        for (const std::size_t less : {1u, 2u, 3u, 4u, 40u}) {
            add("cut_by_" + std::to_string(less), good_.substr(0, good_.size() - less), "damaged", "cut");
        }
        add("one_letter_more", good_ + "A", "damaged", "length");
        add("four_letters_more", good_ + "AAAA", "damaged", "length");
        std::string text = good_;
        text[26] = text[26] == 'B' ? 'C' : 'B';  // the key's last letter holds bits that must be zero
        add("key_not_canonical", text, "damaged", "letters");
        text = good_;
        text[8] = '+';
        add("key_no_letter", text, "damaged", "letters");
        text = good_;
        text[27] = 'A';
        add("dot_missing", text, "damaged", "letters");
        text = good_;
        text[60] = '=';
        add("data_no_letter", text, "damaged", "letters");
    }

    void data() {
        const auto changed = [&](const char* name, const char* expect, const char* why, const std::function<void(Bytes&)>& change) {
            made(name, expect, why, [&](Parts& parts) { parts.after_sealing = change; });
        };
        made("format_version_2", "unsupported", "version", [](Parts& p) { p.format = 0x20; });
        made("format_version_0", "damaged", "version", [](Parts& p) { p.format = 0x00; });
        made("format_2", "unsupported", "version", [](Parts& p) { p.format = 0x12; });
        changed("length_longer", "damaged", "cut", [](Bytes& d) { d[1] = static_cast<std::uint8_t>(d[1] + 1); });
        changed("length_shorter", "damaged", "length", [](Bytes& d) { d[1] = static_cast<std::uint8_t>(d[1] - 1); });
        changed("length_not_shortest", "damaged", "varint", [](Bytes& d) {
            d[2] = static_cast<std::uint8_t>(d[2] | 0x80);
            d.insert(d.begin() + 3, 0);
        });
        changed("flip_first", "damaged", "seal", [](Bytes& d) { d[3] ^= 1; });
        changed("flip_middle", "damaged", "seal", [](Bytes& d) { d[d.size() / 2] ^= 0x80; });
        changed("flip_tag", "damaged", "seal", [](Bytes& d) { d.back() ^= 1; });
        std::string other_key = good_;
        other_key[5] = other_key[5] == 'A' ? 'B' : 'A';
        add("other_key", other_key, "damaged", "seal");
    }

    void sealed() {
        const auto changed = [&](const char* name, const char* why, const std::function<void(Bytes&)>& change) {
            made(name, "damaged", why, [&](Parts& parts) { parts.after_signing = change; });
        };
        changed("flip_signature", "signature", [](Bytes& m) { m.back() ^= 1; });
        changed("flip_signed", "signature", [](Bytes& m) { m[60] ^= 1; });
        changed("flip_publisher", "signature", [](Bytes& m) { m[0] ^= 1; });
        changed("signature_cut", "signature", [](Bytes& m) { m.pop_back(); });
        changed("no_signature", "signature", [](Bytes& m) { m.resize(63); });
        made("signed_by_another", "damaged", "signature", [](Parts& p) { p.seed[0] = 10; });
        made("publisher_zero", "damaged", "signature", [](Parts& p) { p.publisher = {}; });
    }

    void inside() {
        made("good_welsh_dates", "ok", "", [](Parts& p) { p.header = header_bytes(2, issued_minute(), 14, 0x11); });
        made("expired", "expired", "", [](Parts& p) { p.header = header_bytes(2, issued_minute(), 3, 0); });
        made("revision_0", "damaged", "header", [](Parts& p) { p.header = header_bytes(0, issued_minute(), 14, 0); });
        made("language_2", "damaged", "header", [](Parts& p) { p.header = header_bytes(2, issued_minute(), 14, 0x02); });
        made("profile_2", "damaged", "header", [](Parts& p) { p.header = header_bytes(2, issued_minute(), 14, 0x20); });
        made("issued_after_2200", "damaged", "header", [](Parts& p) { p.header = header_bytes(2, 84'007ull * 1440, 0, 0); });
        made("expires_after_2200", "damaged", "header", [](Parts& p) { p.header = header_bytes(2, issued_minute(), 84'000, 0); });
        made("days_2_to_40", "damaged", "header", [](Parts& p) { p.header = header_bytes(2, issued_minute(), std::uint64_t{1} << 40, 0); });
        made("id_of_41_bits", "damaged", "header",
             [](Parts& p) { p.header = header_bytes(2, issued_minute(), 14, 0, std::uint64_t{1} << 40); });
        made("revision_not_shortest", "damaged", "header", [](Parts& p) {
            p.header[4] = 0x82;
            p.header.insert(p.header.begin() + 5, 0);
        });
        made("header_cut", "damaged", "header", [](Parts& p) {
            p.header.resize(5);
            p.columns.clear();
            p.texts.clear();
        });
    }

    void documents() {
        const auto columns = [&](const char* name, const char* expect, const std::function<void(Bytes&)>& change) {
            made(name, expect, std::string(expect) == "unsupported" ? "section" : "document", [&](Parts& parts) { change(parts.columns); });
        };
        made("columns_longer_than_all", "damaged", "document", [](Parts& p) {
            p.told = true;
            p.columns_bytes = 100'000;
        });
        columns("columns_empty", "damaged", [](Bytes& c) { c.clear(); });
        columns("columns_cut", "damaged", [](Bytes& c) { c.pop_back(); });
        columns("columns_byte_more", "damaged", [](Bytes& c) { c.push_back(0); });
        columns("columns_flip", "damaged", [](Bytes& c) { c[c.size() / 2] ^= 1; });
        columns("section_10", "unsupported", [](Bytes& c) { c[1] = 10; });
        columns("section_0", "damaged", [](Bytes& c) { c[1] = 0; });
        columns("sections_in_no_order", "damaged", [](Bytes& c) { c[1] = 9; });
        columns("section_longer_than_all", "damaged", [](Bytes& c) { c[2] = 0x7F; });
        made("texts_no_deflate", "damaged", "deflate", [](Parts& p) { p.texts = Bytes(20, 0xFF); });
        made("texts_empty", "damaged", "deflate", [](Parts& p) { p.texts.clear(); });
        made("texts_cut", "damaged", "deflate", [](Parts& p) { p.texts.pop_back(); });
        made("texts_byte_more", "damaged", "deflate", [](Parts& p) { p.texts.push_back(0); });
        made("texts_of_another", "damaged", "document", [](Parts& p) { p.texts = compress("x\n", dictionary_1(), kMaxRatio); });
        made("texts_line_more", "damaged", "document", [](Parts& p) {
            p.texts = compress(encode_document(status(), kIssued).texts + "x\n", dictionary_1(), kMaxRatio);
        });
    }

    // Documents written as they should be, of statuses in order and not.
    void status_of(const char* name, const char* expect, const std::function<void(Status&)>& change) {
        made(name, expect, std::string(expect) == "ok" ? "" : "document", [&](Parts& parts) {
            Status changed = status();
            change(changed);
            const Document document = encode_document(changed, kIssued);
            parts.columns = document.columns;
            parts.texts = deflated(document.texts);
        });
    }
    void statuses() {
        status_of("day_last", "ok", [](Status& s) { s.milestones[0].forecast = Day{84006}; });
        status_of("day_first", "ok", [](Status& s) { s.milestones[0].forecast = Day{0}; });
        status_of("day_after_last", "damaged", [](Status& s) { s.milestones[0].forecast = Day{84007}; });
        status_of("day_before_first", "damaged", [](Status& s) { s.milestones[0].forecast = Day{-1}; });
        status_of("percent_101", "damaged", [](Status& s) { s.tasks[0].percent_done = 101; });
        status_of("need_moves_last_milestone", "ok", [](Status& s) { s.needs[0].moves = 1; });
        status_of("need_moves_no_milestone", "damaged", [](Status& s) { s.needs[0].moves = 2; });
        status_of("need_answer_without_day", "damaged", [](Status& s) { s.needs[0].answer = "Yes"; });
        status_of("need_days_lost_beyond", "damaged", [](Status& s) { s.needs[0].slip_days_per_day = 84007; });
        const auto of_change = [&](const char* name, const char* expect, const std::function<void(StatusChange&)>& change) {
            status_of(name, expect, [&](Status& s) {
                s.changes.push_back({1, "A second ending", "", ChangeState::Open, kIssued, "Siwan", kIssued + 3, 2, 50'000});
                change(s.changes[0]);
            });
        };
        of_change("change_open", "ok", [](StatusChange&) {});
        of_change("change_agreed_and_to_decide", "damaged", [](StatusChange& c) { c.state = ChangeState::Agreed; });
        of_change("change_number_minus_1", "damaged", [](StatusChange& c) { c.number = -1; });
        of_change("change_moves_too_far", "damaged", [](StatusChange& c) { c.moved_days = -84007; });
        of_change("change_price_most", "ok", [](StatusChange& c) { c.price_minor = kMaxMinor; });
        of_change("change_price_beyond", "damaged", [](StatusChange& c) { c.price_minor = kMaxMinor + 1; });
        status_of("flags_far_apart", "ok", [](Status& s) {
            for (int i = 0; i < 40; ++i) s.actions.push_back({"Send", "", i != 0 && i != 1 && i != 30, std::nullopt, i == 39});
        });
        status_of("rounds_minus_1", "damaged", [](Status& s) { s.rounds.push_back({"Cut", -1, 3}); });
        const auto rounds = [](Status& s, int count) {
            for (int i = 0; i < count; ++i) s.rounds.push_back({std::to_string(i), 1, 3});
        };
        status_of("rounds_4096", "ok", [&](Status& s) { rounds(s, 4096); });
        status_of("rounds_4097", "damaged", [&](Status& s) { rounds(s, 4097); });
        const auto owners = [](Status& s, int count) {
            for (int i = 1; i < count; ++i) s.actions.push_back({"Send", "n" + std::to_string(i), true, std::nullopt, false});
        };
        status_of("people_256", "ok", [&](Status& s) { owners(s, 256); });
        status_of("people_257", "damaged", [&](Status& s) { owners(s, 257); });
        status_of("currency_letters", "ok", [](Status& s) { s.currency = Currency{{'E', 'U', 'R'}}; });
        status_of("currency_none", "ok", [](Status& s) { s.currency = {}; });
        status_of("currency_gbp_by_letters", "damaged", [](Status& s) { s.currency = Currency{{'g', 'b', 'p'}}; });
        status_of("currency_no_letter", "damaged", [](Status& s) { s.currency = Currency{{'A', 'A', '['}}; });
        status_of("value_below_zero", "ok", [](Status& s) { s.contract_value_minor = -500; });
        status_of("value_beyond", "damaged", [](Status& s) { s.contract_value_minor = -kMaxMinor - 1; });
        status_of("text_of_lines", "ok", [](Status& s) { s.risks.push_back({"Rain\nand snow", "", RiskLevel::High}); });
        status_of("text_with_control", "damaged", [](Status& s) { s.risks.push_back({"Rain\x02", "", RiskLevel::High}); });
        status_of("text_with_delete", "damaged", [](Status& s) { s.risks.push_back({"Rain\x7F", "", RiskLevel::High}); });
        status_of("text_no_utf8", "damaged", [](Status& s) { s.risks.push_back({"Rain\xFF", "", RiskLevel::High}); });
        status_of("text_longest", "ok", [](Status& s) { s.client = long_text(kMaxTextBytes); });
        status_of("text_too_long", "damaged", [](Status& s) { s.client = long_text(kMaxTextBytes + 1); });
        status_of("names_empty", "ok", [](Status& s) { s.house = s.project = s.client = ""; });
    }
    // Letters in no order, which do not pack far.
    static std::string long_text(std::size_t size) {
        std::string out;
        for (std::uint32_t state = 1; out.size() < size; out += static_cast<char>('a' + (state >> 27) % 26)) {
            state = state * 1'664'525 + 1'013'904'223;
        }
        return out;
    }

    // One section written by hand, after those of the usual status: what is in it is right, and there is one way to write it.
    void section(const char* name, const char* expect, std::uint8_t tag, const std::function<void(Status&)>& change,
                 const std::function<void(BitWriter&)>& write) {
        Status more = status();
        change(more);
        const Document usual_one = encode_document(status(), kIssued), document = encode_document(more, kIssued);
        Reader before(usual_one.columns), after(document.columns);
        const ByteView sections = before.raw(static_cast<std::size_t>(before.varint()));
        (void)after.raw(static_cast<std::size_t>(after.varint()));
        BitWriter bits;
        write(bits);
        const Bytes payload = bits.take();
        Writer all;
        all.raw(sections);
        all.u8(tag);
        all.varint(payload.size());
        all.raw(payload);
        Writer columns;
        columns.varint(all.bytes().size());
        columns.raw(all.bytes());
        columns.raw(after.raw(after.remaining()));
        made(name, expect, std::string(expect) == "ok" ? "" : "document", [&](Parts& parts) {
            parts.columns = columns.bytes();
            parts.texts = compress(document.texts, dictionary_1(), kMaxRatio);
        });
    }
    void packed() {
        // Used 2, agreed 3, in the orders that are told: of 2 the orders 0 and 2 are the shortest, and 0 is the first of them.
        const auto rounds = [&](const char* name, const char* expect, int order, int of_agreed = 2) {
            section(name, expect, 8, [](Status& s) { s.rounds.push_back({"Cut", 2, 3}); }, [&](BitWriter& out) {
                out.golomb(1, 3);
                out.bits(static_cast<std::uint64_t>(order), 4);
                out.golomb(2, order);
                out.bits(static_cast<std::uint64_t>(of_agreed), 4);
                out.golomb(3, of_agreed);
            });
        };
        rounds("packed_by_hand", "ok", 0);
        rounds("packed_in_later_order", "damaged", 2);
        rounds("packed_in_longer_order", "damaged", 5);
        rounds("packed_in_longest_order", "damaged", 0, 15);
        // Two actions of the first owner, both ours, none due: three lists of flags.
        const auto actions = [&](const char* name, const char* expect, const std::function<void(BitWriter&)>& ours) {
            const auto two = [](Status& s) { s.actions.assign(2, {"Send", "Siwan", true, std::nullopt, false}); };
            section(name, expect, 6, two, [&](BitWriter& out) {
                out.golomb(2, 3);
                out.bits(3, 2);
                ours(out);
                out.bits(0, 2);
                out.bits(0, 2);
            });
        };
        actions("packed_flags", "ok", [](BitWriter& out) { out.bits(1, 2); });
        actions("packed_flags_one_by_one", "damaged", [](BitWriter& out) {
            out.bits(2, 2);
            out.bits(3, 2);
        });
        actions("packed_flags_by_places", "damaged", [](BitWriter& out) {
            out.bits(3, 2);
            out.bits(0, 1);
            out.golomb(0, 2);
        });
        actions("packed_flags_place_beyond", "damaged", [](BitWriter& out) {
            out.bits(3, 2);
            out.bits(0, 1);
            out.golomb(1, 2);
            out.golomb(2, 2);
        });
    }

    // Texts in a hundredth of their length, or less: good ones as they are, and yet not opened.
    void dense() {
        const auto of_length = [&](const char* name, const char* expect, std::size_t length) {
            made(name, expect, std::string(expect) == "ok" ? "" : "deflate", [&](Parts& parts) {
                Status changed = status();
                changed.client = std::string(length, 'x');
                const Document document = encode_document(changed, kIssued);
                parts.columns = document.columns;
                parts.texts = deflated(document.texts);
            });
        };
        of_length("texts_dense", "ok", kDenseLength);
        of_length("texts_too_dense", "too_large", kDenseLength + 1'200);
        of_length("texts_far_too_dense", "too_large", kMaxTextBytes);
        made("texts_of_16_mib", "too_large", "deflate", [](Parts& p) { p.texts = deflated(std::string(16u << 20, 'x')); });
    }
    static constexpr std::size_t kDenseLength = 6'500;
    static Bytes deflated(const std::string& text) {
        z_stream stream{};
        deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
        const std::string_view dictionary = dictionary_1();
        deflateSetDictionary(&stream, reinterpret_cast<const Bytef*>(dictionary.data()), static_cast<uInt>(dictionary.size()));
        Bytes out(deflateBound(&stream, static_cast<uLong>(text.size())));
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream.avail_in = static_cast<uInt>(text.size());
        stream.next_out = out.data();
        stream.avail_out = static_cast<uInt>(out.size());
        deflate(&stream, Z_FINISH);
        out.resize(stream.total_out);
        deflateEnd(&stream);
        return out;
    }

    void with_passphrase() {
        Parts parts = usual();
        parts.passphrase = passphrase_key(kPassphrase, parts.key);
        const std::string link = link_of(parts);
        add("passphrase", link, "ok", "", "link_passphrase");
        add("passphrase_not_given", link, "wrong_secret", "secret");
        parts.after_sealing = [](Bytes& data) { data[3] ^= 1; };
        add("passphrase_check_flip", link_of(parts), "wrong_secret", "secret", "link_passphrase");
        parts.after_sealing = [](Bytes& data) { data.back() ^= 1; };
        add("passphrase_flip", link_of(parts), "damaged", "seal", "link_passphrase");
        Parts other = usual();
        other.passphrase = passphrase_key(kOtherPassphrase, other.key);
        add("passphrase_other", link_of(other), "wrong_secret", "secret", "link_passphrase");
    }

    Vectors& out_;
    std::string good_;
};

}  // namespace

void add_links(Vectors& out) {
    Links(out).add_all();
    const ByteView dictionary = bytes_of(dictionary_1());
    out.push_back({"dictionary_1.txt", "dictionary", "ok", "", Bytes(dictionary.begin(), dictionary.end())});
}

}  // namespace entente::vectors
