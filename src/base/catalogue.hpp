// The compiled message catalogues: what scripts/compile_po makes of assets/locale/{en,cy}.po at build time.
//
// Entries are sorted by key (byte order). A key is the English text, or msgctxt + '\x04' + text. Welsh has six plural
// forms in CLDR order (zero one two few many other), English two (one other). A text that reads as its key is left out. An entry is
// three words, not a view for each form: the page carries more than a thousand.
#pragma once

#include <cstring>
#include <span>
#include <string_view>

namespace entente {

struct CatalogueEntry {
    const char* key_text;
    const char* form_texts;  // one after the other, each with its NUL
    int form_count;

    std::string_view key() const { return key_text; }
    // NUL-terminated; 0 <= index < form_count.
    std::string_view form(int index) const {
        const char* text = form_texts;
        for (; index > 0; --index) text += std::strlen(text) + 1;
        return text;
    }
};

extern const std::span<const CatalogueEntry> kCatalogueEn;
extern const std::span<const CatalogueEntry> kCatalogueCy;

}  // namespace entente
