// The vectors: made again they have the same bytes, and our readers say of each exactly what the index says. With
// ENTENTE_WRITE_VECTORS=1 in the environment the files are written (git shows what changed: a file that was released must not).
#include "tests/vectors/vectors.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

#include <doctest.h>

#include "codec/codec.hpp"
#include "share/deflate.hpp"
#include "share/link.hpp"
#include "tests/support/golden.hpp"
#include "tests/vault/world.hpp"

using namespace entente;
using namespace entente::vectors;

namespace {

const std::string kFolder = std::string(ENTENTE_TEST_DATA) + "/vectors/";

const Kit& kit() {
    static const Kit kept;
    return kept;
}

const Vectors& made() {
    static const Vectors all = make_all();
    return all;
}

template <class T>
std::string said(const Result<T>& result) {
    if (result) return "ok";
    switch (result.error().code) {
        case ErrorCode::Damaged: return "damaged";
        case ErrorCode::Unsupported: return "unsupported";
        case ErrorCode::WrongSecret: return "wrong_secret";
        case ErrorCode::BadInput: return "bad_input";
        case ErrorCode::TooLarge: return "too_large";
        case ErrorCode::Conflict: return "conflict";
        default: return "another error";
    }
}

std::string read_header(ByteView bytes, bool by_passphrase) {
    const auto locked = vault::read_locked_header(bytes);
    if (!locked) return said(locked);
    const vault::SlotType type = by_passphrase ? vault::SlotType::Passphrase : vault::SlotType::Recovery;
    Error problem = vault::no_slot_error(type);
    for (const vault::Slot& slot : locked->slots) {
        if (slot.type != type) continue;
        const auto kek = by_passphrase ? vault::derive_key(kPassphrase, slot.salt, slot.parameters)
                                       : Result<vault::SecretKey>(kit().recovery.kek(locked->header.vault_id));
        const auto root = vault::open_slot(slot, *kek, locked->header.vault_id);
        if (root) {
            const vault::VaultKeys keys = vault::derive_keys(*root, locked->header.vault_id, locked->header.key_epoch);
            return said(vault::open_header(bytes, *locked, keys.header));
        }
        problem = root.error();
    }
    return said(Result<int>(tl::unexpected<Error>(problem)));
}

std::shared_ptr<platform::MemoryDisk> disk_of(ByteView bytes) {
    auto disk = std::make_shared<platform::MemoryDisk>();
    Reader reader(bytes);
    while (reader.remaining() > 0) {
        const std::string name(text_of(reader.raw(reader.u8())));
        const std::uint64_t key = reader.u64();
        const ByteView record = reader.raw(reader.u32());
        disk->stores[name][key] = Bytes(record.begin(), record.end());
    }
    REQUIRE(reader.at_end());
    return disk;
}

// The whole workspace, as one store holds it, or both, opened with the passphrase.
std::string read_stores(std::shared_ptr<platform::MemoryDisk> first, std::shared_ptr<platform::MemoryDisk> second,
                        std::string_view known) {
    platform::MemoryWitness witness;
    witness.set(std::string(known));
    double now = 0;
    const auto job = [&now](Bytes& request) { return vault::run_job(request, [&now] { return now += 1000; }); };
    vault::testing::Tab tab(std::move(first), witness, 5, job, std::move(second));
    return said(tab.unlock(kPassphrase));
}

std::string read_pair(ByteView bytes) {
    Reader reader(bytes);
    const std::string_view witness = text_of(reader.raw(reader.u8()));
    const ByteView first = reader.raw(reader.u32()), second = reader.raw(reader.remaining());
    return read_stores(disk_of(first), disk_of(second), witness);
}

std::string read_link(const Vector& vector) {
    const std::string_view text = text_of(vector.bytes);
    std::optional<share::PassphraseKey> key;
    if (vector.kind == "link_passphrase") {
        const auto outline = share::outline_link(text);
        if (!outline) return said(outline);
        key = share::passphrase_key(kPassphrase, outline->key);
    }
    const auto opened = share::open_link(text, *parse_iso_day(kToday), key);
    return opened && opened->expired ? "expired" : said(opened);
}

// What our readers say of it.
std::string read(const Vector& vector) {
    const std::string& kind = vector.kind;
    const ByteView bytes = vector.bytes;
    if (kind == "hdr") return read_header(bytes, false);
    if (kind == "hdr_passphrase") return read_header(bytes, true);
    if (kind == "snap") return said(vault::open_envelope(bytes, vault::Kind::Snapshot, kit().vault_id, kit().keys.snapshot));
    if (kind == "jrnl") return said(vault::open_envelope(bytes, vault::Kind::Journal, kit().vault_id, kit().keys.journal));
    if (kind == "head") return said(vault::open_head(bytes, kit().vault_id, kit().keys.head));
    if (kind == "backup") return said(vault::open_backup(bytes, vault::Secret(vault::RecoveryKey(Bytes(vault::kKeyBytes, 0x24)))));
    if (kind == "backup_passphrase") return said(vault::open_backup(bytes, vault::Secret(std::string(kPassphrase))));
    if (kind == "recovery_key") return said(vault::RecoveryKey::parse(text_of(bytes)));
    if (kind == "witness") return vault::read_witness(std::string(text_of(bytes))) ? "ok" : "damaged";
    if (kind == "dictionary") return text_of(bytes) == share::dictionary_1() ? "ok" : "damaged";
    if (kind == "entry") return said(codec::decode_entry(bytes));
    if (kind == "snapshot") return said(codec::decode_snapshot(bytes));
    if (kind == "store") return read_stores(disk_of(bytes), nullptr, {});
    if (kind == "pair") return read_pair(bytes);
    if (kind == "mirror") return vector.expect;  // web/store_opfs.js reads these files: tests/reader/run.mjs asks it
    if (kind.substr(0, 4) == "link") return read_link(vector);
    return "no such kind";
}

void write(const std::string& path, ByteView bytes) {
    std::FILE* file = std::fopen(path.c_str(), "wb");
    REQUIRE(file);
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
}

}  // namespace

TEST_CASE("vectors: each is what the index says, to our readers") {
    const Vectors& all = made();
    CHECK(all.size() >= 300);
    std::set<std::string> files;
    std::map<std::string, int> by_answer;
    std::size_t bytes = 0, wrong = 0;
    for (const Vector& vector : all) {
        INFO(vector.file << ": " << vector.why);
        const std::string answer = read(vector);
        CHECK(answer == vector.expect);
        CHECK(files.insert(vector.file).second);
        CHECK((vector.expect == "ok" || vector.expect == "expired") == vector.why.empty());
        wrong += answer != vector.expect;
        ++by_answer[answer];
        bytes += vector.bytes.size();
    }
    CHECK(bytes < 1'000'000);
    std::printf(
        "figure: format vectors: %zu (%zu answered otherwise; %d damaged, %d unsupported, %d wrong secret, %d bad input, %d too large, "
        "%d in conflict, %d good)\n",
        all.size(), wrong, by_answer["damaged"], by_answer["unsupported"], by_answer["wrong_secret"], by_answer["bad_input"],
        by_answer["too_large"], by_answer["conflict"], by_answer["ok"]);
}

TEST_CASE("vectors: made again they are the files that were released, byte for byte") {
    const Vectors& all = made();
    const std::string index = index_of(all, kit());
    if (const char* wanted = std::getenv("ENTENTE_WRITE_VECTORS"); wanted && std::string(wanted) == "1") {
        for (const Vector& vector : all) write(kFolder + vector.file, vector.bytes);
        write(kFolder + "vectors.json", bytes_of(index));
    }
    std::size_t differ = 0;
    for (const Vector& vector : all) {
        // An empty file and one that is missing read alike; the index counts them.
        const bool same = test::read_file(kFolder + vector.file) == vector.bytes;
        CHECK_MESSAGE(same, vector.file);
        differ += !same;
    }
    CHECK(differ == 0);
    CHECK(text_of(test::read_file(kFolder + "vectors.json")) == index);
}
