// ChangesPanel: what the client asked for, what each request would do to dates and price, and what came of it.
#pragma once

#include <string>

#include "ui/frame.hpp"
#include "ui/panels/cut_panel.hpp"
#include "ui/panels/desk.hpp"
#include "ui/panels/plan_edits.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class ChangesPanel {
public:
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);

private:
    // A cost line being written.
    struct LineDraft {
        std::string label;
        std::int64_t charge_minor = 0, internal_minor = 0;
        bool open = false;
    };
    // Rounds of notes being set up.
    struct RoundsDraft {
        std::string name;
        TaskId task;
        std::int64_t included = 2, days_hundredths = 200;
        bool open = false;
    };
    // changes_panel.cpp
    void list(const Frame& frame, Outbox& out, Desk& desk, Rect area);
    void list_row(const Frame& frame, Outbox& out, class Table& grid, int row, const change::Change& one);
    void detail(const Frame& frame, Outbox& out, Desk& desk, Rect area, const change::Change& one);
    void head(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one);
    void request_fields(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one);
    // change_effect.cpp
    void effect(const Frame& frame, Flow& flow, const change::Change& one, const change::Impact& impact);
    void costs(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one, const change::Impact* impact);
    void cost_table(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one, const change::Impact& impact);
    void add_line(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one);
    void contract(const Frame& frame, Flow& flow, const change::Change& one, const change::Impact* impact);
    void statement(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const change::Change& one, const change::Impact* impact);
    void outcome(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const change::Change& one);
    // change_options.cpp
    void options(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const change::Change& one);
    void option_cards(const Frame& frame, Desk& desk, Flow& flow, const change::Change& one);
    void option_card(const Frame& frame, Desk& desk, Flow& flow, const change::Change& one, std::size_t index, float height);
    void option_details(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one);
    void quality(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one);
    void build(const Frame& frame, Outbox& out, const change::Change& one);
    // change_rounds.cpp
    void rounds(const Frame& frame, Outbox& out, Flow& flow);
    void rounds_table(const Frame& frame, Outbox& out, Flow& flow);
    void add_rounds(const Frame& frame, Outbox& out, Flow& flow);

    struct TakeBackAnswer {
        ChangeId change;
        std::uint64_t sequence = ~std::uint64_t{0};
        Message refusal;   // empty: it can be taken back
    };

    CutPanel cuts_;
    ChangeId shown_;
    TakeBackAnswer take_back_;
    PlanEdits edits_, option_edits_;
    LineDraft line_;
    RoundsDraft rounds_;
    OptionId chosen_;      // the option that is looked at; none: the request as it stands
    bool our_cost_ = false, request_open_ = false, quality_open_ = false;
};

// The change as it would stand with another content: one command.
Command put_change(const plan::Project& project, change::Change next);
// Whether it is known what the request takes: it has edits or lines, or its class says that it costs the client nothing.
bool is_weighed(const change::Change& one);
// The chosen option of a change; none: the request as it stands.
const change::Option* option_of(const change::Change& one, OptionId id);
// The impact of an open change with that option, or why there is none.
const Result<change::Impact>* impact_of(const Frame& frame, const change::Change& one, OptionId option);
// What an option is called: its own name, or its kind's.
std::string option_title(const Frame& frame, const change::Option& option);
// The impact of an open change, or why there is none.
const Result<change::Impact>* impact_of(const Frame& frame, ChangeId id);
// "It takes the place of CR-003, agreed on Wed 4 Mar 2026."; empty where there is no such change.
std::string replaced_text(const Frame& frame, ChangeId id);
std::string money_ex_vat(const Frame& frame, std::int64_t minor);

}  // namespace entente::ui
