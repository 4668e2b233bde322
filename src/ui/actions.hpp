// Actions: what a key can do anywhere, in one table. It feeds the key handling, the list of shortcuts and the hints on buttons.
//
// Keys with Ctrl are Cmd on a Mac: Dear ImGui swaps them. Ctrl with + - 0 never stands here: it is the browser's.
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>

namespace entente::ui {

// Marks a text for the catalogue where it stands in a table; Locale::tr() turns it into words.
constexpr const char* N_(const char* text) { return text; }

enum class ActionId : std::uint8_t { Undo, Redo, RedoToo, Save, Today, Plan, Changes, Money, Share, Workspace, Theme, Keys, Close };

struct Action {
    ActionId id;
    const char* name;      // English; a key of the catalogue
    const char* shown;     // on a button or in the list
    const char* aria;      // aria-keyshortcuts
    int chord;             // ImGuiKeyChord
};

inline constexpr std::array<Action, 13> kActions = {{
    {ActionId::Undo, N_("Undo"), "Ctrl Z", "Control+Z", ImGuiMod_Ctrl | ImGuiKey_Z},
    {ActionId::Redo, N_("Redo"), "Ctrl Shift Z", "Control+Shift+Z", ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z},
    {ActionId::RedoToo, N_("Redo"), "Ctrl Y", "Control+Y", ImGuiMod_Ctrl | ImGuiKey_Y},
    {ActionId::Save, N_("Say that everything is saved"), "Ctrl S", "Control+S", ImGuiMod_Ctrl | ImGuiKey_S},
    {ActionId::Today, N_("Go to Today"), "Alt 1", "Alt+1", ImGuiMod_Alt | ImGuiKey_1},
    {ActionId::Plan, N_("Go to Plan"), "Alt 2", "Alt+2", ImGuiMod_Alt | ImGuiKey_2},
    {ActionId::Changes, N_("Go to Changes"), "Alt 3", "Alt+3", ImGuiMod_Alt | ImGuiKey_3},
    {ActionId::Money, N_("Go to Money"), "Alt 4", "Alt+4", ImGuiMod_Alt | ImGuiKey_4},
    {ActionId::Share, N_("Go to Share"), "Alt 5", "Alt+5", ImGuiMod_Alt | ImGuiKey_5},
    {ActionId::Workspace, N_("Go to Workspace"), "Alt 6", "Alt+6", ImGuiMod_Alt | ImGuiKey_6},
    {ActionId::Theme, N_("Dark or light"), "F8", "F8", ImGuiKey_F8},
    {ActionId::Keys, N_("Show this list"), "?", "?", ImGuiMod_Shift | ImGuiKey_Slash},
    {ActionId::Close, N_("Close what is open"), "Esc", "Escape", ImGuiKey_Escape},
}};

// Keys that only some views use, for the list of shortcuts.
struct KeyHint {
    const char* shown;
    const char* name;
};
inline constexpr std::array<KeyHint, 9> kKeyHints = {{
    {"\u2191 \u2193", N_("Move through rows of a table or the timeline")},
    {"\u2190 \u2192", N_("Timeline: move along it, open or close a group")},
    {"+ \u2212", N_("Timeline: the task one day longer or shorter")},
    {"Shift \u2190 \u2192", N_("Timeline: the task one day earlier or later")},
    {"I O", N_("Timeline: zoom in or out")},
    {"F", N_("Timeline: show the whole plan")},
    {"Page \u2191 \u2193", N_("Timeline: a page of rows up or down")},
    {"Enter", N_("Press the button, open the row, finish typing")},
    {"Tab", N_("Go to the next thing that can be used")},
}};

// Whether the program uses this chord; all others are the browser's. Arrows and the like are used by lists and the timeline
// while one of them has the keyboard.
bool wants_key(int chord);

}  // namespace entente::ui
