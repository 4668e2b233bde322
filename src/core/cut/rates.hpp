// CutRates: what a house reckons that a changed cut costs each discipline. House figures, editable; not facts of the trade.
//
// Work is fixed minutes for having to begin at all, minutes for each changed event, and minutes for each minute of changed picture.
// A discipline names the role that is priced; without one the role is found by its name (cut/price.hpp), and where none fits
// the work has its length but no price. A discipline that is all zero is left out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/id.hpp"

namespace entente::cut {

// In the order in which the work is done and shown.
enum class Discipline : std::uint8_t { Conform, Vfx, Grade, Sound, Music, Qc };
inline constexpr std::size_t kDisciplines = 6;

struct DisciplineRate {
    RoleId role;                                 // none: found by name on the rate card
    std::int32_t fixed_minutes = 0;              // once, where anything of its kind changed
    std::int32_t minutes_per_event = 0;          // for each changed event
    std::int32_t minutes_per_picture_minute = 0; // for each minute of changed frames, in proportion

    friend bool operator==(const DisciplineRate&, const DisciplineRate&) = default;
};

struct CutRates {
    std::array<DisciplineRate, kDisciplines> of = {{
        {{}, 60, 6, 10},    // conform
        {{}, 0, 20, 0},     // VFX: spread over all changed events, most of which have none
        {{}, 30, 8, 20},    // grade
        {{}, 60, 8, 60},    // sound
        {{}, 30, 3, 30},    // music
        {{}, 60, 0, 15},    // QC
    }};

    friend bool operator==(const CutRates&, const CutRates&) = default;
};

inline constexpr std::int32_t kMaxRateMinutes = 100'000;

}  // namespace entente::cut
