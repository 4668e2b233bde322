#include "app/status/trust.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace entente::status {

namespace {

constexpr std::string_view kPrefix = "entente.status.1.";

struct Memory {
    share::PublisherKey publisher{};
    std::uint64_t revision = 0;
    LocalMinute issued;
};

// One entry for the share and one for the names a reader knows it by, so that a forged share with the same names is noticed.
std::string share_entry(const share::Opened& opened) {
    return std::string(kPrefix) + "share." + std::to_string(opened.info.share_id);
}
std::string name_entry(const share::Opened& opened) {
    // Names may hold anything, a full stop too: lengths keep two pairs of names apart.
    return std::string(kPrefix) + "name." + std::to_string(opened.status.house.size()) + '.' + opened.status.house + '.' +
           opened.status.project;
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Memory> recall(const Store& store, const std::string& entry) {
    const std::optional<std::string> text = store.get(entry);
    if (!text) return std::nullopt;
    const auto fields = split(*text, ' ');
    if (fields.size() != 3) return std::nullopt;
    const auto key = from_hex(fields[0]);
    const auto revision = number(fields[1]);
    const auto issued = number(fields[2]);
    Memory memory;
    if (!key || key->size() != memory.publisher.size() || !revision || !issued) return std::nullopt;
    std::copy(key->begin(), key->end(), memory.publisher.begin());
    memory.revision = *revision;
    memory.issued = LocalMinute{static_cast<std::int64_t>(*issued)};
    return memory;
}

void remember(const Store& store, const std::string& entry, const share::LinkInfo& info) {
    store.set(entry, to_hex(info.publisher) + ' ' + std::to_string(info.revision) + ' ' + std::to_string(info.issued.n));
}

}  // namespace

Trust judge(const Store& store, const share::Opened& opened) {
    const share::LinkInfo& info = opened.info;
    const std::optional<Memory> same_share = recall(store, share_entry(opened));
    const std::optional<Memory> same_name = recall(store, name_entry(opened));
    Trust trust;
    for (const std::optional<Memory>* memory : {&same_share, &same_name}) {
        if (*memory && (*memory)->publisher != info.publisher) {
            trust.verdict = Verdict::KeyChanged;
            trust.known = (*memory)->publisher;
            return trust;
        }
    }
    if (same_share && same_share->revision > info.revision) {
        trust.verdict = Verdict::OlderRevision;
        trust.newest_revision = same_share->revision;
        trust.newest_issued = same_share->issued;
        return trust;
    }
    if (same_share) trust.verdict = Verdict::Known;
    trust_key(store, opened);
    return trust;
}

void trust_key(const Store& store, const share::Opened& opened) {
    remember(store, share_entry(opened), opened.info);
    remember(store, name_entry(opened), opened.info);
}

}  // namespace entente::status
