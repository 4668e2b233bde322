// The status page as nodes: what it says, in which order, and what a reader's browser remembers of it.
#include <algorithm>
#include <map>
#include <string>

#include <doctest.h>

#include "app/status/page.hpp"
#include "share/fingerprint.hpp"

using namespace entente;
using namespace entente::status;

namespace {

const Day kToday = *day_from(2026, 5, 21);

share::Opened opened(std::uint64_t revision = 3, std::uint8_t key = 7) {
    share::Opened opened;
    opened.info.share_id = 42;
    opened.info.publisher.fill(key);
    opened.info.revision = revision;
    opened.info.issued = at_minute(kToday - 1, 970);
    opened.info.expires = kToday + 13;
    share::Status& status = opened.status;
    status.house = "Harbour Street";
    status.project = "The Long Field";
    status.currency = *currency_from("GBP");
    status.milestones.push_back({"Picture lock", kToday + 5, kToday + 9, kToday + 2, share::Health::Late});
    status.milestones.push_back({"Delivery", std::nullopt, kToday + 50, std::nullopt, share::Health::OnTime});
    status.needs.push_back({share::NeedKind::Decision, "Which ending?", "Director", kToday + 1, 2, 0u, "", std::nullopt, ""});
    status.needs.push_back({share::NeedKind::Input, "Credits", "", kToday - 1, 0, {}, "Names go on a card.", std::nullopt, ""});
    status.changes.push_back({7, "Lose the dog", "", share::ChangeState::Agreed, kToday - 3, "Director", {}, 2, 62050});
    status.rounds.push_back({"Editing rounds", 3, 2});
    return opened;
}

std::string text_of_page(const Page& page) {
    std::string out;
    for (const Node& node : page.nodes) out += text_of(node) + ' ';
    return out;
}

std::string shown(const share::Opened& what, const Trust& trust = {}, Day today = kToday, Language language = Language::English) {
    return text_of_page(status_page(Locale(language), what, trust, today));
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

struct FakeStore {
    std::map<std::string, std::string> entries;
    Store store() {
        return {[this](const std::string& key) {
                    const auto found = entries.find(key);
                    return found == entries.end() ? std::nullopt : std::optional(found->second);
                },
                [this](const std::string& key, const std::string& value) { entries[key] = value; }};
    }
};

const Node* find(const Node& node, std::string_view tag) {
    if (node.tag == tag) return &node;
    for (const Node& child : node.children) {
        if (const Node* found = find(child, tag)) return found;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("the page says what matters first, each state with a shape and a word") {
    const std::string text = shown(opened());
    for (const char* part : {"Harbour Street", "issued Wed 20 May 2026, 16:10", "The Long Field", "Which ending?",
                             "\u25B2 by Fri 22 May, tomorrow", "Each day after that moves Picture lock by 2 working days.",
                             "\u25A0 overdue since Wed 20 May, yesterday", "Names go on a card.", "\u25A0 late", "promised 26 May",
                             "not promised", "from Sat 23 May to Sat 30 May", "CR-007 Lose the dog", "2 working days later",
                             "\u00A3620.50 without VAT", "\u25A0 3 of 2 used", "Read only.", "Valid until Wed 3 Jun 2026", "Revision 3"}) {
        CHECK_MESSAGE(holds(text, part), part);
    }
    CHECK(text.find("Which ending?") < text.find("Dates"));
    CHECK(holds(text, share::fingerprint(opened().info.publisher)));
    CHECK(!holds(text, "expired"));
}

TEST_CASE("an old or expired status says so before anything else") {
    CHECK(holds(shown(opened(), {}, kToday + 8), "\u25B2 Issued 9 days ago It may be out of date."));
    const std::string expired = [] {
        share::Opened late = opened();
        late.expired = true;
        return shown(late, {}, kToday + 20);
    }();
    CHECK(holds(expired, "\u25A0 This link expired on Wed 3 Jun 2026"));
    CHECK(expired.find("expired on") < expired.find("We need from you"));
}

TEST_CASE("what the house wrote keeps its own language") {
    const auto lang_of = [](Language page_language, share::LinkLanguage link_language) {
        share::Opened what = opened();
        what.info.language = link_language;
        const Page page = status_page(Locale(page_language), what, {}, kToday);
        const Node* heading = find(page.nodes.front(), "h1");
        for (const Attribute& attribute : heading->attributes) {
            if (attribute.name == "lang") return attribute.value;
        }
        return std::string();
    };
    CHECK(lang_of(Language::English, share::LinkLanguage::English).empty());
    CHECK(lang_of(Language::Welsh, share::LinkLanguage::Welsh).empty());
    CHECK(lang_of(Language::Welsh, share::LinkLanguage::English) == "en");
    CHECK(lang_of(Language::English, share::LinkLanguage::Welsh) == "cy");
}

TEST_CASE("texts of a link are text, whatever they hold") {
    share::Opened hostile = opened();
    hostile.status.project = "<script>alert(1)</script>";
    hostile.status.needs[0].question = "\" onclick=\"x\" <img src=x>";
    const Page page = status_page(Locale(Language::English), hostile, {}, kToday);
    for (const Node& node : page.nodes) CHECK(!find(node, "script"));
    CHECK(find(page.nodes.front(), "h1")->text == "<script>alert(1)</script>");
}

TEST_CASE("the first key seen is pinned") {
    FakeStore memory;
    CHECK(judge(memory.store(), opened(3)).verdict == Verdict::First);
    CHECK(judge(memory.store(), opened(3)).verdict == Verdict::Known);
    CHECK(judge(memory.store(), opened(4)).verdict == Verdict::Known);

    const Trust changed = judge(memory.store(), opened(5, 8));
    CHECK(changed.verdict == Verdict::KeyChanged);
    CHECK(changed.known == opened().info.publisher);
    CHECK(judge(memory.store(), opened(5, 8)).verdict == Verdict::KeyChanged);  // seeing it once does not make it trusted
    CHECK(judge(memory.store(), opened(4)).verdict == Verdict::Known);

    trust_key(memory.store(), opened(5, 8));
    CHECK(judge(memory.store(), opened(5, 8)).verdict == Verdict::Known);
    CHECK(judge(memory.store(), opened(4)).verdict == Verdict::KeyChanged);
}

TEST_CASE("another share with the names of a known one is noticed") {
    FakeStore memory;
    judge(memory.store(), opened());
    share::Opened forged = opened(9, 8);
    forged.info.share_id = 43;
    CHECK(judge(memory.store(), forged).verdict == Verdict::KeyChanged);
    forged.status.project = "Another film";
    CHECK(judge(memory.store(), forged).verdict == Verdict::First);
    const std::string text = shown(opened(9, 8), judge(memory.store(), opened(9, 8)));
    CHECK(holds(text, "Signed with another key than before"));
    CHECK(holds(text, share::fingerprint(opened().info.publisher)));
    CHECK(holds(text, share::fingerprint(opened(9, 8).info.publisher)));
}

TEST_CASE("an older revision is refused") {
    FakeStore memory;
    judge(memory.store(), opened(5));
    const Trust trust = judge(memory.store(), opened(4));
    CHECK(trust.verdict == Verdict::OlderRevision);
    CHECK(trust.newest_revision == 5);
    const std::string text = text_of_page(older_page(Locale(Language::English), opened(4), trust));
    CHECK(holds(text, "There is a newer status"));
    CHECK(!holds(text, "Which ending?"));
    CHECK(judge(memory.store(), opened(5)).verdict == Verdict::Known);
}

TEST_CASE("a store that is broken or full of nonsense forgets, and shows") {
    FakeStore memory;
    judge(memory.store(), opened());
    for (auto& [key, value] : memory.entries) value = "nonsense 1";
    CHECK(judge(memory.store(), opened()).verdict == Verdict::First);
    const Store nothing{[](const std::string&) { return std::nullopt; }, [](const std::string&, const std::string&) {}};
    CHECK(judge(nothing, opened()).verdict == Verdict::First);
    CHECK(judge(nothing, opened(1, 8)).verdict == Verdict::First);
}

TEST_CASE("every page speaks Welsh") {
    const Locale welsh(Language::Welsh), english(Language::English);
    const Error error{ErrorCode::Damaged, msg("This link was altered or damaged. It was not opened."), "",
                      msg("Ask the post house to send it again.")};
    CHECK(text_of_page(empty_page(welsh)) != text_of_page(empty_page(english)));
    CHECK(text_of_page(error_page(welsh, error)) != text_of_page(error_page(english, error)));
    CHECK(text_of_page(passphrase_page(welsh, error, true)) != text_of_page(passphrase_page(english, error, true)));
    const std::string page = shown(opened(), {}, kToday, Language::Welsh);
    for (const char* part : {"Dates", "working day", "Read only", "overdue", "used"}) CHECK_MESSAGE(!holds(page, part), part);
}
