#pragma once
// How Dear ImGui is compiled, for the library and for everybody who includes imgui.h (IMGUI_USER_CONFIG).
//
// - The item hooks (IMGUI_ENABLE_TEST_ENGINE) feed the semantic tree; the ui layer implements them.
// - No obsolete names, no demo windows, no debug tools, no file access: the program never reads or writes imgui.ini.
// - 32-bit indices: one draw list may hold a whole schedule.

#define IMGUI_ENABLE_TEST_ENGINE
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_OBSOLETE_KEYIO
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_WIN32_FUNCTIONS
#define ImDrawIdx unsigned int
