#include "share/deflate_best.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace entente::share {

namespace {

// RFC 1951, 3.2.5 to 3.2.7.
constexpr int kMinMatch = 3, kMaxMatch = 258, kWindow = 32768;
constexpr int kLiterals = 286, kDistances = 30, kEndOfBlock = 256, kMaxCodeBits = 15;
constexpr std::array<int, 29> kLengthBase{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                          31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<int, 29> kLengthExtra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<int, 19> kCodeOrder{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

int length_symbol(int length) {
    return static_cast<int>(std::upper_bound(kLengthBase.begin(), kLengthBase.end(), length) - kLengthBase.begin()) - 1;
}
int distance_extra(int symbol) { return symbol < 4 ? 0 : symbol / 2 - 1; }
int distance_base(int symbol) { return symbol < 4 ? symbol + 1 : ((2 + symbol % 2) << (symbol / 2 - 1)) + 1; }
int distance_symbol(int distance) {
    int symbol = 0;
    while (symbol + 1 < kDistances && distance_base(symbol + 1) <= distance) ++symbol;
    return symbol;
}

using Lengths = std::vector<int>;      // bits of each symbol's code; 0: unused
using Counts = std::vector<std::uint32_t>;

// Huffman code lengths of at most `limit` bits. Where the tree is too deep the counts are flattened and it is built again.
Lengths code_lengths(Counts counts, int limit) {
    Lengths lengths(counts.size(), 0);
    for (;;) {
        struct Tree { std::uint64_t weight; int left, right; };
        std::vector<Tree> trees;
        std::vector<int> open;
        for (const std::uint32_t count : counts) trees.push_back({count, -1, -1});
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts[i]) open.push_back(static_cast<int>(i));
        if (open.size() == 1) lengths[static_cast<std::size_t>(open[0])] = 1;
        if (open.size() < 2) return lengths;
        const auto heavier = [&](int a, int b) {
            const auto &x = trees[static_cast<std::size_t>(a)], &y = trees[static_cast<std::size_t>(b)];
            return x.weight != y.weight ? x.weight > y.weight : a > b;
        };
        std::make_heap(open.begin(), open.end(), heavier);
        const auto take = [&] {
            std::pop_heap(open.begin(), open.end(), heavier);
            const int lightest = open.back();
            open.pop_back();
            return lightest;
        };
        while (open.size() > 1) {
            const int a = take(), b = take();
            trees.push_back({trees[static_cast<std::size_t>(a)].weight + trees[static_cast<std::size_t>(b)].weight, a, b});
            open.push_back(static_cast<int>(trees.size()) - 1);
            std::push_heap(open.begin(), open.end(), heavier);
        }
        std::vector<int> depth(trees.size(), 0);
        int deepest = 0;
        for (std::size_t i = trees.size(); i-- > 0;) {
            if (trees[i].left < 0) {
                lengths[i] = counts[i] ? depth[i] : 0;
                deepest = std::max(deepest, lengths[i]);
                continue;
            }
            depth[static_cast<std::size_t>(trees[i].left)] = depth[static_cast<std::size_t>(trees[i].right)] = depth[i] + 1;
        }
        if (deepest <= limit) return lengths;
        for (std::uint32_t& count : counts) count = count ? count / 2 + 1 : 0;
    }
}

class BitsOut {
public:
    void bits(std::uint32_t value, int count) {
        for (int i = 0; i < count; ++i) {
            if (used_ == 8) {
                out_.push_back(0);
                used_ = 0;
            }
            out_.back() = static_cast<std::uint8_t>(out_.back() | ((value >> i & 1u) << used_++));
        }
    }
    Bytes take() { return std::move(out_); }

private:
    Bytes out_;
    int used_ = 8;
};

// Canonical codes, bit-reversed as deflate wants them.
class Code {
public:
    explicit Code(Lengths lengths) : lengths_(std::move(lengths)), codes_(lengths_.size()) {
        std::uint32_t code = 0;
        for (int bits = 1; bits <= kMaxCodeBits; ++bits) {
            for (std::size_t i = 0; i < lengths_.size(); ++i) {
                if (lengths_[i] != bits) continue;
                for (int bit = 0; bit < bits; ++bit) codes_[i] |= (code >> bit & 1u) << (bits - 1 - bit);
                ++code;
            }
            code <<= 1;
        }
    }
    void put(BitsOut& out, int symbol) const {
        out.bits(codes_[static_cast<std::size_t>(symbol)], lengths_[static_cast<std::size_t>(symbol)]);
    }

private:
    Lengths lengths_;
    std::vector<std::uint32_t> codes_;
};

struct Step {
    int length = 1;    // 1: a literal
    int distance = 0;
};
using Steps = std::vector<Step>;

// For each position of the text the nearest match of each length that any match there reaches.
std::vector<Steps> find_matches(const std::string& all, std::size_t start) {
    std::vector<int> before(all.size(), -1), last(1 << 15, -1);
    std::vector<Steps> matches(all.size() - start);
    for (std::size_t at = 0; at + kMinMatch <= all.size(); ++at) {
        const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(all[i])); };
        const std::size_t hash = ((byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2)) * 2654435761u) >> 17;
        before[at] = last[hash];
        last[hash] = static_cast<int>(at);
        if (at < start) continue;
        const int most = static_cast<int>(std::min<std::size_t>(kMaxMatch, all.size() - at));
        int best = kMinMatch - 1;
        for (int from = before[at]; from >= 0 && best < most; from = before[static_cast<std::size_t>(from)]) {
            const int distance = static_cast<int>(at) - from;
            if (distance > kWindow) break;
            int length = 0;
            while (length < most && all[static_cast<std::size_t>(from + length)] == all[at + static_cast<std::size_t>(length)]) ++length;
            for (int each = best + 1; each <= length; ++each) matches[at - start].push_back({each, distance});
            best = std::max(best, length);
        }
    }
    return matches;
}

struct Costs {
    Lengths literals, distances;  // bits; never 0
};

// The cheapest way through the text.
Steps cheapest(std::string_view text, const std::vector<Steps>& matches, const Costs& costs) {
    constexpr std::uint32_t kFar = ~std::uint32_t{0};
    std::vector<std::uint32_t> cost(text.size() + 1, kFar);
    Steps arrived(text.size() + 1);
    cost[0] = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto reach = [&](const Step& step, int bits) {
            const std::size_t to = at + static_cast<std::size_t>(step.length);
            const std::uint32_t total = cost[at] + static_cast<std::uint32_t>(bits);
            if (total < cost[to]) {
                cost[to] = total;
                arrived[to] = step;
            }
        };
        reach({1, 0}, costs.literals[static_cast<unsigned char>(text[at])]);
        for (const Step& step : matches[at]) {
            const int length = length_symbol(step.length), distance = distance_symbol(step.distance);
            reach(step, costs.literals[static_cast<std::size_t>(257 + length)] + kLengthExtra[static_cast<std::size_t>(length)] +
                            costs.distances[static_cast<std::size_t>(distance)] + distance_extra(distance));
        }
    }
    Steps steps;
    for (std::size_t at = text.size(); at > 0; at -= static_cast<std::size_t>(arrived[at].length)) steps.push_back(arrived[at]);
    std::reverse(steps.begin(), steps.end());
    return steps;
}

struct Codes {
    Lengths literals, distances;
};

Codes codes_of(std::string_view text, const Steps& steps) {
    Counts literals(kLiterals, 0), distances(kDistances, 0);
    std::size_t at = 0;
    for (const Step& step : steps) {
        if (step.distance == 0) {
            ++literals[static_cast<unsigned char>(text[at])];
        } else {
            ++literals[static_cast<std::size_t>(257 + length_symbol(step.length))];
            ++distances[static_cast<std::size_t>(distance_symbol(step.distance))];
        }
        at += static_cast<std::size_t>(step.length);
    }
    literals[kEndOfBlock] = 1;
    return {code_lengths(std::move(literals), kMaxCodeBits), code_lengths(std::move(distances), kMaxCodeBits)};
}

// The code lengths as deflate writes them: runs of zeros and of repeats shortened.
struct Run {
    int symbol, extra, extra_bits;
};
std::vector<Run> runs_of(const Lengths& lengths) {
    std::vector<Run> runs;
    for (std::size_t at = 0; at < lengths.size();) {
        std::size_t end = at;
        while (end < lengths.size() && lengths[end] == lengths[at]) ++end;
        std::size_t count = end - at;
        if (lengths[at] == 0) {
            while (count >= 11) {
                const std::size_t zeros = std::min<std::size_t>(count, 138);
                runs.push_back({18, static_cast<int>(zeros) - 11, 7});
                count -= zeros;
            }
            if (count >= 3) {
                runs.push_back({17, static_cast<int>(count) - 3, 3});
                count = 0;
            }
        } else {
            runs.push_back({lengths[at], 0, 0});
            --count;
            while (count >= 3) {
                const std::size_t repeats = std::min<std::size_t>(count, 6);
                runs.push_back({16, static_cast<int>(repeats) - 3, 2});
                count -= repeats;
            }
        }
        for (; count > 0; --count) runs.push_back({lengths[at], 0, 0});
        at = end;
    }
    return runs;
}

std::size_t used(const Lengths& lengths, std::size_t least) {
    std::size_t size = lengths.size();
    while (size > least && lengths[size - 1] == 0) --size;
    return size;
}

void put_header(BitsOut& out, const Codes& codes) {
    const std::size_t literals = used(codes.literals, 257), distances = used(codes.distances, 1);
    Lengths both(codes.literals.begin(), codes.literals.begin() + static_cast<std::ptrdiff_t>(literals));
    both.insert(both.end(), codes.distances.begin(), codes.distances.begin() + static_cast<std::ptrdiff_t>(distances));
    const std::vector<Run> runs = runs_of(both);
    Counts counts(19, 0);
    for (const Run& run : runs) ++counts[static_cast<std::size_t>(run.symbol)];
    const Lengths lengths = code_lengths(std::move(counts), 7);
    std::size_t kept = kCodeOrder.size();
    while (kept > 4 && lengths[static_cast<std::size_t>(kCodeOrder[kept - 1])] == 0) --kept;
    out.bits(1, 1);  // the last block
    out.bits(2, 2);  // dynamic codes
    out.bits(static_cast<std::uint32_t>(literals - 257), 5);
    out.bits(static_cast<std::uint32_t>(distances - 1), 5);
    out.bits(static_cast<std::uint32_t>(kept - 4), 4);
    for (std::size_t i = 0; i < kept; ++i) out.bits(static_cast<std::uint32_t>(lengths[static_cast<std::size_t>(kCodeOrder[i])]), 3);
    const Code code(lengths);
    for (const Run& run : runs) {
        code.put(out, run.symbol);
        out.bits(static_cast<std::uint32_t>(run.extra), run.extra_bits);
    }
}

Bytes write_block(std::string_view text, const Steps& steps, const Codes& codes) {
    BitsOut out;
    put_header(out, codes);
    const Code literals(codes.literals), distances(codes.distances);
    std::size_t at = 0;
    for (const Step& step : steps) {
        if (step.distance == 0) {
            literals.put(out, static_cast<unsigned char>(text[at]));
        } else {
            const int length = length_symbol(step.length), distance = distance_symbol(step.distance);
            literals.put(out, 257 + length);
            out.bits(static_cast<std::uint32_t>(step.length - kLengthBase[static_cast<std::size_t>(length)]),
                     kLengthExtra[static_cast<std::size_t>(length)]);
            distances.put(out, distance);
            out.bits(static_cast<std::uint32_t>(step.distance - distance_base(distance)), distance_extra(distance));
        }
        at += static_cast<std::size_t>(step.length);
    }
    literals.put(out, kEndOfBlock);
    return out.take();
}

// What a symbol costs in the next round; one that was not used would cost a place in the table too.
Costs costs_from(const Codes& codes, int unused_literal, int unused_distance) {
    Costs costs{codes.literals, codes.distances};
    for (int& bits : costs.literals) bits = bits ? bits : unused_literal;
    for (int& bits : costs.distances) bits = bits ? bits : unused_distance;
    return costs;
}

}  // namespace

std::optional<Bytes> deflate_best(std::string_view text, std::string_view dictionary) {
    constexpr int kRounds = 12;
    if (text.empty() || text.size() > kMaxBestBytes) return std::nullopt;
    std::string all(dictionary);
    all.append(text);
    const std::vector<Steps> matches = find_matches(all, dictionary.size());
    Bytes best;
    // Where the rounds settle depends on where they begin: letters dear or cheap against matches.
    for (const int letter : {4, 5, 6, 7}) {
        for (const int unused : {9, 13}) {
            Costs costs{Lengths(kLiterals, letter), Lengths(kDistances, 4)};
            for (int round = 0; round < kRounds; ++round) {
                const Steps steps = cheapest(text, matches, costs);
                const Codes codes = codes_of(text, steps);
                Bytes out = write_block(text, steps, codes);
                if (best.empty() || out.size() < best.size()) best = std::move(out);
                costs = costs_from(codes, unused, unused - 3);
            }
        }
    }
    return best;
}

}  // namespace entente::share
