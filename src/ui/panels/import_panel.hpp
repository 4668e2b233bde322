// ImportPanel: what a file holds, before anything is changed. It stands in the place of the room until it is accepted or left.
#pragma once

#include <string>

#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class ImportPanel {
public:
    void draw(const Frame& frame, Outbox& out, Rect area);

private:
    void options(const Frame& frame, Outbox& out, Flow& flow, const ImportView& view);
    void columns(const Frame& frame, Outbox& out, Flow& flow, const ImportView& view);
    void problems(const Frame& frame, Flow& flow, const ImportView& view);
    void preview(const Frame& frame, Flow& flow, const ImportView& view);
    void buttons(const Frame& frame, Outbox& out, Rect area, const ImportView& view);

    bool all_problems_ = false, focus_given_ = false;
};

}  // namespace entente::ui
