// What a backup holds, replayed: the workspace as it was, and what is known of its record.
#pragma once

#include <vector>

#include "base/locale.hpp"
#include "codec/plain_json.hpp"
#include "core/session.hpp"
#include "vault/backup.hpp"

namespace entente::app {

struct OpenedBackup {
    vault::BackupContent content;
    Session session;
    std::vector<codec::RecordRow> record;  // of the entries after its snapshot
};

// Damaged or Unsupported where a part of it cannot be read. What the rules refuse is parked in the session.
Result<OpenedBackup> replay_backup(vault::BackupContent content, const Locale& locale);

}  // namespace entente::app
