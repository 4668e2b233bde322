#include "ui/panels/rail.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "icons.hpp"
#include "ui/actions.hpp"
#include "ui/views/today.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

struct RoomEntry {
    Room room;
    const char* name;
    const char* icon;
};
constexpr std::array<RoomEntry, 6> kRooms = {{{Room::Today, N_("Today"), kIconCalendarDue},
                                              {Room::Plan, N_("Plan"), kIconTimeline},
                                              {Room::Changes, N_("Changes"), kIconGitPullRequest},
                                              {Room::Money, N_("Money"), kIconCoins},
                                              {Room::Share, N_("Share"), kIconShare2},
                                              {Room::Workspace, N_("Workspace"), kIconSettings}}};

std::int64_t badge(const Frame& frame, Room room) {
    if (room == Room::Today) return frame.today_items ? static_cast<std::int64_t>(frame.today_items->size()) : 0;
    if (room != Room::Changes || !frame.project) return 0;
    return std::count_if(frame.project->changes.begin(), frame.project->changes.end(),
                         [](const change::Change& one) { return one.state == change::State::Open; });
}

void room_link(const Frame& frame, Outbox& out, Rect area, const RoomEntry& entry) {
    const Palette& p = frame.theme.palette;
    const bool on = frame.route.room == entry.room && !frame.import;
    const std::int64_t count = badge(frame, entry.room);
    const char* name = frame.tr(entry.name);
    Node node = make_node(NodeRole::Link, count ? frame.text(msgn("{0}, {n} open", "{0}, {n} open", count, name)) : std::string(name));
    node.state.current = on;
    for (const Action& action : kActions) {
        if (action.id == static_cast<ActionId>(static_cast<int>(ActionId::Today) + static_cast<int>(entry.room)))
            node.shortcut = action.aria;
    }
    const Hit hit = item(frame, entry.name, area, std::move(node));
    if (hit.clicked) {
        if (frame.import) out.ask(CancelImport{});
        Route route;
        route.room = entry.room;
        route.project = frame.route.project;
        out.go(route);
    }
    if (on || hit.hovered) fill(area, on ? p.panel2 : p.hover, frame.px(6));
    const Rect icon_at = box(area.x0 + frame.px(8), area.y0, frame.px(18), area.h());
    draw_icon(frame, icon_at, on ? p.accent : p.faint, entry.icon);
    float end = area.x1 - frame.px(8);
    if (count) {
        const std::string text = frame.locale.number(count);
        text_in(frame, frame.theme.fonts.label, {area.x0, area.y0, end, area.y1}, p.accent, text, Align::Right);
        end -= text_width(frame.theme.fonts.label, text) + frame.px(8);
    }
    text_in(frame, frame.theme.fonts.dense, {icon_at.x1 + frame.px(8), area.y0, end, area.y1}, on || hit.hovered ? p.text : p.muted, name);
    draw_ring(frame, hit, frame.px(6));
}

Status save_status(const Frame& frame) {
    const SaveState& save = frame.save;
    switch (save.kind) {
        case SaveState::Kind::Saving: return {Shape::Ring, Tone::Muted, frame.tr("Saving\u2026")};
        case SaveState::Kind::MemoryOnly: return {Shape::Triangle, Tone::Warn, frame.tr("Sample: not kept when the page closes")};
        case SaveState::Kind::ReadOnly:
            return {Shape::Ring, Tone::Info,
                    save.problem.empty() ? std::string(frame.tr("Read only: open in another tab")) : frame.text(save.problem)};
        case SaveState::Kind::Failed: return {Shape::Square, Tone::Bad, frame.text(msg("NOT SAVED: {0}", save.problem))};
        case SaveState::Kind::OneCopy:
            return {Shape::Triangle, Tone::Warn, frame.tr("Saved, 1 copy: one of the browser's two stores does not keep up")};
        case SaveState::Kind::Saved: break;
    }
    Message saved = save.at ? msg("Saved on this laptop {0}", frame.locale.clock(minute_of_day(*save.at))) : msg("Saved on this laptop");
    if (const auto& backup = frame.backup.at) {
        const bool today = day_of(*backup) == frame.today;
        saved = msg("{0}, backed up {1}", std::move(saved),
                    today ? frame.locale.clock(minute_of_day(*backup)) : frame.locale.date_short(day_of(*backup)));
    }
    return {Shape::Dot, Tone::Ok, frame.text(saved)};
}

void draw_foot(const Frame& frame, Outbox& out, Rect area) {
    const Status save = save_status(frame);
    const ImFont* font = frame.theme.fonts.small;
    const float lead = frame.px(16), width = area.w() - lead;
    const float height = wrapped_height(frame, font, width, save.word);
    const Rect box_of{area.x0, area.y1 - height, area.x1, area.y1};
    draw_shape(save.shape, box_of.x0 + frame.px(5), box_of.y0 + line_height(frame, font) * 0.5f, frame.px(8),
               tone_colour(frame, save.tone));
    draw_wrapped(frame, font, box_of.x0 + lead, box_of.y0, width,
                 save.tone == Tone::Bad ? frame.theme.palette.bad : frame.theme.palette.muted, save.word);
    note(frame, save.tone == Tone::Bad ? NodeRole::Alert : NodeRole::Status, box_of, save.word);
    if (!frame.following && !frame.robbed) return;
    Flow above{area.x0, box_of.y0 - button_height(frame) - frame.px(10), area.w()};
    Row row(above, button_height(frame), 0);
    if (frame.following && button(frame, row, {frame.tr("Write here"), Look::Normal})) out.ask(TakeOver{});
    if (frame.robbed && button(frame, row, {frame.tr("Follow that tab"), Look::Normal})) out.ask(FollowOther{});
}

// The project's name; where there are several, it opens the list of them.
void project_name(const Frame& frame, Outbox& out, Row& row) {
    const Palette& p = frame.theme.palette;
    const auto& projects = frame.model.projects;
    if (!frame.project) {
        const std::string house = frame.model.house.name.empty() ? std::string(frame.tr("No project yet")) : frame.model.house.name;
        text_in(frame, frame.theme.fonts.strong, row.left(text_width(frame.theme.fonts.strong, house) + 1), p.text, house);
        return;
    }
    const std::string& name = frame.project->name;
    const float width = std::min(text_width(frame.theme.fonts.strong, name) + 1, frame.px(320));
    if (projects.size() < 2) {
        const Rect area = row.left(width);
        text_in(frame, frame.theme.fonts.strong, area, p.text, name);
        note(frame, NodeRole::Paragraph, area, name);
    } else {
        int chosen = -1;
        for (std::size_t i = 0; i < projects.size(); ++i) {
            if (projects[i].id == frame.project->id) chosen = static_cast<int>(i);
        }
        const auto options = [&projects] {
            std::vector<std::string> names;
            for (const plan::Project& project : projects) names.push_back(project.name);
            return names;
        };
        const Rect area = row.left(std::max(width + frame.px(44), frame.px(120)));
        if (const auto picked = select(frame, {area.x0, area.y0 - frame.px(1), area.x1, area.y1 + frame.px(1)},
                                       {frame.tr("Project"), name, chosen, "project"}, options)) {
            Route route;
            route.room = frame.route.room;
            route.project = projects[static_cast<std::size_t>(*picked)].id;
            out.go(route);
        }
    }
    if (frame.project->sample) {
        const Status sample{Shape::Ring, Tone::Info, frame.tr("sample project")};
        chip(frame, row.left(chip_width(frame, sample)), sample);
    }
}

// An undo or redo that says what it would take back.
void step_button(const Frame& frame, Outbox& out, Rect area, bool undo) {
    const Message& what = undo ? frame.undo_name : frame.redo_name;
    const char* verb = undo ? frame.tr("Undo") : frame.tr("Redo");
    const std::string name = what.empty() ? std::string(verb) : frame.text(msg("{0}: {1}", verb, frame.text(what)));
    const char* icon = undo ? kIconArrowBackUp : kIconArrowForwardUp;
    const IdScope scope(undo ? "undo" : "redo");
    Node node = make_node(NodeRole::Button, name);
    node.state.disabled = what.empty();
    if (what.empty()) node.description = undo ? frame.tr("Nothing to undo") : frame.tr("Nothing to redo");
    node.shortcut = undo ? "Control+Z" : "Control+Shift+Z";
    const Hit hit = item(frame, "step", area, std::move(node));
    const Palette& p = frame.theme.palette;
    if (!what.empty() && (hit.hovered || hit.held)) fill(area, hit.held ? p.line : p.panel2, frame.px(6));
    draw_icon(frame, area, what.empty() ? p.edge : hit.hovered ? p.text : p.muted, icon);
    draw_ring(frame, hit, frame.px(6));
    if (hit.hovered && !what.empty()) tooltip(frame, area, name);
    if (!hit.clicked) return;
    if (undo) out.ask(Undo{});
    else out.ask(Redo{});
}

}  // namespace

void draw_rail(const Frame& frame, Outbox& out, Rect area) {
    const Palette& p = frame.theme.palette;
    fill(area, p.panel);
    line(area.x1 - 1, area.y0, area.x1 - 1, area.y1, p.line, 1);
    const Part part(frame, NodeRole::Navigation, "rail", area, frame.tr("Rooms"));
    const ImFont* brand = frame.theme.fonts.heading;
    const float x = area.x0 + frame.px(16), y = area.y0 + frame.px(14);
    const float width = draw_text(brand, x, y, p.text, "entente");
    draw_text(brand, x + width, y, p.accent, ".");
    float top = area.y0 + frame.px(48);
    for (const RoomEntry& entry : kRooms) {
        room_link(frame, out, {area.x0 + frame.px(8), top, area.x1 - frame.px(9), top + frame.px(30)}, entry);
        top += frame.px(32);
    }
    draw_foot(frame, out, {area.x0 + frame.px(16), top, area.x1 - frame.px(12), area.y1 - frame.px(14)});
}

void draw_top_bar(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    const Palette& p = frame.theme.palette;
    line(area.x0, area.y1 - 1, area.x1, area.y1 - 1, p.line, 1);
    const Part part(frame, NodeRole::Region, "top", area, frame.tr("Project and tools"));
    Flow flow{area.x0 + frame.px(16), area.y0 + frame.px(8), area.w() - frame.px(28)};
    Row row(flow, frame.px(30), frame.px(12));
    project_name(frame, out, row);
    const float side = frame.px(30);
    Row tools = row;
    const Rect lock = tools.right(side);
    const char* lock_name = frame.memory_only ? frame.tr("Leave the sample") : frame.tr("Lock");
    const Rect keys{lock.x0 - side - frame.px(4), lock.y0, lock.x0 - frame.px(4), lock.y1};
    const Rect theme{keys.x0 - side - frame.px(4), lock.y0, keys.x0 - frame.px(4), lock.y1};
    const bool welsh = frame.locale.language() == Language::Welsh;
    ButtonSpec language{welsh ? "English" : "Cymraeg", Look::Quiet};
    language.reason = welsh ? "Switch to English" : "Newid i\u2019r Gymraeg";
    const float language_w = button_width(frame, language);
    const Rect language_at{theme.x0 - frame.px(4) - language_w, lock.y0, theme.x0 - frame.px(4), lock.y1};
    const Rect redo{language_at.x0 - side - frame.px(8), lock.y0, language_at.x0 - frame.px(8), lock.y1};
    const Rect undo{redo.x0 - side - frame.px(4), lock.y0, redo.x0 - frame.px(4), lock.y1};
    if (frame.project) {
        Rect subtitle = row.rest();
        subtitle.x1 = undo.x0 - frame.px(12);
        if (subtitle.w() > frame.px(40)) text_in(frame, frame.theme.fonts.dense, subtitle, p.muted, project_subtitle(*frame.project));
    }
    step_button(frame, out, undo, true);
    step_button(frame, out, redo, false);
    if (button(frame, language_at, language)) out.ask(SetLanguage{welsh ? Language::English : Language::Welsh});
    const char* theme_name = frame.theme.dark ? frame.tr("Light colours") : frame.tr("Dark colours");
    if (icon_button(frame, theme, frame.theme.dark ? kIconSun : kIconMoon, theme_name, false, "F8"))
        out.ask(SetThemeChoice{frame.theme.dark ? ThemeChoice::Light : ThemeChoice::Dark});
    if (icon_button(frame, keys, kIconKeyboard, frame.tr("Keys"), false, "?")) desk.shortcuts = true;
    if (icon_button(frame, lock, frame.memory_only ? kIconLogout : kIconLock, lock_name)) out.ask(Lock{});
}

}  // namespace entente::ui
