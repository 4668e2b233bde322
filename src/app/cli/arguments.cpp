#include "app/cli/arguments.hpp"

#include <algorithm>
#include <array>

#include "app/cli/table.hpp"
#include "base/text.hpp"

namespace entente::app {

namespace {

struct CommandRow {
    std::string_view name, operand;
    std::array<std::string_view, 5> options;
};

constexpr CommandRow kCommands[] = {
    {"schedule", "FILE", {"start", "format", "lang"}},
    {"check", "FILE", {"start", "lang", ""}},
    {"convert", "FILE", {"start", "to", "output", "lang"}},
    {"cut-diff", "BEFORE AFTER", {"format", "rate", "lang"}},
    {"risk", "FILE", {"runs", "seed", "start", "format", "lang"}},
    {"open", "BACKUP", {"passphrase-file", "recovery-key-file", "export", "out", "lang"}},
    {"status", "LINK", {"passphrase-file", "lang", ""}},
};

const CommandRow* find_command(std::string_view name) {
    const auto* found = std::find_if(std::begin(kCommands), std::end(kCommands),
                                     [&](const CommandRow& row) { return name == row.name; });
    return found == std::end(kCommands) ? nullptr : found;
}

bool takes_two(std::string_view name) {
    const CommandRow* command = find_command(name);
    return command && command->operand.find(' ') != std::string_view::npos;
}

Error usage(Message what) {
    return {ErrorCode::BadInput, std::move(what), {}, msg("See entente --help.")};
}

}  // namespace

Result<Arguments> parse_arguments(const std::vector<std::string>& arguments) {
    Arguments out;
    bool options_end = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        const bool option = !options_end && word.size() > 1 && word[0] == '-' && word != "-";
        if (option && word == "--") {
            options_end = true;
        } else if (option && (word == "--help" || word == "-h")) {
            out.help = true;
        } else if (option && (word == "--version" || word == "-V")) {
            out.version = true;
        } else if (option) {
            const std::size_t equals = word.find('=');
            const std::string name = word == "-o" ? "output"
                                     : word.substr(0, 2) == "--"
                                         ? word.substr(2, equals == std::string::npos ? equals : equals - 2)
                                         : word;
            if (equals == std::string::npos && i + 1 == arguments.size())
                return tl::unexpected<Error>(usage(msg("The option {0} needs a value.", word)));
            const std::string value = equals == std::string::npos ? arguments[++i] : word.substr(equals + 1);
            if (!out.options.emplace(name, value).second)
                return tl::unexpected<Error>(usage(msg("The option {0} is given twice.", "--" + name)));
        } else if (out.command.empty()) {
            out.command = word;
        } else if (out.operand.empty()) {
            out.operand = word;
        } else if (out.second.empty() && takes_two(out.command)) {
            out.second = word;
        } else {
            return tl::unexpected<Error>(usage(msg("\u201c{0}\u201d is one argument too many.", word)));
        }
    }
    if (out.help || out.version) return out;
    if (out.command.empty())
        return tl::unexpected<Error>(usage(msg("A command is needed: schedule, check, convert, risk, cut-diff, open or status.")));
    const CommandRow* command = find_command(out.command);
    if (!command)
        return tl::unexpected<Error>(usage(msg("There is no command \u201c{0}\u201d.", out.command)));
    for (const auto& [name, value] : out.options) {
        if (std::find(command->options.begin(), command->options.end(), name) == command->options.end()) {
            return tl::unexpected<Error>(usage(
                msg("The command {0} has no option {1}.", out.command, name[0] == '-' ? name : "--" + name)));
        }
    }
    if (out.operand.empty() || (takes_two(out.command) && out.second.empty()))
        return tl::unexpected<Error>(
            usage(msg("The command {0} needs a {1}.", out.command, command->operand)));
    return out;
}

std::string help_text(const Locale& locale) {
    const auto say = [&](std::initializer_list<const char*> lines) {
        std::string out;
        for (const char* line : lines) out += std::string(line) + "\n";
        return out;
    };
    TextTable table({{"", false, 40}, {"", false, 120}});
    table.row({"  schedule FILE", locale.tr("Computes early and late dates, float and the critical chain.")});
    table.row({"      --start DATE",
               locale.tr("The first day, as 2026-03-02; else what the file says, or next Monday.")});
    table.row(
        {"      --format json|table", locale.tr("How to print it; json unless it goes to a terminal.")});
    table.row({"  check FILE", locale.tr("Lists problems, missing links, negative float and promises.")});
    table.row({"      --start DATE", locale.tr("As for schedule.")});
    table.row({"  risk FILE", locale.tr("Says how likely the dates are: P50, P80 and P90 of every milestone.")});
    table.row({"      --runs N, --seed S", locale.tr("How often the plan is run (10,000), and with which numbers (2014).")});
    table.row({"      --start, --format", locale.tr("As for schedule.")});
    table.row({"  convert FILE --to mspdi|csv", locale.tr("Writes the plan as Microsoft Project XML, or as a table.")});
    table.row({"      -o OUT", locale.tr("The file to write; else it is printed.")});
    table.row({"  cut-diff BEFORE AFTER", locale.tr("Lists what changed between two cuts (EDL or OpenTimelineIO).")});
    table.row({"      --format json|table", locale.tr("As for schedule.")});
    table.row({"      --rate RATE", locale.tr("Frames a second where a list does not say: 24, 25, 29.97df, 29.97ndf, 50, ...")});
    table.row({"  open BACKUP", locale.tr("Opens a backup (.entente) and says what is in it.")});
    table.row({"      --passphrase-file FILE", locale.tr("The passphrase is the file's first line.")});
    table.row({"      --recovery-key-file FILE", locale.tr("The recovery key, instead of the passphrase.")});
    table.row({"      --export json|md|csv", locale.tr("Writes all of it: one JSON document, a folder to read, or its tables.")});
    table.row({"      --out FOLDER", locale.tr("A new folder to write to; json is printed without one.")});
    table.row({"  status LINK", locale.tr("Verifies a status link and prints what it says.")});
    table.row({"      --passphrase-file FILE", locale.tr("The passphrase is the file's first line.")});
    table.row({"  --lang en|cy", locale.tr("The language to print in, after any command.")});
    table.row({"  --help, --version", ""});
    return say({locale.tr("Usage: entente COMMAND ...")}) + "\n" + table.text() + "\n" +
           say({locale.tr("FILE is a table (CSV, TSV) or Microsoft Project XML; - reads standard input."),
                locale.tr("A table is scheduled Monday to Friday, 09:00 to 17:00, without holidays."),
                locale.tr("LINK is a whole address or the part from # on; - reads standard input."),
                locale.tr(
                    "A passphrase comes from the file, else from ENTENTE_PASSPHRASE, else it is asked for."),
                "",
                locale.tr(
                    "Exit codes: 0 all is well; 1 a problem in the file or link, listed; 2 wrong usage.")});
}

std::string error_line(const Locale& locale, const Error& error) {
    std::string line = "entente: " + locale.text(error.what);
    if (!error.where.empty()) line += " (" + error.where + ")";
    if (!error.remedy.empty()) line += " " + locale.text(error.remedy);
    std::string clean = clean_utf8(line);
    std::replace(clean.begin(), clean.end(), '\n', ' ');
    return clean + "\n";
}

}  // namespace entente::app
