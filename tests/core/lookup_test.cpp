// Finding by id gives what going through the list gives, wherever the ids stand.
#include "core/lookup.hpp"

#include <doctest.h>

#include "base/id.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;

namespace {

struct Thing {
    TaskId id;
};

const Thing* one_by_one(const std::vector<Thing>& things, TaskId id) {
    for (const Thing& thing : things)
        if (thing.id == id) return &thing;
    return nullptr;
}

std::vector<Thing> numbered(std::uint64_t first, std::uint64_t apart, std::size_t count) {
    std::vector<Thing> things;
    for (std::size_t i = 0; i < count; ++i) things.push_back({TaskId{first + i * apart}});
    return things;
}

void check_all(const std::vector<Thing>& things, std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t n = from; n <= to; ++n) REQUIRE(by_id(things, TaskId{n}) == one_by_one(things, TaskId{n}));
}

}  // namespace

TEST_CASE("an id is found where it stands: in order, with gaps, after insertions, backwards, of two devices") {
    check_all({}, 0, 3);
    check_all(numbered(100, 1, 50), 90, 160);
    check_all(numbered(100, 3, 50), 90, 260);
    std::vector<Thing> edited = numbered(100, 1, 50);
    edited.insert(edited.begin() + 7, {TaskId{400}});
    edited.insert(edited.begin() + 20, {TaskId{401}});
    edited.erase(edited.begin() + 33);
    check_all(edited, 90, 410);
    std::vector<Thing> backwards = numbered(100, 1, 50);
    std::reverse(backwards.begin(), backwards.end());
    check_all(backwards, 90, 160);
    const std::uint64_t other = std::uint64_t{77} << 40;
    std::vector<Thing> two = numbered(other + 1, 1, 10);
    for (const Thing& thing : numbered(5, 1, 10)) two.push_back(thing);
    check_all(two, 0, 20);
    check_all(two, other, other + 12);
}

TEST_CASE("an id is found in lists of any order") {
    test::Random random(11);
    for (int round = 0; round < 200; ++round) {
        std::vector<Thing> things = numbered(random.below(50) + 1, 1 + random.below(3), 1 + random.below(60));
        for (std::uint32_t swaps = random.below(20); swaps > 0; --swaps) {
            const auto count = static_cast<std::uint32_t>(things.size());
            std::swap(things[random.below(count)], things[random.below(count)]);
        }
        check_all(things, 0, 300);
    }
}
