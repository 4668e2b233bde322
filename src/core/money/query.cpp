#include "core/money/query.hpp"

#include <algorithm>

#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::money {

namespace {

tl::unexpected<Error> too_large(std::string where = {}) {
    return fail(ErrorCode::Overflow, msg("The amount is too large."), std::move(where),
                msg("Look for a rate or an amount that was mistyped."));
}

// Adds, or notes that the sum is larger than can be held.
class Sum {
public:
    void add(std::int64_t& total, std::int64_t value) {
        const auto sum = checked_add(total, value);
        good_ = good_ && sum;
        if (sum) total = *sum;
    }
    void subtract(std::int64_t& total, std::int64_t value) {
        if (__builtin_sub_overflow(total, value, &total)) good_ = false;
    }
    void fail() { good_ = false; }
    bool good() const { return good_; }

private:
    bool good_ = true;
};

class Sheet {
public:
    Sheet(const Model& model, const plan::Project& project) : model_(model), project_(project) {}

    Result<Report> make();

private:
    Cell& cell(const std::string& stage, RoleId role);
    void rank_stages();
    void plan();
    void budget();
    void costs();
    void orders();
    void forecasts();
    void changes();
    void order_cells();
    void totals();
    std::size_t stage_rank(const std::string& stage) const;
    std::size_t role_rank(RoleId role) const;

    const Model& model_;
    const plan::Project& project_;
    std::vector<std::string> stage_order_;
    Report out_;
    Sum sum_;
};

Cell& Sheet::cell(const std::string& stage, RoleId role) {
    for (Cell& one : out_.cells) {
        if (one.role == role && one.stage == stage) return one;
    }
    out_.cells.push_back({stage, role, {}, 0, 0, 0, false});
    return out_.cells.back();
}

// Stages in the order in which the plan first names them, then those only the money names.
void Sheet::rank_stages() {
    const auto name = [this](const std::string& stage) {
        if (std::find(stage_order_.begin(), stage_order_.end(), stage) == stage_order_.end())
            stage_order_.push_back(stage);
    };
    for (const plan::Task& task : project_.tasks) {
        if (!task.assignments.empty()) name(task.stage);
    }
    const Book& book = project_.money;
    for (const BudgetLine& line : book.budget) name(line.stage);
    for (const Cost& cost : book.costs) name(cost.stage);
    for (const Commitment& one : book.commitments) name(one.stage);
    for (const Override& one : book.overrides) name(one.stage);
}

std::size_t Sheet::stage_rank(const std::string& stage) const {
    return static_cast<std::size_t>(std::find(stage_order_.begin(), stage_order_.end(), stage) -
                                    stage_order_.begin());
}

std::size_t Sheet::role_rank(RoleId role) const {
    const auto& roles = model_.house.roles;
    if (!role) return roles.size() + 1;
    return static_cast<std::size_t>(
        std::find_if(roles.begin(), roles.end(), [&](const auto& one) { return one.id == role; }) -
        roles.begin());
}

void Sheet::plan() {
    for (const plan::Task& task : project_.tasks) {
        if (!task.active || task.kind == plan::TaskKind::Summary) continue;
        for (const plan::Assignment& assignment : task.assignments) {
            const auto minutes = money::remaining_minutes(task, assignment);
            if (!minutes)
                sum_.fail();
            else
                sum_.add(cell(task.stage, assignment.role).remaining_minutes, *minutes);
        }
    }
}

void Sheet::budget() {
    for (const BudgetLine& line : project_.money.budget) {
        Cell& one = cell(line.stage, line.role);
        // check() refused a line that is too large.
        if (const auto minor = line_minor(line)) sum_.add(one.figures.budget_minor, *minor);
        sum_.add(one.budget_minutes, line.minutes);
    }
}

void Sheet::costs() {
    for (const Cost& cost : project_.money.costs) {
        Cell& one = cell(cost.stage, cost.role);
        sum_.add(one.figures.actual_minor, cost.amount_minor);
        sum_.add(one.actual_minutes, cost.minutes);
    }
}

void Sheet::orders() {
    for (const Commitment& one : project_.money.commitments) {
        sum_.add(cell(one.stage, RoleId{}).figures.committed_minor, open_minor(project_.money, one));
    }
}

void Sheet::forecasts() {
    for (const Override& one : project_.money.overrides) cell(one.stage, one.role).overridden = true;
    for (Cell& one : out_.cells) {
        Figures& figures = one.figures;
        std::int64_t known = figures.actual_minor;
        sum_.add(known, figures.committed_minor);
        if (one.role) {
            const auto remaining = times_minutes(rate_of(model_, project_, one.role).cost_per_hour_minor,
                                                 one.remaining_minutes);
            if (!remaining) sum_.fail();
            figures.remaining_minor = remaining.value_or(0);
        } else {
            figures.remaining_minor = figures.budget_minor;
            sum_.subtract(figures.remaining_minor, known);
            figures.remaining_minor = std::max<std::int64_t>(0, figures.remaining_minor);
        }
        figures.forecast_minor = known;
        sum_.add(figures.forecast_minor, figures.remaining_minor);
        for (const Override& own : project_.money.overrides) {
            if (own.stage == one.stage && own.role == one.role) {
                figures.forecast_minor = std::max(own.at_completion_minor, figures.actual_minor);
            }
        }
        figures.variance_minor = figures.budget_minor;
        sum_.subtract(figures.variance_minor, figures.forecast_minor);
    }
}

void Sheet::changes() {
    const auto& held = project_.money.budget_includes;
    if (project_.money.budget.empty()) return;
    const IdSet<ChangeId> superseded = change::all_superseded(project_);
    for (const change::Change& one : project_.changes) {
        if (one.state != change::State::Agreed) continue;
        // What was superseded leaves the budget where its lines hold it, and what stands comes in where they do not.
        const bool in = std::find(held.begin(), held.end(), one.id) != held.end(), stands = !superseded.contains(one.id);
        if (stands && !in) sum_.add(out_.changes_budget_minor, one.outcome.internal_minor);
        if (!stands && in) sum_.subtract(out_.changes_budget_minor, one.outcome.internal_minor);
    }
}

void Sheet::order_cells() {
    std::stable_sort(out_.cells.begin(), out_.cells.end(), [this](const Cell& a, const Cell& b) {
        const std::size_t stage_a = stage_rank(a.stage), stage_b = stage_rank(b.stage);
        return stage_a != stage_b ? stage_a < stage_b : role_rank(a.role) < role_rank(b.role);
    });
}

void add(Sum& sum, Figures& total, const Figures& part) {
    sum.add(total.budget_minor, part.budget_minor);
    sum.add(total.actual_minor, part.actual_minor);
    sum.add(total.committed_minor, part.committed_minor);
    sum.add(total.remaining_minor, part.remaining_minor);
    sum.add(total.forecast_minor, part.forecast_minor);
    sum.add(total.variance_minor, part.variance_minor);
}

void Sheet::totals() {
    for (const Cell& one : out_.cells) {
        auto stage = std::find_if(out_.stages.begin(), out_.stages.end(),
                                  [&](const StageRow& row) { return row.stage == one.stage; });
        if (stage == out_.stages.end()) stage = out_.stages.insert(stage, {one.stage, {}});
        auto role = std::find_if(out_.roles.begin(), out_.roles.end(),
                                 [&](const RoleRow& row) { return row.role == one.role; });
        if (role == out_.roles.end()) role = out_.roles.insert(role, {one.role, {}});
        add(sum_, stage->figures, one.figures);
        add(sum_, role->figures, one.figures);
        add(sum_, out_.total, one.figures);
    }
    std::stable_sort(out_.roles.begin(), out_.roles.end(), [this](const RoleRow& a, const RoleRow& b) {
        return role_rank(a.role) < role_rank(b.role);
    });
    sum_.add(out_.total.budget_minor, out_.changes_budget_minor);
    sum_.add(out_.total.variance_minor, out_.changes_budget_minor);
}

std::optional<Margin> margin(std::int64_t contract, std::int64_t cost) {
    Margin out{contract, {}};
    if (__builtin_sub_overflow(contract, cost, &out.minor)) return std::nullopt;
    out.basis_points = basis_points_of(out.minor, contract);
    return out;
}

Result<Report> Sheet::make() {
    rank_stages();
    plan();
    budget();
    costs();
    orders();
    forecasts();
    changes();
    order_cells();
    totals();
    out_.contract_minor = change::contract_value_minor(project_);
    out_.base_fee_minor = project_.base_fee_minor;
    out_.agreed_changes_minor = out_.contract_minor;
    sum_.subtract(out_.agreed_changes_minor, out_.base_fee_minor);
    out_.absorbed_minor = change::goodwill_minor(project_);
    if (const Proposal* taken = accepted(project_.money))
        out_.price_goodwill_minor = taken->goodwill.amount_minor;
    const auto at_forecast = margin(out_.contract_minor, out_.total.forecast_minor);
    if (!sum_.good() || !at_forecast) return too_large(project_.name);
    out_.at_forecast = *at_forecast;
    if (!project_.money.budget.empty()) out_.at_budget = margin(out_.contract_minor, out_.total.budget_minor);
    return std::move(out_);
}

}  // namespace

const RateCard* current_card(const Book& book) { return book.cards.empty() ? nullptr : &book.cards.back(); }

Rate rate_of(const Model& model, const plan::Project& project, RoleId role) {
    if (const RateCard* card = current_card(project.money)) {
        for (const Rate& rate : card->rates) {
            if (rate.role == role) return rate;
        }
    }
    const house::Role* known = find_role(model, role);
    return known ? Rate{role, known->cost_per_hour_minor, known->charge_per_hour_minor} : Rate{role, 0, 0};
}

std::vector<Rate> whole_card(const Model& model, const plan::Project& project) {
    std::vector<Rate> out;
    if (const RateCard* card = current_card(project.money)) out = card->rates;
    for (const house::Role& role : model.house.roles) {
        const bool known = std::any_of(out.begin(), out.end(),
                                       [&](const Rate& rate) { return rate.role == role.id; });
        if (!known) out.push_back({role.id, role.cost_per_hour_minor, role.charge_per_hour_minor});
    }
    return out;
}

std::optional<std::int64_t> planned_minutes(const plan::Task& task, const plan::Assignment& assignment) {
    if (assignment.work_minutes) return *assignment.work_minutes;
    std::int64_t scaled = 0;
    if (__builtin_mul_overflow(task.duration_minutes, std::int64_t{assignment.units_permille}, &scaled))
        return std::nullopt;
    return scaled / 1000;
}

std::optional<std::int64_t> remaining_minutes(const plan::Task& task, const plan::Assignment& assignment) {
    if (task.actual_finish || task.percent_done >= 100) return 0;
    const auto planned = planned_minutes(task, assignment);
    std::int64_t scaled = 0;
    if (!planned || __builtin_mul_overflow(*planned, std::int64_t{100 - task.percent_done}, &scaled))
        return std::nullopt;
    return scaled / 100;
}

Result<std::int64_t> line_minor(const BudgetLine& line) {
    if (!line.role) return line.fixed_minor;
    const auto minor = times_minutes(line.cost_per_hour_minor, line.minutes);
    if (!minor) return too_large(line.label);
    return *minor;
}

Result<SetBudget> budget_from_plan(const Model& model, const plan::Project& project,
                                   const std::function<std::uint64_t()>& next_id) {
    SetBudget out{project.id, {}, {}};
    for (const plan::Task& task : project.tasks) {
        if (!task.active || task.kind == plan::TaskKind::Summary) continue;
        for (const plan::Assignment& assignment : task.assignments) {
            const auto minutes = planned_minutes(task, assignment);
            auto line = std::find_if(out.lines.begin(), out.lines.end(), [&](const BudgetLine& one) {
                return one.role == assignment.role && one.stage == task.stage;
            });
            if (line == out.lines.end()) {
                line = out.lines.insert(line, BudgetLine{{}, task.stage, assignment.role, {}, 0, 0, 0});
                line->cost_per_hour_minor = rate_of(model, project, assignment.role).cost_per_hour_minor;
                const house::Role* role = find_role(model, assignment.role);
                if (role) line->label = role->name;
            }
            const auto sum = minutes ? checked_add(line->minutes, *minutes) : std::nullopt;
            if (!sum) return too_large(task.name);
            line->minutes = *sum;
        }
    }
    for (BudgetLine& line : out.lines) {
        const auto& old = project.money.budget;
        const auto same = std::find_if(old.begin(), old.end(), [&](const BudgetLine& one) {
            return one.role == line.role && one.stage == line.stage;
        });
        line.id = same != old.end() ? same->id : BudgetLineId{next_id()};
        if (line.label.empty()) line.label = line.stage;
    }
    for (const BudgetLine& line : project.money.budget) {
        if (!line.role) out.lines.push_back(line);
    }
    const IdSet<ChangeId> superseded = change::all_superseded(project);
    for (const change::Change& one : project.changes) {
        if (one.state == change::State::Agreed && !superseded.contains(one.id)) out.includes.push_back(one.id);
    }
    return out;
}

Result<Cost> time_entry(const Model& model, const plan::Project& project, Cost draft) {
    const auto amount = times_minutes(rate_of(model, project, draft.role).cost_per_hour_minor, draft.minutes);
    if (!amount) return too_large(draft.label);
    draft.amount_minor = *amount;
    return draft;
}

Cost reversal_of(const Cost& wrong) {
    Cost out = wrong;
    out.id = CostId{};
    out.minutes = -wrong.minutes;
    out.amount_minor = -wrong.amount_minor;
    out.reverses = wrong.id;
    return out;
}

const Cost* reversed_by(const Book& book, CostId cost) {
    const auto found = std::find_if(book.costs.begin(), book.costs.end(),
                                    [cost](const Cost& one) { return one.reverses == cost; });
    return found == book.costs.end() ? nullptr : &*found;
}

std::int64_t open_minor(const Book& book, const Commitment& commitment) {
    if (commitment.closed) return 0;
    std::int64_t open = commitment.amount_minor;
    for (const Cost& cost : book.costs) {
        // Bounded by check(): no amount, and no number of them, lets this overflow.
        if (cost.commitment == commitment.id) open -= cost.amount_minor;
    }
    return std::max<std::int64_t>(0, open);
}

Result<Report> report(const Model& model, const plan::Project& project) {
    return Sheet(model, project).make();
}

}  // namespace entente::money
