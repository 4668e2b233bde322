// Route: where one is, as it stands in the address bar. Every room and every thing in it has a deep link:
// #/plan/<project>/<task>?view=table. Unknown text gives Today, never an error.
#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"

namespace entente::ui {

enum class Room : std::uint8_t { Today, Plan, Changes, Money, Share, Workspace };
enum class PlanView : std::uint8_t { Timeline, Table, Scenarios, Risk };
enum class MoneyView : std::uint8_t { Budget, Costs, Proposals, Rates };

struct Route {
    Room room = Room::Today;
    ProjectId project;
    TaskId task;       // Plan: the selected task
    ChangeId change;   // Changes: the open change
    PlanView view = PlanView::Timeline;
    MoneyView money = MoneyView::Budget;
    ProposalId proposal{};  // Money: the open proposal
    friend bool operator==(const Route&, const Route&) = default;
};

std::string to_fragment(const Route& route);
// With or without the leading '#'.
Route from_fragment(std::string_view fragment);

}  // namespace entente::ui
