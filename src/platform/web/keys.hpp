// From the browser's names of keys to Dear ImGui's.
#pragma once

#include <string_view>

namespace entente::platform {

// `key` and `code` of a KeyboardEvent; ImGuiKey_None (0) for a key the program has no use for.
int imgui_key(std::string_view key, std::string_view code);

}  // namespace entente::platform
