// The command line `entente`: schedules a plan, checks a file, converts it, opens a backup or a status link,
// without a browser.
//
// run() is the whole program without its edges: arguments in, text and an exit code out; files, the day and the passphrase come
// through World, so that tests run it. What is asked for goes to `out`, everything else to `err`. Exit codes: 0 all is well, 1 a problem
// in the file or link (what could be computed is printed all the same), 2 wrong usage.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/locale.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace entente::app {

inline constexpr int kExitOk = 0, kExitProblem = 1, kExitUsage = 2;

// Over what is there, with the rights that are usual; or new (nothing may be there) and for the person alone who runs it.
enum class Writing : std::uint8_t { Over, NewAndPrivate };

struct World {
    // The file's bytes; "-" is standard input. NotFound; BadInput of what is no regular file; TooLarge beyond `most` bytes, without a
    // remedy: the caller knows what the file is.
    std::function<Result<Bytes>(const std::string& path, std::size_t most)> read_file;
    // BadInput where it cannot be written.
    std::function<Result<void>(const std::string& path, ByteView bytes, Writing writing)> write_file;
    // Makes the folder and those above it; true where nothing is in it. BadInput where it cannot be made.
    std::function<Result<bool>(const std::string& path)> make_folder;
    // Asks at the terminal without showing what is typed; none where there is no terminal.
    std::function<std::optional<std::string>(const std::string& question)> ask_secret;
    std::function<std::optional<std::string>(const std::string& name)> variable;  // of the environment
    Day today;
    Instant now;
    bool out_is_terminal = false;
};

struct Outcome {
    int code = kExitOk;
    std::string out, err;
};

Outcome run(const std::vector<std::string>& arguments, const World& world);
// What is said where `out` could not be written: the disk is full, or nobody reads it.
std::string unsaid(const std::vector<std::string>& arguments);

}  // namespace entente::app
