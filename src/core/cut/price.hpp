// What a change of the cut costs in work: the comparison pushed through conform, VFX, grade, sound, music and QC by the house's rates.
//
// minutes of a discipline = fixed + changed events x minutes for each + changed frames x minutes for each minute of picture, rounded up.
// Picture changes concern every discipline; changes of sound alone concern sound and QC. A discipline that nothing concerns has no line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/cut/compare.hpp"
#include "core/cut/rates.hpp"
#include "core/house/model.hpp"

namespace entente::cut {

struct WorkLine {
    Discipline discipline = Discipline::Conform;
    RoleId role;                       // none: no role of the rate card does this
    std::int64_t minutes = 0;          // of work
    std::int64_t internal_minor = 0;
    std::int64_t charge_minor = 0;     // without VAT
    friend bool operator==(const WorkLine&, const WorkLine&) = default;
};

Message discipline_name(Discipline discipline);

// The role that does it: the one the rates name, else the first on the rate card whose name speaks of it; none where there is none.
RoleId role_for(Discipline discipline, const house::House& house);

// Overflow where the work or the money cannot be held. Lines in the order of the disciplines; those without minutes are left out.
Result<std::vector<WorkLine>> price_lines(const Diff& diff, const house::House& house);

}  // namespace entente::cut
