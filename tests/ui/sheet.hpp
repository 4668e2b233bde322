// A sheet: Dear ImGui without a screen, for what its lists draw. One foreground list a frame; the font's atlas as the raster reads it.
#pragma once

#include <imgui.h>

#include <functional>

#include "ui/raster.hpp"

namespace entente::ui {

class Sheet {
public:
    Sheet(int width, int height) {
        ImGui::SetCurrentContext(context_);
        ImGuiIO& io = ImGui::GetIO();
        io.DisplaySize = ImVec2(static_cast<float>(width), static_cast<float>(height));
        io.IniFilename = nullptr;
        io.Fonts->AddFontDefault();
        ImGui::GetStyle().AntiAliasedLinesUseTex = false;  // as the theme has it: lines are geometry
        unsigned char* alpha = nullptr;
        io.Fonts->GetTexDataAsAlpha8(&alpha, &atlas_.width, &atlas_.height);
        atlas_.alpha = alpha;
    }
    ~Sheet() { ImGui::DestroyContext(context_); }
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    // The frame's lists, until the next frame.
    const ImDrawData& frame(const std::function<void(ImDrawList&)>& what) {
        ImGui::NewFrame();
        what(*ImGui::GetForegroundDrawList());
        ImGui::Render();
        return *ImGui::GetDrawData();
    }
    const RasterAtlas& atlas() const { return atlas_; }

private:
    ImGuiContext* context_ = ImGui::CreateContext();
    RasterAtlas atlas_;
};

}  // namespace entente::ui
