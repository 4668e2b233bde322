// The reminder ladder: what the house does, and when, while a client's answer is awaited.
//
// Each step stands so many working days before the day the answer is needed by (below zero: after it), or after the request went
// out. All figures are house figures: defaults to edit, not facts of the trade. The last step is what was agreed to happen
// where no answer comes.
#pragma once

#include <cstdint>
#include <vector>

namespace entente::house {

enum class LadderKind : std::uint8_t { Friendly, Formal, Escalation, AgreedDefault };
// NeededBy: counted from the day the answer is needed by. Requested: from the day the request went out.
enum class LadderFrom : std::uint8_t { NeededBy, Requested };

struct LadderStep {
    LadderKind kind = LadderKind::Friendly;
    std::int32_t days_before = 0;        // working days before that day; below zero: after it
    LadderFrom from = LadderFrom::NeededBy;

    friend bool operator==(const LadderStep&, const LadderStep&) = default;
};

inline constexpr std::size_t kMaxLadderSteps = 20;
inline constexpr std::int32_t kMaxLadderDays = 260;  // a year of working days

struct Ladder {
    std::int32_t lead_days = 5;          // working days from a request to its answer, for a person without a history
    std::vector<LadderStep> steps = {{LadderKind::Friendly, 5, LadderFrom::NeededBy},
                                     {LadderKind::Formal, 2, LadderFrom::NeededBy},
                                     {LadderKind::Escalation, 0, LadderFrom::NeededBy},
                                     {LadderKind::AgreedDefault, -2, LadderFrom::NeededBy}};

    friend bool operator==(const Ladder&, const Ladder&) = default;
};

}  // namespace entente::house
