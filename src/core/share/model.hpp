// The register of status links that were handed out: to whom, what they show, until when. The link itself is kept so that
// it can be copied again; what it carries cannot be recalled.
#pragma once

#include <cstdint>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"

namespace entente::share {

struct IssuedLink {
    ShareId id;
    std::int64_t revision = 1;   // counts up for a project; a status page refuses an older one
    std::string to;              // whom it was made for
    Day issued, expires;
    bool passphrase = false;
    bool welsh = false;
    std::string fragment;        // "#e1i.…"

    friend bool operator==(const IssuedLink&, const IssuedLink&) = default;
};

}  // namespace entente::share
