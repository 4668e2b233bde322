// ZIP out: files in one archive, deflated (APPNOTE.TXT 6.3.10, version 2.0 of the format), names in UTF-8 (general purpose bit 11).
//
// Bounded: at most 65,535 files and 4 GiB in all; no encryption, no ZIP64. Pure: every file has the time that is given, so that the
// same files give the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace entente::exchange {

struct ZipFile {
    std::string path;  // relative, with / between folders
    ByteView bytes;
};

// BadInput for a path that is empty, absolute, there twice or leads upwards; TooLarge beyond the limits.
Result<Bytes> write_zip(const std::vector<ZipFile>& files, LocalMinute made);

}  // namespace entente::exchange
