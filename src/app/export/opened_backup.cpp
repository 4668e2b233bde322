#include "app/export/opened_backup.hpp"

#include "app/export/export_all.hpp"
#include "codec/codec.hpp"

namespace entente::app {

Result<OpenedBackup> replay_backup(vault::BackupContent content, const Locale& locale) {
    Session session(content.device);
    if (content.snapshot) {
        auto snapshot = codec::decode_snapshot(*content.snapshot);
        if (!snapshot) return tl::unexpected<Error>(std::move(snapshot.error()));
        session = Session(content.device, std::move(snapshot->model), snapshot->sequence, snapshot->time, snapshot->last_id);
    }
    OpenedBackup out{std::move(content), std::move(session), {}, {}};
    for (const Bytes& bytes : out.content.entries) {
        auto entry = codec::decode_entry(bytes);
        if (!entry) return tl::unexpected<Error>(std::move(entry.error()));
        out.record.push_back(record_row(out.session.model(), *entry, locale));
        if (auto replayed = out.session.replay(*entry); !replayed) return tl::unexpected<Error>(std::move(replayed.error()));
        const std::vector<ParkedEntry>& parked = out.session.parked();
        if (parked.size() > out.parked.size()) out.parked.push_back({out.record.back(), locale.text(parked.back().reason.what), bytes});
    }
    return out;
}

}  // namespace entente::app
