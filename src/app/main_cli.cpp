// The native command line: files, the clock, the terminal and the exit code; everything else is app/cli.
#include <dirent.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "app/cli/cli.hpp"

namespace {

using namespace entente;

Day local_today() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm local{};
    localtime_r(&now, &local);
    return day_from(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday).value_or(kFirstDay);
}

tl::unexpected<Error> unreadable(const std::string& path) {
    return fail(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::BadInput,
                errno == ENOENT ? msg("There is no such file.") : msg("The file cannot be read."), path, {});
}

Result<Bytes> read_file(const std::string& path, std::size_t most) {
    errno = 0;
    struct stat facts{};
    if (path != "-" && stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode)) {
        return fail(ErrorCode::BadInput, msg("This is a folder, not a file."), path);
    }
    std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
    if (!file) return unreadable(path);
    Bytes bytes;
    std::uint8_t block[65536];
    std::size_t size = 0;
    while (bytes.size() <= most && (size = std::fread(block, 1, sizeof block, file)) > 0)
        bytes.insert(bytes.end(), block, block + size);
    const bool failed = std::ferror(file) != 0;
    if (file != stdin) std::fclose(file);
    if (failed) return unreadable(path);
    if (bytes.size() > most) {
        return fail(ErrorCode::TooLarge,
                    msg("The file is larger than {0} MiB.", static_cast<int>(most >> 20)), path,
                    msg("Export only the plan's own rows and columns and import again."));
    }
    return bytes;
}

Result<void> write_file(const std::string& path, ByteView bytes) {
    const auto failed = [&path] { return fail(ErrorCode::BadInput, msg("The file cannot be written."), path); };
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (!file) return failed();
    const bool whole = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
    if (std::fclose(file) != 0 || !whole) return failed();
    return {};
}

// Only for the person who runs it: what is written there was encrypted until now.
Result<bool> make_folder(const std::string& path) {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        if (mkdir(part.c_str(), S_IRWXU) != 0 && errno != EEXIST)
            return fail(ErrorCode::BadInput, msg("The folder cannot be made."), part);
        if (end == std::string::npos) break;
    }
    DIR* folder = opendir(path.c_str());
    if (!folder) return fail(ErrorCode::BadInput, msg("The folder cannot be made."), path);
    bool is_empty = true;
    while (const dirent* entry = readdir(folder)) {
        const std::string name = entry->d_name;
        is_empty = is_empty && (name == "." || name == "..");
    }
    closedir(folder);
    return is_empty;
}

// Typed at the terminal itself, so that standard input stays free for a file; what is typed is not shown.
std::optional<std::string> ask_secret(const std::string& question) {
    std::FILE* terminal = std::fopen("/dev/tty", "r+");
    if (!terminal) return std::nullopt;
    termios shown{};
    const bool hidden = tcgetattr(fileno(terminal), &shown) == 0;
    if (hidden) {
        termios quiet = shown;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(fileno(terminal), TCSAFLUSH, &quiet);
    }
    std::fputs(question.c_str(), terminal);
    std::fflush(terminal);
    std::string typed;
    int c = 0;
    while ((c = std::fgetc(terminal)) != EOF && c != '\n') typed += static_cast<char>(c);
    if (hidden) tcsetattr(fileno(terminal), TCSAFLUSH, &shown);
    // Past the stream, which may not turn from reading to writing on a terminal.
    const bool answered = ::write(fileno(terminal), "\n", 1) == 1;
    std::fclose(terminal);
    if (!answered && typed.empty()) return std::nullopt;
    return typed;
}

std::optional<std::string> variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace

int main(int count, char** values) {
    app::World world;
    world.read_file = read_file;
    world.write_file = write_file;
    world.make_folder = make_folder;
    world.ask_secret = ask_secret;
    world.variable = variable;
    world.today = local_today();
    world.now = Instant{std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch()).count()};
    world.out_is_terminal = isatty(STDOUT_FILENO) != 0;
    const app::Outcome outcome = app::run(std::vector<std::string>(values + 1, values + count), world);
    std::fwrite(outcome.out.data(), 1, outcome.out.size(), stdout);
    std::fwrite(outcome.err.data(), 1, outcome.err.size(), stderr);
    // A full disk or a closed pipe must not look like success.
    if (std::fflush(stdout) != 0) return app::kExitProblem;
    return outcome.code;
}
