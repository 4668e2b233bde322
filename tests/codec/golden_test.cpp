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

// What came with schema 2.
const std::set<std::string>& new_in_2() {
    static const std::set<std::string> names = {
        "change_6", "change_7", "change_8", "change_9", "change_10", "change_11", "change_12", "change_13", "house_7",
        "house_8", "house_9", "house_10", "money_1", "money_2", "money_3", "money_4", "money_5", "money_6", "money_7",
        "money_8", "money_9", "money_10", "money_11", "money_12", "money_13", "money_14", "money_15", "money_16",
        "money_17", "money_18", "money_19", "plan_23", "plan_24", "plan_25", "plan_26", "plan_27", "plan_28",
        "plan_29", "plan_30"};
    return names;
}

void opens_for_ever(const std::string& prefix, const std::set<std::string>& names) {
    for (const std::string& name : names) {
        const std::string file = prefix + name + ".bin";
        const Bytes bytes = test::golden(file, {});
        CHECK_MESSAGE(!bytes.empty(), file << " is missing");
        CHECK_MESSAGE(decode_entry(bytes), file);  // which encodes it again in its own schema and compares
    }
}

}  // namespace

TEST_CASE("tags are what they were when the first file was written") {
    std::set<std::string> now;
    for (const NamedEntry& named : every_entry(1)) now.insert(named.name);
    for (const std::string& name : released_in_1()) CHECK(now.count(name) == 1);
    for (const std::string& name : new_in_2()) CHECK(now.count(name) == 1);
    CHECK(kTag<house::SetSigningSeed> == 6);
    CHECK(kTag<plan::RenameTask> == 7);
    CHECK(kTag<plan::RemoveBaseline> == 22);
    CHECK(kTag<plan::SetStatusDay> == 32);
    CHECK(kTag<change::Agree> == 3);
    CHECK(kTag<change::AddWork> == 3);
    CHECK(kTag<change::Drop> == 6);
    CHECK(kTag<house::Command> == 1);
    CHECK(kTag<plan::Command> == 2);
    CHECK(kTag<change::Command> == 3);
    CHECK(kTag<share::Command> == 4);
}

TEST_CASE("every entry of schemas 1 and 2 decodes for ever") {
    opens_for_ever("entry_v1_", released_in_1());
    opens_for_ever("entry_v2_", released_in_1());
    opens_for_ever("entry_v2_", new_in_2());
}

TEST_CASE("every entry of this schema decodes and encodes to the same bytes") {
    for (const NamedEntry& named : every_entry(kSeed)) {
        const std::string file = "entry_v3_" + named.name + ".bin";
        const Bytes bytes = test::golden(file, encode_entry(named.entry));
        CHECK_MESSAGE(!bytes.empty(), file << " is missing");
        const Result<Entry> entry = decode_entry(bytes);
        REQUIRE_MESSAGE(entry, file);
        CHECK(encode_entry(*entry) == bytes);
        CHECK(encode_entry(named.entry) == bytes);
    }
}

TEST_CASE("a snapshot of schema 1 or 2 opens, and is written again in this one") {
    for (const char* file : {"snapshot_v1.bin", "snapshot_v2.bin"}) {
        const Bytes bytes = test::golden(file, {});
        CHECK_MESSAGE(!bytes.empty(), file << " is missing");
        const Result<Snapshot> old = decode_snapshot(bytes);
        REQUIRE(old);
        const Result<Snapshot> again = decode_snapshot(encode_snapshot(old->model, old->sequence, old->time, old->last_id));
        REQUIRE(again);
        CHECK(again->model == old->model);
    }
}

TEST_CASE("a snapshot of this schema decodes and encodes to the same bytes") {
    Snapshot snapshot = filled_snapshot(kSeed);
    const Bytes bytes =
        test::golden("snapshot_v3.bin", encode_snapshot(snapshot.model, snapshot.sequence, snapshot.time, snapshot.last_id));
    CHECK_MESSAGE(!bytes.empty(), "snapshot_v3.bin is missing");
    const Result<Snapshot> back = decode_snapshot(bytes);
    REQUIRE(back);
    CHECK(back->model == snapshot.model);
    CHECK(encode_snapshot(back->model, back->sequence, back->time, back->last_id) == bytes);
}
