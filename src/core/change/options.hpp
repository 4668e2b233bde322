// Options: the ways to answer a request, built by machine to be edited by hand, each computed like any other change.
//
// Do it and move the dates; do it and hold the dates with overtime or with a second shift (and say so where that is not enough);
// trade it for scope of equal worth (tasks left out or made shorter); do it as a later version; decline. Pure: the same plan gives the
// same options, ids apart.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/change/query.hpp"

namespace entente::change {

// Texts that become data of the plan, in the language of whoever asks.
struct OptionWords {
    std::string later;     // "Later version": the stage of work that follows delivery
    std::string even_out;  // "Evened out": the line that makes a trade come to exactly nothing
};

// The options for an open change, MoveDates first and Decline last. Overtime and SecondShift are there where the request breaks a
// promise, whether or not they can mend it; Trade where the plan has work of that worth that has not begun; LaterVersion where
// there is a delivery to come after. Fails as impact() does.
Result<std::vector<Option>> build_options(const Model& model, const plan::Project& project, const Change& change,
                                          const OptionWords& words, const std::function<std::uint64_t()>& next_id);

// Crashes that bring the promises back to where they were without the change, the cheapest first on the way to each promise; fewer
// where no more can be done. Not crashed: what is done, what nobody is assigned to, what the client does, elapsed time.
std::vector<PlanEdit> crashes_for(const Model& model, const plan::Project& project, const Change& change, CrashMethod method);

// What we would say about an option, in plain words: what is possible, what it moves, what it costs, by when to decide.
std::vector<Message> option_statement(const plan::Project& project, const Change& change, const Option& option, const Impact& impact);

// "Do it, move the dates": what a kind is called.
Message option_name(OptionKind kind);

// Premium minutes of a list of edits, over everyone who works them.
std::int64_t premium_minutes(const plan::Project& after, const std::vector<PlanEdit>& edits);

}  // namespace entente::change
