// Reads Microsoft Project's XML (MSPDI, versions 2002 to 2021) into a plan.
//
// Read: tasks with outline, milestones, constraints, deadlines, actuals, manual and inactive tasks, split tasks, notes; links with
// type, lag and its unit; calendars with their base, weekdays, exceptions (recurring ones as the rules they are) and work
// weeks; baselines 0 to 10; work resources as roles with their hourly rate; assignments; currency, start, slack limit.
// Microsoft Project schedules work by the calendars of the people on it; a plan here has calendars for tasks, so a task whose people
// keep other hours gets the calendar they keep together, checked against the file's own start, length and finish.
// Left out, with a problem that says so: links to other projects, material and cost resources, fixed costs, priorities, columns of the
// file's own, overtime and how work is spread, work and costs of baselines, anything that breaks a rule of the plan.
//
// The reader is bounded: at most kMaxImportBytes, kMaxXmlDepth and kMaxXmlElements; a document type (and so every entity of
// its own) is refused. UTF-8, UTF-16 and Windows-1252 are read.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "exchange/import_options.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

inline constexpr int kMaxXmlDepth = 64;
inline constexpr std::size_t kMaxXmlElements = 1'200'000;

// Errors: TooLarge; BadInput (not XML, broken XML, a document type, or a loop of links); Unsupported (another kind of XML).
// Rows of the house's rate card are taken by name; what is missing there comes in new_roles. The project's name is empty where
// neither the options nor the file have one.
Result<Imported> read_mspdi(ByteView bytes, const ImportOptions& options, const house::House& house, const NextId& next_id);

}  // namespace entente::exchange
