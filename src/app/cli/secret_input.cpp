#include "app/cli/secret_input.hpp"

#include "app/cli/plan_input.hpp"
#include "base/text.hpp"
#include "exchange/decode_text.hpp"
#include "vault/secret.hpp"

namespace entente::app {

Result<std::string> read_secret_text(const World& world, const std::string& path) {
    auto bytes = read_sized(world, path, kMaxSecretFile, msg("A secret stands in a small text file, a passphrase on its first line."));
    if (!bytes) return tl::unexpected<Error>(std::move(bytes.error()));
    // Only a mark at its head says that it is anything else than UTF-8: a text without one is never guessed at.
    const auto begins = [&](std::string_view mark) { return text_of(*bytes).substr(0, mark.size()) == mark; };
    const bool utf16 = begins("\xFF\xFE") || begins("\xFE\xFF");
    exchange::DecodedText decoded;
    if (utf16) decoded = exchange::decode_text(*bytes);
    std::string text = utf16 ? std::move(decoded.text) : std::string(text_of(*bytes).substr(begins("\xEF\xBB\xBF") ? 3 : 0));
    vault::wipe(*bytes);
    if (!decoded.replaced && valid_utf8(text) && text.find('\0') == std::string::npos) return text;
    vault::wipe(text);
    return fail(ErrorCode::BadInput, msg("This file is not text in UTF-8."), path,
                msg("Save it as plain text in UTF-8, a passphrase on its first line."));
}

Result<std::string> find_passphrase(const Arguments& arguments, const World& world, const std::string& question, Message needed) {
    if (const auto path = arguments.option("passphrase-file")) {
        auto text = read_secret_text(world, *path);
        if (!text) return text;
        std::string line = text->substr(0, text->find_first_of("\r\n"));
        vault::wipe(*text);
        return line;
    }
    if (auto variable = world.variable("ENTENTE_PASSPHRASE")) return std::move(*variable);
    if (auto typed = world.ask_secret(question)) return std::move(*typed);
    return fail(ErrorCode::WrongSecret, std::move(needed), {}, msg("Give it with --passphrase-file or ENTENTE_PASSPHRASE."));
}

}  // namespace entente::app
