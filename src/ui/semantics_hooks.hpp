// The bridge from Dear ImGui's item hooks to the semantic tree: an item with a visible label that no widget of ours has
// described becomes a node by itself, so that nothing one can press is missing from the mirror.
#pragma once

struct ImGuiContext;

namespace entente::ui {

class Semantics;

// From now on the items of this context reach `semantics` (nullptr: no more).
void hook_items(ImGuiContext* context, Semantics* semantics);

// After drawing, before Semantics::end_frame: presses the undescribed item that a screen reader or a key has clicked.
void press_unclaimed(const Semantics& semantics);

}  // namespace entente::ui
