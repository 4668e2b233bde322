// What a person chooses about an import before it is accepted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace entente::exchange {

struct ImportOptions {
    std::string project_name;         // empty: what the file says, else its name without the ending
    std::optional<Day> start;         // nothing begins before it; none: what the file says, else default_start
    Day default_start;                // used where neither the person nor the file names a start
    bool promise_milestones = true;   // promise the client's milestones as they fall (promises.hpp)
    std::vector<int> column_fields;   // tables only: an index into CsvField for each column; empty: guess
};

}  // namespace entente::exchange
