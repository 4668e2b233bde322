#include "ui/actions.hpp"

#include <algorithm>

namespace entente::ui {

bool wants_key(int chord) {
    for (const Action& action : kActions) {
        if (action.chord == chord) return true;
    }
    constexpr std::array<int, 10> kMoves = {
        ImGuiKey_UpArrow, ImGuiKey_DownArrow, ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Home, ImGuiKey_End, ImGuiKey_PageUp,
        ImGuiKey_PageDown, ImGuiMod_Shift | ImGuiKey_LeftArrow, ImGuiMod_Shift | ImGuiKey_RightArrow};
    return std::find(kMoves.begin(), kMoves.end(), chord) != kMoves.end();
}

}  // namespace entente::ui
