// Templates: a plan for a kind of work, from a small text file, made into one AddProject from a day it begins.
//
// The format, version 1: a first line "entente template 1"; then "name:", "about:", "kind:", "days: LOW HIGH" (working days from
// the first to the last, which the tests hold the schedule to) and "rounds: COUNT CODE LENGTH" (of notes
// that are included; one more stands before that step and takes that long; a count alone where that is not one step); then "stage:" lines,
// each for the steps after it, and steps of seven parts:
//   code | what | length (5d, 4h, 0) | roles | after (codes with FS SS FF SF and a lag, 12SS+2d) | client | question
// client: sees, decides or gives, and promised. "repeat: 8" to "end" stands for the steps that many times: % is the number, < the one
// before, and what leads before the first is left out. "#" begins a comment.
// The reader is bounded (64 KiB, 2,000 steps, 50 times) and refuses everything it does not know, with the line.
//
// Lengths are the house's usual figures for independent work and editable like any task. Texts are keys of the catalogue
// with the context "template", so that the plan is made in the language of the person who makes it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.hpp"
#include "base/result.hpp"
#include "core/house/model.hpp"
#include "core/plan/command.hpp"

namespace entente::templates {

enum class Unit : std::uint8_t { Minutes, Days };

struct Length {
    std::int64_t amount = 0;
    Unit unit = Unit::Days;  // of the calendar the project gets
    friend bool operator==(const Length&, const Length&) = default;
};

struct After {
    std::string code;
    plan::LinkKind kind = plan::LinkKind::FinishToStart;
    Length lag;
};

// The views point into the text that was parsed.
struct Step {
    std::string code;
    std::string_view name, stage;
    int number = 0;  // of the repetition it belongs to; 0: none
    Length length;
    std::vector<std::string_view> roles;
    std::vector<After> after;
    std::optional<plan::ClientPart> part;
    bool visible = false, promised = false;
    std::string_view question;
};

struct Template {
    std::string_view name, about, kind;
    int low_days = 0, high_days = 0, rounds = 0;
    std::string round_before;  // the code of a step; may be empty
    Length round_length;
    std::vector<Step> steps;
};

// BadInput with the line that is wrong. `text` must outlive the template.
Result<Template> parse(std::string_view text);

// A text of a template as a message, which the catalogue knows.
Message said(std::string_view text);
Message said(std::string_view text, int number);  // where it holds {0}

struct Wanted {
    std::string name, client;
    Day start;
    std::int64_t fee_minor = 0;
};

using Say = std::function<std::string(const Message&)>;
using NextId = std::function<std::uint64_t()>;

// The whole project: tasks, links, roles (the house's where the name is the same), what is asked of the client, and a promise on the
// day each promised milestone falls on by the plan. Calendar and currency are the house's.
plan::AddProject build(const Template& from, const Wanted& wanted, const house::House& house, const Say& say, const NextId& next_id);

}  // namespace entente::templates
