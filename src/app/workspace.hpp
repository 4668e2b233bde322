// Workspace: an open session and the vault that keeps it.
//
// Every entry the session appends is handed to the vault in the same call and written at the end of the frame (keep()). In memory
// only (the sample without a workspace) there is no vault and nothing is kept, and it says so.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "core/session.hpp"
#include "vault/vault.hpp"

namespace entente::app {

class Workspace {
public:
    // Replays what the vault kept. Fails (Damaged, Unsupported) where an entry cannot be read; nothing is changed then.
    static Result<std::unique_ptr<Workspace>> open(vault::Vault& vault, const vault::Opened& opened);
    // Nothing is kept.
    static std::unique_ptr<Workspace> in_memory(DeviceId device);

    const Session& session() const { return session_; }
    const Model& model() const { return session_.model(); }
    bool is_kept() const { return vault_ != nullptr; }
    std::uint64_t next_id() { return session_.next_id(); }

    Result<std::uint64_t> submit(Command command, Instant now) { return session_.submit(std::move(command), now); }
    Result<Session::Prepared> prepare(Command& command) const { return session_.prepare(command); }
    Result<std::uint64_t> submit(Session::Prepared prepared, Instant now) { return session_.submit(std::move(prepared), now); }
    Result<std::uint64_t> undo(Instant now) { return session_.undo(now); }
    Result<std::uint64_t> redo(Instant now) { return session_.redo(now); }
    // The next entry, which another tab made durable. Damaged, Unsupported where it cannot be read.
    Result<Command> replay(const Bytes& entry);
    Bytes snapshot() const;  // of the state as it stands, as the vault keeps it
    void forget_steps() { session_.forget_steps(); }

    // Hands new entries to the vault and begins to write them; a snapshot when one is due and there is time for it. Returns the new
    // entries' commands, so that what was derived from the model can be brought up to date.
    std::vector<Command> keep(bool snapshot_too = true);

private:
    Workspace(Session session, vault::Vault* vault) : session_(std::move(session)), vault_(vault) {}

    Session session_;
    vault::Vault* vault_ = nullptr;
};

}  // namespace entente::app
