// Status documents of tests/data/share as Status values, and keys for tests. The format of the files is in their README.
#pragma once

#include <string>
#include <vector>

#include "share/link.hpp"
#include "share/status.hpp"

namespace entente::share {

// The names of the documents that measure the length of a link.
inline const std::vector<std::string> kMeasured{"feature", "series", "commercial"};

Status load_status(const std::string& name);  // fails the test where a line is not understood
// The same document as JSON, the way a program without a format of its own would write it.
std::string to_json(const Status& status);

// Issued on Wed 20 May 2026 at 16:10, good until 3 June; the same key for the same `number`.
LinkOptions link_options(int number = 1);

}  // namespace entente::share
