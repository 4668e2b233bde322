#include <doctest.h>

#include "ui/route.hpp"

using namespace entente;
using namespace entente::ui;

TEST_CASE("a route comes back from its address") {
    const Route routes[] = {
        {},
        {Room::Plan, ProjectId{0xABCDEF0123456789ull}, TaskId{42}, {}, PlanView::Timeline},
        {Room::Plan, ProjectId{1}, {}, {}, PlanView::Table},
        {Room::Plan, ProjectId{1}, TaskId{7}, {}, PlanView::Table},
        {Room::Changes, ProjectId{2}, {}, ChangeId{9}, PlanView::Timeline},
        {Room::Money, ProjectId{2}, {}, {}, PlanView::Timeline, MoneyView::Budget},
        {Room::Money, ProjectId{2}, {}, {}, PlanView::Timeline, MoneyView::Rates},
        {Room::Money, ProjectId{2}, {}, {}, PlanView::Timeline, MoneyView::Proposals, ProposalId{77}},
        {Room::Share, ProjectId{3}, {}, {}, PlanView::Timeline},
        {Room::Workspace, {}, {}, {}, PlanView::Timeline},
    };
    for (const Route& route : routes) {
        const std::string address = to_fragment(route);
        CAPTURE(address);
        CHECK(from_fragment(address) == route);
        CHECK(from_fragment(address.substr(1)) == route);  // as the browser hands it over
    }
}

TEST_CASE("an address that says nothing gives Today, never an error") {
    for (const char* text : {"", "#", "#/", "#/nowhere", "#/Plan", "plan", "#e1i.abc", "#/today/%%%", "//////"}) {
        CAPTURE(text);
        CHECK(from_fragment(text).room == Room::Today);
    }
    CHECK(!from_fragment("#/plan/xyz/1").project);
    CHECK(!from_fragment("#/plan/11112222333344445/1").project);
    CHECK(from_fragment("#/plan/1/2?view=chart").view == PlanView::Timeline);
}
