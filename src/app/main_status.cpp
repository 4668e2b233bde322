// The status page: opens the link it was called with and puts it on the page. No vault, no editing, no server.
#include <optional>
#include <string>

#include "app/status/page.hpp"
#include "platform/web/status_dom.hpp"

namespace {

using namespace entente;
namespace dom = entente::platform::status_dom;

const std::string kLanguageKey = "entente.status.1.language";

// All that the page knows between two events.
struct State {
    std::string link;
    Language language = Language::English;
    bool language_chosen = false;               // by the reader, here or on an earlier visit
    std::optional<share::PassphraseKey> key;
    std::string passphrase;                     // while its key is being derived
    std::optional<Error> problem;               // with the last passphrase
    bool working = false;
};
State state;

status::Store store() {
    return {[](const std::string& key) { return dom::stored(key); },
            [](const std::string& key, const std::string& value) { dom::store(key, value); }};
}

void put(const status::Node& node) {
    dom::open(node.tag, node.style, node.text);
    for (const status::Attribute& attribute : node.attributes) dom::attribute(attribute.name, attribute.value);
    if (node.press != status::Press::None) dom::press(static_cast<int>(node.press));
    for (const status::Node& child : node.children) put(child);
    dom::close();
}

void put(const status::Page& page, std::string_view focus) {
    dom::begin_page();
    for (const status::Node& node : page.nodes) put(node);
    dom::end_page(page.title, Locale(state.language).code(), focus);
}

void choose_language(const share::LinkInfo& info) {
    if (state.language_chosen) return;
    state.language = info.language == share::LinkLanguage::Welsh ? Language::Welsh : Language::English;
}

void show(std::string_view focus) {
    if (state.link.empty() || state.link == "#") return put(status::empty_page(Locale(state.language)), focus);
    const auto outline = share::outline_link(state.link);
    if (!outline) return put(status::error_page(Locale(state.language), outline.error()), focus);
    if (outline->needs_passphrase && !state.key) {
        const std::string_view to = state.working ? std::string_view() : status::kPassphraseId;
        return put(status::passphrase_page(Locale(state.language), state.problem, state.working), focus.empty() ? to : focus);
    }
    const auto opened = share::open_link(state.link, dom::today(), state.key);
    if (!opened && opened.error().code == ErrorCode::WrongSecret) {
        state.key.reset();
        state.problem = opened.error();
        return put(status::passphrase_page(Locale(state.language), state.problem, false), status::kPassphraseId);
    }
    if (!opened) return put(status::error_page(Locale(state.language), opened.error()), focus);
    choose_language(opened->info);
    const Locale locale(state.language);
    const status::Trust trust = status::judge(store(), *opened);
    if (trust.verdict == status::Verdict::OlderRevision) return put(status::older_page(locale, *opened, trust), focus);
    put(status::status_page(locale, *opened, trust, dom::today()), focus);
}

void opened() {
    state = State{};
    state.link = dom::fragment();
    const std::optional<std::string> chosen = dom::stored(kLanguageKey);
    state.language_chosen = chosen == "cy" || chosen == "en";
    const bool welsh = state.language_chosen ? *chosen == "cy" : dom::prefers_welsh();
    state.language = welsh ? Language::Welsh : Language::English;
    show({});
}

void trust_this_key() {
    const auto link = share::open_link(state.link, dom::today(), state.key);
    if (link) status::trust_key(store(), *link);
    show(status::kHeadingId);
}

void pressed(int action) {
    switch (static_cast<status::Press>(action)) {
        case status::Press::ToggleLanguage:
            state.language = state.language == Language::Welsh ? Language::English : Language::Welsh;
            state.language_chosen = true;
            dom::store(kLanguageKey, Locale(state.language).code());
            show(status::kLanguageId);
            break;
        case status::Press::Print: dom::print(); break;
        case status::Press::TrustKey: trust_this_key(); break;
        case status::Press::None: break;
    }
}

// A fifth of a second with 64 MiB. In the page itself: a worker would need a second copy of this module, and there is nothing
// else on the page that could go on meanwhile.
void derive() {
    const auto outline = share::outline_link(state.link);
    if (outline) state.key = share::passphrase_key(state.passphrase, outline->key);
    state.passphrase.assign(state.passphrase.size(), '\0');
    state.passphrase.clear();
    state.working = false;
    if (!state.key) {
        state.problem = Error{ErrorCode::TooLarge, msg("This device has too little memory to open the link."), "",
                              msg("Close other pages, or open it on a computer.")};
    }
    show(state.key ? status::kHeadingId : std::string_view());
}

void submitted() {
    if (state.working) return;
    state.passphrase = dom::value_of(status::kPassphraseId);
    state.problem.reset();
    state.working = true;
    show({});
    dom::after_paint(derive);
}

}  // namespace

int main() {
    dom::listen({opened, pressed, submitted});
    opened();
    return 0;
}
