#include "ui/views/backup_words.hpp"

namespace entente::ui {

bool backup_due(const Frame& frame) {
    if (frame.memory_only || frame.backup.edits_since == 0) return false;
    return !frame.backup.at || frame.today - day_of(*frame.backup.at) >= kBackupDays;
}

Status backup_status(const Frame& frame) {
    const auto edits = static_cast<std::int64_t>(frame.backup.edits_since);
    if (!frame.backup.at) return {Shape::Triangle, Tone::Warn, frame.tr("No backup from this browser yet")};
    const Message when = msg("Last backup {0}", frame.locale.time(*frame.backup.at));
    if (edits == 0) return {Shape::Tick, Tone::Ok, frame.text(msg("{0}: all of your work is in it", when))};
    return {backup_due(frame) ? Shape::Triangle : Shape::Tick, backup_due(frame) ? Tone::Warn : Tone::Ok,
            frame.text(msgn("{0}: {n} edit since", "{0}: {n} edits since", edits, when))};
}

}  // namespace entente::ui
