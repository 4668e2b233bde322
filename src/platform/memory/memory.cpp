#include "platform/memory/memory.hpp"

#include <algorithm>
#include <utility>

namespace entente::platform {
namespace {

tl::unexpected<Error> reported(const MemoryStorage::Fault& fault) {
    return fail(fault.code, msg("The browser's store failed."));
}

void put(const Batch& batch, MemoryDisk& disk) {
    for (const Record& record : batch.put) disk.stores[record.store][record.key] = record.value;
    for (const auto& [store, key] : batch.erase) disk.stores[store].erase(key);
}

}  // namespace

std::uint64_t MemoryDisk::bytes() const {
    std::uint64_t sum = 0;
    for (const auto& [name, records] : stores) {
        for (const auto& [key, value] : records) sum += value.size();
    }
    return sum;
}

bool MemoryStorage::as_expected(const Batch& batch) const {
    return std::all_of(batch.expect.begin(), batch.expect.end(), [this](const Record& expected) {
        const auto& store = disk_->stores[expected.store];
        const auto found = store.find(expected.key);
        return found == store.end() ? expected.value.empty() : found->second == expected.value;
    });
}

Result<void> MemoryStorage::apply(const Batch& batch) {
    if (!as_expected(batch)) return fail(ErrorCode::Conflict, msg("Another tab or window has changed this workspace."));
    if (disk_->quota_bytes) {
        auto after = *disk_;
        put(batch, after);
        if (after.bytes() > *disk_->quota_bytes) {
            return fail(ErrorCode::StorageFull, msg("There is no room left in the browser's store."));
        }
    }
    put(batch, *disk_);
    return {};
}

void MemoryStorage::enqueue(bool writes, std::function<std::function<void()>(std::optional<Fault>)> perform,
                            std::shared_ptr<const Batch> batch) {
    waiting_.push_back({writes, std::move(perform), std::move(batch), {}});
    most_waiting_ = std::max(most_waiting_, waiting_.size());
}

void MemoryStorage::commit(Batch batch, Callback<void> done) {
    auto shared = std::make_shared<const Batch>(std::move(batch));
    enqueue(true, [this, shared, done = std::move(done)](std::optional<Fault> fault) {
        Result<void> result;
        if (!fault || fault->happened) result = apply(*shared);
        if (fault) result = reported(*fault);
        return std::function<void()>([done, result = std::move(result)]() mutable { done(std::move(result)); });
    }, shared);
}

void MemoryStorage::read(std::string store, std::uint64_t first_key, std::uint32_t limit,
                         Callback<std::vector<Record>> done) {
    enqueue(false, [this, store = std::move(store), first_key, limit, done = std::move(done)](std::optional<Fault> fault) {
        Result<std::vector<Record>> result;
        if (fault) {
            result = reported(*fault);
        } else {
            const auto& records = disk_->stores[store];
            for (auto at = records.lower_bound(first_key); at != records.end() && result->size() < limit; ++at) {
                result->push_back({store, at->first, at->second});
            }
        }
        return std::function<void()>([done, result = std::move(result)]() mutable { done(std::move(result)); });
    });
}

void MemoryStorage::erase_all(Callback<void> done) {
    enqueue(true, [this, done = std::move(done)](std::optional<Fault> fault) {
        Result<void> result;
        if (!fault || fault->happened) disk_->stores.clear();
        if (fault) result = reported(*fault);
        return std::function<void()>([done, result = std::move(result)]() mutable { done(std::move(result)); });
    });
}

bool MemoryStorage::pump_one(std::size_t index) {
    if (index >= waiting_.size()) return false;
    Operation operation = std::move(waiting_[index]);
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(index));
    auto answer = operation.answer ? std::move(operation.answer) : perform(operation);
    answer();
    return true;
}

std::function<void()> MemoryStorage::perform(const Operation& operation) {
    const std::uint64_t number = operations_++;
    if (exclusive_ && !disk_->held_by) disk_->held_by = this;
    if (exclusive_ && disk_->held_by != this) return operation.perform(Fault{});
    const bool fails = fault_at_ && (for_ever_ ? number >= *fault_at_ : number == *fault_at_);
    return operation.perform(fails ? std::optional<Fault>(fault_) : std::nullopt);
}

bool MemoryStorage::happen_one() {
    for (Operation& operation : waiting_) {
        if (operation.answer) continue;
        operation.answer = perform(operation);
        return true;
    }
    return false;
}

void MemoryStorage::let_go() {
    if (disk_->held_by == this) disk_->held_by = nullptr;
    for (Operation& operation : waiting_) {
        if (exclusive_ && !operation.answer) operation.answer = operation.perform(Fault{});
    }
}

void MemoryStorage::pump() {
    while (pump_one()) {
    }
}

void MemoryStorage::fail_operation(std::uint64_t n, Fault fault, bool for_ever) {
    fault_at_ = operations_ + n;
    fault_ = fault;
    for_ever_ = for_ever;
}

void MemoryStorage::heal() { fault_at_.reset(); }

void MemoryStorage::crash(std::size_t happened) {
    std::size_t done = 0;
    for (const Operation& operation : waiting_) {
        if (operation.writes && !operation.answer && done < happened) {
            operation.perform(std::nullopt);
            ++done;
        }
    }
    waiting_.clear();
}

void MemoryStorage::crash(const std::function<Fate(const Batch&)>& fate_of) {
    for (const Operation& operation : waiting_) {
        if (!operation.batch || operation.answer) continue;
        const Fate fate = fate_of(*operation.batch);
        if (fate.kind == Fate::Kind::Kept) operation.perform(std::nullopt);
        if (fate.kind != Fate::Kind::Torn || !as_expected(*operation.batch)) continue;
        const std::vector<Record>& put = operation.batch->put;
        for (std::size_t i = 0; i < put.size() && i <= fate.records; ++i) {
            Bytes& value = disk_->stores[put[i].store][put[i].key];
            value = put[i].value;
            if (i == fate.records) value.resize(std::min(fate.bytes, value.size()));
        }
    }
    waiting_.clear();
}

void MemoryTurns::expire() {
    if (insisting.empty()) return;
    auto [tab, done] = std::move(insisting.front());
    insisting.pop_front();
    if (holder && holder != tab) holder->hear(Turn::Notice::Lost);
    holder = tab;
    tab->inbox_.push_back([done = std::move(done)] { done(true); });
}

MemoryTurn::MemoryTurn(std::shared_ptr<MemoryTurns> turns) : turns_(std::move(turns)) { turns_->tabs.push_back(this); }

MemoryTurn::~MemoryTurn() {
    std::erase(turns_->tabs, this);
    std::erase_if(turns_->insisting, [this](const auto& one) { return one.first == this; });
    give();
}

void MemoryTurn::take(bool insist, Callback<bool> done) {
    const bool free = !turns_->holder || turns_->holder == this;
    if (free) turns_->holder = this;
    if (free || !insist) return inbox_.push_back([done = std::move(done), free] { done(free); });
    turns_->insisting.emplace_back(this, std::move(done));
    turns_->holder->hear(Notice::Wanted);
}

void MemoryTurn::give() {
    if (turns_->holder != this) return;
    turns_->holder = nullptr;
    turns_->expire();
}

void MemoryTurn::confirm(Callback<bool> done) {
    inbox_.push_back([this, done = std::move(done)] { done(has()); });
}

void MemoryTurn::tell_durable(std::uint64_t sequence) {
    for (MemoryTurn* tab : turns_->tabs) {
        if (tab != this) tab->hear(Notice::Durable, sequence);
    }
}

void MemoryTurn::hear(Notice notice, std::uint64_t sequence) {
    inbox_.push_back([this, notice, sequence] {
        if (heard_) heard_(notice, sequence);
    });
}

bool MemoryTurn::pump_one() {
    if (inbox_.empty()) return false;
    const auto next = std::move(inbox_.front());
    inbox_.pop_front();
    next();
    return true;
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i < out.size(); i += 8) {
        const std::uint64_t word = next();
        for (std::size_t j = 0; j < 8 && i + j < out.size(); ++j) out[i + j] = static_cast<std::uint8_t>(word >> (8 * j));
    }
}

void InlineWorker::run(Bytes request, Callback<Bytes> done) { waiting_.emplace_back(std::move(request), std::move(done)); }

Worker::JobId InlineWorker::start(Bytes request, std::function<bool(Result<Bytes>)> each) {
    const JobId id = next_job_++;
    long_[id] = {long_job_ ? long_job_(std::move(request)) : std::function<Bytes()>(), std::move(each)};
    return id;
}

// One answer of the oldest long job.
bool InlineWorker::pump_long() {
    if (long_.empty()) return false;
    const JobId id = long_.begin()->first;
    const Long job = long_.begin()->second;
    ++jobs_;
    const bool fails = !job.next || std::exchange(fail_next_, false);
    const bool more = fails ? (job.each(fail(ErrorCode::Unsupported, msg("The background worker stopped before it was done."))), false)
                            : job.each(job.next());
    if (!more) long_.erase(id);
    return true;
}

bool InlineWorker::pump_one() {
    if (waiting_.empty()) return pump_long();
    auto [request, done] = std::move(waiting_.front());
    waiting_.pop_front();
    ++jobs_;
    if (std::exchange(fail_next_, false)) {
        done(fail(ErrorCode::Unsupported, msg("The key could not be derived.")));
    } else {
        done(job_(request));
    }
    return true;
}

void MemoryFiles::pick(std::string, std::uint64_t max_bytes, Callback<PickedFile> done) {
    if (to_pick.empty()) {
        waiting_.push_back([done = std::move(done)] { done(fail(ErrorCode::Cancelled, Message{})); });
        return;
    }
    PickedFile file = std::move(to_pick.front());
    to_pick.pop_front();
    waiting_.push_back([file = std::move(file), max_bytes, done = std::move(done)] {
        if (file.bytes.size() > max_bytes) {
            done(fail(ErrorCode::TooLarge, msg("The file is too large."), file.name));
        } else {
            done(file);
        }
    });
}

void MemoryFiles::save(std::string name, std::string, Bytes bytes) { saved.push_back({std::move(name), std::move(bytes)}); }

bool MemoryFiles::pump_one() {
    if (waiting_.empty()) return false;
    const auto answer = std::move(waiting_.front());
    waiting_.pop_front();
    answer();
    return true;
}

void MemoryFolder::answer(Callback<Standing> done) {
    waiting_.push_back([this, done = std::move(done)] { done(standing); });
}

void MemoryFolder::choose(Callback<Standing> done) {
    if (to_choose.empty()) {
        waiting_.push_back([done = std::move(done)] { done(fail(ErrorCode::Cancelled, Message{})); });
        return;
    }
    standing = {State::Ready, to_choose};
    answer(std::move(done));
}

void MemoryFolder::allow(Callback<Standing> done) {
    if (standing.state == State::Asks && allowed) standing.state = State::Ready;
    answer(std::move(done));
}

void MemoryFolder::forget(Callback<Standing> done) {
    standing = {State::None, {}};
    answer(std::move(done));
}

void MemoryFolder::write(std::string name, Bytes bytes, Callback<Bytes> read_back) {
    waiting_.push_back([this, name = std::move(name), bytes = std::move(bytes), done = std::move(read_back)]() mutable {
        if (!allowed) return done(fail(ErrorCode::Cancelled, msg("The browser may not write to this folder.")));
        if (full) return done(fail(ErrorCode::Storage, msg("The folder for backups cannot be written to.")));
        ++writes;
        if (spoil) spoil(bytes);
        files[name] = bytes;
        done(std::move(bytes));
    });
}

void MemoryFolder::read(std::string name, std::uint64_t max_bytes, Callback<Bytes> done) {
    waiting_.push_back([this, name = std::move(name), max_bytes, done = std::move(done)] {
        const auto found = files.find(name);
        if (!allowed || found == files.end()) return done(fail(ErrorCode::Storage, msg("The folder for backups cannot be read.")));
        if (found->second.size() > max_bytes) return done(fail(ErrorCode::TooLarge, msg("The file is too large.")));
        done(found->second);
    });
}

bool MemoryFolder::pump_one() {
    if (waiting_.empty()) return false;
    const auto answer = std::move(waiting_.front());
    waiting_.pop_front();
    answer();
    return true;
}

}  // namespace entente::platform
