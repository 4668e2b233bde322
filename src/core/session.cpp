#include "core/session.hpp"

#include <algorithm>
#include <utility>

namespace entente {

namespace {

constexpr int kCounterBits = 40;
constexpr std::uint64_t kCounterMask = (std::uint64_t{1} << kCounterBits) - 1;

HybridTime after(HybridTime last, Instant now) {
    if (now.utc_ms > last.utc_ms) return {now.utc_ms, 0};
    return {last.utc_ms, last.counter + 1};
}

// The high part of this device's ids: never zero, so that an id is never "none".
std::uint64_t device_part(DeviceId device) {
    const std::uint64_t tag = (device.n ^ (device.n >> 24) ^ (device.n >> 48)) & 0xFFFFFF;
    return (tag == 0 ? 1 : tag) << kCounterBits;
}

// A plan that came in whole (an import of 100,000 tasks is 30 MB) is not kept a second time for a redo that few ask for: taking it
// out again has a way back of its own, which puts back all that was there.
bool is_whole_project(const Command& command) {
    const auto* edit = std::get_if<plan::Command>(&command);
    return edit && (std::holds_alternative<plan::AddProject>(*edit) || std::holds_alternative<plan::RestoreProject>(*edit));
}

}  // namespace

Session::Session(DeviceId device, Model snapshot, std::uint64_t sequence, HybridTime time, std::uint64_t last_id)
    : device_(device), model_(std::move(snapshot)), sequence_(sequence), time_(time), last_id_(last_id) {}

std::uint64_t Session::next_id() { return device_part(device_) | (++last_id_ & kCounterMask); }

Result<std::uint64_t> Session::append(Command command, EntryKind kind, std::uint64_t of_sequence, Instant now) {
    time_ = after(time_, now);
    entente::apply(model_, command);
    ++sequence_;
    pending_.push_back(Entry{device_, sequence_, time_, kind, of_sequence, last_id_, std::move(command)});
    return sequence_;
}

Result<std::uint64_t> Session::submit(Command command, Instant now) {
    if (auto allowed = check(model_, command); !allowed) return tl::unexpected(allowed.error());
    return submit_checked(std::move(command), now);
}

Result<Session::Prepared> Session::prepare(Command& command) const {
    if (auto allowed = check(model_, command); !allowed) return tl::unexpected(allowed.error());
    return Prepared(std::move(command), *this);
}

Result<std::uint64_t> Session::submit(Prepared prepared, Instant now) {
    const bool as_it_was = prepared.device_ == device_ && prepared.sequence_ == sequence_;
    return as_it_was ? submit_checked(std::move(prepared.command_), now) : submit(std::move(prepared.command_), now);
}

std::uint64_t Session::submit_checked(Command command, Instant now) {
    std::optional<Command> backward = inverse(model_, command);
    Message name = describe(model_, command);
    std::optional<Command> forward;
    if (backward && !is_whole_project(command)) forward = command;
    const auto sequence = append(std::move(command), EntryKind::Do, 0, now);
    // A command without a way back (a link that left the house) stays out of the undo list; what came before can still be
    // undone, because such commands only add.
    if (backward) undo_.push_back({std::move(forward), std::move(*backward), std::move(name), *sequence});
    redo_.clear();
    return *sequence;
}

Message Session::undo_name() const { return undo_.empty() ? Message{} : undo_.back().name; }
Message Session::redo_name() const { return redo_.empty() ? Message{} : redo_.back().name; }

Result<std::uint64_t> Session::undo(Instant now) {
    if (undo_.empty()) return fail(ErrorCode::Refused, msg("There is nothing to undo."));
    Step& step = undo_.back();
    if (auto allowed = check_recorded(model_, step.backward); !allowed) return tl::unexpected(allowed.error());
    if (!step.forward) step.forward = inverse(model_, step.backward);
    const auto sequence = append(step.backward, EntryKind::Undo, step.sequence, now);
    redo_.push_back(std::move(step));
    undo_.pop_back();
    return sequence;
}

Result<std::uint64_t> Session::redo(Instant now) {
    if (redo_.empty()) return fail(ErrorCode::Refused, msg("There is nothing to redo."));
    Step& step = redo_.back();
    if (auto allowed = check_recorded(model_, *step.forward); !allowed) return tl::unexpected(allowed.error());
    const auto sequence = append(*step.forward, EntryKind::Redo, step.sequence, now);
    step.sequence = *sequence;
    undo_.push_back(std::move(step));
    redo_.pop_back();
    return sequence;
}

void Session::forget_steps() {
    undo_.clear();
    redo_.clear();
}

Result<void> Session::replay(const Entry& entry) {
    if (entry.sequence != sequence_ + 1) {
        return fail(ErrorCode::Damaged, msg("The record has a gap: entry {0} is missing.", static_cast<std::int64_t>(sequence_ + 1)));
    }
    ++sequence_;
    time_ = std::max(time_, entry.time);
    if (entry.device == device_) last_id_ = std::max(last_id_, entry.last_id);
    if (auto allowed = check_recorded(model_, entry.command); allowed) {
        entente::apply(model_, entry.command);
    } else {
        parked_.push_back({entry, allowed.error()});
    }
    return {};
}

std::vector<Entry> Session::take_pending() { return std::exchange(pending_, {}); }

}  // namespace entente
