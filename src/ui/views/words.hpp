// Words: how plan facts read, in one place: lengths, dates, decisions, promises. No drawing.
#pragma once

#include <string>

#include "ui/frame.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

// "20 days" in the days of the project's calendar.
std::string days_text(const Frame& frame, const plan::Project& project, std::int64_t working_minutes);
std::string task_length(const Frame& frame, const plan::Project& project, const plan::Task& task);
// "Edit with director, Tue 14 Apr to Mon 11 May, 20 days, 40 % done, critical"
std::string task_in_words(const Frame& frame, const plan::Project& project, const plan::Task& task, const plan::ScheduledTask& at);
// "needs your decision by Thu 4 Jun", "answered 3 Jun"
std::string decision_flag(const Frame& frame, const plan::Project& project, const plan::DecisionRow& row);
// What the client reads as the question: their own words, or the task's name.
std::string decision_question(const plan::Project& project, const plan::ClientDecision& decision);
// "Each day after that moves Delivery by 1 day."
Message slip_sentence(const plan::Project& project, const plan::DecisionRow& row, const std::vector<plan::PromiseRow>& promises);

Status promise_status(const Frame& frame, plan::PromiseHealth health);
// "3 days of room", "2 days late"
std::string room_text(const Frame& frame, std::int64_t room_days);
Status float_status(const Frame& frame, const plan::Project& project, const plan::ScheduledTask& at);
Status decision_status(const Frame& frame, const plan::DecisionRow& row);

const char* kind_word(const Frame& frame, change::Kind kind);
Status kind_status(const Frame& frame, change::Kind kind);
Status state_status(const Frame& frame, const plan::Project& project, const change::Change& one);
const char* constraint_word(const Frame& frame, plan::ConstraintKind kind);
const char* link_word(const Frame& frame, plan::LinkKind kind);
const char* ladder_word(const Frame& frame, house::LadderKind kind);
// "+3 days", "-2 days", "0 days"
std::string moved_text(const Frame& frame, std::int64_t days);
// "Feature · Sample client"
std::string project_subtitle(const plan::Project& project);

const plan::ClientDecision* decision_of(const plan::Project& project, DecisionId id);
const plan::ClientDecision* decision_at(const plan::Project& project, TaskId task);
const plan::Promise* promise_at(const plan::Project& project, TaskId task);
std::string task_name(const plan::Project& project, TaskId task);

}  // namespace entente::ui
