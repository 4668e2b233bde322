// The arguments of the command line, taken apart and checked against what the command knows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/cli.hpp"

namespace entente::app {

struct Arguments {
    std::string command;
    std::string operand;                          // FILE or LINK; BEFORE
    std::string second;                           // AFTER, of a command that takes two
    std::map<std::string, std::string> options;   // without their dashes
    bool help = false, version = false;

    std::optional<std::string> option(const std::string& name) const {
        const auto found = options.find(name);
        return found == options.end() ? std::nullopt : std::optional(found->second);
    }
};

// BadInput where something is unknown, missing or there twice. "--name value" and "--name=value" are the same; "--" ends the options.
Result<Arguments> parse_arguments(const std::vector<std::string>& arguments);

// What each command is for, how it is called, and what the exit codes mean.
std::string help_text(const Locale& locale);

// "entente: what happened (where). What to do."
std::string error_line(const Locale& locale, const Error& error);

}  // namespace entente::app
