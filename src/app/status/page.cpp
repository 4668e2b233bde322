#include "app/status/page.hpp"

#include "app/status/parts.hpp"
#include "share/fingerprint.hpp"

namespace entente::status {

namespace {

constexpr int kOldDays = 7;  // from then on the age is said in a notice of its own, not in passing

Node language_button(const Locale& locale) {
    // In its own language, so that those who need it can read it.
    const bool welsh = locale.language() == Language::Welsh;
    Node button = make("button", "link", welsh ? "English" : "Cymraeg");
    button.set("type", "button").set("id", std::string(kLanguageId)).set("lang", welsh ? "en" : "cy");
    button.press = Press::ToggleLanguage;
    return button;
}

Node plain_footer(const Locale& locale) {
    Node footer = make("footer");
    footer.add(make("p", "tools")).add(language_button(locale));
    return footer;
}

// A page that shows no status.
Page plain_page(const Locale& locale, std::string heading, std::vector<Node> content) {
    Page page;
    page.title = heading + " \xE2\x80\x93 Entente";
    Node main = make("main", "plain");
    main.add(make("h1", "", std::move(heading))).set("id", std::string(kHeadingId)).set("tabindex", "-1");
    for (Node& node : content) main.add(std::move(node));
    page.nodes.push_back(std::move(main));
    page.nodes.push_back(plain_footer(locale));
    return page;
}

Node header(const Context& c, const share::Opened& opened) {
    const share::LinkInfo& info = opened.info;
    Node header = make("header");
    const std::string when = c.locale.date(day_of(info.issued)) + ", " + c.locale.clock(minute_of_day(info.issued));
    Node& line = header.add(make("p", "issued"));
    line.add(house_text(c, "span", "", opened.status.house));
    line.add(make("span", "dot", "\xC2\xB7")).set("aria-hidden", "true");
    line.add(make("span", "", c.locale.text(msg("issued {0}", when))));
    header.add(house_text(c, "h1", "", opened.status.project)).set("id", std::string(kHeadingId)).set("tabindex", "-1");
    if (!opened.status.client.empty()) {
        header.add(make("p", "client", c.locale.text(msgc("client", "for {0}", opened.status.client))));
    }
    if (opened.status.sample) header.add(make("p", "sample", c.locale.tr("This is an invented project, made to try things out.")));
    return header;
}

Node notice(std::string_view style, std::string_view shape, std::string title, std::string text) {
    Node box = make("section", style);
    Node& heading = box.add(make("h2"));
    heading.add(make("span", "shape", std::string(shape))).set("aria-hidden", "true");
    heading.add(make("span", "", std::move(title)));
    box.add(make("p", "", std::move(text)));
    return box;
}

// What has to be known before anything else is read.
void add_notices(const Context& c, Node& main, const share::Opened& opened, const Trust& trust) {
    if (trust.verdict == Verdict::KeyChanged) {
        Node& box = main.add(notice("notice bad", kSquare, c.locale.tr("Signed with another key than before"),
                                    c.locale.tr("Earlier statuses of this project were signed with a different key. It may be a new "
                                                "computer at the post house, or somebody else. Ring them and compare these words "
                                                "before you rely on this page.")));
        Node& words = box.add(make("dl", "keys"));
        words.add(make("dt", "", c.locale.trc("key", "Before")));
        words.add(make("dd", "", share::fingerprint(trust.known)));
        words.add(make("dt", "", c.locale.trc("key", "Now")));
        words.add(make("dd", "", share::fingerprint(opened.info.publisher)));
        Node& button = box.add(make("button", "", c.locale.tr("The words are right: trust the new key")));
        button.set("type", "button");
        button.press = Press::TrustKey;
    }
    const Day issued = day_of(opened.info.issued);
    if (opened.expired) {
        main.add(notice("notice bad", kSquare, c.locale.text(msg("This link expired on {0}", opened.info.expires)),
                        c.locale.text(msg("What follows is how things stood on {0}. Ask for a new link before you rely on it.",
                                          issued))));
    } else if (c.today - issued >= kOldDays) {
        main.add(notice("notice warn", kTriangle, c.locale.text(msg("Issued {0}", c.locale.relative(issued, c.today))),
                        c.locale.tr("It may be out of date. Ask for the newest link before you rely on a date.")));
    }
}

Node status_footer(const Context& c, const share::Opened& opened) {
    Node footer = make("footer");
    Node& signature = footer.add(make("p"));
    signature.add(make("span", "", c.locale.tr("Read only.")));
    signature.add(make("span", "", c.locale.text(msg("Signed by {0}:", opened.status.house))));
    signature.add(make("strong", "words", share::fingerprint(opened.info.publisher))).set("lang", "en");
    footer.add(make("p", "", c.locale.text(msg("Issued {0}; it may be out of date. Valid until {1}. Revision {2}.",
                                               c.locale.relative(day_of(opened.info.issued), c.today), opened.info.expires,
                                               c.locale.number(static_cast<std::int64_t>(opened.info.revision))))));
    Node& tools = footer.add(make("p", "tools"));
    tools.add(language_button(c.locale));
    Node& print = tools.add(make("button", "link", c.locale.tr("Print")));
    print.set("type", "button");
    print.press = Press::Print;
    return footer;
}

}  // namespace

Page status_page(const Locale& locale, const share::Opened& opened, const Trust& trust, Day today) {
    const bool same_language = (opened.info.language == share::LinkLanguage::Welsh) == (locale.language() == Language::Welsh);
    const Context c{locale, opened.status, today, same_language ? std::string()
                                                  : opened.info.language == share::LinkLanguage::Welsh ? "cy" : "en"};
    Page page;
    page.title = opened.status.project + " \xE2\x80\x93 " + opened.status.house;
    page.nodes.push_back(header(c, opened));
    Node main = make("main");
    add_notices(c, main, opened, trust);
    add_needs(c, main);
    add_dates(c, main);
    add_moves(c, main);
    add_changes(c, main);
    add_tasks(c, main);
    add_actions(c, main);
    add_risks(c, main);
    add_rounds(c, main);
    add_agreements(c, main);
    page.nodes.push_back(std::move(main));
    page.nodes.push_back(status_footer(c, opened));
    return page;
}

Page empty_page(const Locale& locale) {
    std::vector<Node> content;
    content.push_back(make("p", "", locale.tr("This page shows where a film or programme stands: its dates, what the post house needs "
                                              "from you, and what was agreed.")));
    content.push_back(make("p", "", locale.tr("Everything it shows is inside the link itself. Open the whole link that the post house "
                                              "sent you; nothing is asked from a server, and nobody is told that you read it.")));
    return plain_page(locale, locale.tr("A status page without a status"), std::move(content));
}

Page error_page(const Locale& locale, const Error& error) {
    std::vector<Node> content;
    Node what = make("p", "lead");
    what.set("role", "alert");
    what.add(make("span", "shape bad", std::string(kSquare))).set("aria-hidden", "true");
    what.add(make("span", "", locale.text(error.what)));
    content.push_back(std::move(what));
    if (!error.remedy.empty()) content.push_back(make("p", "", locale.text(error.remedy)));
    return plain_page(locale, locale.tr("This status cannot be shown"), std::move(content));
}

Page older_page(const Locale& locale, const share::Opened& opened, const Trust& trust) {
    std::vector<Node> content;
    content.push_back(make("p", "lead", locale.text(msg("You have already opened a newer status of {0}, issued {1}.",
                                                        opened.status.project, locale.time(trust.newest_issued)))));
    content.push_back(make("p", "", locale.text(msg("This link is older, issued {0}, and is not shown, so that old dates are not taken "
                                                    "for new ones. Open the newest link, or ask {1} for it.",
                                                    locale.time(opened.info.issued), opened.status.house))));
    return plain_page(locale, locale.tr("There is a newer status"), std::move(content));
}

Page passphrase_page(const Locale& locale, const std::optional<Error>& wrong, bool working) {
    std::vector<Node> content;
    content.push_back(make("p", "", locale.tr("The post house protected this status with a passphrase. It was given to you apart from "
                                              "the link.")));
    Node form = make("form", "unlock");
    form.set("id", std::string(kFormId));
    form.add(make("label", "", locale.tr("Passphrase"))).set("for", std::string(kPassphraseId));
    Node input = make("input");
    input.set("id", std::string(kPassphraseId)).set("type", "password").set("autocomplete", "off").set("spellcheck", "false");
    input.set("autocapitalize", "none");
    if (wrong) input.set("aria-invalid", "true").set("aria-describedby", "problem");
    Node button = make("button", "", locale.trc("button", "Open"));
    button.set("type", "submit");
    if (working) {
        input.set("disabled", "");
        button.set("disabled", "");
    }
    form.add(std::move(input));
    form.add(std::move(button));
    content.push_back(std::move(form));
    Node state = make("p", wrong ? "bad" : "quiet");
    state.set("id", "problem").set("role", wrong ? "alert" : "status");
    if (wrong) {
        state.add(make("span", "shape", std::string(kSquare))).set("aria-hidden", "true");
        state.add(make("span", "", locale.text(wrong->what) + ' ' + locale.text(wrong->remedy)));
    } else if (working) {
        state.text = locale.tr("Opening. This takes a moment on purpose: it slows down anyone who guesses.");
    }
    content.push_back(std::move(state));
    return plain_page(locale, locale.tr("This status is locked"), std::move(content));
}

}  // namespace entente::status
