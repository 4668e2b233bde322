// Finding, putting and erasing things by id in the model's vectors. Vectors are small, or in an order that matters to a person
// (tasks), so a linear search serves; the scheduler keeps its own index.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace entente {

template <class T, class IdType>
const T* by_id(const std::vector<T>& items, IdType id) {
    const auto found = std::find_if(items.begin(), items.end(), [id](const T& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

template <class T, class IdType>
T* by_id(std::vector<T>& items, IdType id) {
    const auto found = std::find_if(items.begin(), items.end(), [id](const T& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
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

}  // namespace entente
