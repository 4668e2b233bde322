#include "ui/shell.hpp"

#include <imgui.h>

#include <cmath>

#include "ui/actions.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/panels/dialogs.hpp"
#include "ui/panels/import_panel.hpp"
#include "ui/panels/money_panel.hpp"
#include "ui/panels/plan_panel.hpp"
#include "ui/panels/rail.hpp"
#include "ui/panels/share_panel.hpp"
#include "ui/panels/today_panel.hpp"
#include "ui/panels/workspace_panel.hpp"
#include "ui/views/promise_card.hpp"
#include "ui/widgets/overlay.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {

struct Shell::Parts {
    WidgetState widgets;
    Desk desk;
    TodayPanel today;
    PlanPanel plan;
    ChangesPanel changes;
    MoneyPanel money;
    SharePanel share;
    WorkspacePanel workspace;
    ImportPanel import;
    std::uint64_t dismissed_toast = 0, said_toast = 0;

    void keys(const Frame& frame, Outbox& out);
    void act(const Frame& frame, Outbox& out, ActionId action);
    void escape(const Frame& frame, Outbox& out);
    void room(const Frame& frame, Outbox& out, Rect area);
    void notice(const Frame& frame, Outbox& out);
};

void Shell::Parts::act(const Frame& frame, Outbox& out, ActionId action) {
    Route route;
    route.project = frame.route.project;
    switch (action) {
        case ActionId::Undo: return out.ask(Undo{});
        case ActionId::Redo:
        case ActionId::RedoToo: return out.ask(Redo{});
        case ActionId::Save: return out.ask(FlushNow{});
        case ActionId::Today:
        case ActionId::Plan:
        case ActionId::Changes:
        case ActionId::Money:
        case ActionId::Share:
        case ActionId::Workspace:
            route.room = static_cast<Room>(static_cast<int>(action) - static_cast<int>(ActionId::Today));
            if (frame.import) out.ask(CancelImport{});
            return out.go(route);
        case ActionId::Theme: return out.ask(SetThemeChoice{frame.theme.dark ? ThemeChoice::Light : ThemeChoice::Dark});
        case ActionId::Keys: desk.shortcuts = true; return;
        case ActionId::Close: widgets.escape = true; return;
    }
}

void Shell::Parts::keys(const Frame& frame, Outbox& out) {
    for (const Action& action : kActions) {
        const bool only_while_calm = action.id != ActionId::Close && action.id != ActionId::Theme && action.id != ActionId::Save;
        if (only_while_calm && desk.dialog_open()) continue;
        if (ImGui::IsKeyChordPressed(action.chord)) act(frame, out, action.id);
    }
}

// Esc closes what lies uppermost: a list, a dialog (it does so itself), the import, the selected task.
void Shell::Parts::escape(const Frame& frame, Outbox& out) {
    if (!widgets.escape) return;
    if (close_overlay(frame)) {
        widgets.escape = false;
        return;
    }
    if (desk.dialog_open() || frame.import) return;  // they take it when they are drawn
    if (frame.route.room == Room::Plan && plan.dragging()) {
        widgets.escape = false;
        plan.cancel_drag();
        return;
    }
    widgets.escape = false;
    Route route = frame.route;
    if (route.task || route.change || route.proposal) {
        route.task = TaskId{};
        route.proposal = ProposalId{};
        route.change = ChangeId{};
        out.go(route);
    }
}

void Shell::Parts::room(const Frame& frame, Outbox& out, Rect area) {
    const Part part(frame, NodeRole::Main, "room", area, frame.import ? frame.tr("Import") : frame.tr("Room"));
    if (frame.import) return import.draw(frame, out, area);
    import = ImportPanel();  // the next file begins anew
    switch (frame.route.room) {
        case Room::Today: return today.draw(frame, out, desk, area);
        case Room::Plan: return plan.draw(frame, out, desk, area);
        case Room::Changes: return changes.draw(frame, out, desk, area);
        case Room::Money: return money.draw(frame, out, desk, area);
        case Room::Share: return share.draw(frame, out, desk, area);
        case Room::Workspace: return workspace.draw(frame, out, desk, area);
    }
}

void Shell::Parts::notice(const Frame& frame, Outbox& out) {
    frame.widgets->notice_cover = Rect{};
    if (!frame.toast || frame.toast->serial == dismissed_toast || frame.toast->text.empty()) return;
    if (said_toast != frame.toast->serial) {
        said_toast = frame.toast->serial;
        frame.semantics.announce(frame.text(frame.toast->text), frame.toast->is_error);
    }
    bool dismissed = false;
    // It never hides the promises: what has just moved them is read there.
    const bool cards = frame.route.room == Room::Plan && frame.project && !frame.project->promises.empty();
    const float above = frame.import ? frame.px(68) : cards ? promise_card_height(frame) + frame.px(16) : frame.px(20);
    if (toast(frame, *frame.toast, above, dismissed)) out.ask(Undo{});
    if (dismissed) {
        dismissed_toast = frame.toast->serial;
        widgets.redraw = true;
    }
}

Shell::Shell() : parts_(std::make_unique<Parts>()) {}
Shell::~Shell() = default;
Shell::Shell(Shell&&) noexcept = default;
Shell& Shell::operator=(Shell&&) noexcept = default;

void Shell::forget() { parts_ = std::make_unique<Parts>(); }

void Shell::draw(const Frame& given, Outbox& out) {
    Parts& parts = *parts_;
    Frame frame = given;
    frame.widgets = &parts.widgets;
    begin_widgets(frame, parts.desk.dialog_open());
    parts.keys(frame, out);
    parts.escape(frame, out);
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImVec2(frame.width, frame.height));
    ImGui::Begin("##shell", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    const float rail = frame.px(frame.locale.language() == Language::Welsh ? 172 : 160), top = frame.px(46);
    draw_rail(frame, out, {0, 0, rail, frame.height});
    draw_top_bar(frame, out, parts.desk, {rail, 0, frame.width, top});
    parts.room(frame, out, {rail, top, frame.width, frame.height});
    ImGui::End();
    if (!parts.desk.dialog_open()) parts.notice(frame, out);
    draw_dialogs(frame, out, parts.desk);
    if (!parts.widgets.dialog_open) draw_overlays(frame);
    else parts.widgets.escape = false;
    // A dialog that was asked for in this frame is drawn in the next.
    if (parts.widgets.redraw || parts.desk.dialog_open() != parts.widgets.dialog_open) out.redraw();
}

}  // namespace entente::ui
