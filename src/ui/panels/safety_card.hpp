// SafetyCard: where the workspace is kept and how it is got back: copies and backups, what opens it, when it locks, and its end here.
#pragma once

#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class SafetyCard {
public:
    void draw(const Frame& frame, Outbox& out, Flow& flow);

private:
    void locking(const Frame& frame, Outbox& out, Flow& flow);
    void forgetting(const Frame& frame, Outbox& out, Flow& flow);

    bool forgetting_ = false;  // asked once
};

}  // namespace entente::ui
