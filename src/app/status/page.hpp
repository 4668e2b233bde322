// The pages a status link leads to, as Nodes: the status itself, the passphrase form, and what is said where there is
// nothing to show. Pure: what they show follows from their arguments.
#pragma once

#include <optional>
#include <string>

#include "app/status/node.hpp"
#include "app/status/trust.hpp"
#include "base/locale.hpp"
#include "base/result.hpp"
#include "share/link.hpp"

namespace entente::status {

inline constexpr std::string_view kFormId = "unlock";
inline constexpr std::string_view kPassphraseId = "passphrase";
inline constexpr std::string_view kLanguageId = "language";
inline constexpr std::string_view kHeadingId = "heading";

// <main> and <footer> of a page, its title and the language of the document.
struct Page {
    std::string title;
    std::vector<Node> nodes;
};

Page status_page(const Locale& locale, const share::Opened& opened, const Trust& trust, Day today);
// Nothing behind the address: says what this page is.
Page empty_page(const Locale& locale);
Page error_page(const Locale& locale, const Error& error);
// A status that is older than one this browser has shown.
Page older_page(const Locale& locale, const share::Opened& opened, const Trust& trust);
// `wrong`: what to say about the last attempt. `working`: the key is being derived.
Page passphrase_page(const Locale& locale, const std::optional<Error>& wrong, bool working);

}  // namespace entente::status
