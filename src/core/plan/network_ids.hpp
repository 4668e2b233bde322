// From an id to a place in a vector, in one look-up and without a node for each entry.
//
// Ids of a plan are mostly dense: a counter in the low 40 bits, one device in the high 24. Where they count up without a gap, as after
// an import, the place is a subtraction; else it is read from a table over the range between the least and the greatest id. Where ids
// lie far apart (two devices, hostile input) the same places stand in an open-addressing hash table. Ids that stand twice keep the first
// place. Zero is never found.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente::plan {

class IdTable {
public:
    static constexpr std::uint32_t kAbsent = 0xffffffffu;

    // `ids[i]` stands at place i.
    void build(const std::vector<std::uint64_t>& ids) {
        least_ = ~std::uint64_t{0};
        std::uint64_t greatest = 0, next = ids.empty() ? 0 : ids.front();
        run_ = !ids.empty() && ids.front() != 0;
        for (const std::uint64_t id : ids) {
            least_ = std::min(least_, id);
            greatest = std::max(greatest, id);
            run_ = run_ && id == next++;
        }
        count_ = ids.size();
        if (run_) return;
        const std::uint64_t range = ids.empty() ? 0 : greatest - least_;
        dense_ = range < ids.size() * std::uint64_t{8} + 64;
        if (dense_) {
            places_.assign(ids.empty() ? 0 : static_cast<std::size_t>(range) + 1, kAbsent);
        } else {
            std::size_t size = 16;
            while (size < ids.size() * 2) size *= 2;
            mask_ = size - 1;
            keys_.assign(size, 0);
            places_.assign(size, kAbsent);
        }
        for (std::uint32_t i = 0; i < ids.size(); ++i) {
            if (ids[i] == 0) continue;
            std::uint32_t& place = slot(ids[i]);
            if (place == kAbsent) place = i;
        }
    }

    std::uint32_t find(std::uint64_t id) const {
        if (run_) return id - least_ < count_ ? static_cast<std::uint32_t>(id - least_) : kAbsent;
        if (dense_) return id - least_ < places_.size() && id != 0 ? places_[static_cast<std::size_t>(id - least_)] : kAbsent;
        for (std::size_t at = hash(id) & mask_;; at = (at + 1) & mask_) {
            if (keys_[at] == id && id != 0) return places_[at];
            if (keys_[at] == 0) return kAbsent;
        }
    }

private:
    static std::size_t hash(std::uint64_t id) { return static_cast<std::size_t>((id * 0x9E3779B97F4A7C15ull) >> 32); }
    std::uint32_t& slot(std::uint64_t id) {
        if (dense_) return places_[static_cast<std::size_t>(id - least_)];
        std::size_t at = hash(id) & mask_;
        while (keys_[at] != 0 && keys_[at] != id) at = (at + 1) & mask_;
        keys_[at] = id;
        return places_[at];
    }

    std::vector<std::uint32_t> places_;
    std::vector<std::uint64_t> keys_;  // of the hash table; 0: free
    std::uint64_t least_ = 1;
    std::size_t mask_ = 0, count_ = 0;
    bool run_ = false, dense_ = true;
};

}  // namespace entente::plan
