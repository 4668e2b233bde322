// SharePanel: making a status link, seeing beforehand what it will show, and the register of all that were made.
#pragma once

#include <string>

#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class SharePanel {
public:
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);

private:
    void form(const Frame& frame, Outbox& out, Flow& flow);
    void contents(const Frame& frame, Flow& flow) const;
    void limits(const Frame& frame, Flow& flow) const;
    void made(const Frame& frame, Outbox& out, Flow& flow);
    void link_register(const Frame& frame, Outbox& out, Flow& flow);

    std::string to_, passphrase_;
    std::int64_t days_ = 14;
    std::optional<bool> welsh_;
    bool with_passphrase_ = false;
    ProjectId project_;
    std::size_t known_links_ = 0;   // how many there were when this room was opened: a newer one is shown as just made
};

}  // namespace entente::ui
