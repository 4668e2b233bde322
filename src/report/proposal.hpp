// The fee proposal as the client gets it: nine sections, the lines with their prices, VAT apart, the programme; and what is
// different from the version before.
//
// Client-facing: never what anything costs the house, never overhead, profit or margin (they are spread over the lines), never
// who allowed goodwill or why, never a note of the record. A line shows its hours, and its rate where rates are sold as such.
#pragma once

#include "base/locale.hpp"
#include "core/money/proposal.hpp"
#include "report/document.hpp"

namespace entente::report {

// Fails (Overflow) where the price cannot be computed.
Result<Document> proposal_document(const Model& model, const plan::Project& project, const money::Proposal& proposal,
                                   const Locale& locale);

// The section's name, as the proposal and its builder show it.
std::string section_name(const Locale& locale, money::Section section);

// "7 h 30", "40 h"
std::string hours_text(const Locale& locale, std::int64_t minutes);
// 1250 basis points: "12.5"
std::string percent_text(std::int64_t basis_points);

}  // namespace entente::report
