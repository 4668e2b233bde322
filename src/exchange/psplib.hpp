// Networks of PSPLIB, the library of scheduling problems that schedulers are measured by: its own files (.sm, .mm) and Patterson's (.rcp).
//
// Jobs with their lengths in days and what follows them, told by content. They become a table (csv_plan.hpp), so that one reader decides
// what a plan is. What a plan here does not know (limits of resources, other ways to do a job) is named in the notes; so is a
// critical path that is not as long as the file says it is (its MPM-Time) where the caller compares them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

struct Network {
    std::string table;                       // CSV: id, duration_days, successors
    std::optional<std::int64_t> stated_days; // the length of the critical path, where the file states it
    std::vector<Problem> notes;
};

// Whether the bytes are such a file; read_network says what is wrong with one that is broken.
bool is_network(ByteView bytes);

// BadInput where the file is cut short or names a job that it does not have; TooLarge beyond kMaxImportTasks and kMaxLinks.
Result<Network> read_network(ByteView bytes);

}  // namespace entente::exchange
