// Where a passphrase comes from: --passphrase-file, the environment, or a person at the terminal.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/arguments.hpp"

namespace entente::app {

inline constexpr std::size_t kMaxSecretFile = 1u << 20;

// The file's text: UTF-8, with or without a byte order mark, or UTF-16 with one. BadInput where it is anything else.
Result<std::string> read_secret_text(const World& world, const std::string& path);

// `question` is asked at the terminal; `needed` is said (WrongSecret) where there is none.
Result<std::string> find_passphrase(const Arguments& arguments, const World& world, const std::string& question, Message needed);

}  // namespace entente::app
