// The compiled catalogues as a whole, and what Welsh makes of real entries. That every text of the sources has its Welsh
// is the house's catalogue check; here stands what holds for each entry that was compiled.
#include <doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/locale.hpp"
#include "base/text.hpp"

using namespace entente;

namespace {

// The English of a key: what follows its context.
std::string_view english_of(const CatalogueEntry& entry) {
    const std::size_t mark = entry.key().find('\x04');
    return mark == std::string_view::npos ? entry.key() : entry.key().substr(mark + 1);
}

std::set<char> placeholders(std::string_view text) {
    std::set<char> out;
    for (std::size_t at = 0; at + 2 < text.size(); ++at) {
        if (text[at] != '{' || text[at + 2] != '}') continue;
        const char name = text[at + 1];
        if (name == 'n' || (name >= '0' && name <= '9')) out.insert(name);
    }
    return out;
}

std::vector<std::string_view> forms_of(const CatalogueEntry& entry) {
    std::vector<std::string_view> forms;
    for (int i = 0; i < entry.form_count; ++i) forms.push_back(entry.form(i));
    return forms;
}

// The sign that a text closes with, as far as both languages have it in common.
std::string_view closing(std::string_view text) {
    for (const std::string_view mark : {"\u2026", ".", ":", "?", "!", " "}) {
        if (text.size() >= mark.size() && text.substr(text.size() - mark.size()) == mark) return mark;
    }
    return {};
}

void check_table(std::span<const CatalogueEntry> table, int plural_forms) {
    for (std::size_t i = 1; i < table.size(); ++i) REQUIRE(table[i - 1].key() < table[i].key());
    for (const CatalogueEntry& entry : table) {
        CAPTURE(entry.key());
        const bool sound = entry.form_count == 1 || entry.form_count == plural_forms;
        REQUIRE(sound);
        for (const std::string_view form : forms_of(entry)) {
            CHECK_FALSE(trim(form).empty());
            CHECK(valid_utf8(form));
            CHECK(clean_utf8(form) == form);
            CHECK(form.data()[form.size()] == '\0');  // tr() hands it out as a C string
        }
    }
}

std::string cy(const Message& message) { return Locale(Language::Welsh).text(message); }

}  // namespace

TEST_CASE("catalogues: sorted, whole, and of the right number of forms") {
    REQUIRE(kCatalogueCy.size() > 500);
    check_table(kCatalogueCy, 6);
    check_table(kCatalogueEn, 2);
    for (const CatalogueEntry& english : kCatalogueEn) {
        const auto found = std::find_if(kCatalogueCy.begin(), kCatalogueCy.end(),
                                        [&](const CatalogueEntry& welsh) { return welsh.key() == english.key(); });
        CAPTURE(english.key());
        CHECK(found != kCatalogueCy.end());
    }
}

TEST_CASE("catalogues: each Welsh form says all that the English says") {
    for (const CatalogueEntry& entry : kCatalogueCy) {
        std::set<char> wanted = placeholders(english_of(entry));
        wanted.erase('n');
        const std::vector<std::string_view> forms = forms_of(entry);
        for (std::size_t form = 0; form < forms.size(); ++form) {
            CAPTURE(entry.key());
            CAPTURE(forms[form]);
            std::set<char> has = placeholders(forms[form]);
            // None, one and two may be said in words; from three on the figure must stand.
            if (forms.size() == 6 && form >= 3) CHECK(has.count('n') == 1);
            if (forms.size() == 1) CHECK(has.count('n') == 0);
            has.erase('n');
            CHECK(has == wanted);
        }
    }
}

TEST_CASE("catalogues: Welsh texts close as the English ones do") {
    for (const CatalogueEntry& entry : kCatalogueCy) {
        for (const std::string_view form : forms_of(entry)) {
            CAPTURE(entry.key());
            CAPTURE(form);
            CHECK(closing(form) == closing(english_of(entry)));
            CHECK(form.find("  ") == std::string_view::npos);
            CHECK((form.front() == ' ') == (english_of(entry).front() == ' '));
        }
    }
}

TEST_CASE("catalogues: every entry is found, in its context too") {
    const Locale welsh(Language::Welsh);
    for (const CatalogueEntry& entry : kCatalogueCy) {
        const std::size_t mark = entry.key().find('\x04');
        CAPTURE(entry.key());
        if (mark == std::string_view::npos) CHECK(welsh.tr(entry.key()) == entry.form(0));
        else CHECK(welsh.trc(entry.key().substr(0, mark), entry.key().substr(mark + 1)) == entry.form(0));
    }
}

TEST_CASE("Welsh: nouns change after numbers") {
    const auto days = [](std::int64_t n) { return cy(msgn("{n} day", "{n} days", n)); };
    const auto months = [](std::int64_t n) { return cy(msgn("in {n} month", "in {n} months", n)); };
    const auto tasks = [](std::int64_t n) { return cy(msgn("{n} task", "{n} tasks", n)); };
    const auto milestones = [](std::int64_t n) { return cy(msgn("{n} milestone", "{n} milestones", n)); };
    struct Row {
        std::int64_t n;
        const char *days, *months, *tasks, *milestones;
    };
    const Row rows[] = {
        {0, "0 diwrnod", "ymhen 0 mis", "dim tasgau", "dim cerrig milltir"},
        {1, "1 diwrnod", "ymhen 1 mis", "1 dasg", "1 garreg filltir"},
        {2, "2 ddiwrnod", "ymhen 2 fis", "2 dasg", "2 garreg filltir"},
        {3, "3 diwrnod", "ymhen 3 mis", "3 tasg", "3 carreg filltir"},
        {4, "4 diwrnod", "ymhen 4 mis", "4 tasg", "4 carreg filltir"},
        {5, "5 diwrnod", "ymhen 5 mis", "5 tasg", "5 carreg filltir"},
        {6, "6 diwrnod", "ymhen 6 mis", "6 thasg", "6 charreg filltir"},
        {7, "7 diwrnod", "ymhen 7 mis", "7 tasg", "7 carreg filltir"},
        {8, "8 diwrnod", "ymhen 8 mis", "8 tasg", "8 carreg filltir"},
        {9, "9 diwrnod", "ymhen 9 mis", "9 tasg", "9 carreg filltir"},
        {10, "10 diwrnod", "ymhen 10 mis", "10 tasg", "10 carreg filltir"},
        {11, "11 diwrnod", "ymhen 11 mis", "11 tasg", "11 carreg filltir"},
        {12, "12 diwrnod", "ymhen 12 mis", "12 tasg", "12 carreg filltir"},
    };
    for (const Row& row : rows) {
        CHECK(days(row.n) == row.days);
        CHECK(months(row.n) == row.months);
        CHECK(tasks(row.n) == row.tasks);
        CHECK(milestones(row.n) == row.milestones);
    }
    CHECK(days(-1) == "\u22121 diwrnod");
    CHECK(days(-2) == "\u22122 ddiwrnod");
    CHECK(Locale().text(msgn("{n} day", "{n} days", -1)) == "\u22121 day");
    CHECK(days(1206) == "1,206 diwrnod");
    CHECK(tasks(106) == "106 tasg");  // only 6 itself is "many"
}

TEST_CASE("Welsh: every form of every plural is one that some number asks for") {
    std::set<int> asked;
    for (std::int64_t n = 0; n <= 12; ++n) {
        const int form = plural_form(Language::Welsh, n);
        asked.insert(form);
        for (const CatalogueEntry& entry : kCatalogueCy) {
            if (entry.form_count != 6) continue;
            Message message = msg(english_of(entry));
            message.plural = message.id;
            message.count = n;
            const std::size_t mark = entry.key().find('\x04');
            if (mark != std::string_view::npos) message.context = entry.key().substr(0, mark);
            const std::string text = cy(message);
            CAPTURE(text);
            CHECK(text.find("{n}") == std::string::npos);
            const bool has_figure = entry.form(form).find("{n}") != std::string_view::npos;
            CHECK((text.find(std::to_string(n)) != std::string::npos || !has_figure));
        }
    }
    CHECK(asked == std::set<int>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("Welsh: dates, lengths and distances in time") {
    const Locale welsh(Language::Welsh);
    const Day monday = *day_from(2026, 1, 5);
    const char* days[] = {"Llun 5 Ion", "Maw 6 Ion", "Mer 7 Ion", "Iau 8 Ion", "Gwe 9 Ion", "Sad 10 Ion", "Sul 11 Ion"};
    for (int i = 0; i < 7; ++i) CHECK(welsh.date_weekday(monday + i) == days[i]);
    const char* months[] = {"Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag"};
    for (int month = 1; month <= 12; ++month) CHECK(welsh.month(*day_from(2026, month, 1)) == std::string(months[month - 1]) + " 2026");
    CHECK(welsh.relative(monday, monday) == "heddiw");
    CHECK(welsh.relative(monday + 1, monday) == "yfory");
    CHECK(welsh.relative(monday - 1, monday) == "ddoe");
    CHECK(welsh.relative(monday + 2, monday) == "ymhen 2 ddiwrnod");
    CHECK(welsh.relative(monday - 3, monday) == "3 diwrnod yn \u00F4l");
    CHECK(welsh.relative(monday + 35, monday) == "ymhen 5 wythnos");
    CHECK(welsh.relative(monday - 90, monday) == "2 fis yn \u00F4l");
    CHECK(welsh.duration(2 * 480, 480) == "2 ddiwrnod");
    CHECK(welsh.duration(720, 480) == "1.5 diwrnod");
    CHECK(welsh.duration(480 + 120, 480) == "1 diwrnod, 2 awr");
    CHECK(welsh.duration(2, 480) == "2 funud");
}

TEST_CASE("Welsh: names and dates stand in a sentence as they are") {
    const Day day = *day_from(2026, 3, 4);
    CHECK(cy(msg("Added {0}", "Picture lock")) == "Ychwanegwyd Picture lock");
    CHECK(cy(msg("Renamed {0} to {1}", "Cut", "Mix")) == "Newidiwyd enw Cut i \u201CMix\u201D");
    CHECK(cy(msg("\u201C{0}\u201D has to start by {1}.", "Grade", day)) == "Rhaid i \u201CGrade\u201D ddechrau erbyn dydd Mer 4 Maw 2026.");
    CHECK(cy(msgn("{0} moves by {n} working day, to {1}.", "{0} moves by {n} working days, to {1}.", 2, "Picture lock", day)) ==
          "Mae Picture lock yn symud 2 ddiwrnod gwaith, i ddydd Mer 4 Maw 2026.");
}
