// The sample project "The Long Field": an invented feature in the middle of its edit, to be tried with one click and removed with one.
//
// Its plan is assets/sample/the-long-field.csv, compiled in and read by the same importer as any file; agreements, changes, rates and
// progress are added here. Every date is relative to `today`, so that the sample always looks alive: the director's edit is under
// way and the client's next decisions come due. Nobody in it exists: people are named by their part and marked (sample).
#pragma once

#include "core/command.hpp"
#include "exchange/imported.hpp"

namespace entente::app {

// Ready to be submitted to a session that holds `model`. The house's roles are used where they have the same name, at the house's
// rates; the others come along with rates of their own. Pure: the same model, day and ids give the same project.
plan::AddProject make_sample(const Model& model, Day today, const exchange::NextId& next_id);

}  // namespace entente::app
