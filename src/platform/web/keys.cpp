#include "platform/web/keys.hpp"

#include <imgui.h>

namespace entente::platform {
namespace {

struct Named {
    std::string_view code;
    ImGuiKey key;
};

constexpr Named kNamed[] = {
    {"Tab", ImGuiKey_Tab}, {"ArrowLeft", ImGuiKey_LeftArrow}, {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow}, {"ArrowDown", ImGuiKey_DownArrow}, {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown}, {"Home", ImGuiKey_Home}, {"End", ImGuiKey_End}, {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete}, {"Backspace", ImGuiKey_Backspace}, {"Space", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter}, {"NumpadEnter", ImGuiKey_KeypadEnter}, {"Escape", ImGuiKey_Escape},
    {"Quote", ImGuiKey_Apostrophe}, {"Comma", ImGuiKey_Comma}, {"Minus", ImGuiKey_Minus}, {"Period", ImGuiKey_Period},
    {"Slash", ImGuiKey_Slash}, {"Semicolon", ImGuiKey_Semicolon}, {"Equal", ImGuiKey_Equal},
    {"BracketLeft", ImGuiKey_LeftBracket}, {"Backslash", ImGuiKey_Backslash}, {"BracketRight", ImGuiKey_RightBracket},
    {"Backquote", ImGuiKey_GraveAccent}, {"ContextMenu", ImGuiKey_Menu}, {"NumpadAdd", ImGuiKey_KeypadAdd},
    {"NumpadSubtract", ImGuiKey_KeypadSubtract}, {"ShiftLeft", ImGuiKey_LeftShift}, {"ShiftRight", ImGuiKey_RightShift},
    {"ControlLeft", ImGuiKey_LeftCtrl}, {"ControlRight", ImGuiKey_RightCtrl}, {"AltLeft", ImGuiKey_LeftAlt},
    {"AltRight", ImGuiKey_RightAlt}, {"MetaLeft", ImGuiKey_LeftSuper}, {"MetaRight", ImGuiKey_RightSuper},
};

// The signs that the program's shortcuts name, wherever a keyboard has them.
constexpr Named kSigns[] = {
    {"?", ImGuiKey_Slash}, {"/", ImGuiKey_Slash}, {"+", ImGuiKey_Equal}, {"-", ImGuiKey_Minus},
    {"[", ImGuiKey_LeftBracket}, {"]", ImGuiKey_RightBracket},
};

// "1" of "Digit1", "12" of "F12"; -1: not of that form.
int number_after(std::string_view code, std::string_view prefix, int low, int high) {
    if (code.size() <= prefix.size() || code.substr(0, prefix.size()) != prefix) {
        return -1;
    }
    int value = 0;
    for (const char c : code.substr(prefix.size())) {
        if (c < '0' || c > '9' || value > high) {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    return value >= low && value <= high ? value : -1;
}

int letter(char c) {
    if (c >= 'a' && c <= 'z') {
        return ImGuiKey_A + (c - 'a');
    }
    return c >= 'A' && c <= 'Z' ? ImGuiKey_A + (c - 'A') : ImGuiKey_None;
}

}  // namespace

int imgui_key(std::string_view key, std::string_view code) {
    if (key.size() == 1) {
        if (const int found = letter(key[0]); found != ImGuiKey_None) {
            return found;
        }
    }
    if (const int digit = number_after(code, "Digit", 0, 9); digit >= 0) {
        return key == "?" || key == "/" ? static_cast<int>(ImGuiKey_Slash) : ImGuiKey_0 + digit;
    }
    for (const Named& sign : kSigns) {
        if (key == sign.code) {
            return sign.key;
        }
    }
    for (const Named& named : kNamed) {
        if (code == named.code) {
            return named.key;
        }
    }
    if (const int number = number_after(code, "F", 1, 12); number > 0) {
        return ImGuiKey_F1 + number - 1;
    }
    if (const int digit = number_after(code, "Numpad", 0, 9); digit >= 0) {
        return ImGuiKey_Keypad0 + digit;
    }
    // A letter of another script: the key's place on the keyboard.
    return code.size() == 4 && code.substr(0, 3) == "Key" ? letter(code[3]) : static_cast<int>(ImGuiKey_None);
}

}  // namespace entente::platform
