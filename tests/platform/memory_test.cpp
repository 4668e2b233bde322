// The ports in memory keep the promises of ports.hpp, so that what is tested on them is tested on something like a browser.
#include "platform/memory/memory.hpp"

#include <doctest.h>

using namespace entente;
using namespace entente::platform;

namespace {

Result<void> commit(MemoryStorage& storage, Batch batch) {
    Result<void> out = fail(ErrorCode::Cancelled, Message{});
    storage.commit(std::move(batch), [&out](Result<void> result) { out = std::move(result); });
    storage.pump();
    return out;
}

std::vector<Record> read(MemoryStorage& storage, const std::string& store, std::uint64_t first, std::uint32_t limit) {
    std::vector<Record> out;
    storage.read(store, first, limit, [&out](Result<std::vector<Record>> result) { out = result.value(); });
    storage.pump();
    return out;
}

}  // namespace

TEST_CASE("a callback comes from the pump, once, never from inside the call") {
    MemoryStorage storage(std::make_shared<MemoryDisk>());
    int called = 0;
    storage.commit({{}, {{"jrnl", 1, {1}}}, {}}, [&called](const Result<void>&) { ++called; });
    CHECK(called == 0);
    CHECK(storage.pump_one());
    CHECK(called == 1);
    CHECK_FALSE(storage.pump_one());
    CHECK(called == 1);
}

TEST_CASE("a batch happens as a whole or not at all") {
    const auto disk = std::make_shared<MemoryDisk>();
    MemoryStorage storage(disk);
    CHECK(commit(storage, {{{"head", 0, {}}}, {{"head", 0, {1}}, {"jrnl", 1, {2}}}, {}}));
    const MemoryDisk before = *disk;
    CHECK(commit(storage, {{{"head", 0, {9}}}, {{"head", 0, {3}}, {"jrnl", 2, {4}}}, {{"jrnl", 1}}}).error().code ==
          ErrorCode::Conflict);
    CHECK(disk->stores == before.stores);
    CHECK(commit(storage, {{{"head", 0, {}}}, {{"head", 0, {3}}}, {}}).error().code == ErrorCode::Conflict);
    disk->quota_bytes = 4;
    CHECK(commit(storage, {{}, {{"jrnl", 2, {1, 2, 3}}}, {}}).error().code == ErrorCode::StorageFull);
    CHECK(disk->stores == before.stores);
    CHECK(commit(storage, {{{"head", 0, {1}}}, {{"head", 0, {3}}}, {{"jrnl", 1}}}));
    CHECK(disk->bytes() == 1);
}

TEST_CASE("records are read in order, from a key on, up to a limit") {
    MemoryStorage storage(std::make_shared<MemoryDisk>());
    for (const std::uint64_t key : {7u, 3u, 9u, 1u}) CHECK(commit(storage, {{}, {{"jrnl", key, {static_cast<std::uint8_t>(key)}}}, {}}));
    const std::vector<Record> found = read(storage, "jrnl", 2, 2);
    REQUIRE(found.size() == 2);
    CHECK(found[0].key == 3);
    CHECK(found[1].key == 7);
    CHECK(read(storage, "snap", 0, 5).empty());
}

TEST_CASE("operations can finish in another order, fail on order, or be cut off") {
    const auto disk = std::make_shared<MemoryDisk>();
    MemoryStorage storage(disk);
    std::string order;
    storage.commit({{}, {{"jrnl", 1, {1}}}, {}}, [&order](const Result<void>&) { order += "a"; });
    storage.commit({{}, {{"jrnl", 2, {1}}}, {}}, [&order](const Result<void>&) { order += "b"; });
    storage.pump_one(1);
    storage.pump_one(0);
    CHECK(order == "ba");

    storage.fail_operation(1, {ErrorCode::StorageFull, false});
    CHECK(commit(storage, {{}, {{"jrnl", 3, {1}}}, {}}));
    CHECK(commit(storage, {{}, {{"jrnl", 4, {1}}}, {}}).error().code == ErrorCode::StorageFull);
    CHECK(commit(storage, {{}, {{"jrnl", 5, {1}}}, {}}));
    storage.fail_operation(0, {ErrorCode::Storage, true}, true);
    CHECK_FALSE(commit(storage, {{}, {{"jrnl", 6, {1}}}, {}}));
    CHECK_FALSE(commit(storage, {{}, {{"jrnl", 7, {1}}}, {}}));
    CHECK(disk->stores["jrnl"].count(6) == 1);
    CHECK(disk->stores["jrnl"].count(4) == 0);
    storage.heal();

    bool called = false;
    for (const std::uint64_t key : {20u, 21u}) {
        storage.commit({{}, {{"jrnl", key, {1}}}, {}}, [&called](const Result<void>&) { called = true; });
    }
    storage.crash(1);
    storage.pump();
    CHECK_FALSE(called);
    CHECK(disk->stores["jrnl"].count(20) == 1);
    CHECK(disk->stores["jrnl"].count(21) == 0);
}

TEST_CASE("seeded random numbers are splitmix64, the same everywhere") {
    SeededRandom random(1);
    Bytes bytes(12);
    random.fill(bytes);
    CHECK(to_hex(bytes) == "c15c0289ec2d0a9167ec8e65");
}

TEST_CASE("an inline worker answers from its pump") {
    InlineWorker worker([](Bytes& request) {
        Bytes answer(request.rbegin(), request.rend());
        return answer;
    });
    Bytes answer;
    worker.run({1, 2, 3}, [&answer](const Result<Bytes>& result) { answer = result.value(); });
    CHECK(answer.empty());
    CHECK(worker.pump_one());
    CHECK(answer == Bytes{3, 2, 1});
    worker.fail_next();
    bool failed = false;
    worker.run({1}, [&failed](const Result<Bytes>& result) { failed = !result; });
    CHECK(worker.pump_one());
    CHECK(failed);
}

TEST_CASE("files: picked, cancelled, too large, saved") {
    MemoryFiles files;
    files.to_pick.push_back({"plan.csv", {1, 2, 3}});
    files.to_pick.push_back({"big.csv", Bytes(100)});
    std::string said;
    const auto done = [&said](const Result<PickedFile>& file) {
        said += file ? file->name : file.error().code == ErrorCode::Cancelled ? "cancelled" : file.error().where + " too large";
        said += ";";
    };
    for (int i = 0; i < 3; ++i) files.pick(".csv", 50, done);
    CHECK(said.empty());
    while (files.pump_one()) {
    }
    CHECK(said == "plan.csv;big.csv too large;cancelled;");
    files.save("out.csv", "text/csv", {1});
    CHECK(files.saved.size() == 1);
}

TEST_CASE("a crash keeps, drops or tears each transaction as told, and calls nobody back") {
    const auto disk = std::make_shared<MemoryDisk>();
    MemoryStorage storage(disk);
    using Kind = MemoryStorage::Fate::Kind;
    int called = 0;
    const auto count = [&called](const Result<void>&) { ++called; };
    storage.commit({{}, {{"jrnl", 1, {1, 1, 1}}, {"head", 0, {9, 9}}}, {}}, count);
    storage.commit({{}, {{"jrnl", 2, {2, 2, 2}}, {"head", 1, {9, 9}}}, {{"jrnl", 1}}}, count);
    storage.commit({{}, {{"jrnl", 3, {3, 3, 3}}, {"head", 0, {8, 8}}}, {}}, count);
    storage.commit({{{"jrnl", 1, {7}}}, {{"jrnl", 4, {4}}}, {}}, count);  // would have been refused
    int asked = 0;
    storage.crash([&asked](const Batch&) {
        ++asked;
        if (asked == 1) return MemoryStorage::Fate{Kind::Kept, 0, 0};
        if (asked == 2) return MemoryStorage::Fate{Kind::Torn, 0, 2};
        return asked == 3 ? MemoryStorage::Fate{} : MemoryStorage::Fate{Kind::Torn, 5, 0};
    });
    CHECK(asked == 4);
    CHECK(called == 0);
    CHECK(storage.waiting() == 0);
    CHECK(disk->stores["jrnl"] == std::map<std::uint64_t, Bytes>{{1, {1, 1, 1}}, {2, {2, 2}}});
    CHECK(disk->stores["head"] == std::map<std::uint64_t, Bytes>{{0, {9, 9}}});
}
