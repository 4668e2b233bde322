#include <doctest.h>

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
    CHECK(has(markdown, "\\[link\\](http"));
    CHECK_FALSE(has(markdown, "x|y"));
    CHECK(has(markdown, "x\\|y"));
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
