// What a reader's browser remembers of statuses it has shown: whose key signed them, and how new they were.
//
// The first key seen for a share, and for a project's name at a house, is pinned. Another key later is said plainly and is not
// pinned until the reader trusts it. A revision older than one shown before is refused. Where the browser keeps nothing
// (private windows), each visit is the first.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "share/link.hpp"

namespace entente::status {

// localStorage, or a stand-in; both may fail silently.
struct Store {
    std::function<std::optional<std::string>(const std::string& key)> get;
    std::function<void(const std::string& key, const std::string& value)> set;
};

enum class Verdict : std::uint8_t { First, Known, KeyChanged, OlderRevision };

struct Trust {
    Verdict verdict = Verdict::First;
    share::PublisherKey known{};        // KeyChanged: the key seen before
    std::uint64_t newest_revision = 0;  // OlderRevision: the newest one shown before
    LocalMinute newest_issued;          // and when that was issued
};

// Decides, and remembers what was decided (not a changed key).
Trust judge(const Store& store, const share::Opened& opened);
// The reader compared the words and trusts the key from now on.
void trust_key(const Store& store, const share::Opened& opened);

}  // namespace entente::status
