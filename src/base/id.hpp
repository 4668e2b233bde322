// Id<Tag>: a typed 64-bit name of a thing that never changes and is never reused.
//
// The high 24 bits come from the device that made it, the low 40 bits count up: two laptops can make things apart
// and be merged later. Zero means "none".
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace entente {

template <class Tag>
struct Id {
    std::uint64_t n = 0;

    explicit operator bool() const { return n != 0; }
    friend bool operator==(Id, Id) = default;
    friend auto operator<=>(Id, Id) = default;
};

using TaskId = Id<struct TaskTag>;
using LinkId = Id<struct LinkTag>;
using CalendarId = Id<struct CalendarTag>;
using RoleId = Id<struct RoleTag>;
using ProjectId = Id<struct ProjectTag>;
using PromiseId = Id<struct PromiseTag>;
using DecisionId = Id<struct DecisionTag>;
using BaselineId = Id<struct BaselineTag>;
using ChangeId = Id<struct ChangeTag>;
using OptionId = Id<struct OptionTag>;
using ScenarioId = Id<struct ScenarioTag>;
using RoundsId = Id<struct RoundsTag>;
using ShareId = Id<struct ShareTag>;
using RateCardId = Id<struct RateCardTag>;
using BudgetLineId = Id<struct BudgetLineTag>;
using CostId = Id<struct CostTag>;
using CommitmentId = Id<struct CommitmentTag>;
using ProposalId = Id<struct ProposalTag>;
using ProposalLineId = Id<struct ProposalLineTag>;

// Who wrote an entry: random, made once for each device and workspace.
using DeviceId = Id<struct DeviceTag>;

}  // namespace entente

template <class Tag>
struct std::hash<entente::Id<Tag>> {
    std::size_t operator()(entente::Id<Tag> id) const noexcept {
        return static_cast<std::size_t>((id.n * 0x9E3779B97F4A7C15ull) >> 20);
    }
};
