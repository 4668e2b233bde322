#include "app/cli/secret_input.hpp"

#include <algorithm>

namespace entente::app {

std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find_first_of("\r\n"))); }

Result<std::string> find_passphrase(const Arguments& arguments, const World& world, const std::string& question, Message needed) {
    if (const auto path = arguments.option("passphrase-file")) {
        const auto bytes = world.read_file(*path, kMaxSecretFile);
        if (!bytes) return tl::unexpected<Error>(bytes.error());
        return first_line(text_of(*bytes));
    }
    if (auto variable = world.variable("ENTENTE_PASSPHRASE")) return std::move(*variable);
    if (auto typed = world.ask_secret(question)) return std::move(*typed);
    return fail(ErrorCode::WrongSecret, std::move(needed), {}, msg("Give it with --passphrase-file or ENTENTE_PASSPHRASE."));
}

}  // namespace entente::app
