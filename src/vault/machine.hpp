// machine: the vault's states and what stands in memory while it is open. Internal to vault.
//
// Opening runs hdr -> key derivation -> heads -> newest whole snapshot -> journal (machine_open.cpp). Writing knows one step at
// a time (machine_write.cpp). After a write whose outcome is unknown the attempt is kept: the next one first reads the heads
// and finds out whether the attempt is there.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vault/records.hpp"
#include "vault/vault.hpp"

namespace entente::vault {

using Records = std::vector<platform::Record>;

inline constexpr std::uint64_t kSnapshotEntries = 256;
inline constexpr std::uint64_t kSnapshotBytes = 1u << 20;
// After a snapshot that failed: so many more entries before it is asked for again.
inline constexpr std::uint64_t kSnapshotPause = 64;
// Journal records read at once.
inline constexpr std::uint32_t kReadAtOnce = 1024;

Error damaged_error(std::string where);
Error missing_error(std::string where);
std::string entry_name(std::uint64_t sequence);

class Vault::Machine : public std::enable_shared_from_this<Vault::Machine> {
public:
    explicit Machine(Ports ports) : ports_(ports) { ensure_sodium(); }
    ~Machine() { forget(); }

    void probe(Callback<Presence> done);
    void create(std::string passphrase, Callback<Opened> done);
    void unlock(std::string passphrase, Callback<Opened> done);
    void append(std::uint64_t sequence, Bytes plain_entry);
    void flush();
    void retry();
    void offer_snapshot(std::uint64_t sequence, Bytes plain_snapshot);
    bool wants_snapshot() const;
    void lock();
    void erase(Callback<void> done);

    VaultState state() const { return state_; }
    Saving saving() const;
    const std::optional<Error>& last_error() const { return error_; }
    const Head& head() const { return head_; }

private:
    // A create() or unlock() under way.
    struct Opening {
        std::string passphrase;
        Callback<Opened> done;
        Salt salt{};
        struct Copy {
            Bytes record;
            LockedHeader locked;
        };
        std::vector<Copy> copies;        // whole ones, newest first
        std::vector<std::pair<std::size_t, std::size_t>> tries;  // copy and slot, still to be tried
        std::optional<Error> slot_error; // why the slots tried so far did not open
        DerivedKey derived;
        HeaderContent content;
        VaultId vault_id{};
        std::uint32_t key_epoch = 1;
        VaultKeys keys;
        Head head;
        std::array<Bytes, 2> stored_heads;
        std::size_t head_slot = 0;
        std::size_t snapshot_index = 0;
        std::uint64_t next_sequence = 1;
        Digest previous{};
        std::uint64_t journal_bytes = 0;
        Opened opened;
        ~Opening() { wipe(passphrase); }
    };
    using Job = std::shared_ptr<Opening>;

    // A transaction that moves the head.
    struct Attempt {
        std::size_t slot = 0;
        Bytes head_record;
        Head head;
        std::uint64_t plain_bytes = 0;  // of the entries in it
        bool moves_snapshot = false;
    };
    struct PendingEntry {
        std::uint64_t sequence = 0;
        Bytes plain;
    };
    struct HeldSnapshot {
        std::uint64_t sequence = 0;
        Bytes plain;
        std::optional<Digest> journal_hash;  // of the record `sequence`, once that is sealed
        Digest record_hash{};
    };
    enum class Step : std::uint8_t { Idle, Resolving, Committing, WritingSnapshot, CheckingSnapshot, MovingSnapshot };

    // A callback that does nothing once the Vault is gone or was locked.
    template <class T, class F>
    Callback<T> later(F then) {
        return [weak = weak_from_this(), session = session_, then = std::move(then)](Result<T> result) {
            const auto self = weak.lock();
            if (self && self->session_ == session) then(*self, std::move(result));
        };
    }

    // machine_create.cpp
    void probe_leftovers(std::size_t store, Callback<Presence> done);
    Presence judge(const Records& headers) const;
    Presence judge_leftovers(bool any) const;
    void create_new(const Job& job);
    void create_with_key(const Job& job);
    void verify_created(const Job& job, const platform::Batch& written);

    // machine_open.cpp
    void with_headers(const Job& job, const Records& records);
    void try_next_slot(const Job& job);
    void with_root(const Job& job, std::size_t copy, const SecretKey& root);
    void with_heads(const Job& job, Records records);
    void read_snapshot(const Job& job);
    Result<void> take_snapshot(Opening& job, const SnapshotRef& wanted, const Records& records);
    void read_journal(const Job& job);
    void with_journal(const Job& job, const Records& records);
    Result<void> take_entry(Opening& job, const platform::Record& record);
    void compare_witness(Opening& job) const;
    void finish(const Job& job);
    void fail_opening(const Job& job, Error error);

    // machine_write.cpp
    void next_step();
    void begin_commit();
    void begin_resolve();
    void resolved(Result<Records> heads);
    void committed(Result<void> result);
    void accept();
    void begin_snapshot();
    void check_snapshot(Result<Records> read);
    void snapshot_failed();
    EnvelopeHeader header_for(Kind kind);
    platform::Batch guarded_batch() const;
    Attempt make_attempt(Head next);
    void stop_with(Error error);
    void tell_witness();
    void forget();

    Ports ports_;
    std::uint64_t session_ = 0;  // counts lock()
    VaultState state_ = VaultState::Locked;
    VaultKeys keys_;
    VaultId vault_id_{};
    std::uint32_t key_epoch_ = 1;
    Head head_;
    std::array<Bytes, 2> stored_heads_;  // exactly what stands in the store; empty: nothing does
    std::size_t head_slot_ = 0;          // which of the two is the newest
    bool writer_ = false;                // this session has raised writer_epoch
    std::uint64_t journal_bytes_ = 0;    // plain bytes since the newest snapshot
    std::deque<PendingEntry> pending_;
    std::uint64_t appended_ = 0;
    Step step_ = Step::Idle;
    bool flush_wanted_ = false;
    std::optional<Attempt> attempt_;     // under way, or of unknown outcome
    std::optional<HeldSnapshot> snapshot_;
    std::uint64_t snapshot_not_before_ = 0;
    std::optional<Error> error_;
};

}  // namespace entente::vault
