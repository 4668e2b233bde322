// machine: the vault's states and what stands in memory while it is open. Internal to vault.
//
// Opening runs hdr -> key derivation -> heads -> newest whole snapshot -> journal, each read from both stores (machine_open.cpp,
// machine_replay.cpp). From then on there is one state to be kept, the target (head_, head_records_, sealed_), and a Lane for each
// store, which is brought to it: by a transaction with what it lacks (machine_write.cpp), or, where that is no longer in memory
// or the store is damaged, by copying from the other store (machine_mend.cpp). After a write whose outcome is unknown the lane
// first reads its heads and finds out whether the write is there.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vault/backup.hpp"
#include "vault/records.hpp"
#include "vault/vault.hpp"

namespace entente::vault {

using Records = std::vector<platform::Record>;

inline constexpr std::uint64_t kSnapshotEntries = 256;
inline constexpr std::uint64_t kSnapshotBytes = 1u << 20;
inline constexpr std::int64_t kSnapshotIdleMs = 5 * 60'000;
// Journal records taken away by one transaction.
inline constexpr std::uint64_t kPruneAtOnce = 1024;
// After a snapshot that failed: so many more entries before it is asked for again.
inline constexpr std::uint64_t kSnapshotPause = 64;
// After a store failed beside one that works: so many more entries before it is tried again.
inline constexpr std::uint64_t kStorePause = 8;
inline constexpr std::int64_t kStorePauseMs = 60'000;
// A store may find itself changed, by another tab that repairs it or by what this one writes beside a walk; not more often than this.
inline constexpr int kMostConflicts = 3;
// Journal records read at once, in opening and in mending.
inline constexpr std::uint32_t kReadAtOnce = 1024;
inline constexpr std::uint32_t kMendAtOnce = 256;
// Damaged records that were replaced stand from this key on in the same store, by the first bits of their hash.
inline constexpr std::uint64_t kQuarantine = std::uint64_t{1} << 52;

// BadInput for a passphrase that is none.
std::optional<Error> unfit_secret(const Secret& secret);
Error damaged_error(std::string where);
Error missing_error(std::string where);
Error unreadable_error();
Error unfinished_error();
std::string entry_name(std::uint64_t sequence);
inline std::uint32_t day_of_ms(std::uint64_t utc_ms) { return static_cast<std::uint32_t>(utc_ms / 86'400'000); }
// Of two headers of a workspace the one that counts: the keys are changed more seldom than what opens them.
bool newer_keys(const EnvelopeHeader& one, const EnvelopeHeader& other);
// Where a record stands that was set aside.
std::uint64_t quarantine_key(const Bytes& record);
// The value at `key` in records of ascending key; null where there is none.
const Bytes* value_at(const Records& records, std::uint64_t key);

class Vault::Machine : public std::enable_shared_from_this<Vault::Machine> {
public:
    explicit Machine(Ports ports) : ports_(ports) {
        ensure_sodium();
        forget();
    }
    ~Machine() { forget(); }

    void probe(Callback<Presence> done);
    void create(std::string passphrase, std::optional<RecoveryKey> key, Callback<Opened> done);
    void unlock(Secret secret, OpenChoice choice, Callback<Opened> done);
    void read_back(Callback<BackupContent> done, std::function<Bytes()> present);
    void make_backup(Callback<Backup> done, std::function<Bytes()> present);
    void restore(Bytes file, Secret secret, bool over, Callback<Opened> done);
    void verify_backup(Bytes file, std::optional<Secret> secret, Callback<BackupCheck> done);
    void follow(Callback<std::vector<Bytes>> done);
    void reopen(bool write, Callback<Opened> done);
    bool hand_over();
    void lost_turn();
    void change_key(Secret current, Secret next, Callback<void> done);
    void rekey(std::string passphrase, RecoveryKey recovery, std::function<Bytes()> snapshot, Callback<void> done);
    void check(Callback<RecoveryReport> done);
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
    const std::optional<Error>& store_error(StoreId store) const { return lanes_[static_cast<std::size_t>(store)].error; }
    std::uint64_t durable_sequence() const { return hollow() ? hollow_->gap - 1 : durable_; }
    std::uint64_t durable_sequence(StoreId store) const { return lanes_[static_cast<std::size_t>(store)].have; }
    std::uint64_t snapshot_sequence() const { return head_.snapshot_sequence(); }
    const RecoveryReport& recovery() const { return report_; }
    bool read_only() const { return read_only_ || following_; }
    bool lost() const { return lost_; }
    bool following() const { return following_; }

private:
    using Both = std::array<Result<Records>, 2>;

    // One store, as this session knows it.
    struct Lane {
        platform::Storage* port = nullptr;
        std::array<Bytes, 2> heads;   // exactly what stands there; empty: nothing does
        Head head;                    // the newest of them
        std::vector<SnapshotRef> given;  // snapshots that stand there, although its head does not name them
        std::uint64_t have = 0;       // entries 1 to `have` are whole there
        bool known = true;            // `heads` and what follows are so
        bool aside = false;           // another workspace or history, not to be touched
        bool outdated = false;        // `aside`, because its keys are those of before
        bool overruled = false;       // the person chose the other store
        bool weak = false;            // something in it is damaged or missing: it is to be mended
        bool blocked = false;         // not written to before that
        bool busy = false;
        bool refused = false;         // the last write found it otherwise than it should be
        struct Tried {
            std::array<Bytes, 2> heads;
            Head head;
        };
        std::optional<Tried> tried;   // written, of unknown outcome
        std::optional<Error> error;   // left alone because of it
        std::uint64_t retry_at = 0;   // so many entries, or this time, whichever comes first
        Instant retry_time;
        int conflicts = 0;            // of the second store, one after another
        bool usable() const { return port && !aside && !error; }
        // What it holds may be read, also while it takes nothing.
        bool tells() const { return port && !aside && !overruled; }
    };

    // A create() or unlock() under way.
    struct Opening {
        std::string passphrase;          // of create()
        std::optional<RecoveryKey> recovery;  // of create()
        OpenChoice choice;
        Callback<Opened> done;
        Salt salt{};
        struct Copy {
            std::size_t store = 0;
            std::size_t key = 0;
            Bytes record;
            LockedHeader locked;
        };
        std::vector<Copy> copies;        // whole ones, newest first
        DerivedKey derived;
        HeaderContent content;
        std::array<bool, 2> use{};       // read from these
        std::size_t lead = 0;            // the store whose head is the newest
        Head head;
        std::array<Bytes, 2> head_records;
        std::size_t head_slot = 0;
        std::size_t snapshot_index = 0;
        std::uint64_t next_sequence = 1;
        Digest previous{};
        std::optional<bool> ancestor;    // the end of the other store is a part of this history
        std::optional<WitnessNote> note; // of this workspace
        bool note_differs = false;       // the entry it knows is another one here
        bool made = false;               // created or restored just now: what was there before was compared
        bool whole = false;              // everything that is known of is here, and may be written to
        std::optional<WitnessNote> restored;  // where the backup ended that was just restored
        int fence = 0;                   // so many tries to be the one that writes
        std::uint64_t journal_bytes = 0;
        Opened opened;
        ~Opening() { wipe(passphrase); }
    };
    using Job = std::shared_ptr<Opening>;

    // Looking for the slot that a secret opens.
    struct Search {
        Secret secret;
        std::vector<Slot> slots;         // of its type, still to be tried, last first
        VaultId vault_id{};
        Error problem;                   // why those tried so far did not open
        std::function<void(Machine&, Result<SecretKey>)> then;
        ~Search() { wipe(secret); }
    };
    struct KeyChange;
    struct Comparison;
    struct Rekey;
    struct Following;
    struct BackupJob;

    // Stands for the second store once another tab may have it: whatever is still under way here fails, and takes nothing back.
    class Gone final : public platform::Storage {
        static tl::unexpected<Error> answer() { return tl::unexpected<Error>(unreadable_error()); }
        void commit(platform::Batch, Callback<void> done) override { done(answer()); }
        void read(std::string, std::uint64_t, std::uint32_t, Callback<Records> done) override { done(answer()); }
        void erase_all(Callback<void> done) override { done(answer()); }
    };

    struct PendingEntry {
        std::uint64_t sequence = 0;
        Bytes plain;
    };
    // Sealed once, for both stores; kept until each store that works has it.
    struct SealedEntry {
        std::uint64_t sequence = 0;
        Bytes record;
    };
    struct HeldSnapshot {
        HeldSnapshot() {}
        std::uint64_t sequence = 0;
        Bytes plain;
        std::optional<Digest> journal_hash;  // of the record `sequence`, once that is sealed
        Bytes record;
        SnapshotRef ref;
    };
    // Copying between the stores.
    struct Mend {
        Mend() {}  // written out: inside the class clang does not know yet that it could be made without
        std::uint64_t at = 1, end = 0, base = 0;
        std::optional<Digest> previous;    // of the entry before `at`
        std::size_t snapshot = 0;
        std::vector<SnapshotRef> snapshots;
        std::array<bool, 2> covers{};      // what the walk found out about this store still holds
        std::array<bool, 2> left{};        // what was still to be written to it was not copied
        std::array<bool, 2> sweep{};       // records beyond the end are nobody's
        std::uint64_t whole_snapshot = 0;  // the newest that is whole in some store
        std::vector<SnapshotRef> spoilt;   // those that are whole in none
        std::uint64_t last_gap = 0;        // the last entry that is whole in none; 0: there is none
        int conflicts = 0;                 // begun again so many times, as the first store had changed meanwhile
        RecoveryReport report;
        Callback<RecoveryReport> done;     // of check()
        std::array<platform::Batch, 2> batches;
    };

    // A callback that does nothing once the Vault is gone or was locked.
    template <class T, class F>
    Callback<T> later(F then) {
        return [weak = weak_from_this(), session = session_, then = std::move(then)](Result<T> result) {
            const auto self = weak.lock();
            if (self && self->session_ == session) then(*self, std::move(result));
        };
    }
    // Reads the same from each lane that `use` says; quarantined records are left out.
    using Joined = std::function<void(Machine&, Both)>;
    void read_both(std::array<bool, 2> use, const char* store, std::uint64_t first_key, std::uint32_t limit, Joined then);
    std::array<bool, 2> usable() const { return {lanes_[0].usable(), lanes_[1].usable()}; }
    // Those of them whose history is the one that is open.
    std::array<bool, 2> telling() const { return {lanes_[0].tells(), lanes_[1].tells()}; }
    // This tab may write: it does not only read or follow, and no other has taken its place.
    bool may_write() const { return state_ == VaultState::Open && !read_only() && !lost_; }

    // machine_create.cpp
    void probe_leftovers(std::size_t store, Presence so_far, Callback<Presence> done);
    Presence judge(Presence so_far) const;
    void create_new(const Job& job);
    void create_with_key(const Job& job);
    void found(Opening& job, const std::vector<Slot>& slots, std::uint64_t edition, platform::Batch& batch);
    void verify_created(const Job& job, const platform::Batch& written);

    // machine_open.cpp
    void begin_opening(const Job& job, const std::shared_ptr<Search>& search);
    bool heard(const Job& job, Both& read);
    void with_headers(const Job& job, const std::shared_ptr<Search>& search, const Both& read);
    static void look_in(Search& search, const LockedHeader& locked);
    static std::shared_ptr<Search> search_for(Secret secret, const LockedHeader& locked);
    void find_root(const std::shared_ptr<Search>& search);
    void set_apart_old_keys(Opening& job);
    void with_root(const Job& job, const SecretKey& root);
    void with_keys(const Job& job);
    void keep_headers(Opening& job, const std::vector<const Opening::Copy*>& whole);
    void with_heads(const Job& job, Both read);
    void choose_head(Opening& job, const std::array<std::size_t, 2>& whole);
    std::size_t newest_slot(const Lane& lane) const;
    Result<Head> newest_head(const std::array<Bytes, 2>& records, Tally* tally = nullptr) const;
    void read_snapshot(const Job& job);
    bool take_snapshot(Opening& job, const SnapshotRef& wanted, const Both& read);
    void compare_note(Opening& job, std::uint64_t sequence) const;
    void compare_witness(Opening& job);
    void finish(const Job& job);
    void opened(const Job& job);
    void settle_lanes(Opening& job);
    void fail_opening(const Job& job, Error error);

    // machine_replay.cpp, machine_end.cpp
    void read_journal(const Job& job);
    void with_journal(const Job& job, const Both& read);
    enum class Taken : std::uint8_t { Entry, None, Fork };
    Taken take_entry(Opening& job, const Both& read);
    void compare_end(Opening& job, std::uint64_t sequence);
    void end_of_journal(const Job& job, const Both& read);
    void check_ancestor(const Job& job);
    void check_outdated(const Job& job, std::size_t store);
    void forked(const Job& job, std::uint64_t sequence);
    using Verdict = std::function<void(Machine&, Result<bool>)>;
    void ask_ancestor(std::size_t store, const Head& older, Verdict then);

    // machine_keys.cpp
    using KeyJob = std::shared_ptr<KeyChange>;
    void make_slot_for(const KeyJob& job);
    void with_fresh_slot(const KeyJob& job);
    void write_headers(const KeyJob& job, std::size_t store);
    void headers_written(const KeyJob& job);

    // machine_rekey.cpp
    void begin_rekey();
    void retire_old_keys(const std::shared_ptr<Rekey>& job, std::size_t store);
    void compare_new(const std::shared_ptr<Rekey>& job, std::size_t store, std::size_t at, std::optional<Error> error);
    void keys_renewed(const std::shared_ptr<Rekey>& job, std::size_t store);
    void end_rekey(Rekey& job, std::optional<Error> error);

    // machine_backup.cpp
    using BackupRef = std::shared_ptr<BackupJob>;
    void backup_snapshot(const BackupRef& job);
    void backup_journal(const BackupRef& job);
    Result<void> backup_entries(BackupJob& job, const Both& read);
    void finish_backup(const BackupRef& job);
    void add_unsaved(BackupJob& job);
    Result<Backup> seal_all(const BackupContent& content);

    // machine_restore.cpp, machine_aside.cpp
    struct Aside {
        std::array<platform::Batch, 2> away;  // of each store: what is to go, and the headers and heads as they were
        std::uint64_t edition = 0;            // the newest of the headers
        std::size_t store = 0, end = 2;       // the one that it is at, and the one before which it ends
        std::size_t kind = 0;
        std::uint64_t from = 0;
        std::function<void(Machine&, Result<void>)> then;
    };
    using AsideRef = std::shared_ptr<Aside>;
    void set_all_aside(const AsideRef& aside);
    void aside_failed(const AsideRef& aside, Error error);
    void make_anew(std::size_t store);
    void restore_with(const Job& job, const BackupContent& content, const LockedHeader& locked, const AsideRef& aside);
    void open_restored(const Job& job);
    void compare_backup(const std::shared_ptr<Comparison>& job);

    // machine_follow.cpp
    void follow_to(const std::shared_ptr<Following>& job);
    void reopen_with(int fence, Callback<Opened> done);
    void confirm_opening(const Job& job, std::function<void(Machine&)> ours);
    void fence(const Job& job);

    // machine_write.cpp, machine_lanes.cpp
    void advance();
    bool stopped() const { return error_ && !trying_; }
    void settle_error();
    bool fills(const Head& head) const;
    bool lacking(const Lane& lane) const { return hollow_ && !fills(lane.head); }
    bool hollow() const;
    void seal_pending();
    void drive(std::size_t store);
    void write(std::size_t store);
    void commit(std::size_t store, platform::Batch batch);
    bool guarded(std::size_t store) const;
    void confirm_turn(std::function<void(Machine&)> ours);
    void written(std::size_t store, Result<void> result);
    void look(std::size_t store);
    void looked(std::size_t store, std::array<Bytes, 2> found);
    void examine(std::size_t store);
    std::optional<bool> known_end(const Head& end) const;
    void examined(std::size_t store, std::uint64_t end, bool ours);
    bool first_ready() const;
    void drop_sealed();
    void erased(Result<void> result, const Callback<void>& done);
    void revive(bool all);
    void lane_failed(std::size_t store, Error error);
    bool lacks_snapshot(const Lane& lane) const;
    static bool has_snapshot(const Lane& lane, const SnapshotRef& ref);
    bool has_all(const Lane& lane) const;
    bool same_heads(const Lane& lane) const;
    void set_head(Head next);
    EnvelopeHeader header_for(Kind kind);
    void stop_with(Error error);
    void give_up_writing();
    void tell_witness(const Head& head);
    bool noted_elsewhere() const;
    std::optional<WitnessNote> noted() const;
    void forget();

    // machine_snapshot.cpp
    void begin_snapshot();
    void check_snapshot(Result<Records> read);
    void snapshot_failed();

    // machine_mend.cpp
    void begin_mend(std::uint64_t from, Callback<RecoveryReport> done);
    void mend_headers(const Both& read);
    void drop_heads();
    void mend_snapshots();
    void mend_journal();
    void mend_chunk(const Both& read);
    void mend_beyond();
    void end_mend();
    void note_hollow(const Mend& mend);
    void stop_mend(Error error);
    void heal(std::size_t store, const char* records, std::uint64_t key, const Bytes* old, const Bytes& good, bool keep_old);
    void read_mend(const char* store, std::uint64_t first_key, std::uint32_t limit, Joined then);
    void set_aside(std::size_t store, const char* records, const Bytes& record);
    void put_mend(std::function<void(Machine&)> then);
    void mend_again();
    bool to_come(std::size_t store, std::uint64_t sequence) const;
    bool whole_entry(const Bytes* record, std::uint64_t sequence) const;
    std::optional<std::size_t> standing(std::uint64_t sequence) const;

    Ports ports_;
    Gone gone_;
    std::uint64_t session_ = 0;  // counts lock()
    VaultState state_ = VaultState::Locked;
    bool read_only_ = false;
    bool following_ = false;
    bool lost_ = false;                    // another tab writes, or has changed what is here: nothing is written until reopen()
    RecoveryReport report_;
    VaultKeys keys_;
    VaultId vault_id_{};
    std::uint32_t key_epoch_ = 1;
    std::array<Bytes, 2> header_records_;  // as they should stand in each store
    HeaderContent content_;
    bool changing_key_ = false;
    std::function<void(Machine&)> when_idle_;  // of a key change: as soon as its store is not busy
    std::shared_ptr<Rekey> rekey_;       // ready, as soon as nothing is under way
    bool rekeying_ = false;

    // The target.
    Head head_;
    std::array<Bytes, 2> head_records_;  // empty: whatever stands there
    std::size_t head_slot_ = 0;          // which of the two is the newest
    std::deque<SealedEntry> sealed_;

    std::array<Lane, 2> lanes_;
    std::uint64_t durable_ = 0;
    std::optional<WitnessNote> noted_;   // as this session read it, or wrote it
    bool writer_ = false;                // this session has raised writer_epoch
    std::uint64_t journal_bytes_ = 0;    // plain bytes since the newest snapshot
    std::uint32_t snapshot_day_ = 0;     // of the newest snapshot
    Instant appended_at_;
    std::deque<PendingEntry> pending_;
    std::uint64_t appended_ = 0;
    bool flush_wanted_ = false;
    std::optional<HeldSnapshot> snapshot_;
    HeldSnapshot mirrored_;              // the newest snapshot's record, until the second store has it
    std::uint64_t snapshot_not_before_ = 0;
    std::optional<Mend> mend_;
    // Why what was last written is in no store. It stays while that is tried again, until a store has taken all that waited.
    std::optional<Error> error_;
    bool trying_ = false;
    // Found once: both stores together lacked something that opening the workspace needs, but for a snapshot. A store whose head names
    // one, not spoilt then, has all of it again; where none does, it is from this entry on in memory alone.
    struct Hollow {
        std::uint64_t gap = 1;
        std::uint64_t last = 0;               // the last entry that no store has whole: a snapshot before it does not help
        std::vector<SnapshotRef> spoilt;
    };
    std::optional<Hollow> hollow_;
};

}  // namespace entente::vault
