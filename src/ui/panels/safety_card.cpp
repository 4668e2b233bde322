#include "ui/panels/safety_card.hpp"

#include <algorithm>

#include "icons.hpp"
#include "ui/views/backup_words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

void subject(const Frame& frame, Flow& flow, const char* text) {
    flow.gap(frame.px(14));
    heading(frame, flow, 5, text);
    flow.gap(frame.px(4));
}

void explain(const Frame& frame, Flow& flow, const char* text) {
    paragraph(frame, flow, text, Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(8));
}

void copies(const Frame& frame, Outbox& out, Flow& flow) {
    subject(frame, flow, frame.tr("Copies"));
    const Status status = backup_status(frame);
    chip(frame, box(flow.x, flow.y, chip_width(frame, status), frame.px(22)), status);
    flow.gap(frame.px(26));
    explain(frame, flow,
            frame.tr("This browser keeps two copies. A backup is one encrypted file with everything in it: it opens in any browser, and "
                     "with the command line, with the passphrase it was made under or the recovery key."));
    if (frame.backup.lasting) {
        explain(frame, flow, *frame.backup.lasting ? frame.tr("The browser keeps them until you remove them.")
                                                   : frame.tr("The browser may clear them when its disk is nearly full: keep backups."));
    }
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Save a backup"), Look::Normal, kIconDownload})) out.ask(SaveBackup{});
    const bool folder = frame.backup.folder.state == BackupFolder::State::Ready && frame.backup.at;
    if (folder && button(frame, row, {frame.tr("Try the last backup"), Look::Normal, kIconCheck})) out.ask(TryBackup{false});
    if (button(frame, row, {frame.tr("Try a backup\u2026"), folder ? Look::Quiet : Look::Normal, kIconFileImport})) out.ask(TryBackup{true});
    if (button(frame, row, {frame.tr("Read both copies"), Look::Quiet})) out.ask(CheckCopies{});
}

Status folder_status(const Frame& frame, const BackupFolder& folder) {
    if (!folder.problem.empty()) return {Shape::Square, Tone::Bad, frame.text(folder.problem)};
    if (folder.state == BackupFolder::State::Asks)
        return {Shape::Triangle, Tone::Warn, frame.text(msg("The browser asks before it writes to \u201C{0}\u201D again.", folder.name))};
    if (folder.writing) return {Shape::Ring, Tone::Muted, frame.text(msg("Writing a backup to \u201C{0}\u201D\u2026", folder.name))};
    return {Shape::Tick, Tone::Ok, frame.text(msg("Backups go to \u201C{0}\u201D by themselves", folder.name))};
}

void by_itself(const Frame& frame, Outbox& out, Flow& flow) {
    const BackupFolder& folder = frame.backup.folder;
    flow.gap(frame.px(12));
    if (folder.state == BackupFolder::State::Unsupported) {
        paragraph(frame, flow,
                  frame.tr("This browser cannot save backups by itself. Entente reminds you each week instead."), Tone::Muted,
                  frame.theme.fonts.dense);
        return;
    }
    if (folder.state == BackupFolder::State::None) {
        explain(frame, flow,
                frame.tr("Choose a folder, and a backup goes there two minutes after the last edit: one file for each day of the "
                         "week, read back and tried each time."));
        Row row(flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Choose a folder for backups\u2026"), Look::Normal})) out.ask(AskFolder{FolderAsk::Choose});
        return;
    }
    const Status status = folder_status(frame, folder);
    chip(frame, box(flow.x, flow.y, std::min(flow.w, chip_width(frame, status)), frame.px(22)), status);
    flow.gap(frame.px(30));
    Row row(flow, button_height(frame), frame.px(8));
    if (folder.state == BackupFolder::State::Asks && button(frame, row, {frame.tr("Allow it again"), Look::Normal, kIconCheck}))
        out.ask(AskFolder{FolderAsk::Allow});
    if (button(frame, row, {frame.tr("Another folder\u2026"), Look::Quiet})) out.ask(AskFolder{FolderAsk::Choose});
    if (button(frame, row, {frame.tr("Stop"), Look::Quiet})) out.ask(AskFolder{FolderAsk::Forget});
}

void taking_out(const Frame& frame, Outbox& out, Flow& flow) {
    subject(frame, flow, frame.tr("Taking everything out"));
    explain(frame, flow,
            frame.tr("Not encrypted, costs and notes included: to read without Entente, or for another program. "
                     "Leaving is always possible."));
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Pages and tables (ZIP)"), Look::Normal, kIconDownload})) out.ask(TakeOut{false});
    if (button(frame, row, {frame.tr("Everything as JSON"), Look::Normal, kIconDownload})) out.ask(TakeOut{true});
}

void keys(const Frame& frame, Outbox& out, Flow& flow) {
    subject(frame, flow, frame.tr("What opens it"));
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Change the passphrase\u2026"), Look::Normal, kIconLock})) out.ask(ShowKeyForm{KeyForm::Passphrase});
    if (button(frame, row, {frame.tr("New recovery key\u2026"), Look::Normal})) out.ask(ShowKeyForm{KeyForm::RecoveryKey});
    if (button(frame, row, {frame.tr("New keys\u2026"), Look::Quiet})) out.ask(ShowKeyForm{KeyForm::Rekey});
}

}  // namespace

void SafetyCard::locking(const Frame& frame, Outbox& out, Flow& flow) {
    flow.gap(frame.px(14));
    Flow column{flow.x, flow.y, std::min(flow.w, frame.px(260))};
    const char* name = frame.tr("Lock after minutes without use (0: never)");
    const Rect lock_at = captioned(frame, column, name, field_height(frame));
    const NumberSpec minutes{name, frame.model.house.auto_lock_minutes,  0, 1, 0, 480,
                             frame.tr("min"), frame.tr("One minute less"), frame.tr("One minute more")};
    if (const auto value = number_field(frame, lock_at, minutes))
        out.submit(Command{house::Command{house::SetAutoLock{static_cast<int>(*value)}}});
    flow.y = column.y + frame.px(12);
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Lock now"), Look::Normal, kIconLock})) out.ask(Lock{});
    if (!forgetting_ && button(frame, row, {frame.tr("Forget this workspace\u2026"), Look::Quiet, kIconTrash})) forgetting_ = true;
}

void SafetyCard::forgetting(const Frame& frame, Outbox& out, Flow& flow) {
    flow.gap(frame.px(12));
    banner(frame, flow, {Shape::Triangle, Tone::Bad, frame.tr("Everything in this workspace is erased from this browser.")},
           frame.backup.at ? frame.text(msg("What is in the backup of {0} stays there. It cannot be undone here.",
                                            frame.locale.date_weekday(day_of(*frame.backup.at))))
                           : std::string(frame.tr("There is no copy anywhere else. It cannot be undone.")));
    flow.gap(frame.px(8));
    Row second(flow, button_height(frame), frame.px(8));
    if (button(frame, second, {frame.tr("Erase it for good"), Look::Danger, kIconTrash})) out.ask(ForgetWorkspace{});
    if (button(frame, second, {frame.tr("Keep it"), Look::Normal})) forgetting_ = false;
}

void SafetyCard::draw(const Frame& frame, Outbox& out, Flow& flow) {
    Card card(frame, flow, "safety");
    heading(frame, card.flow, 4, frame.tr("Safety"));
    if (frame.memory_only) {
        card.flow.gap(frame.px(8));
        paragraph(frame, card.flow,
                  frame.tr("This is the sample without a workspace: nothing is kept when the page is closed."), Tone::Warn,
                  frame.theme.fonts.dense);
        return;
    }
    copies(frame, out, card.flow);
    if (frame.save.kind != SaveState::Kind::ReadOnly) by_itself(frame, out, card.flow);
    taking_out(frame, out, card.flow);
    if (frame.save.kind != SaveState::Kind::ReadOnly) keys(frame, out, card.flow);
    locking(frame, out, card.flow);
    if (forgetting_) forgetting(frame, out, card.flow);
}

}  // namespace entente::ui
