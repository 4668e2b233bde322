// Result<T>: how Entente speaks of failure in the world outside (files, storage, a refused command).
//
// An Error says what happened, where, and what the person can do. All three are Messages, so they reach a person in
// their own language; `where` is data (a line number, a file name, a task) and is shown as it is. Our own bugs are
// assert()ed, not returned. Nothing here throws.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "base/message.hpp"

namespace entente {

// What a program may want to tell apart; what a person reads is in the messages.
enum class ErrorCode {
    Refused,         // a command that the rules of the domain do not allow now
    NotFound,        // an id or a record that is not there
    BadInput,        // text or a file that cannot be understood
    TooLarge,        // beyond a stated limit
    Unsupported,     // a version or a variant we do not read
    Damaged,         // authenticated data that fails its check, or a format broken in the middle
    WrongSecret,     // the passphrase or key does not open this
    Expired,         // past its date
    Storage,         // the browser's store refused or failed
    StorageFull,     // no room left
    Conflict,        // another tab or device wrote first
    Overflow,        // money or time beyond what can be held
    Cancelled,
};

struct Error {
    ErrorCode code = ErrorCode::Refused;
    Message what;       // one sentence: what happened
    std::string where;  // a line, a name, a position; may be empty
    Message remedy;     // one sentence: what to do; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, Message what, std::string where = {}, Message remedy = {}) {
    return tl::unexpected<Error>(Error{code, std::move(what), std::move(where), std::move(remedy)});
}

}  // namespace entente
