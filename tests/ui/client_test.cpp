// Asking the client, being reminded, recording it; why a date is what it is; baselines and what moved.
#include "stage.hpp"

#include "core/plan/decisions.hpp"

using namespace entente;
using namespace entente::test;
using house::LadderKind;
using ui::NodeRole;
using ui::Room;

namespace {

const SmallPlan kPlan;

Session promised_session() {
    Session session = small_session();
    plan::ClientDecision decision = session.model().projects[0].decisions[0];
    decision.owner = "Mair Ellis";
    decision.question = "Is this the cut?";
    REQUIRE(session.submit(plan::Command{plan::PutDecision{kPlan.project, decision, {}}}, Instant{3000}));
    return session;
}

Stage& at_task(Stage& stage, TaskId task) {
    stage.route = {Room::Plan, kPlan.project, task, {}, ui::PlanView::Timeline};
    stage.settle();
    return stage;
}

const plan::ClientDecision& decision_of(const Stage& stage) { return stage.project().decisions.front(); }

std::string copied(const Stage& stage) {
    for (auto effect = stage.effects.rbegin(); effect != stage.effects.rend(); ++effect) {
        if (const auto* copy = std::get_if<ui::CopyText>(&*effect)) return copy->text;
    }
    return {};
}

bool says(const Stage& stage, NodeRole role, std::string_view text) {
    const auto& nodes = const_cast<Stage&>(stage).semantics().nodes();
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](const ui::Node& node) { return node.role == role && node.name.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("a date says why in one sentence, of its start or its end, ready to copy") {
    Stage stage(promised_session());
    at_task(stage, kPlan.sound);
    CHECK(says(stage, NodeRole::Paragraph,
               "“Sound” ends on Fri 20 Mar 2026 because it takes 5 working days and it waits for “Picture lock”, which the client decides "
               "on Fri 13 Mar 2026"));
    stage.click(NodeRole::Button, "Copy the sentence");
    CHECK(copied(stage).find("“Sound” ends on Fri 20 Mar 2026") == 0);
    stage.click(NodeRole::Tab, "Start");
    CHECK(says(stage, NodeRole::Paragraph, "“Sound” starts on Mon 16 Mar 2026 because it waits for “Picture lock”"));
    stage.locale = Locale(Language::Welsh);
    stage.settle();
    CHECK_FALSE(says(stage, NodeRole::Paragraph, "because"));
    stage.check_tree();
}

TEST_CASE("the request: when it must go out, its words, and that it was sent") {
    Stage stage(promised_session());
    stage.today = *day_from(2026, 3, 5);
    at_task(stage, kPlan.lock);
    CHECK(says(stage, NodeRole::Paragraph, "Ask by Fri 6 Mar 2026: the house counts on 5 working days for an answer."));
    CHECK(says(stage, NodeRole::Paragraph, "No answer of theirs is on record yet"));
    stage.click(NodeRole::Button, "Copy the words: Request");
    CHECK(copied(stage).find("Dear Mair Ellis,") != std::string::npos);
    CHECK(copied(stage).find("“Is this the cut?”") != std::string::npos);
    CHECK(copied(stage).find("Please let us have it by Fri 13 Mar 2026.") != std::string::npos);
    CHECK(decision_of(stage).requested == std::nullopt);  // copying records nothing
    stage.click(NodeRole::Button, "I sent it: Request");
    CHECK(decision_of(stage).requested == stage.today);
    CHECK(stage.find(NodeRole::Button, "I sent it: Request") == nullptr);
    stage.click(NodeRole::Button, "Undo");
    CHECK(!decision_of(stage).requested);
    stage.type("Asked on", "4 Mar 2026");
    CHECK(decision_of(stage).requested == *day_from(2026, 3, 4));
    stage.type("Asked on", "");
    CHECK(!decision_of(stage).requested);
    CHECK(stage.refused == 0);
}

TEST_CASE("reminders: what is due today, recorded once, taken back") {
    Session session = promised_session();
    REQUIRE(session.submit(plan::Command{plan::SetRequested{kPlan.project, kPlan.decision, day_from(2026, 3, 4)}}, Instant{4000}));
    Stage stage(std::move(session));
    stage.today = *day_from(2026, 3, 11);
    at_task(stage, kPlan.lock);
    CHECK(says(stage, NodeRole::Paragraph, "Formal reminder, Wed 11 Mar, due"));
    stage.type("If they say nothing", "cut 3 is locked.");
    CHECK(decision_of(stage).silence == "cut 3 is locked.");
    stage.click(NodeRole::Button, "Copy the words: Formal reminder");
    CHECK(copied(stage).find("On Wed 4 Mar 2026 we asked you for a decision") != std::string::npos);
    CHECK(copied(stage).find("we go on as agreed: cut 3 is locked.") != std::string::npos);
    stage.click(NodeRole::Button, "I sent it: Formal reminder");
    REQUIRE(decision_of(stage).reminders.size() == 1);
    CHECK(decision_of(stage).reminders[0] == plan::ReminderSent{stage.today, LadderKind::Formal});
    CHECK(says(stage, NodeRole::Paragraph, "Formal reminder, Wed 11 Mar, sent 11 Mar"));
    stage.check_tree();
    stage.click(NodeRole::Button, "Take the last reminder back");
    CHECK(decision_of(stage).reminders.empty());
    CHECK(stage.refused == 0);
}

TEST_CASE("what waits for an answer is listed and leads on") {
    Stage stage(promised_session());
    at_task(stage, kPlan.lock);
    stage.click(NodeRole::Button, "2 tasks wait for it");
    CHECK(stage.find(NodeRole::Link, "Delivery, later") != nullptr);
    stage.click(NodeRole::Link, "Sound");
    CHECK(stage.route.task == kPlan.sound);
}

TEST_CASE("today: requests to send, reminders due, answers overdue; sent from there") {
    Stage stage(promised_session());
    stage.today = *day_from(2026, 3, 5);
    stage.settle();
    CHECK(stage.find(NodeRole::Region, "Requests to send") != nullptr);
    CHECK(says(stage, NodeRole::Link, "Ask by Fri 6 Mar 2026"));
    stage.check_tree();
    stage.click(NodeRole::Button, "Copy the words: Is this the cut?");
    CHECK(copied(stage).find("we need a decision from you") != std::string::npos);
    stage.click(NodeRole::Button, "I sent it: Is this the cut?");
    CHECK(decision_of(stage).requested == stage.today);
    CHECK(stage.find(NodeRole::Region, "Requests to send") == nullptr);
    CHECK(stage.find(NodeRole::Region, "With the client") != nullptr);

    stage.today = *day_from(2026, 3, 11);
    stage.settle();
    CHECK(stage.find(NodeRole::Region, "Reminders due") != nullptr);
    stage.click(NodeRole::Button, "I sent it: Is this the cut?");
    REQUIRE(decision_of(stage).reminders.size() == 1);
    CHECK(decision_of(stage).reminders[0].step == LadderKind::Formal);
    CHECK(stage.find(NodeRole::Region, "Reminders due") == nullptr);

    stage.today = *day_from(2026, 3, 17);
    stage.settle();
    CHECK(stage.find(NodeRole::Region, "Answers overdue") != nullptr);
    CHECK(stage.find(NodeRole::Button, "I sent it: Is this the cut?") != nullptr);  // the agreed default has come
    CHECK(stage.refused == 0);
}

TEST_CASE("the house edits its ladder") {
    Stage stage(small_session());
    stage.route.room = Room::Workspace;
    stage.settle();
    stage.type("An answer takes", "8");
    CHECK(stage.model().house.ladder.lead_days == 8);
    stage.type("Step 1: working days", "7");
    CHECK(stage.model().house.ladder.steps[0].days_before == 7);
    stage.choose("Step 1: counted from", "after we asked");
    CHECK(stage.model().house.ladder.steps[0] == house::LadderStep{LadderKind::Friendly, -7, house::LadderFrom::Requested});
    stage.choose("Step 2: what goes out", "Friendly reminder");
    CHECK(stage.model().house.ladder.steps[1].kind == LadderKind::Friendly);
    stage.click(NodeRole::Button, "Add a step");
    CHECK(stage.model().house.ladder.steps.size() == 5);
    stage.click(NodeRole::Button, "Take step 5 out");
    CHECK(stage.model().house.ladder.steps.size() == 4);
    stage.check_tree();
    stage.click(NodeRole::Button, "Back to what a house begins with");
    CHECK(stage.model().house.ladder == house::Ladder{});
    CHECK(stage.refused == 0);
}

TEST_CASE("a baseline is kept, the plan moves, and both the task and the dialog say by what") {
    Stage stage(small_session());
    at_task(stage, kPlan.delivery);
    stage.click(NodeRole::Button, "Keep the plan as a baseline");
    REQUIRE(stage.project().baselines.size() == 1);
    CHECK(stage.project().baselines[0].rows.size() == 4);
    CHECK(stage.project().baselines[0].made == stage.today);
    CHECK(says(stage, NodeRole::Paragraph, "as agreed"));
    at_task(stage, kPlan.sound);
    stage.click(NodeRole::Button, "One day longer");
    stage.click(NodeRole::Button, "One day longer");
    at_task(stage, kPlan.delivery);
    CHECK(says(stage, NodeRole::Paragraph, "2 days later"));
    CHECK(says(stage, NodeRole::Paragraph, "“Delivery” moved +2 days: +2 since (“Sound” takes longer)."));
    stage.click(NodeRole::Button, "All baselines");
    REQUIRE(stage.find(NodeRole::Dialog, "Baselines") != nullptr);
    stage.check_tree();
    CHECK(says(stage, NodeRole::Row, "The plan of 10 Mar, Tue 10 Mar, Kept by hand"));
    CHECK(says(stage, NodeRole::Row, "Sound, +2 days"));
    CHECK_FALSE(says(stage, NodeRole::Row, "Edit, "));
    stage.click(NodeRole::Checkbox, "Show tasks that have not moved too");
    CHECK(says(stage, NodeRole::Row, "Edit, 0 days"));
    stage.type("Name of the baseline", "Week 2");
    stage.click(NodeRole::Button, "Keep the plan as it stands");
    REQUIRE(stage.project().baselines.size() == 2);
    CHECK(stage.project().baselines[1].name == "Week 2");
    CHECK(says(stage, NodeRole::Paragraph, "No promise and no milestone has moved."));
    stage.click(NodeRole::Row, "The plan of 10 Mar");
    CHECK(says(stage, NodeRole::Paragraph, "“Delivery” moved +2 days: +2 before “Week 2” was kept."));
    stage.click(NodeRole::Button, "Take the newest back");
    CHECK(stage.project().baselines.size() == 1);
    stage.click(NodeRole::Row, "Sound, ");
    CHECK(stage.route.task == kPlan.sound);
    CHECK(stage.find(NodeRole::Dialog, "Baselines") == nullptr);
    CHECK(stage.refused == 0);
}

namespace {

// A plan of 400 tasks, each of which stood two days earlier when its baseline was kept.
Session session_with_moves() {
    Session session = big_session(400);
    plan::Baseline kept;
    kept.id = BaselineId{99'000};
    kept.name = "As agreed";
    kept.made = *day_from(2026, 3, 2);
    const plan::Project& big = session.model().projects.back();
    const auto schedule = plan::compute_schedule(big);
    REQUIRE(schedule);
    for (std::size_t i = 0; i < big.tasks.size(); ++i) {
        const plan::ScheduledTask& at = schedule->rows[i];
        kept.rows.push_back({big.tasks[i].id, {at.start.n - 2 * kMinutesPerDay}, {at.finish.n - 2 * kMinutesPerDay}});
    }
    REQUIRE(session.submit(plan::Command{plan::AddBaseline{big.id, kept}}, Instant{7000}));
    return session;
}

}  // namespace

TEST_CASE("the plan's own controls lead to the baselines, whose tasks are seen at once") {
    for (const ui::PlanView view : {ui::PlanView::Timeline, ui::PlanView::Table, ui::PlanView::Risk}) {
        Stage stage(session_with_moves());
        stage.route = {Room::Plan, stage.model().projects.back().id, {}, {}, view};
        stage.settle();
        stage.click(NodeRole::Button, "Baselines");
        REQUIRE(stage.find(NodeRole::Dialog, "Baselines") != nullptr);
        const ui::Node* table = stage.find(NodeRole::Table, "Tasks against the baseline");
        REQUIRE(table != nullptr);
        int whole = 0;
        for (const ui::Node& node : stage.semantics().nodes()) {
            const bool seen = node.bounds.y0 >= node.clip.y0 - 1 && node.bounds.y1 <= node.clip.y1 + 1 && node.bounds.y1 <= 768;
            if (node.role == NodeRole::Row && node.parent == table->id && node.state.row > 1 && seen) ++whole;
        }
        CHECK(whole >= 8);
        stage.check_tree();
        stage.key(ImGuiKey_Escape);
        CHECK(stage.find(NodeRole::Dialog, "Baselines") == nullptr);
    }
}
