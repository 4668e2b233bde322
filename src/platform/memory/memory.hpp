// The ports in memory, for tests, benchmarks and the command line. Deterministic; faults to order.
//
// A MemoryDisk is what survives; MemoryStorage is one connection to it. Operations wait until pump_one() or pump() finishes
// them, in any order asked for (so they are delayed and reordered); a transaction happens as a whole at that moment or not at
// all, as in IndexedDB. crash() drops what waits, as a killed tab or a power cut does: each transaction under way has then
// happened, or not, or was torn, as told.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/ports.hpp"

namespace entente::platform {

struct MemoryDisk {
    std::map<std::string, std::map<std::uint64_t, Bytes>> stores;
    std::optional<std::uint64_t> quota_bytes;  // a transaction that would exceed it fails with StorageFull
    const void* held_by = nullptr;             // the connection that keeps all others out

    std::uint64_t bytes() const;
};

class MemoryStorage final : public Storage {
public:
    explicit MemoryStorage(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}
    ~MemoryStorage() override { let_go(); }
    MemoryStorage(const MemoryStorage&) = delete;
    MemoryStorage& operator=(const MemoryStorage&) = delete;

    void commit(Batch batch, Callback<void> done) override;
    void read(std::string store, std::uint64_t first_key, std::uint32_t limit, Callback<std::vector<Record>> done) override;
    void erase_all(Callback<void> done) override;
    void let_go() override;

    // Like files in the browser: one connection at a time, from its first operation to let_go(); the others fail.
    void make_exclusive() { exclusive_ = true; }
    // The first operation takes place now, and is answered when it is pumped: what a frozen tab has under way.
    bool happen_one();

    // Finishes one waiting operation; false where there is none.
    bool pump_one(std::size_t index = 0);
    // Until nothing waits, also what callbacks ask for.
    void pump();
    std::size_t waiting() const { return waiting_.size(); }

    struct Fault {
        ErrorCode code = ErrorCode::Storage;
        bool happened = false;  // the operation took place although it is reported as failed
    };
    // The n-th operation from now (0: the next one) fails; with `for_ever`, all later ones too.
    void fail_operation(std::uint64_t n, Fault fault, bool for_ever = false);
    void heal();

    // The connection ends: no callback is called any more. Of the waiting transactions, the first `happened` took place.
    void crash(std::size_t happened);
    // What became of each waiting transaction, asked in their order. Torn: `records` of its puts took place, in order, and of the
    // next one only the first `bytes`; none of its erasures.
    struct Fate {
        enum class Kind : std::uint8_t { Kept, Dropped, Torn };
        Kind kind = Kind::Dropped;
        std::size_t records = 0;
        std::size_t bytes = 0;
    };
    void crash(const std::function<Fate(const Batch&)>& fate_of);

    std::uint64_t operations() const { return operations_; }
    // At most this many were ever waiting at once.
    std::size_t most_waiting() const { return most_waiting_; }

private:
    struct Operation {
        bool writes = false;
        std::function<std::function<void()>(std::optional<Fault>)> perform;  // gives the callback, ready to be called
        std::shared_ptr<const Batch> batch;                                  // of a commit
        std::function<void()> answer;                                        // it has taken place
    };
    std::function<void()> perform(const Operation& operation);
    void enqueue(bool writes, std::function<std::function<void()>(std::optional<Fault>)> perform,
                 std::shared_ptr<const Batch> batch = nullptr);
    bool as_expected(const Batch& batch) const;
    Result<void> apply(const Batch& batch);

    std::shared_ptr<MemoryDisk> disk_;
    std::deque<Operation> waiting_;
    std::uint64_t operations_ = 0;
    std::size_t most_waiting_ = 0;
    std::optional<std::uint64_t> fault_at_;
    Fault fault_;
    bool for_ever_ = false;
    bool exclusive_ = false;
};

// The tabs of one browser taking turns. What is told to a tab waits in it until it is pumped: a frozen tab hears nothing.
class MemoryTurn;
struct MemoryTurns {
    MemoryTurn* holder = nullptr;
    std::vector<MemoryTurn*> tabs;
    std::deque<std::pair<MemoryTurn*, Callback<bool>>> insisting;
    // The two seconds are over: whoever insists takes it.
    void expire();
};

class MemoryTurn final : public Turn {
public:
    explicit MemoryTurn(std::shared_ptr<MemoryTurns> turns);
    ~MemoryTurn() override;  // a tab that is closed, or killed
    MemoryTurn(const MemoryTurn&) = delete;
    MemoryTurn& operator=(const MemoryTurn&) = delete;

    void take(bool insist, Callback<bool> done) override;
    void give() override;
    void confirm(Callback<bool> done) override;
    void tell_durable(std::uint64_t sequence) override;
    void listen(std::function<void(Notice, std::uint64_t)> heard) override { heard_ = std::move(heard); }
    bool pump_one();
    bool has() const { return turns_->holder == this; }

private:
    friend struct MemoryTurns;
    void hear(Notice notice, std::uint64_t sequence = 0);

    std::shared_ptr<MemoryTurns> turns_;
    std::function<void(Notice, std::uint64_t)> heard_;
    std::deque<std::function<void()>> inbox_;
};

class MemoryWitness final : public Witness {
public:
    std::optional<std::string> get() override { return value; }
    void set(const std::string& text) override {
        if (text.empty()) {
            value.reset();
        } else {
            value = text;
        }
    }
    std::optional<std::string> value;
};

class ManualClock final : public Clock {
public:
    Instant now() override { return at; }
    int offset_minutes(Instant) override { return offset; }
    Instant at{1'772'438'400'000};  // 2026-03-02T08:00Z
    int offset = 0;
};

// splitmix64: the same numbers for the same seed, everywhere. Not for secrets.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override;
    std::uint64_t next();

private:
    std::uint64_t state_;
};

// Runs the job inside pump(), on the calling thread.
class InlineWorker final : public Worker {
public:
    using Job = std::function<Bytes(Bytes& request)>;
    explicit InlineWorker(Job job) : job_(std::move(job)) {}
    // What a job that answers more than once does with its request: gives its next answer each time it is called.
    using LongJob = std::function<std::function<Bytes()>(Bytes request)>;
    void set_long_job(LongJob job) { long_job_ = std::move(job); }

    void run(Bytes request, Callback<Bytes> done) override;
    JobId start(Bytes request, std::function<bool(Result<Bytes>)> each) override;
    void stop(JobId job) override { long_.erase(job); }
    bool pump_one();
    std::size_t long_jobs() const { return long_.size(); }
    std::size_t waiting() const { return waiting_.size(); }
    std::uint64_t jobs() const { return jobs_; }
    // The next job fails as a worker that cannot start does.
    void fail_next() { fail_next_ = true; }

private:
    struct Long {
        std::function<Bytes()> next;
        std::function<bool(Result<Bytes>)> each;
    };
    bool pump_long();

    Job job_;
    LongJob long_job_;
    std::map<JobId, Long> long_;
    JobId next_job_ = 1;
    std::deque<std::pair<Bytes, Callback<Bytes>>> waiting_;
    std::uint64_t jobs_ = 0;
    bool fail_next_ = false;
};

// Gives the files it was told to give, keeps the ones it was told to save.
class MemoryFiles final : public Files {
public:
    void pick(std::string accept, std::uint64_t max_bytes, Callback<PickedFile> done) override;
    void save(std::string name, std::string mime, Bytes bytes) override;
    bool pump_one();

    std::deque<PickedFile> to_pick;  // empty: the person cancels
    std::vector<PickedFile> saved;

private:
    std::deque<std::function<void()>> waiting_;
};

// A folder as its own map of files. What a person, a browser or a disk would say is set by hand.
class MemoryFolder final : public Folder {
public:
    void look(Callback<Standing> done) override { answer(std::move(done)); }
    void choose(Callback<Standing> done) override;
    void allow(Callback<Standing> done) override;
    void forget(Callback<Standing> done) override;
    void write(std::string name, Bytes bytes, Callback<Bytes> read_back) override;
    void read(std::string name, std::uint64_t max_bytes, Callback<Bytes> done) override;
    bool pump_one();

    Standing standing{State::None, {}};
    std::string to_choose;                   // empty: the person cancels
    bool allowed = true;                     // what the person answers, and whether a write is let through
    bool full = false;                       // a write fails
    std::function<void(Bytes&)> spoil;       // between what is written and what is read back
    std::map<std::string, Bytes> files;
    int writes = 0;

private:
    void answer(Callback<Standing> done);
    std::deque<std::function<void()>> waiting_;
};

}  // namespace entente::platform
