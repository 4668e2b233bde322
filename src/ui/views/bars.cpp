#include "ui/views/bars.hpp"

#include <imgui.h>

namespace entente::ui {

void BarBatch::draw(ImDrawList* list) const {
    if (!bars_.empty()) {
        list->AddCallback(bars_callback, const_cast<BarBatch*>(this));
    }
}

void bars_callback(const ImDrawList*, const ImDrawCmd*) {}

}  // namespace entente::ui
