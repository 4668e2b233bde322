// Rounds of notes: how many of those that are included were used, and what the next one costs before it happens.
#pragma once

#include <functional>
#include <string>

#include "core/change/query.hpp"

namespace entente::change {

struct RoundsRow {
    RoundsId rounds;
    std::int32_t used = 0, included = 0;
    std::int32_t left = 0;               // included and not used yet
    bool next_is_extra = false;
    std::int64_t internal_minor = 0, charge_minor = 0;  // one more round, without VAT
    ChangeId paid;                       // an agreed or absorbed change for a round that has not been used yet; none: none
    ChangeId asked;                      // the open change that asks for the next round; none: none
};

// Rows stand parallel to Project::rounds. A change pays for a round where it was made by round_change(). Overflowing sums are 0.
std::vector<RoundsRow> rounds_rows(const Model& model, const plan::Project& project);

// The request for the next round: work before the rounds' task, by the roles that do it. `id` numbers it; the texts become data.
Change round_change(const plan::Project& project, const Rounds& rounds, ChangeId id, std::string request, std::string work_name,
                    Day asked_on, const std::function<std::uint64_t()>& next_id);

}  // namespace entente::change
