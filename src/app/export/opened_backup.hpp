// What a backup holds, replayed: the workspace as it was, and what is known of its record.
#pragma once

#include <string>
#include <vector>

#include "base/locale.hpp"
#include "codec/plain_json.hpp"
#include "core/session.hpp"
#include "vault/backup.hpp"

namespace entente::app {

// An entry that was not accepted: told in words, and as its bytes are kept.
struct ParkedRow {
    codec::RecordRow row;
    std::string why;
    Bytes entry;
};

struct OpenedBackup {
    vault::BackupContent content;
    Session session;
    std::vector<codec::RecordRow> record;  // of the entries after its snapshot
    std::vector<ParkedRow> parked;         // of those, what the rules refused
};

// Damaged or Unsupported where a part of it cannot be read. What the rules refuse is parked.
Result<OpenedBackup> replay_backup(vault::BackupContent content, const Locale& locale);

}  // namespace entente::app
