// How the last backup stands, in words: for the card that makes one, and for Today.
#pragma once

#include "ui/frame.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

inline constexpr int kBackupDays = 7;  // a house habit: work of a week at most is in one browser alone

// Whether there are edits that no backup younger than a week holds, or that the browser must be let write to the chosen folder.
bool backup_due(const Frame& frame);
Status backup_status(const Frame& frame);

}  // namespace entente::ui
