#include "ui/views/backup_words.hpp"

namespace entente::ui {

bool backup_due(const Frame& frame) {
    if (frame.memory_only || frame.backup.edits_since == 0) return false;
    if (frame.backup.folder.state == BackupFolder::State::Asks) return true;
    return !frame.backup.at || frame.today - day_of(*frame.backup.at) >= kBackupDays;
}

Status backup_status(const Frame& frame) {
    const auto edits = static_cast<std::int64_t>(frame.backup.edits_since);
    if (!frame.backup.at) return {Shape::Triangle, Tone::Warn, frame.tr("No backup from this browser yet")};
    const Message when = frame.backup.tried ? msg("Last backup {0}, tried", frame.locale.time(*frame.backup.at))
                                            : msg("Last backup {0}, not tried", frame.locale.time(*frame.backup.at));
    const Status quiet = frame.backup.tried ? Status{Shape::Tick, Tone::Ok, {}} : Status{Shape::Ring, Tone::Info, {}};
    if (edits == 0) return {quiet.shape, quiet.tone, frame.text(msg("{0}: all of your work is in it", when))};
    return {backup_due(frame) ? Shape::Triangle : quiet.shape, backup_due(frame) ? Tone::Warn : quiet.tone,
            frame.text(msgn("{0}: {n} edit since", "{0}: {n} edits since", edits, when))};
}

}  // namespace entente::ui
