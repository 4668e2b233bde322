// The native command line: files, the clock, the terminal and the exit code; everything else is app/cli.
#include <dirent.h>
#include <sys/fcntl.h>
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

tl::unexpected<Error> too_large(const std::string& path, std::size_t most) {
    return fail(ErrorCode::TooLarge, msg("The file is larger than {0} MiB.", static_cast<int>(most >> 20)), path);
}

// Opened without waiting, so that a pipe that nobody writes to is told apart and not waited for.
Result<std::FILE*> open_regular(const std::string& path, std::size_t most) {
    errno = 0;
    const int handle = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (handle < 0) return unreadable(path);
    struct stat facts{};
    const bool known = fstat(handle, &facts) == 0;
    const bool fits = !known || static_cast<std::uint64_t>(facts.st_size) <= most;
    if (known && S_ISREG(facts.st_mode) && fits) {
        if (std::FILE* file = fdopen(handle, "rb")) return file;
    }
    close(handle);
    if (known && S_ISREG(facts.st_mode)) return fits ? unreadable(path) : too_large(path, most);
    if (known && S_ISDIR(facts.st_mode)) return fail(ErrorCode::BadInput, msg("This is a folder, not a file."), path);
    return fail(ErrorCode::BadInput, msg("This is a pipe or a device, not a file."), path,
                msg("Give it on standard input, with - in place of the file."));
}

Result<Bytes> read_file(const std::string& path, std::size_t most) {
    const auto opened = path == "-" ? Result<std::FILE*>(stdin) : open_regular(path, most);
    if (!opened) return tl::unexpected<Error>(opened.error());
    std::FILE* file = *opened;
    Bytes bytes;
    std::uint8_t block[65536];
    std::size_t size = 0;
    errno = 0;
    while (bytes.size() <= most && (size = std::fread(block, 1, sizeof block, file)) > 0)
        bytes.insert(bytes.end(), block, block + size);
    const bool failed = std::ferror(file) != 0;
    if (file != stdin) std::fclose(file);
    if (failed) return unreadable(path);
    if (bytes.size() > most) return too_large(path, most);
    return bytes;
}

// Whole, or not at all as far as anybody is told: a disk may say only at the end that it is full.
bool put(std::FILE* file, const void* bytes, std::size_t size) {
    const bool whole = std::fwrite(bytes, 1, size, file) == size;
    return std::fflush(file) == 0 && whole && std::ferror(file) == 0;
}

Result<void> write_file(const std::string& path, ByteView bytes, app::Writing writing) {
    const auto failed = [&path] { return fail(ErrorCode::BadInput, msg("The file cannot be written."), path); };
    // Its own from the first moment: neither read by others nor written through a link that somebody put there.
    const bool own = writing == app::Writing::NewAndPrivate;
    const int handle = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (own ? O_EXCL | O_NOFOLLOW : O_TRUNC),
                            own ? S_IRUSR | S_IWUSR : S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH);
    std::FILE* file = handle < 0 ? nullptr : fdopen(handle, "wb");
    if (!file) {
        if (handle >= 0) close(handle);
        return failed();
    }
    const bool whole = put(file, bytes.data(), bytes.size());
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
    const std::vector<std::string> arguments(values + 1, values + count);
    const app::Outcome outcome = app::run(arguments, world);
    // A full disk or a closed pipe must not look like success.
    const bool said = put(stdout, outcome.out.data(), outcome.out.size()) && std::fclose(stdout) == 0;
    const std::string err = outcome.err + (said ? std::string() : app::unsaid(arguments));
    put(stderr, err.data(), err.size());
    return said ? outcome.code : app::kExitProblem;
}
