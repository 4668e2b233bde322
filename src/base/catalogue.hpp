// The compiled message catalogues: what scripts/compile_po makes of assets/locale/{en,cy}.po at build time.
//
// Entries are sorted by key (byte order). A key is the English text, or msgctxt + '\x04' + text. Welsh has six plural
// forms in CLDR order (zero one two few many other), English two (one other). An empty form means: not translated.
#pragma once

#include <span>
#include <string_view>

namespace entente {

struct CatalogueEntry {
    std::string_view key;
    std::string_view forms[6];
    int form_count = 1;
};

extern const std::span<const CatalogueEntry> kCatalogueEn;
extern const std::span<const CatalogueEntry> kCatalogueCy;

}  // namespace entente
