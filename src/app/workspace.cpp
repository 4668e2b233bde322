#include "app/workspace.hpp"

#include "codec/codec.hpp"

namespace entente::app {

Result<std::unique_ptr<Workspace>> Workspace::open(vault::Vault& vault, const vault::Opened& opened) {
    Session session(opened.device);
    if (opened.snapshot) {
        auto snapshot = codec::decode_snapshot(*opened.snapshot);
        if (!snapshot) return tl::unexpected(snapshot.error());
        session = Session(opened.device, std::move(snapshot->model), snapshot->sequence, snapshot->time, snapshot->last_id);
    }
    auto workspace = std::unique_ptr<Workspace>(new Workspace(std::move(session), &vault));
    for (const Bytes& bytes : opened.entries) {
        if (auto command = workspace->replay(bytes); !command) return tl::unexpected(command.error());
    }
    return workspace;
}

Result<Command> Workspace::replay(const Bytes& bytes) {
    auto entry = codec::decode_entry(bytes);
    if (!entry) return tl::unexpected(entry.error());
    if (auto replayed = session_.replay(*entry); !replayed) return tl::unexpected(replayed.error());
    return std::move(entry->command);
}

std::unique_ptr<Workspace> Workspace::in_memory(DeviceId device) {
    return std::unique_ptr<Workspace>(new Workspace(Session(device), nullptr));
}

std::vector<Command> Workspace::keep(bool snapshot_too) {
    std::vector<Command> commands;
    for (Entry& entry : session_.take_pending()) {
        if (vault_) vault_->append(entry.sequence, codec::encode_entry(entry));
        commands.push_back(std::move(entry.command));
    }
    if (!vault_) return commands;
    vault_->flush();
    if (snapshot_too && vault_->wants_snapshot()) {
        vault_->offer_snapshot(session_.sequence(), snapshot());
    }
    return commands;
}

Bytes Workspace::snapshot() const {
    return codec::encode_snapshot(session_.model(), session_.sequence(), session_.time(), session_.last_id());
}

}  // namespace entente::app
