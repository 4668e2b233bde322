// The Money room as a person uses it: by role and name alone.
#include "core/money/proposal.hpp"
#include "stage.hpp"

using namespace entente;
using namespace entente::test;
using ui::MoneyView;
using ui::NodeRole;
using ui::Room;

namespace {

const SmallPlan kPlan;

void open(Stage& stage, MoneyView view) {
    stage.route.room = Room::Money;
    stage.route.project = kPlan.project;
    stage.route.money = view;
    stage.settle();
}

const money::Book& book(const Stage& stage) { return stage.project().money; }

bool shows(Stage& stage, std::string_view part) {
    for (const ui::Node& node : stage.semantics().nodes()) {
        for (const std::string& text : {node.name, node.value, node.description}) {
            if (text.find(part) != std::string::npos) return true;
        }
    }
    return false;
}

// A first version with the plan's lines, sent and waiting for its answer.
void send_first(Stage& stage) {
    open(stage, MoneyView::Proposals);
    stage.click(NodeRole::Button, "Write the first proposal");
    REQUIRE(book(stage).proposals.size() == 1);
    CHECK(stage.route.proposal == book(stage).proposals[0].id);
    stage.click(NodeRole::Button, "Take the lines from the plan");
    stage.click(NodeRole::Button, "Record that it was sent");
    stage.type("Sent by", "Head of post");
    stage.click(NodeRole::Button, "It was sent");
}

}  // namespace

TEST_CASE("every view of the room draws, empty and filled, in English and Welsh, at 100 and 200 per cent") {
    for (const float scale : {1.0f, 2.0f}) {
        for (const Language language : {Language::English, Language::Welsh}) {
            Stage stage(small_session(), scale);
            stage.locale = Locale(language);
            for (const MoneyView view : {MoneyView::Budget, MoneyView::Costs, MoneyView::Proposals, MoneyView::Rates}) {
                open(stage, view);
                stage.check_tree();
                CHECK(stage.refused == 0);
            }
        }
    }
    Stage none;
    none.route.room = Room::Money;
    none.settle();
    none.check_tree();
}

TEST_CASE("the room has its key, its link in the rail and its deep link") {
    Stage stage(small_session());
    stage.settle();
    stage.key(ImGuiKey_4, ImGuiMod_Alt);
    CHECK(stage.route.room == Room::Money);
    CHECK(stage.find(NodeRole::Link, "Money")->state.current);
    CHECK(ui::from_fragment("#/money/1/2bc?view=proposals").proposal == ProposalId{0x2bc});
    CHECK(ui::from_fragment("#/money/1?view=costs").money == MoneyView::Costs);
    CHECK(ui::from_fragment("#/money/1?view=nonsense").money == MoneyView::Budget);
}

TEST_CASE("the budget is taken from the plan in one step; a forecast is set by hand with a reason and taken away again") {
    Stage stage(small_session());
    open(stage, MoneyView::Budget);
    stage.click(NodeRole::Button, "Take the budget from the plan");
    REQUIRE(book(stage).budget.size() == 1);
    CHECK(book(stage).budget[0].minutes == 10 * kDay);
    stage.check_tree();
    CHECK(shows(stage, "Total"));
    CHECK(shows(stage, "\u00A33,200.00"));
    stage.click(NodeRole::Row, "Stage, Editor: set the forecast");
    stage.type("It will come to", "4000");
    CHECK(stage.starting(NodeRole::Button, "Set the forecast")->state.disabled);
    stage.type("Because", "A third assembly");
    stage.type("Who reckons so", "Head of post");
    stage.click(NodeRole::Button, "Set the forecast");
    REQUIRE(book(stage).overrides.size() == 1);
    CHECK(book(stage).overrides[0].at_completion_minor == 4'000'00);
    stage.click(NodeRole::Row, "Stage, Editor: set the forecast");
    stage.click(NodeRole::Button, "Use the computed one");
    CHECK(book(stage).overrides.empty());
    CHECK(stage.refused == 0);
}

TEST_CASE("hours are written down at the role's rate, and taken back by another entry") {
    Stage stage(small_session());
    open(stage, MoneyView::Costs);
    CHECK(stage.starting(NodeRole::Button, "Write it down")->state.disabled);
    stage.choose("Role", "Editor");
    stage.type("Hours worked", "2.5");
    stage.click(NodeRole::Button, "Write it down");
    REQUIRE(book(stage).costs.size() == 1);
    CHECK(book(stage).costs[0].amount_minor == 100'00);
    CHECK(book(stage).costs[0].minutes == 150);
    stage.click(NodeRole::Button, "Take back: Editor");
    REQUIRE(book(stage).costs.size() == 2);
    CHECK(book(stage).costs[1].amount_minor == -100'00);
    CHECK(stage.starting(NodeRole::Button, "Take back: Editor") == nullptr);
    stage.check_tree();
    CHECK(stage.refused == 0);
}

TEST_CASE("an order counts, an invoice pays for it, and what was paid cannot be dropped") {
    Stage stage(small_session());
    open(stage, MoneyView::Costs);
    stage.click(NodeRole::Button, "Write down an order");
    stage.type("What is ordered, from whom", "Grading suite");
    stage.type("Ordered for", "900");
    stage.click(NodeRole::Button, "Order it");
    REQUIRE(book(stage).commitments.size() == 1);
    stage.click(NodeRole::Tab, "Invoice");
    stage.type("Amount, ex VAT", "350.50");
    stage.choose("Pays for the order", "Grading suite");
    stage.type("What for", "First week");
    stage.click(NodeRole::Button, "Write it down");
    REQUIRE(book(stage).costs.size() == 1);
    CHECK(money::open_minor(book(stage), book(stage).commitments[0]) == 549'50);
    CHECK(stage.starting(NodeRole::Button, "Remove the order Grading suite")->state.disabled);
    CHECK(stage.refused == 0);
}

TEST_CASE("a proposal is written, sent and accepted: its price becomes the fee; what is saved holds nothing internal") {
    Stage stage(small_session());
    send_first(stage);
    REQUIRE(book(stage).proposals[0].steps.size() == 1);
    stage.check_tree();
    CHECK(stage.starting(NodeRole::Button, "Drop this draft") == nullptr);
    stage.click(NodeRole::Button, "Save as a page");
    const auto* saved = std::get_if<ui::SaveText>(&stage.effects.back());
    REQUIRE(saved != nullptr);
    CHECK(saved->mime == "text/html");
    CHECK(saved->text.find("\u00A36,000.00") != std::string::npos);   // 80 hours at 75.00
    CHECK(saved->text.find("\u00A33,200.00") == std::string::npos);   // what they cost us
    CHECK(saved->text.find("Head of post") == std::string::npos);
    stage.click(NodeRole::Button, "Save as Markdown");
    CHECK(std::get_if<ui::SaveText>(&stage.effects.back())->mime == "text/markdown");
    stage.click(NodeRole::Button, "Accepted");
    stage.type("Answered by", "Producer");
    stage.click(NodeRole::Button, "Accept and set the fee");
    CHECK(stage.project().base_fee_minor == 6'000'00);
    CHECK(money::state_of(book(stage).proposals[0]) == money::State::Accepted);
    CHECK(stage.refused == 0);
}

TEST_CASE("what is put aside for the unforeseen lies inside the prices until the house shows it") {
    Stage stage(small_session());
    open(stage, MoneyView::Proposals);
    stage.click(NodeRole::Button, "Write the first proposal");
    stage.click(NodeRole::Button, "Take the lines from the plan");
    const auto saved = [&] {
        stage.click(NodeRole::Button, "Save as a page");
        const auto* page = std::get_if<ui::SaveText>(&stage.effects.back());
        REQUIRE(page != nullptr);
        return page->text;
    };
    constexpr const char* kShown = "For the unforeseen, as a line the client reads";
    CHECK(stage.find(NodeRole::Checkbox, kShown) == nullptr);  // there is nothing to show
    stage.type("For the unforeseen", "10");
    REQUIRE(book(stage).proposals[0].contingency_basis_points == 1000);
    CHECK_FALSE(book(stage).proposals[0].contingency_shown);
    const std::string inside = saved();
    CHECK(inside.find("unforeseen") == std::string::npos);
    CHECK(inside.find("\u00A36,600.00") != std::string::npos);  // 80 hours at 75.00 and a tenth
    stage.click(NodeRole::Checkbox, kShown);
    CHECK(book(stage).proposals[0].contingency_shown);
    const std::string beside = saved();
    CHECK(beside.find("For the unforeseen, 10 %") != std::string::npos);
    CHECK(beside.find("\u00A3600.00") != std::string::npos);
    stage.check_tree();
    CHECK(stage.refused == 0);
}

TEST_CASE("a lower version says why before it is sent, and the versions can be compared") {
    Stage stage(small_session());
    send_first(stage);
    stage.key(ImGuiKey_Escape);
    CHECK_FALSE(stage.route.proposal);
    stage.click(NodeRole::Button, "New version");
    REQUIRE(book(stage).proposals.size() == 2);
    stage.type("Rate or amount: Editor", "70");
    stage.click(NodeRole::Button, "Record that it was sent");
    stage.type("Sent by", "Head of post");
    CHECK(stage.starting(NodeRole::Button, "It was sent")->state.disabled);
    CHECK(shows(stage, "costs \u00A3400 less than the one before"));
    stage.choose("What leaves the scope", "Sound");  // nobody was to work on it: it is worth nothing
    CHECK(stage.starting(NodeRole::Button, "It was sent")->state.disabled);
    CHECK(shows(stage, "what leaves the scope is worth \u00A30"));
    stage.type("Rate or amount: Editor", "75");
    stage.type("Hours each: Editor", "74");
    CHECK(shows(stage, "costs \u00A3450 less than the one before"));
    stage.choose("What leaves the scope", "Editor");
    CHECK_FALSE(stage.starting(NodeRole::Button, "It was sent")->state.disabled);
    stage.click(NodeRole::Button, "Compare with another version");
    CHECK(shows(stage, "What is different"));
    CHECK(shows(stage, "Out of the scope: Sound"));
    stage.check_tree();
    stage.click(NodeRole::Button, "It was sent");
    CHECK(book(stage).proposals[1].steps.size() == 1);
    CHECK(stage.refused == 0);
}

TEST_CASE("rates of the project's own are edited while the card is open, and frozen when they are agreed") {
    Stage stage(small_session());
    open(stage, MoneyView::Rates);
    stage.click(NodeRole::Button, "Rates for this project");
    REQUIRE(book(stage).cards.size() == 1);
    stage.type("Editor: an hour is sold for", "82.50");
    CHECK(money::rate_of(stage.model(), stage.project(), kPlan.editor).charge_per_hour_minor == 82'50);
    stage.type("Who agreed, for the client", "Producer");
    stage.click(NodeRole::Button, "These rates are agreed");
    CHECK(book(stage).cards[0].agreed_by == "Producer");
    CHECK(stage.starting(NodeRole::TextField, "Editor: an hour is sold for") == nullptr);
    stage.type("Overhead", "12.5");
    CHECK(stage.model().house.money.overhead_basis_points == 1250);
    stage.check_tree();
    CHECK(stage.refused == 0);
}
