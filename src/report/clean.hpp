// What every way out does to a document's texts before anything else, so that no caller can forget it.
#pragma once

#include <string>
#include <string_view>

#include "report/document.hpp"

namespace entente::report {

// Valid UTF-8 without controls and without marks that turn the direction of writing; every kind of line end is a line feed, a tab a space.
std::string clean_text(std::string_view text);
// The same of every text in it.
Document cleaned(Document document);

}  // namespace entente::report
