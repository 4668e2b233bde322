// CutJob: the two files of a comparison as they were chosen, and what the panel shows of them. Nothing of the browser.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "ui/views/cut_view.hpp"

namespace entente::app {

class CutJob {
public:
    // Takes the earlier or the later file, in the place of the one before it, and compares as soon as both are there.
    void take(bool later, const std::string& name, Bytes bytes);
    // At that rate, drop-frame or not, whatever the lists leave open; none: as the files say. A timeline that states another is not bent.
    void set_rate(const std::optional<cut::Rate>& rate);
    const ui::CutView& view() const { return view_; }

private:
    void compare();

    Bytes before_, after_;
    ui::CutView view_;
};

}  // namespace entente::app
