// Golden files of every schema: they were written once and must decode for ever. With ENTENTE_WRITE_GOLDEN=1 in the environment
// the files that are missing are written; those that exist are never touched.
#include <doctest.h>

#include <cstdlib>
#include <set>

#include "tests/codec/filler.hpp"
#include "tests/support/golden.hpp"

using namespace entente;
using namespace entente::codec;

namespace {

constexpr std::uint64_t kSeed = 20'260'302;

const std::set<std::string>& released_in_1() {
    static const std::set<std::string> names = {
        "house_1",  "house_2",  "house_3",  "house_4",  "house_5",  "house_6",  "plan_1",   "plan_2",   "plan_3",
        "plan_4",   "plan_5",   "plan_6",   "plan_7",   "plan_8",   "plan_9",   "plan_10",  "plan_11",  "plan_12",
        "plan_13",  "plan_14",  "plan_15",  "plan_16",  "plan_17",  "plan_18",  "plan_19",  "plan_20",  "plan_21",
        "plan_22",  "change_1", "change_2", "change_3", "change_4", "change_5", "share_1"};
    return names;
}

}  // namespace

TEST_CASE("tags are what they were when the first file was written") {
    std::set<std::string> now;
    for (const NamedEntry& named : every_entry(1)) now.insert(named.name);
    for (const std::string& name : released_in_1()) CHECK(now.count(name) == 1);
    CHECK(kTag<house::SetSigningSeed> == 6);
    CHECK(kTag<plan::RenameTask> == 7);
    CHECK(kTag<plan::RemoveBaseline> == 22);
    CHECK(kTag<change::Agree> == 3);
    CHECK(kTag<change::AddWork> == 3);
    CHECK(kTag<house::Command> == 1);
    CHECK(kTag<plan::Command> == 2);
    CHECK(kTag<change::Command> == 3);
    CHECK(kTag<share::Command> == 4);
}

TEST_CASE("every entry of schema 1 decodes for ever") {
    for (const std::string& name : released_in_1()) {
        const std::string file = "entry_v1_" + name + ".bin";
        const Bytes bytes = test::golden(file, {});
        CHECK_MESSAGE(!bytes.empty(), file << " is missing");
        CHECK_MESSAGE(decode_entry(bytes), file);  // which encodes it again in its own schema and compares
    }
}

TEST_CASE("every entry of this schema decodes and encodes to the same bytes") {
    for (const NamedEntry& named : every_entry(kSeed)) {
        const std::string file = "entry_v2_" + named.name + ".bin";
        const Bytes bytes = test::golden(file, encode_entry(named.entry));
        CHECK_MESSAGE(!bytes.empty(), file << " is missing");
        const Result<Entry> entry = decode_entry(bytes);
        REQUIRE_MESSAGE(entry, file);
        CHECK(encode_entry(*entry) == bytes);
        CHECK(encode_entry(named.entry) == bytes);
    }
}

TEST_CASE("a snapshot of schema 1 opens, and is written again in this one") {
    const Bytes bytes = test::golden("snapshot_v1.bin", {});
    CHECK_MESSAGE(!bytes.empty(), "snapshot_v1.bin is missing");
    const Result<Snapshot> old = decode_snapshot(bytes);
    REQUIRE(old);
    const Result<Snapshot> again = decode_snapshot(encode_snapshot(old->model, old->sequence, old->time, old->last_id));
    REQUIRE(again);
    CHECK(again->model == old->model);
}

TEST_CASE("a snapshot of this schema decodes and encodes to the same bytes") {
    Snapshot snapshot = filled_snapshot(kSeed);
    const Bytes bytes =
        test::golden("snapshot_v2.bin", encode_snapshot(snapshot.model, snapshot.sequence, snapshot.time, snapshot.last_id));
    CHECK_MESSAGE(!bytes.empty(), "snapshot_v2.bin is missing");
    const Result<Snapshot> back = decode_snapshot(bytes);
    REQUIRE(back);
    CHECK(back->model == snapshot.model);
    CHECK(encode_snapshot(back->model, back->sequence, back->time, back->last_id) == bytes);
}
