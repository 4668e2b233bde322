#include "exchange/client_part.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "base/text.hpp"

namespace entente::exchange {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view kSaysDecision[] = {"client decision", "client decides", "penderfyniad y cleient",
                                              "penderfyniad cleient"};
constexpr std::string_view kSaysInput[] = {"client input", "mewnbwn y cleient", "mewnbwn cleient"};
constexpr std::string_view kDeciding[] = {
    "decision",     "decide",     "decides",    "lock",          "locked",  "approval", "approve", "approves",
    "approved",     "sign off",   "signs off",  "signed off",    "signoff", "agree",    "agrees",  "agreed",
    "penderfyniad", "penderfynu", "cymeradwyo", "cymeradwyaeth", "cloi",    "llofnodi", "cytuno",
};
constexpr std::string_view kSupplying[] = {
    "notes",   "feedback", "comments", "response", "input",   "rights",  "clearance", "clearances",
    "consent", "nodiadau", "adborth",  "sylwadau", "hawliau", "mewnbwn", "caniatad",
};
constexpr std::string_view kSupplied[] = {
    "rights holder",    "rights holders",   "actors",           "client answers",
    "client supplies",  "client sends",     "client provides",  "producers answer",
    "producer answers", "producers supply", "deiliaid hawliau", "actorion",
};

// Folded words with one space around each: " picture lock ".
std::string words_of(std::string_view text) {
    std::string out = " ";
    for (const char c : fold(text)) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (word) out += c;
        else if (out.back() != ' ') out += ' ';
    }
    if (out.back() != ' ') out += ' ';
    return out;
}

bool holds_any(const std::string& text, Words phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
        return text.find(" " + std::string(phrase) + " ") != std::string::npos;
    });
}

}  // namespace

std::optional<plan::ClientPart> client_part(const PlanRow& row, bool is_milestone) {
    switch (row.client) {
        case ClientWord::No: return std::nullopt;
        case ClientWord::Decision: return plan::ClientPart::Decision;
        case ClientWord::Input: return plan::ClientPart::Input;
        case ClientWord::Yes: break;
    }
    const std::string name = words_of(row.name), note = words_of(row.note);
    if (holds_any(name, kSaysDecision) || holds_any(note, kSaysDecision)) return plan::ClientPart::Decision;
    if (holds_any(name, kSaysInput) || holds_any(note, kSaysInput)) return plan::ClientPart::Input;
    if (holds_any(name, kDeciding) || (is_milestone && holds_any(note, kDeciding)))
        return plan::ClientPart::Decision;
    if (holds_any(name, kSupplying) || holds_any(note, kSupplied)) return plan::ClientPart::Input;
    return std::nullopt;
}

}  // namespace entente::exchange
