// The fee proposal as the client gets it: the sections, the sums, and nothing of the house's own.
#include <doctest.h>

#include "report/proposal.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::money;

namespace {

Proposal made() {
    Proposal out;
    out.id = ProposalId{700};
    out.number = 2;
    out.basis = Basis::Cost;
    ProposalLine edit{ProposalLineId{710}, LineKind::Work, "INTERNAL stage", RoleId{31}, "Offline edit", 2, 450, 41'37, 77'77};
    ProposalLine drives{ProposalLineId{711}, LineKind::Fixed, {}, {}, "Drives <b>", 1, 0, 123'45, 200'00};
    out.lines = {edit, drives};
    out.overhead_basis_points = 1111;
    out.profit_basis_points = 1333;
    out.contingency_basis_points = 250;
    out.vat_basis_points = 2000;
    out.goodwill = {10'00, "INTERNAL managing director", "INTERNAL they may come back"};
    out.cuts = {{ProposalLineId{799}, {}, "The trailer"}};
    out.texts[0] = "We finish the film.";
    out.texts[5] = "Two rounds of notes.";
    out.programme = {{TaskId{14}, "Delivery", *day_from(2026, 3, 20)}};
    out.valid_until = *day_from(2026, 4, 1);
    Step sent;
    sent.on = *day_from(2026, 3, 3);
    sent.who = "INTERNAL sender";
    sent.note = "INTERNAL note";
    out.steps = {sent};
    return out;
}

struct World {
    Session session = test::small_session();
    const plan::Project& project() const { return *find_project(session.model(), ProjectId{1}); }
    report::Document document(const Proposal& proposal, const Locale& locale = Locale()) const {
        return *report::proposal_document(session.model(), project(), proposal, locale);
    }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

report::Table table(const report::Document& document, std::size_t which) {
    for (const report::Block& block : document.blocks) {
        if (const auto* found = std::get_if<report::Table>(&block); found && which-- == 0) return *found;
    }
    FAIL("there is no such table");
    return {};
}

}  // namespace

TEST_CASE("the sections that hold something stand in their order, in all three forms") {
    const World world;
    const report::Document document = world.document(made());
    std::vector<std::string> names;
    for (const report::Block& block : document.blocks) {
        if (const auto* heading = std::get_if<report::Heading>(&block)) names.push_back(heading->text);
    }
    CHECK(names == std::vector<std::string>{"Summary", "Conditions", "Fees", "Programme"});
    for (const std::string& text : {report::to_html(document), report::to_markdown(document), report::to_text(document)}) {
        CHECK(has(text, "We finish the film."));
        CHECK(has(text, "Delivery"));
        CHECK(has(text, "The trailer"));
    }
    CHECK_FALSE(has(report::to_html(document), "Drives <b>"));
    CHECK(has(report::to_html(document), "Drives &lt;b&gt;"));
    CHECK_FALSE(has(report::to_markdown(document), "Drives <b>"));
    Proposal full = made();
    for (std::string& text : full.texts) text = "Words.";
    int headings = 0;
    for (const report::Block& block : world.document(full).blocks) headings += std::holds_alternative<report::Heading>(block) ? 1 : 0;
    CHECK(headings == 9);
}

TEST_CASE("the amounts that are shown add up to the total that is asked") {
    const World world;
    const Proposal proposal = made();
    const Price price = *money::price(proposal);
    const report::Table fees = table(world.document(proposal), 0);
    CHECK(fees.columns.size() == 4);  // no rate: it would be what an hour costs the house
    REQUIRE(fees.rows.size() == 6);
    const Locale locale;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto minor = parse_minor([&] {
            std::string text = fees.rows[i].back();
            if (const auto minus = text.find("\u2212"); minus != std::string::npos) text.replace(minus, 3, "-");
            return text;
        }(), Currency{{'G', 'B', 'P'}});
        REQUIRE(minor);
        sum += *minor;
    }
    CHECK(sum == price.net_minor);
    CHECK(fees.rows[3].back() == locale.money({price.net_minor, {{'G', 'B', 'P'}}}));
    CHECK(fees.rows[5].back() == locale.money({price.gross_minor, {{'G', 'B', 'P'}}}));
    CHECK(fees.rows[0][2] == "7 h 30");
    Proposal sold = proposal;
    sold.basis = Basis::Sold;
    sold.overhead_basis_points = sold.profit_basis_points = 0;
    CHECK(table(world.document(sold), 0).columns.size() == 4);  // the amounts hold more than hours at a rate
    sold.contingency_shown = true;
    const report::Table with_rates = table(world.document(sold), 0);
    CHECK(with_rates.columns.size() == 5);
    CHECK(with_rates.rows[0][3] == "\u00A377.77");
}

TEST_CASE("what is put aside for the unforeseen is the house's business until it says so") {
    const World world;
    Proposal proposal = made();
    const Price inside = *money::price(proposal);
    for (const Language language : {Language::English, Language::Welsh}) {
        const Locale locale(language);
        const std::string aside = locale.money({inside.contingency_minor, world.project().currency});
        const std::string name = locale.text(msg("For the unforeseen, {0} %", "2.5"));
        proposal.contingency_shown = false;
        const std::string kept = report::to_text(world.document(proposal, locale));
        CHECK_FALSE(has(kept, name));
        CHECK_FALSE(has(kept, aside));
        proposal.contingency_shown = true;
        const std::string said = report::to_text(world.document(proposal, locale));
        CHECK(has(said, name));
        CHECK(has(said, aside));
    }
    const Price beside = *money::price(proposal);
    CHECK(beside.net_minor == inside.net_minor);
    CHECK(beside.shown[0] + beside.shown[1] + beside.contingency_minor == inside.shown[0] + inside.shown[1]);
}

TEST_CASE("nothing internal leaks, in either language, in any form, on either basis") {
    const World world;
    for (const Basis basis : {Basis::Cost, Basis::Sold}) {
        Proposal proposal = made();
        proposal.basis = basis;
        if (basis == Basis::Sold) proposal.overhead_basis_points = proposal.profit_basis_points = 0;
        const Price price = *money::price(proposal);
        for (const Language language : {Language::English, Language::Welsh}) {
            const Locale locale(language);
            const report::Document document = world.document(proposal, locale);
            const auto amount = [&](std::int64_t minor) { return locale.money({minor, world.project().currency}); };
            std::vector<std::string> secrets = {"INTERNAL",
                                                "unforeseen",
                                                amount(price.contingency_minor),
                                                "Overhead",
                                                "overhead",
                                                "rofit",
                                                "argin",
                                                "Goodwill",
                                                "goodwill",
                                                "11.11",
                                                "13.33",
                                                amount(41'37),
                                                amount(123'45),
                                                amount(price.cost_minor),
                                                amount(price.margin.minor)};
            if (basis == Basis::Cost) {
                for (const std::int64_t minor : {price.overhead_minor, price.profit_minor, price.lines[0], price.subtotal_minor}) {
                    secrets.push_back(amount(minor));
                }
            }
            for (const std::string& text : {report::to_html(document), report::to_markdown(document), report::to_text(document)}) {
                for (const std::string& secret : secrets) {
                    // The style sheet speaks of margins of its own.
                    const std::size_t body = text.find("</style>");
                    CHECK_MESSAGE(text.find(secret, body == std::string::npos ? 0 : body) == std::string::npos, secret);
                }
            }
        }
    }
}

TEST_CASE("a draft says so, and a price that cannot be computed is an error") {
    const World world;
    Proposal draft = made();
    draft.steps.clear();
    CHECK(has(report::to_text(world.document(draft)), "a draft"));
    CHECK(has(report::to_text(world.document(made())), "3 Mar 2026"));
    draft.lines[0].cost_minor = INT64_MAX;
    CHECK_FALSE(report::proposal_document(world.session.model(), world.project(), draft, Locale()));
    CHECK(report::percent_text(1250) == "12.5");
    CHECK(report::percent_text(-5) == "\u22120.05");
    CHECK(report::hours_text(Locale(), 60) == "1 h");
    CHECK(report::hours_text(Locale(), 65) == "1 h 05");
    CHECK(report::hours_text(Locale(), -30) == "\u22120 h 30");
}
