// Finding, putting and erasing things by id in the model's vectors.
//
// Their order matters to a person, so nothing is sorted by id. But ids only count up, and an import leaves them in the order of its
// rows, mostly one apart: what is met where an id should stand, or by halves, is the right one, in a few steps of a hundred thousand;
// else one after the other. (Each step of a long list is a place in memory far from the last.)
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace entente {

namespace lookup {
// The item that stands where its id says if all were one apart from the first; each miss tells how far off it is. Null says nothing.
template <class T, class IdType>
const T* counted(const std::vector<T>& items, IdType id) {
    if (items.empty()) return nullptr;
    std::uint64_t at = id.n - items.front().id.n;  // before the first: beyond every list
    for (int step = 0; step < 4 && at < items.size(); ++step) {
        const T& item = items[static_cast<std::size_t>(at)];
        if (item.id == id) return &item;
        at += id.n - item.id.n;
    }
    return nullptr;
}

// The item that a search by halves finds; null says nothing.
template <class T, class IdType>
const T* halved(const std::vector<T>& items, IdType id) {
    std::size_t from = 0, to = items.size();
    while (from < to) {
        const std::size_t middle = from + (to - from) / 2;
        if (items[middle].id == id) return &items[middle];
        if (items[middle].id < id) from = middle + 1;
        else to = middle;
    }
    return nullptr;
}
}  // namespace lookup

template <class T, class IdType>
const T* by_id(const std::vector<T>& items, IdType id) {
    if (!id) return nullptr;  // none: asked for in every frame without a chosen task
    if (const T* met = lookup::counted(items, id)) return met;
    if (const T* met = lookup::halved(items, id)) return met;
    const auto found = std::find_if(items.begin(), items.end(), [id](const T& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

template <class T, class IdType>
T* by_id(std::vector<T>& items, IdType id) {
    const std::vector<T>& read = items;
    return const_cast<T*>(by_id(read, id));
}

// Where the item with that id stands; there is one.
template <class T, class IdType>
std::size_t place_of(const std::vector<T>& items, IdType id) {
    return static_cast<std::size_t>(by_id(items, id) - items.data());
}

// Replaces the item with that id where it stands, or adds it at `index`; without one, at the end.
template <class T>
void put(std::vector<T>& items, const T& item, std::optional<std::size_t> index = {}) {
    if (T* found = by_id(items, item.id)) {
        *found = item;
        return;
    }
    const std::size_t at = std::min(index.value_or(items.size()), items.size());
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), item);
}

template <class T, class IdType>
void erase_id(std::vector<T>& items, IdType id) {
    std::erase_if(items, [id](const T& item) { return item.id == id; });
}

// Ids that are asked for many times over: sorted once, so that a long list does not cost a walk for each question.
template <class IdType>
class IdSet {
public:
    explicit IdSet(std::vector<IdType> ids) : ids_(std::move(ids)) { std::sort(ids_.begin(), ids_.end()); }
    bool contains(IdType id) const { return std::binary_search(ids_.begin(), ids_.end(), id); }

private:
    std::vector<IdType> ids_;
};

}  // namespace entente
