// The change notice: what a change would do, in the client's language, to be read aloud, mailed or printed. And the exact text
// that is agreed to, which the record keeps.
//
// Client-facing: prices without VAT, VAT and total; never what the house pays itself, never roles or hours.
#pragma once

#include "base/locale.hpp"
#include "core/change/options.hpp"
#include "report/document.hpp"

namespace entente::report {

// Of an open change, or of one of its options, with the computed impact of that.
Document change_notice(const Model& model, const plan::Project& project, const change::Change& change, const change::Option* option,
                       const change::Impact& impact, const Locale& locale);

// Of an agreed, absorbed, declined or parked one: what was recorded.
Document outcome_notice(const plan::Project& project, const change::Change& change, const Locale& locale);

// The sentences of the statement, one after another: what is shown before agreeing, and what is kept as agreed.
std::string agreement_text(const plan::Project& project, const change::Change& change, const change::Option* option,
                           const change::Impact& impact, const Locale& locale);

}  // namespace entente::report
