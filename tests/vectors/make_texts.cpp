// What people type and what localStorage keeps: recovery keys and witnesses. And the list of all vectors.
#include "base/json_writer.hpp"
#include "tests/vectors/vectors.hpp"

namespace entente::vectors {

using namespace vault;

namespace {

void add_recovery_keys(Vectors& out, const Kit& kit) {
    const std::string good = kit.recovery.text();
    const auto add = [&out](const char* name, const std::string& text, bool ok) {
        const ByteView bytes = bytes_of(text);
        out.push_back({std::string("recovery_") + name + ".txt", "recovery_key", ok ? "ok" : "bad_input", ok ? "" : "recovery_key",
                       Bytes(bytes.begin(), bytes.end())});
    };
    std::string lower = good, plain, spaced, letters = good, lines = good;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const char c : good) {
        if (c != '-') plain += c;
        spaced += c == '-' ? std::string("  ") : std::string(1, c);
    }
    for (char& c : letters) c = c == '0' ? 'o' : c == '1' ? 'l' : c;
    for (char& c : lines) c = c == '-' ? '\n' : c;
    add("good", good, true);
    add("small_letters", lower, true);
    add("without_dashes", plain, true);
    add("with_spaces", spaced, true);
    add("letters_for_digits", letters, true);
    add("in_lines", "\t" + lines + "\r\n", true);
    add("empty", "", false);
    add("one_symbol_less", plain.substr(0, 55), false);
    add("one_symbol_more", plain + "0", false);
    add("twice", plain + plain, false);
    std::string other = plain;
    other[20] = other[20] == 'A' ? 'B' : 'A';
    add("one_symbol_wrong", other, false);
    std::string swapped = plain;
    std::swap(swapped[4], swapped[9]);
    add("two_symbols_swapped", swapped, false);
    other[20] = 'U';
    add("symbol_u", other, false);
    other[20] = '_';
    add("underscore", other, false);
    add("zero_byte", plain + std::string(1, '\0'), false);
    add("welsh_letter", plain.substr(0, 54) + "\u0177", false);
}

void add_witnesses(Vectors& out, const Kit& kit) {
    const std::string id = to_hex(kit.vault_id);
    const auto add = [&out](const char* name, const std::string& text, bool ok) {
        const ByteView bytes = bytes_of(text);
        out.push_back({std::string("witness_") + name + ".txt", "witness", ok ? "ok" : "damaged", ok ? "" : "witness",
                       Bytes(bytes.begin(), bytes.end())});
    };
    add("good", "entente-witness 1 " + id + " 1234 0102030405060708", true);
    add("seq_0", "entente-witness 1 " + id + " 0 0000000000000000", true);
    add("seq_19_digits", "entente-witness 1 " + id + " 9223372036854775807 0102030405060708", true);
    add("seq_after_zeros", "entente-witness 1 " + id + " 0012 0102030405060708", true);
    add("id_in_capitals", "entente-witness 1 " + std::string(id.size(), 'A') + " 1234 0102030405060708", false);
    add("space_after", "entente-witness 1 " + id + " 1234 0102030405060708 ", false);
    add("line_after", "entente-witness 1 " + id + " 1234 0102030405060708\n", false);
    add("empty", "", false);
    add("other_word", "entente-witnesz 1 " + id + " 1234 0102030405060708", false);
    add("version_2", "entente-witness 2 " + id + " 1234 0102030405060708", false);
    add("id_short", "entente-witness 1 " + id.substr(2) + " 1234 0102030405060708", false);
    add("id_no_hex", "entente-witness 1 x" + id.substr(1) + " 1234 0102030405060708", false);
    add("seq_missing", "entente-witness 1 " + id + "  0102030405060708", false);
    add("seq_minus", "entente-witness 1 " + id + " -1 0102030405060708", false);
    add("seq_20_digits", "entente-witness 1 " + id + " 12345678901234567890 0102030405060708", false);
    add("hash_short", "entente-witness 1 " + id + " 1234 01020304050607", false);
    add("one_word_more", "entente-witness 1 " + id + " 1234 0102030405060708 x", false);
    add("one_word_less", "entente-witness 1 " + id + " 1234", false);
}

}  // namespace

void add_texts(Vectors& out, const Kit& kit) {
    add_recovery_keys(out, kit);
    add_witnesses(out, kit);
}

Vectors make_all() {
    const Kit kit;
    Vectors all;
    add_envelopes(all, kit);
    add_slots(all, kit);
    add_contents(all, kit);
    add_texts(all, kit);
    add_stores(all, kit);
    add_pairs(all, kit);
    add_mirrors(all, kit);
    add_links(all);
    add_codec(all);
    return all;
}

std::string index_of(const Vectors& all, const Kit& kit) {
    JsonWriter json;
    json.begin_object();
    json.text("format", "entente-vectors");
    json.number("version", 1);
    json.text("root_key", to_hex(kit.root.view()));
    json.text("vault_id", to_hex(kit.vault_id));
    json.number("key_epoch", 1);
    json.text("recovery_key", kit.recovery.text());
    json.text("passphrase", kPassphrase);
    json.text("today", kToday);
    json.begin_array("vectors");
    for (const Vector& vector : all) {
        json.begin_object();
        json.text("file", vector.file);
        json.text("kind", vector.kind);
        json.text("expect", vector.expect);
        json.text("why", vector.why);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.take();
}

}  // namespace entente::vectors
