// Marks: a set of small numbers that is swept in order, upwards or downwards, while more is put into it.
//
// Two levels of bits, so that an empty sweep over 100,000 numbers looks at a few dozen words. During a sweep only numbers that lie ahead
// in its direction may be marked; the scheduler's nodes stand in an order in which that holds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente::plan {

class Marks {
public:
    // Room for 0 .. count - 1, nothing marked.
    void resize(std::size_t count) {
        count_ = count;
        words_.assign((count + 63) / 64, 0);
        groups_.assign((words_.size() + 63) / 64, 0);
    }
    void set(std::uint32_t i) {
        words_[i / 64] |= std::uint64_t{1} << (i % 64);
        groups_[i / 4096] |= std::uint64_t{1} << (i / 64 % 64);
    }
    void clear(std::uint32_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
    bool test(std::uint32_t i) const { return (words_[i / 64] >> (i % 64)) & 1; }
    void set_all() {
        fill(words_, count_);
        fill(groups_, words_.size());
    }
    void clear_all() {
        std::fill(words_.begin(), words_.end(), 0);
        std::fill(groups_.begin(), groups_.end(), 0);
    }

    // Calls visit(i) for each marked i and unmarks it first.
    template <class Visit>
    void sweep_up(Visit visit) {
        for (std::size_t g = 0; g < groups_.size(); ++g)
            while (groups_[g]) {
                const std::size_t w = g * 64 + static_cast<std::size_t>(__builtin_ctzll(groups_[g]));
                groups_[g] &= groups_[g] - 1;
                while (words_[w]) {
                    const auto i = static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(__builtin_ctzll(words_[w])));
                    words_[w] &= words_[w] - 1;
                    visit(i);
                }
            }
    }
    template <class Visit>
    void sweep_down(Visit visit) {
        for (std::size_t g = groups_.size(); g-- > 0;)
            while (groups_[g]) {
                const auto group_bit = static_cast<std::size_t>(63 - __builtin_clzll(groups_[g]));
                groups_[g] &= ~(std::uint64_t{1} << group_bit);
                const std::size_t w = g * 64 + group_bit;
                while (words_[w]) {
                    const auto bit = static_cast<std::size_t>(63 - __builtin_clzll(words_[w]));
                    words_[w] &= ~(std::uint64_t{1} << bit);
                    visit(static_cast<std::uint32_t>(w * 64 + bit));
                }
            }
    }

private:
    static void fill(std::vector<std::uint64_t>& words, std::size_t count) {
        std::fill(words.begin(), words.end(), ~std::uint64_t{0});
        if (count % 64) words.back() = (std::uint64_t{1} << (count % 64)) - 1;
    }

    std::size_t count_ = 0;
    std::vector<std::uint64_t> words_, groups_;  // a group's bit: its word may hold marks
};

}  // namespace entente::plan
