// Filler: an "archive" that writes invented values into every field the codec knows, from a seed. What it makes need not make
// sense as a plan; it reaches every branch of the format.
#pragma once

#include <string>

#include "codec/codec.hpp"
#include "codec/session.hpp"
#include "platform/memory/memory.hpp"

namespace entente::codec {

class Filler {
public:
    explicit Filler(std::uint64_t seed) : random_(seed) {}

    template <class... Ts>
    void operator()(Ts&&... values) {
        (fill(values), ...);
    }

    // The alternative that was asked for, filled.
    template <class... Ts>
    void fill_alternative(std::variant<Ts...>& value, std::size_t index) {
        std::size_t at = 0;
        ((at++ == index ? fill(value.template emplace<Ts>()) : void()), ...);
    }

private:
    std::uint64_t below(std::uint64_t limit) { return random_.next() % limit; }

    template <class T>
        requires std::is_integral_v<T>
    void fill(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = below(2) == 1;
        } else {
            // Small numbers, and now and then any there is; a place in a vector is never more than 32 bits can say.
            const std::uint64_t any = std::is_signed_v<T> ? random_.next() : random_.next() & 0xFFFFFFFF;
            value = below(8) == 0 ? static_cast<T>(any) : static_cast<T>(below(1000));
        }
    }
    template <class E>
    void fill(Choice<E>& choice) {
        choice.value = static_cast<E>(below(static_cast<std::uint64_t>(choice.last) + 1));
    }
    template <class T>
    void fill(Since<T>& field) {
        fill(field.value);
    }
    void fill(std::string& text) {
        static constexpr std::string_view kWords[] = {"", "Picture lock", "Tŷ Ffilm", "取景", "a\nb\tc", "=1+1", "\xF0\x9F\x8E\xAC"};
        text = kWords[below(std::size(kWords))];
    }
    void fill(Currency& currency) { currency = below(4) == 0 ? Currency{} : Currency{{'E', 'U', 'R'}}; }
    template <class T>
    void fill(std::vector<T>& items) {
        items.resize(static_cast<std::size_t>(below(3)));
        for (T& item : items) fill(item);
    }
    template <class T, std::size_t N>
    void fill(std::array<T, N>& items) {
        for (T& item : items) fill(item);
    }
    template <class T>
    void fill(std::optional<T>& value) {
        value.reset();
        if (below(2) == 1) fill(value.emplace());
    }
    template <class... Ts>
    void fill(std::variant<Ts...>& value) {
        fill_alternative(value, static_cast<std::size_t>(below(sizeof...(Ts))));
    }
    template <class T>
        requires std::is_class_v<T>
    void fill(T& value) {
        serialize(*this, value);
    }

    platform::SeededRandom random_;
};

// One filled entry for each command there is, in the order of the variants: "house_1" by feature and tag.
struct NamedEntry {
    std::string name;
    Entry entry;
};

template <class Feature>
void add_entries(std::vector<NamedEntry>& out, const std::string& feature, std::uint64_t seed) {
    for (std::size_t index = 0; index < std::variant_size_v<Feature>; ++index) {
        Entry entry;
        Filler filler(seed + index);
        filler(entry);
        Feature command;
        filler.fill_alternative(command, index);
        entry.command = command;
        out.push_back({feature + "_" + std::to_string(TagsOf<Feature>::kTags[index]), entry});
    }
}

inline std::vector<NamedEntry> every_entry(std::uint64_t seed) {
    std::vector<NamedEntry> out;
    add_entries<house::Command>(out, "house", seed);
    add_entries<plan::Command>(out, "plan", seed + 100);
    add_entries<change::Command>(out, "change", seed + 200);
    add_entries<share::Command>(out, "share", seed + 300);
    add_entries<money::Command>(out, "money", seed + 400);
    return out;
}

inline Snapshot filled_snapshot(std::uint64_t seed) {
    Snapshot snapshot;
    Filler filler(seed);
    filler(snapshot.model, snapshot.sequence, snapshot.time, snapshot.last_id);
    return snapshot;
}

// A model with at least one of everything there is. golden/export_v1.json is made of it.
inline Snapshot full_snapshot() {
    for (std::uint64_t seed = 1;; ++seed) {
        Snapshot snapshot = filled_snapshot(seed);
        const std::vector<plan::Project>& projects = snapshot.model.projects;
        if (projects.empty()) continue;
        const plan::Project& project = projects.front();
        const money::Book& book = project.money;
        const bool full = !project.tasks.empty() && !project.links.empty() && !project.promises.empty() &&
                          !project.decisions.empty() && !project.baselines.empty() && !project.changes.empty() &&
                          !project.issued.empty() && !project.scenarios.empty() && !project.rounds.empty() &&
                          !project.calendars.empty() && !book.cards.empty() && !book.budget.empty() && !book.costs.empty() &&
                          !book.commitments.empty() && !book.overrides.empty() && !book.proposals.empty();
        if (full) return snapshot;
    }
}

}  // namespace entente::codec
