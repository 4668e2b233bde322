// Session: the only way to change a Model.
//
// submit() stamps the command (device, sequence, hybrid logical clock), checks it, computes its inverse, applies it and
// appends an Entry to the pending list, which the vault drains. Undo submits the inverse as a new entry, so that the record
// only grows. The caller gives the time; nothing here reads a clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "core/command.hpp"

namespace entente {

// Hybrid logical clock: never runs backwards, even where the laptop's clock does.
// Kulkarni et al., "Logical Physical Clocks", 2014: wall time in ms and a counter for ties.
struct HybridTime {
    std::int64_t utc_ms = 0;
    std::uint32_t counter = 0;
    friend bool operator==(const HybridTime&, const HybridTime&) = default;
    friend auto operator<=>(const HybridTime&, const HybridTime&) = default;
};

enum class EntryKind : std::uint8_t { Do, Undo, Redo };

struct Entry {
    DeviceId device;
    std::uint64_t sequence = 0;         // 1, 2, 3, ... without gaps in this workspace
    HybridTime time;
    EntryKind kind = EntryKind::Do;
    std::uint64_t of_sequence = 0;      // Undo, Redo: the entry it takes back or does again
    std::uint64_t last_id = 0;          // low 40 bits of the newest id given out by then: ids are never used twice
    Command command;
};

// An entry that check_recorded() refused on replay: kept for a person to decide, never dropped.
struct ParkedEntry {
    Entry entry;
    Error reason;
};

class Session {
public:
    explicit Session(DeviceId device) : device_(device) {}
    // Opens from a snapshot: the model after `sequence` entries, the last of them stamped `time`, `last_id` the counter by
    // then.
    Session(DeviceId device, Model snapshot, std::uint64_t sequence, HybridTime time, std::uint64_t last_id);

    const Model& model() const { return model_; }
    std::uint64_t sequence() const { return sequence_; }
    HybridTime time() const { return time_; }
    DeviceId device() const { return device_; }
    std::uint64_t last_id() const { return last_id_; }

    // The sequence of the new entry; an Error and no change where check() refuses.
    Result<std::uint64_t> submit(Command command, Instant now);
    // A command that was accepted as the model stood then, and waits for a person's word: an import that is looked at first. While
    // nothing else was done in between, submit() need not check it again.
    class Prepared {
    public:
        const Command& command() const { return command_; }

    private:
        friend class Session;
        Prepared(Command command, const Session& by) : command_(std::move(command)), device_(by.device_), sequence_(by.sequence_) {}
        Command command_;
        DeviceId device_;
        std::uint64_t sequence_;
    };
    // Takes the command where check() accepts it; where it refuses, the command stays with the caller.
    Result<Prepared> prepare(Command& command) const;
    Result<std::uint64_t> submit(Prepared prepared, Instant now);
    // The same answer as submit would give, without doing it: what enables a button.
    Result<void> can(const Command& command) const { return check(model_, command); }

    bool can_undo() const { return !undo_.empty(); }
    bool can_redo() const { return !redo_.empty(); }
    // The entry that undo would take back; 0: none.
    std::uint64_t undo_sequence() const { return undo_.empty() ? 0 : undo_.back().sequence; }
    Message undo_name() const;  // what undo would take back; empty where nothing can be
    Message redo_name() const;
    Result<std::uint64_t> undo(Instant now);
    Result<std::uint64_t> redo(Instant now);
    // Nothing done so far can be undone any more: what a new workspace begins with is not a person's step.
    void forget_steps();

    // Applies an entry read from the journal: sequence must be the next one (else Damaged). An entry that the rules refuse
    // is parked and its sequence is still counted.
    Result<void> replay(const Entry& entry);
    const std::vector<ParkedEntry>& parked() const { return parked_; }

    // Entries appended since the last call, oldest first.
    std::vector<Entry> take_pending();

    // A new id for a thing of this workspace: device in the high 24 bits, counting up in the low 40.
    template <class T>
    T new_id() { return T{next_id()}; }
    std::uint64_t next_id();

private:
    struct Step {
        std::optional<Command> forward;  // none: made from `backward` when the step is undone
        Command backward;
        Message name;
        std::uint64_t sequence = 0;
    };
    std::uint64_t submit_checked(Command command, Instant now);
    Result<std::uint64_t> append(Command command, EntryKind kind, std::uint64_t of_sequence, Instant now);

    DeviceId device_;
    Model model_;
    std::uint64_t sequence_ = 0;
    HybridTime time_;
    std::uint64_t last_id_ = 0;  // low 40 bits of the newest id given out
    std::vector<Step> undo_, redo_;
    std::vector<Entry> pending_;
    std::vector<ParkedEntry> parked_;
};

}  // namespace entente
