// How long a 90-minute cut of 1,500 events takes to be read, compared with its revision and priced. Prints figures; fails only where the
// answer is wrong: the edits that were made have to be found.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "core/cut/price.hpp"
#include "exchange/cut_file.hpp"

namespace {

using namespace entente;
using Clock = std::chrono::steady_clock;

constexpr int kEvents = 1500, kFrames = 90;  // 3.6 s an event: 90 minutes at 25

struct Shot {
    int name = 0, in = 0, length = kFrames;
};

std::string list_of(const std::vector<Shot>& shots) {
    const cut::Rate rate{25, 1, false};
    std::string out = "TITLE: Bench\nFCM: NON-DROP FRAME\n";
    std::int64_t at = 90'000;
    for (std::size_t i = 0; i < shots.size(); ++i) {
        const Shot& shot = shots[i];
        char number[32];
        std::snprintf(number, sizeof number, "%04zu", i + 1);
        out += std::string(number) + "  A" + std::to_string(shot.name % 40) + " V C " + cut::timecode(shot.in, rate) + " " +
               cut::timecode(shot.in + shot.length, rate) + " " + cut::timecode(at, rate) + " " + cut::timecode(at + shot.length, rate) +
               "\n* FROM CLIP NAME: take_" + std::to_string(shot.name) + "\n";
        at += shot.length;
    }
    return out;
}

}  // namespace

int main() {
    std::vector<Shot> shots;
    for (int i = 0; i < kEvents; ++i) shots.push_back({i % 1300, 1000 + i * 100, kFrames});
    const std::string before = list_of(shots);
    std::vector<Shot> revised = shots;
    std::size_t edits = 0;
    for (std::size_t i = 10; i + 10 < revised.size(); i += 13, ++edits) revised[i].length += 7;
    std::rotate(revised.begin() + 500, revised.begin() + 501, revised.begin() + 900);
    const std::string after = list_of(revised);
    house::House house;
    std::vector<double> whole, alone;
    std::size_t found = 0;
    for (int round = 0; round < 30; ++round) {
        const auto from = Clock::now();
        const auto pair = exchange::compare_cuts(bytes_of(before), bytes_of(after));
        if (!pair) return 1;
        const auto lines = cut::price_lines(pair->diff, house);
        const auto to = Clock::now();
        const auto diff = cut::compare(pair->before.cut, pair->after.cut);
        const auto priced = cut::price_lines(*diff, house);
        const auto end = Clock::now();
        if (!lines || !priced) return 1;
        found = pair->diff.changes.size();
        whole.push_back(std::chrono::duration<double, std::milli>(to - from).count());
        alone.push_back(std::chrono::duration<double, std::milli>(end - to).count());
    }
    std::sort(whole.begin(), whole.end());
    std::sort(alone.begin(), alone.end());
    std::printf("%d events: read, compared and priced    median %8.3f  max %8.3f ms\n", kEvents, whole[whole.size() / 2], whole.back());
    std::printf("%d events: compared and priced          median %8.3f  max %8.3f ms\n", kEvents, alone[alone.size() / 2], alone.back());
    std::printf("%zu edits made, %zu changes found\n", edits + 1, found);
    return found == edits + 1 ? 0 : 1;
}
