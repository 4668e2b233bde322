// What a row of an imported table asks of the client. Rules, the first that fits decides; only rows that say the client has a part:
//
// 1. The client column itself says "decision" or "input".
// 2. The name or the note says "client decision" or "client input" (Welsh: penderfyniad, mewnbwn).
// 3. Decision: the name holds a word of deciding (decision, approval, lock, sign-off, agree); of a milestone, the note too.
// 4. Input: the name holds a word of supplying (notes, feedback, comments, rights, clearance, input), or the note says that
//    rights holders, actors, the client or producers answer or supply.
// 5. Neither: the client sees it, and nothing is asked of them (a screening, a spotting session).
//
// Words are compared whole, without case and accents. Nobody in the house works on a milestone, so its owner is the one who decides;
// a task's owner is the house's own role, and who answers on the client's side is not yet known.
#pragma once

#include <optional>

#include "core/plan/model.hpp"
#include "exchange/csv_rows.hpp"

namespace entente::exchange {

std::optional<plan::ClientPart> client_part(const PlanRow& row, bool is_milestone);

}  // namespace entente::exchange
