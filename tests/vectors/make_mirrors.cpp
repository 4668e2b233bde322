// The mirror's two files (web/store_opfs.js), with one workspace in them, and what can be wrong with heads and frames.
// The vector: the size of the first file (u32), the first file, the second file.
#include <functional>

#include <zlib.h>

#include "tests/vectors/vectors.hpp"

namespace entente::vectors {

namespace {

std::uint32_t crc(ByteView bytes) {
    return static_cast<std::uint32_t>(crc32(crc32(0, nullptr, 0), bytes.data(), static_cast<uInt>(bytes.size())));
}

Bytes file_head(std::uint32_t generation, bool whole, std::uint8_t version = 1) {
    Writer out;
    out.raw(bytes_of("ENTF"));
    out.u8(version);
    out.u8(whole ? 1 : 0);
    out.u16(0);
    out.u32(generation);
    out.u32(crc(out.bytes()));
    return out.take();
}

void write_place(Writer& out, const std::string& store, std::uint64_t key) {
    out.u8(static_cast<std::uint8_t>(store.size()));
    out.raw(bytes_of(store));
    out.u64(key);
}

using Places = std::vector<std::pair<std::string, std::uint64_t>>;

Bytes batch_of(const Store& put, const Places& erase = {}) {
    Writer out;
    out.u32(0);
    std::uint32_t count = 0;
    for (const auto& [name, records] : put) count += static_cast<std::uint32_t>(records.size());
    out.u32(count);
    for (const auto& [name, records] : put) {
        for (const auto& [key, record] : records) {
            write_place(out, name, key);
            out.u32(static_cast<std::uint32_t>(record.size()));
            out.raw(record);
        }
    }
    out.u32(static_cast<std::uint32_t>(erase.size()));
    for (const auto& [name, key] : erase) write_place(out, name, key);
    return out.take();
}

Bytes frame_of(const Bytes& batch) {
    Writer out;
    out.raw(bytes_of("ENTR"));
    out.u32(static_cast<std::uint32_t>(batch.size()));
    out.u32(crc(out.bytes()));
    out.raw(batch);
    out.u32(crc(batch));
    return out.take();
}

Bytes joined(std::initializer_list<Bytes> parts) {
    Bytes out;
    for (const Bytes& part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

Bytes flipped(Bytes bytes, std::size_t at) {
    bytes[at] ^= 1;
    return bytes;
}

class Mirrors {
public:
    Mirrors(Vectors& out, const Kit& kit) : out_(out), store_(usual_store(kit)), all_(frame_of(batch_of(store_))) {}

    void add_all() {
        add("good", "ok", "", joined({whole_, all_}));
        files();
        frames();
        batches();
    }

private:
    void add(const char* name, const char* expect, const char* why, const Bytes& first, const Bytes& second = {}) {
        Writer out;
        out.u32(static_cast<std::uint32_t>(first.size()));
        out.raw(first);
        out.raw(second);
        out_.push_back({std::string("mirror_") + name + ".bin", "mirror", expect, why, out.take()});
    }

    void files() {
        const Bytes good = joined({whole_, all_});
        add("empty", "damaged", "no_header", {});
        add("second_is_newer", "ok", "", whole_, joined({file_head(2, true), all_}));
        add("second_is_newer_and_empty", "damaged", "no_header", good, file_head(2, true));
        add("second_is_not_whole", "ok", "", good, joined({file_head(2, false), all_}));
        add("first_is_not_whole", "ok", "", file_head(9, false), joined({file_head(2, true), all_}));
        add("both_of_one_generation", "ok", "", good, whole_);
        add("neither_is_whole", "damaged", "no_header", joined({file_head(1, false), all_}), joined({file_head(2, false), all_}));
        add("head_crc_wrong", "damaged", "no_header", joined({flipped(whole_, 12), all_}));
        add("head_generation_flipped", "damaged", "no_header", joined({flipped(whole_, 8), all_}));
        add("head_letters_wrong", "damaged", "no_header", joined({flipped(whole_, 0), all_}));
        add("head_cut", "damaged", "no_header", Bytes(whole_.begin(), whole_.end() - 1));
        add("head_of_a_newer_version", "unsupported", "mirror", joined({file_head(1, true, 2), all_}));
        add("head_of_a_newer_version_beside", "unsupported", "mirror", good, joined({file_head(1, true, 2), all_}));
    }
    void frames() {
        const Bytes rubbish = {1, 2, 3, 'E', 'N', 'T', 'R', 0, 0, 0, 0, 9, 9, 9, 9, 'E', 'N', 'T'};
        const Bytes no_heads = frame_of(batch_of({}, {{"head", 0}, {"head", 1}}));
        add("rubbish_before_a_frame", "ok", "", joined({whole_, rubbish, all_}));
        add("rubbish_at_the_end", "ok", "", joined({whole_, all_, rubbish}));
        add("last_frame_cut", "ok", "", joined({whole_, all_, Bytes(no_heads.begin(), no_heads.end() - 1)}));
        add("only_frame_cut", "damaged", "no_header", joined({whole_, Bytes(all_.begin(), all_.end() - 1)}));
        add("frame_letters_wrong", "damaged", "no_header", joined({whole_, flipped(all_, 0)}));
        add("frame_length_flipped", "damaged", "no_header", joined({whole_, flipped(all_, 4)}));
        add("frame_length_crc_wrong", "damaged", "no_header", joined({whole_, flipped(all_, 8)}));
        // What stands in it is sealed, and as good as ever.
        add("batch_crc_wrong", "ok", "", joined({whole_, flipped(all_, all_.size() - 1)}));
        add("batch_crc_wrong_and_more", "damaged", "no_head", joined({whole_, flipped(all_, all_.size() - 1), no_heads}));
        add("heads_taken_away", "damaged", "no_head", joined({whole_, all_, no_heads}));
        add("frame_inside_a_broken_one", "ok", "", joined({whole_, flipped(frame_of(all_), 0)}));
    }
    void batches() {
        Store less = store_, more;
        more["jrnl"].insert(less["jrnl"].extract(4));
        more["head"] = less["head"];
        less["head"] = {{0, Bytes{1, 2, 3}}, {1, Bytes{4}}};
        const Bytes first = frame_of(batch_of(less)), second = frame_of(batch_of(more));
        add("two_frames", "ok", "", joined({whole_, first, second}));
        add("two_frames_in_the_other_order", "damaged", "no_head", joined({whole_, second, first}));
        add("taken_away_where_nothing_is", "ok", "", joined({whole_, all_, frame_of(batch_of({}, {{"snap", 7}}))}));
        add("taken_away_in_the_frame_that_put_it", "damaged", "no_head",
            joined({whole_, frame_of(batch_of(store_, {{"head", 0}, {"head", 1}}))}));
        const auto unparsed = [&](const char* name, const Bytes& batch) {
            add(name, "damaged", "no_head", joined({whole_, first, frame_of(batch)}));
        };
        Bytes batch = batch_of(more);
        unparsed("batch_cut", Bytes(batch.begin(), batch.end() - 1));
        batch.push_back(0);
        unparsed("batch_byte_more", batch);
        Store other = more;
        other["misc"][1] = Bytes{1};
        unparsed("batch_of_another_store", batch_of(other));
        unparsed("batch_key_2_to_53", [&] {
            Store far = more;
            far["head"][std::uint64_t{1} << 53] = Bytes{1};
            return batch_of(far);
        }());
    }

    Vectors& out_;
    Store store_;
    Bytes all_, whole_ = file_head(1, true);
};

}  // namespace

void add_mirrors(Vectors& out, const Kit& kit) { Mirrors(out, kit).add_all(); }

}  // namespace entente::vectors
