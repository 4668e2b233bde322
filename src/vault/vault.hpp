// Vault: keeps one workspace's journal and snapshots, encrypted, in Storage; opens them again; never lies about it.
//
// It knows bytes only: what an entry or a snapshot means is codec's business. The bytes in the store are described in
// FORMAT.md beside this file. Invariants:
// - Every record is kept in two stores where there are two. A record is sealed once: both hold the same bytes, and what a store
//   lacks, or holds damaged, is copied from the other. Either may fail, for a while or for ever; the other goes on alone.
// - durable_sequence() moves only when a store has said that the transaction is durable; each store has one under way at a time.
// - Every transaction compares both head records first, so a second writer on the same store is refused (Conflict) and
//   cannot overwrite anything. The first store has the last word: what it refuses never reaches the second.
// - Nothing is deleted because it is damaged; an error is never answered with a new, empty vault.
// - Keys live in this object alone and are wiped by lock() and by the destructor.
// Passphrases are UTF-8 in Unicode normalization form C. The caller normalizes: in the browser the first screen's script does
// (String.prototype.normalize); elsewhere ASCII is its own normal form, and other text has to arrive normalized.
// A callback may come from inside the call where the answer is known at once, else from the platform's pump. It is called
// exactly once, but not at all after the Vault is destroyed, nor for an unlock() that lock() ended.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "platform/ports.hpp"
#include "vault/backup.hpp"
#include "vault/recovery.hpp"
#include "vault/recovery_key.hpp"

namespace entente::vault {

using platform::Callback;

// What stands in the stores before any key is known.
struct Presence {
    enum class Kind : std::uint8_t {
        None,                // nothing here and nothing was: a workspace can be made
        Present,             // unlock() can be tried
        MissingButExpected,  // what can be read is empty, but the witness knows of a workspace
        Damaged,             // there are records, but none that could be unlocked
    };
    Kind kind = Kind::None;
    std::optional<Error> problem;  // MissingButExpected, Damaged
    std::array<StoreReport, 2> stores;  // headers only
    std::uint64_t expected = 0;         // entries that the witness knows of; 0: it knows of none
};

// A workspace's contents as they were kept.
struct Opened {
    DeviceId device;
    std::optional<Bytes> snapshot;        // plain; state after `snapshot_sequence` entries
    std::uint64_t snapshot_sequence = 0;
    std::vector<Bytes> entries;           // plain, in order: snapshot_sequence + 1 .. sequence
    std::uint64_t sequence = 0;
    std::uint64_t missing_entries = 0;    // the witness knows of that many later edits that the store does not have
    std::vector<Error> warnings;          // something was damaged, and a second copy of it was used
};

// What a backup holds, beside the workspace that is open.
struct BackupCheck {
    std::uint64_t sequence = 0;           // where it ends
    std::uint64_t made_utc_ms = 0;
    std::uint64_t newer = 0;              // durable entries that are not in it
    std::uint64_t ahead = 0;              // its entries that the workspace does not have
    std::uint64_t compared = 0;           // entries that are the same in both; those in its snapshot are not compared one by one
    std::optional<std::uint64_t> differs; // the first entry that is not the same
    bool proven = false;                  // it ends in the very record the journal has there, and so does all that came before
};

struct Backup {
    Bytes file;
    std::uint64_t sequence = 0;
    Digest journal_hash{};  // with the sequence, what backup_name() takes
};

struct Ports {
    platform::Storage& storage;
    platform::Witness& witness;
    platform::Clock& clock;
    platform::Random& random;
    platform::Worker& worker;
    // The mirror. Null: this program keeps one store by design, and Saved means that one. A browser that has no second store
    // passes one that fails, so that the person is told of the one copy.
    platform::Storage* second = nullptr;
    // Asked before and after the second store goes on alone, which nothing else guards. Null: this is the only tab.
    platform::Turn* turn = nullptr;
};

enum class VaultState : std::uint8_t {
    Locked,
    Busy,    // create() or unlock() is under way
    Open,
};

enum class Saving : std::uint8_t {
    Saved,   // everything appended is durable, in both stores where there are two
    OneCopy, // everything appended is durable, but in one of two stores only; the other is tried again by itself
    Waiting, // appended, not yet durable; or durable in the first store, and the second is being written
    Failed,  // no store takes it: last_error() says why; entries are kept in memory; retry() tries again
};

class Vault {
public:
    explicit Vault(Ports ports);
    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    void probe(Callback<Presence> done);

    // Makes a new workspace. Fails with Conflict where the store or the witness knows of one (erase() first), with
    // BadInput for an empty passphrase or one of more than 4096 bytes. The passphrase is wiped after use.
    // With a recovery key it opens with that, too, from the first moment.
    void create(std::string passphrase, Callback<Opened> done) { create(std::move(passphrase), {}, std::move(done)); }
    void create(std::string passphrase, std::optional<RecoveryKey> key, Callback<Opened> done);
    // WrongSecret: not this passphrase. Damaged: `where` names the record of which no store has a whole copy. Unsupported:
    // written by a newer program. Conflict: the stores hold two histories (recovery().fork), choose one.
    void unlock(Secret secret, Callback<Opened> done) { unlock(std::move(secret), {}, std::move(done)); }
    void unlock(Secret secret, OpenChoice choice, Callback<Opened> done);
    // What the last unlock(), also one that failed, or check() found.
    const RecoveryReport& recovery() const;
    // While open: reads every record of both stores, heals what one has and the other has not, and tells what it found, as it
    // was before. Fails with Storage where a store fails meanwhile, with Conflict while another check or repair is under way.
    void check(Callback<RecoveryReport> done);

    // Makes the workspace of a backup in an empty browser, with its passphrase and recovery key, and says how many edits are missing
    // that the witness knows of. Conflict where there is a workspace, or what is left of one, unless it is to come `over` that: all of
    // it is then set aside where it stands, in the same stores; nothing is deleted, and it needs the room. WrongSecret, Damaged and
    // Unsupported as open_backup(). It happens whole or not at all.
    void restore(Bytes backup_file, Secret secret, bool over, Callback<Opened> done);

    // Several tabs. A tab that was unlocked with OpenChoice::follow writes nothing.
    // The entries that the writing tab has made durable since, in order; none, also where the last call is not yet answered. Conflict:
    // they cannot be read one after the other any more, reopen().
    void follow(Callback<std::vector<Bytes>> done);
    // Opens it again with the keys at hand: to follow, or to write, which fences off the tab that wrote. Entries that are not durable
    // are given up: ask first. Where it fails the vault is locked.
    void reopen(bool write, Callback<Opened> done);
    // Another tab asks for the turn. True: everything is durable and this tab follows from now on. False: flush(), and ask again.
    bool hand_over();
    // The turn was taken away: nothing is written any more, Failed with Conflict; what is not durable stays in memory.
    void lost_turn();
    bool following() const;

    // Queues an entry; sequences are contiguous from Opened::sequence + 1. Nothing is written before flush().
    void append(std::uint64_t sequence, Bytes plain_entry);
    // Begins to write everything appended, in one transaction; if one is under way, it follows as soon as that is done.
    // Call it at most 250 ms after append(), and at once when the page is hidden. Does nothing while Failed.
    void flush();
    // After Failed: looks at what the store really holds, then writes again. Conflict stays Conflict.
    void retry();
    std::uint64_t durable_sequence() const;                 // in at least one store
    std::uint64_t durable_sequence(StoreId store) const;    // in this one, as far as is known; 0 while it is being repaired
    Saving saving() const;
    const std::optional<Error>& last_error() const;               // set while Failed
    const std::optional<Error>& store_error(StoreId store) const; // why this store does not keep up
    bool read_only() const;                                 // opened to salvage, or to follow: nothing is written
    bool lost() const;                                      // another tab has taken this one's place: Failed, until it reopens

    // True when 256 entries or 1 MiB were kept since the last snapshot, or anything and then nothing for five minutes: offer one of the
    // newest appended sequence. It is written, read back, decrypted and compared before the head names it. Its failure harms nothing:
    // the journal has it all.
    bool wants_snapshot() const;
    void offer_snapshot(std::uint64_t sequence, Bytes plain_snapshot);
    std::uint64_t snapshot_sequence() const;

    // While open: everything that is durable, read back from the stores, any whole copy of each record: what a backup would hold. Damaged
    // where no store has one. The caller wipes it. Where `present` is given, what is appended and not durable yet is in it too; while
    // saving() is Failed and no store can be read, it is the state that `present` gives, of everything appended.
    void read_back(Callback<BackupContent> done, std::function<Bytes()> present = {});
    // The same in one file that opens alone.
    void make_backup(Callback<Backup> done, std::function<Bytes()> present = {});

    // While open: the restore drill. Opens the file beside the workspace, with the keys at hand; `secret` only for one of before the
    // last rekey(). BadInput for another workspace's; Damaged, Unsupported, WrongSecret as open_backup().
    void verify_backup(Bytes file, std::optional<Secret> secret, Callback<BackupCheck> done);

    // While open: a new passphrase, or a new recovery key (the first one, too). The slot for `next` is added, written, read back and
    // tried before the one it replaces is taken away, in every store that works. WrongSecret where `current` does not open the
    // workspace. A change that was cut short leaves both working.
    void change_key(Secret current, Secret next, Callback<void> done);

    // While open: a new root key and a new recovery key, which the person has by now; the passphrase stays. Everything kept is sealed
    // anew, as a snapshot of the state that `snapshot` gives when it is asked (all that was appended by then; edits made meanwhile
    // follow it). Backups and the recovery key of before no longer open what is here; make a new backup. Cut short at any
    // moment, either the old keys open
    // everything or the new ones do. WrongSecret where the passphrase does not open the workspace.
    void rekey(std::string passphrase, RecoveryKey recovery, std::function<Bytes()> snapshot, Callback<void> done);

    // Wipes the keys and forgets everything held in memory at once. Entries that are not durable are gone: flush() and
    // wait for saving() == Saved first.
    void lock();
    // Removes the workspace from this browser, the witness too. Locks first.
    void erase(Callback<void> done);

    VaultState state() const;

private:
    class Machine;
    std::shared_ptr<Machine> machine_;
};

}  // namespace entente::vault
