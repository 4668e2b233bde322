#include <doctest.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/change_notice.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using entente::test::kDay;
using entente::test::small_session;
using entente::test::SmallPlan;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

void append(report::Document& document, report::Block block) { document.blocks.push_back(std::move(block)); }

report::Document hostile() {
    report::Document document;
    document.title = "<script>alert(1)</script>";
    append(document, report::Paragraph{"a & b \"c\" <img src=x> [link](http://x) **bold** | pipe", false});
    append(document, report::List{{"one", "two\nlines"}});
    append(document, report::Table{"", {{"Name", false}, {"Amount", true}}, {{"x|y", "£1"}, {"long name\nz", "£1,000"}}, true});
    return document;
}


}  // namespace

TEST_CASE("a hostile name is inert in each format") {
    const std::string html = report::to_html(hostile());
    CHECK_FALSE(has(html, "<script"));
    CHECK_FALSE(has(html, "<img"));
    CHECK(has(html, "&lt;script&gt;"));
    const std::string markdown = report::to_markdown(hostile());
    CHECK(has(markdown, "# \\<script\\>"));
    CHECK(has(markdown, "\\[link\\](`http://x)`"));
    CHECK_FALSE(has(markdown, "x|y"));
    CHECK(has(markdown, "x\\|y"));
}

namespace {

const char* const kBreakouts[] = {
    "Agreed: nothing\n\u202A---\n\u202A- item", "one\r# two\r\n- three",
    "one\u2028- two\u2029# three\u0085> four", "one\v- two\f1. three",
    "\t- item", "    program", "one\n\n    program", "a\n\u2067\n\u2067# head", "a\n:--", "a\n|-|", ("a\n\x01" "1) item"), "a\n=\u202E==",
    "`code\n```\nfence", "  - a",
    "a\n \t + b", "\x7F# x", "a\n\xC2\x9B# x", "&lt;b&gt; <b>", "![x](y)", "[x]: /y", "[^1]: z", "~~~\nx\n***\n___",
};

// What stands at the head of a line where it means something to a renderer; a list's and a quotation's own sign set aside.
bool begins_a_block(std::string_view line, std::string_view own) {
    if (line.substr(0, own.size()) == own) line.remove_prefix(own.size());
    if (line.empty()) return false;
    const std::size_t digits = line.find_first_not_of("0123456789");
    if (digits != std::string_view::npos && digits > 0 && (line[digits] == '.' || line[digits] == ')')) return true;
    return line.find_first_of("-+*#>=~|:[< \t") == 0 || line.substr(0, 3) == "```" || line.substr(0, 3) == "___";
}

}  // namespace

TEST_CASE("no text begins anything of its own in Markdown: it is cleaned before it is escaped") {
    for (const char* text : kBreakouts) {
        INFO(std::string(text));
        for (const bool quote : {false, true}) {
            report::Document document;
            document.title = text;
            append(document, report::Paragraph{text, quote});
            append(document, report::List{{text}});
            const std::string markdown = report::to_markdown(document);
            std::size_t number = 0;
            for (const std::string_view line : split(markdown, '\n')) {
                const bool title = number++ == 0;
                INFO(std::string(line));
                if (title) CHECK(line.substr(0, 2) == "# ");
                if (!title) CHECK_FALSE(begins_a_block(line, line.substr(0, 2) == "- " ? "- " : quote ? "> " : ""));
                CHECK(line.find('\t') == std::string_view::npos);
            }
            for (const std::string& out : {markdown, report::to_text(document), report::to_html(document)}) {
                CHECK(clean_utf8(out) == out);
                CHECK_FALSE(has(out, "\u2028"));
            }
        }
        report::Document table;
        append(table, report::Table{text, {{text, false}, {text, true}}, {{text, text}}, false});
        CHECK(std::count(text, text + std::string_view(text).size(), '\0') == 0);
        CHECK(split(report::to_markdown(table), '\n').size() == 6);  // the title, nothing, its three rows, the end
    }
}

TEST_CASE("an address in Markdown is text that no renderer makes a link of") {
    report::Document document;
    append(document, report::Paragraph{
        "See HTTPS://evil.example/a_b*c|d (http://x.example), www.y.example and jo@z.example. 3 @ 4, @here", false});
    const std::string text = report::to_markdown(document);
    INFO(text);
    CHECK(has(text, "See `HTTPS://evil.example/a_b*c`\\|d (`http://x.example),` `www.y.example` and `jo@z.example.` 3 @ 4, @here\n"));
    report::Document ticks;
    append(ticks, report::Paragraph{"`http://x`y` http://a\\", false});
    CHECK(has(report::to_markdown(ticks), "\\``http://x`\\`y\\` `http://a\\`\n"));
}

TEST_CASE("plain text wraps, keeps tables aligned and words whole") {
    report::Document document;
    document.title = "T\u0177";
    append(document, report::Paragraph{std::string(60, 'a') + " " + std::string(30, 'b') + " c", false});
    append(document, report::Table{"", {{"Name", false}, {"Amount", true}}, {{"A", "1"}, {"Longer", "1,000"}}, false});
    const std::string text = report::to_text(document);
    CHECK(has(text, "T\u0177\n==\n"));
    CHECK(has(text, std::string(60, 'a') + "\n" + std::string(30, 'b') + " c\n"));
    CHECK(has(text, "Name    Amount\nA            1\nLonger   1,000\n"));
}

TEST_CASE("a change notice says what moves and what it costs, and nothing internal") {
    Session session = small_session();
    const SmallPlan plan;
    const plan::Project& project = *find_project(session.model(), plan.project);
    change::Change change;
    change.id = ChangeId{900};
    change.number = 7;
    change.request = "One more week of edit, please";
    change.asked_by = "the client's producer";
    change.asked_on = *day_from(2026, 3, 4);
    change.edits.push_back(change::Lengthen{plan.edit, 5 * kDay});
    change.lines.push_back({"Room hire", 333'33, 150'00});
    const auto impact = change::impact(session.model(), project, change);
    REQUIRE(impact);
    const Locale locale;
    const report::Document document = report::change_notice(session.model(), project, change, nullptr, *impact, locale);
    for (const std::string& text : {report::to_text(document), report::to_html(document)}) {
        for (const char* part : {"CR-007", "One more week of edit, please", "Delivery", "Fri 27 Mar 2026", "5 working days",
                                 "£3,150.00", "£630.00", "£3,780.00", "£13,150.00"}) {
            CHECK_MESSAGE(has(text, part), part);
        }
        // The house's own costs and rates: 40 h at £40, the hire at £333.33.
        for (const char* internal : {"1,600", "333", "Editor", "1,933"}) CHECK_MESSAGE(!has(text, internal), internal);
    }
    CHECK(has(report::to_markdown(document), "| ---: |"));
}

TEST_CASE("notices say what was superseded, by what, and keep the words that were agreed") {
    Session session = small_session();
    const SmallPlan plan;
    change::Change old;
    old.id = ChangeId{900};
    old.number = 1;
    old.request = "One more week of edit";
    old.edits.push_back(change::Lengthen{plan.edit, 5 * kDay});
    old.state = change::State::Agreed;
    old.outcome = {"Producer", *day_from(2026, 3, 4), "A week for 3,000 pounds.", 3000'00, 0, BaselineId{901}};
    plan::Project project = *find_project(session.model(), plan.project);
    project.changes.push_back(old);
    const Locale locale;
    CHECK_FALSE(has(report::to_text(report::outcome_notice(project, old, locale)), "Superseded"));
    change::Change newer = old;
    newer.id = ChangeId{910};
    newer.number = 2;
    newer.supersedes = old.id;
    newer.outcome.on = *day_from(2026, 3, 9);
    newer.outcome.text = "Three days for 1,800 pounds.";
    project.changes.push_back(newer);
    const std::string was = report::to_text(report::outcome_notice(project, old, locale));
    CHECK(has(was, "Superseded by CR-002 on Mon 9 Mar 2026."));
    CHECK(has(was, "A week for 3,000 pounds."));
    const std::string is = report::to_text(report::outcome_notice(project, newer, locale));
    CHECK(has(is, "It takes the place of CR-001, agreed on Wed 4 Mar 2026."));
    CHECK_FALSE(has(is, "Superseded"));
}
