// Names of files and folders made of names that people gave: nothing in them that any system refuses or reads as a path.
#pragma once

#include <string>
#include <string_view>

namespace entente::app {

// At most 120 bytes, valid UTF-8, without controls and / \ : * ? " < > |, not beginning or ending in a dot or a space, none of the
// names that Windows keeps for devices; `otherwise` where nothing is left.
std::string file_name(std::string_view name, std::string_view otherwise);

}  // namespace entente::app
