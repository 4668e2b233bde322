// Recovery: what opening, checking or probing found in the two stores, for a screen that tells it as it is.
//
// Counts are of records looked at: opening looks at the headers, the heads, the snapshot it takes and the journal after it;
// Vault::check() looks at everything.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/result.hpp"
#include "base/time.hpp"

namespace entente::vault {

// The first store holds the guard against a second writer (IndexedDB in the browser); the second mirrors it (OPFS).
enum class StoreId : std::uint8_t { First = 0, Second = 1 };

struct Tally {
    std::uint32_t whole = 0;
    std::uint32_t damaged = 0;
    friend bool operator==(const Tally&, const Tally&) = default;
};

struct StoreReport {
    enum class Condition : std::uint8_t {
        Absent,   // this program runs without it
        Failing,  // it could not be read: `problem`
        Empty,    // it holds nothing
        Whole,    // all that was looked at is right
        Behind,   // right, but it ends before the other one
        Damaged,  // something in it is damaged or missing
        Other,    // another workspace, or another history of this one: it was left as it is
    };
    Condition condition = Condition::Absent;
    std::optional<Error> problem;  // Failing
    Tally headers, heads, snapshots, entries;
    std::uint64_t sequence = 0;    // where this store says the journal ends
    Instant written;               // and when that was written, by the clock of then: for a person, never to decide by; 0: not known
};

struct RecoveryReport {
    std::array<StoreReport, 2> stores;
    std::uint64_t sequence = 0;         // the last entry that can be read, taking any whole copy of each
    std::uint64_t missing_entries = 0;  // known of beyond that, from a head or from the witness
    std::optional<std::uint64_t> gap;   // the first entry of which no store has a whole copy
    std::optional<std::uint64_t> fork;  // from here on, or earlier, the stores hold two different histories
};

// How to open where there is a choice.
struct OpenChoice {
    // After a fork: go on with this store's history; what differs in the other is set aside in it, never deleted.
    std::optional<StoreId> only;
    // Open what can be read, up to the first gap. Nothing is written then: for looking and for export. With `only`, that store's
    // history is looked at; neither is given up by it.
    bool salvage = false;
    // Another tab writes: read the first store alone, write nothing, and read on with Vault::follow().
    bool follow = false;
};

}  // namespace entente::vault
