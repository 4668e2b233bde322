#include "ui/route.hpp"

#include <array>
#include <vector>

#include "base/text.hpp"

namespace entente::ui {
namespace {

constexpr std::array<std::string_view, 6> kRoomNames = {"today", "plan", "changes", "money", "share", "workspace"};
constexpr std::array<std::string_view, 4> kMoneyViews = {"budget", "costs", "proposals", "rates"};

std::string hex(std::uint64_t n) {
    std::string text;
    for (; n; n >>= 4) text.insert(text.begin(), "0123456789abcdef"[n & 15]);
    return text;
}

std::uint64_t from_hex(std::string_view text) {
    if (text.empty() || text.size() > 16) return 0;
    std::uint64_t n = 0;
    for (const char c : text) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) return 0;
        n = n << 4 | digit;
    }
    return n;
}

}  // namespace

std::string to_fragment(const Route& route) {
    std::string text = "#/" + std::string(kRoomNames[static_cast<std::size_t>(route.room)]);
    if (route.project) text += "/" + hex(route.project.n);
    if (route.project && route.room == Room::Plan && route.task) text += "/" + hex(route.task.n);
    if (route.project && route.room == Room::Changes && route.change) text += "/" + hex(route.change.n);
    if (route.project && route.room == Room::Money && route.proposal) text += "/" + hex(route.proposal.n);
    if (route.room == Room::Plan && route.view == PlanView::Table) text += "?view=table";
    if (route.room == Room::Plan && route.view == PlanView::Risk) text += "?view=risk";
    if (route.room == Room::Plan && route.view == PlanView::Scenarios) text += "?view=what-if";
    if (route.room == Room::Money && route.money != MoneyView::Budget) {
        text += "?view=" + std::string(kMoneyViews[static_cast<std::size_t>(route.money)]);
    }
    return text;
}

Route from_fragment(std::string_view fragment) {
    Route route;
    if (fragment.substr(0, 1) == "#") fragment.remove_prefix(1);
    if (fragment.substr(0, 1) != "/") return route;
    fragment.remove_prefix(1);
    std::string_view query;
    if (const std::size_t mark = fragment.find('?'); mark != std::string_view::npos) {
        query = fragment.substr(mark + 1);
        fragment = fragment.substr(0, mark);
    }
    const std::vector<std::string_view> parts = split(fragment, '/');
    std::size_t room = 0;
    while (room < kRoomNames.size() && (parts.empty() || parts[0] != kRoomNames[room])) ++room;
    if (room == kRoomNames.size()) return route;
    route.room = static_cast<Room>(room);
    if (parts.size() > 1) route.project = ProjectId{from_hex(parts[1])};
    if (route.project && parts.size() > 2 && route.room == Room::Plan) route.task = TaskId{from_hex(parts[2])};
    if (route.project && parts.size() > 2 && route.room == Room::Changes) route.change = ChangeId{from_hex(parts[2])};
    if (route.room == Room::Plan && query == "view=table") route.view = PlanView::Table;
    if (route.room == Room::Plan && query == "view=risk") route.view = PlanView::Risk;
    if (route.room == Room::Plan && query == "view=what-if") route.view = PlanView::Scenarios;
    if (route.room != Room::Money) return route;
    for (std::size_t i = 0; i < kMoneyViews.size(); ++i) {
        if (query == "view=" + std::string(kMoneyViews[i])) route.money = static_cast<MoneyView>(i);
    }
    if (route.project && parts.size() > 2) route.proposal = ProposalId{from_hex(parts[2])};
    if (route.proposal) route.money = MoneyView::Proposals;
    return route;
}

}  // namespace entente::ui
