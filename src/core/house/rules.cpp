#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::house {

namespace {

bool role_is_used(const Model& model, RoleId role) {
    for (const plan::Project& project : model.projects) {
        if (money::role_is_used(project.money, role)) return true;
        for (const plan::Task& task : project.tasks) {
            for (const plan::Assignment& assignment : task.assignments) {
                if (assignment.role == role) return true;
            }
        }
    }
    return false;
}

Result<void> check_one(const Model&, const SetProfile& command) {
    if (auto named = check_name(command.name); !named) return named;
    if (!currency_from(command.currency.view())) return refuse(msg("The currency must be three capital letters, such as GBP."));
    if (command.vat_basis_points < 0 || command.vat_basis_points > 10000) return refuse(msg("VAT must lie between 0 and 100 %."));
    return ok();
}

Result<void> check_one(const Model&, const SetCalendar& command) {
    if (!plan::valid(command.calendar)) {
        return refuse(msg("This calendar cannot be used."), {}, msg("Give at least one weekday with hours that end after they begin."));
    }
    return ok();
}

Result<void> check_one(const Model& model, const PutRole& command) {
    const Role& role = command.role;
    if (auto named = check_name(role.name); !named) return named;
    if (role.cost_per_hour_minor < 0 || role.charge_per_hour_minor < 0) return refuse(msg("A rate cannot be below zero."));
    if (auto cost = check_minor(role.cost_per_hour_minor); !cost) return cost;
    if (auto charge = check_minor(role.charge_per_hour_minor); !charge) return charge;
    if (find_role(model, role.id)) return ok();
    if (!role.id || id_in_use(model, role.id.n)) return refuse(msg("This id is already in use."));
    if (model.house.roles.size() >= kMaxRoles) return refuse(msg("The rate card is full."));
    return ok();
}

Result<void> check_one(const Model& model, const RemoveRole& command) {
    const Role* role = find_role(model, command.role);
    if (!role) return fail(ErrorCode::NotFound, msg("This role is no longer on the rate card."));
    if (role_is_used(model, command.role)) {
        return refuse(msg("{0} still works on a plan.", role->name), {}, msg("Give that work to another role first."));
    }
    return ok();
}

Result<void> check_one(const Model&, const SetAutoLock& command) {
    if (command.minutes < 0 || command.minutes > 480) return refuse(msg("Choose between 0 (never) and 480 minutes."));
    return ok();
}

Result<void> check_one(const Model&, const SetTerms& command) {
    const Terms& terms = command.terms;
    for (const std::int32_t pace : {terms.overtime_pace_permille, terms.shift_pace_permille}) {
        if (pace < 1000 || pace > 3000) return refuse(msg("A longer day does between once and three times a day's work."));
    }
    for (const std::int32_t premium : {terms.overtime_premium_permille, terms.shift_premium_permille}) {
        if (premium < 0 || premium > 10'000) return refuse(msg("A premium lies between nothing and ten times the rate."));
    }
    if (terms.rounds_included < 0 || terms.rounds_included > 1000) return refuse(msg("Between none and 1000 rounds can be included."));
    if (terms.review_days < 0 || terms.review_days > 1000) return refuse(msg("A review takes between none and 1000 working days."));
    if (terms.multipliers.size() > kMaxRoles) return refuse(msg("The house's terms cannot hold that much."));
    for (std::size_t i = 0; i < terms.multipliers.size(); ++i) {
        const StageMultiplier& one = terms.multipliers[i];
        if (auto named = check_name(one.stage); !named) return named;
        if (one.permille < 0 || one.permille > 10'000) return refuse(msg("A stage multiplies a price by ten at most."), one.stage);
        for (std::size_t j = 0; j < i; ++j) {
            if (terms.multipliers[j].stage == one.stage) return refuse(msg("A stage is named once."), one.stage);
        }
    }
    return ok();
}

Result<void> check_one(const Model& model, const SetSigningSeed& command) {
    const std::array<std::uint8_t, 32> none{};
    if (model.house.signing_seed != none) return refuse(msg("This workspace already has its signing key."));
    if (command.seed == none) return refuse(msg("The signing key is empty."));
    return ok();
}

Result<void> check_one(const Model& model, const SetCutRates& command) {
    for (const cut::DisciplineRate& rate : command.rates.of) {
        if (rate.role && !find_role(model, rate.role)) return fail(ErrorCode::NotFound, msg("This role is no longer on the rate card."));
        for (const std::int32_t minutes : {rate.fixed_minutes, rate.minutes_per_event, rate.minutes_per_picture_minute}) {
            if (minutes < 0 || minutes > cut::kMaxRateMinutes) return refuse(msg("The length must lie between zero and 100,000 minutes."));
        }
    }
    return ok();
}

Result<void> check_one(const Model&, const SetSpreads& command) {
    if (command.spreads.size() > kMaxRoles) return refuse(msg("The house's terms cannot hold that much."));
    for (std::size_t i = 0; i < command.spreads.size(); ++i) {
        const risk::Spread& one = command.spreads[i];
        if (one.stage.size() > kMaxName) return refuse(msg("The name is too long."));
        if (auto stage = check_text(one.stage); !stage) return stage;
        if (one.optimistic_permille < risk::kLeastPermille || one.optimistic_permille > 1000)
            return refuse(msg("At best a task takes between a tenth of its length and all of it."), one.stage);
        if (one.pessimistic_permille < 1000 || one.pessimistic_permille > risk::kMostPermille)
            return refuse(msg("At worst a task takes between its length and ten times that."), one.stage);
        for (std::size_t j = 0; j < i; ++j)
            if (command.spreads[j].stage == one.stage && command.spreads[j].of == one.of)
                return refuse(msg("A stage is named once."), one.stage);
    }
    return ok();
}

Result<void> check_one(const Model&, const SetLadder& command) {
    const Ladder& ladder = command.ladder;
    if (ladder.lead_days < 0 || ladder.lead_days > kMaxLadderDays) return refuse(msg("An answer takes between none and 260 working days."));
    if (ladder.steps.size() > kMaxLadderSteps) return refuse(msg("Twenty reminders are enough."));
    for (const LadderStep& step : ladder.steps) {
        if (step.days_before < -kMaxLadderDays || step.days_before > kMaxLadderDays)
            return refuse(msg("A reminder lies within 260 working days."));
        if (step.from == LadderFrom::Requested && step.days_before > 0) return refuse(msg("A reminder comes after the request."));
    }
    return ok();
}

std::optional<entente::Command> inverse_one(const Model& model, const SetProfile&) {
    return Command{SetProfile{model.house.name, model.house.currency, model.house.vat_basis_points}};
}
std::optional<entente::Command> inverse_one(const Model& model, const SetCalendar&) {
    return Command{SetCalendar{model.house.calendar}};
}
std::optional<entente::Command> inverse_one(const Model& model, const PutRole& command) {
    if (const Role* before = find_role(model, command.role.id)) return Command{PutRole{*before, {}}};
    return Command{RemoveRole{command.role.id}};
}
std::optional<entente::Command> inverse_one(const Model& model, const RemoveRole& command) {
    const auto& roles = model.house.roles;
    const Role* role = find_role(model, command.role);
    return Command{PutRole{*role, static_cast<std::size_t>(role - roles.data())}};
}
std::optional<entente::Command> inverse_one(const Model& model, const SetAutoLock&) {
    return Command{SetAutoLock{model.house.auto_lock_minutes}};
}
std::optional<entente::Command> inverse_one(const Model& model, const SetTerms&) { return Command{SetTerms{model.house.terms}}; }
std::optional<entente::Command> inverse_one(const Model& model, const SetCutRates&) { return Command{SetCutRates{model.house.cut_rates}}; }
std::optional<entente::Command> inverse_one(const Model& model, const SetLadder&) { return Command{SetLadder{model.house.ladder}}; }
std::optional<entente::Command> inverse_one(const Model&, const SetSigningSeed&) { return std::nullopt; }
std::optional<entente::Command> inverse_one(const Model& model, const SetSpreads&) { return Command{SetSpreads{model.house.spreads}}; }

void apply_one(Model& model, const SetProfile& command) {
    model.house.name = command.name;
    model.house.currency = command.currency;
    model.house.vat_basis_points = command.vat_basis_points;
}
void apply_one(Model& model, const SetCalendar& command) { model.house.calendar = command.calendar; }
void apply_one(Model& model, const PutRole& command) { put(model.house.roles, command.role, command.index); }
void apply_one(Model& model, const RemoveRole& command) { erase_id(model.house.roles, command.role); }
void apply_one(Model& model, const SetAutoLock& command) { model.house.auto_lock_minutes = command.minutes; }
void apply_one(Model& model, const SetTerms& command) { model.house.terms = command.terms; }
void apply_one(Model& model, const SetCutRates& command) { model.house.cut_rates = command.rates; }
void apply_one(Model& model, const SetLadder& command) { model.house.ladder = command.ladder; }
void apply_one(Model& model, const SetSigningSeed& command) { model.house.signing_seed = command.seed; }
void apply_one(Model& model, const SetSpreads& command) { model.house.spreads = command.spreads; }

Message describe_one(const Model&, const SetProfile&) { return msg("Changed the house profile"); }
Message describe_one(const Model&, const SetCalendar&) { return msg("Changed the house calendar"); }
Message describe_one(const Model& model, const PutRole& command) {
    return find_role(model, command.role.id) ? msg("Changed the role {0}", command.role.name)
                                             : msg("Added the role {0}", command.role.name);
}
Message describe_one(const Model& model, const RemoveRole& command) {
    const Role* role = find_role(model, command.role);
    return msg("Removed the role {0}", role ? role->name : std::string());
}
Message describe_one(const Model&, const SetAutoLock&) { return msg("Changed when the workspace locks by itself"); }
Message describe_one(const Model&, const SetTerms&) { return msg("Changed the house's terms"); }
Message describe_one(const Model&, const SetCutRates&) { return msg("Changed what a changed cut costs"); }
Message describe_one(const Model&, const SetLadder&) { return msg("Changed how the house asks for answers"); }
Message describe_one(const Model&, const SetSigningSeed&) { return msg("Made the signing key"); }
Message describe_one(const Model&, const SetSpreads&) { return msg("Changed how far lengths lie from estimates"); }

}  // namespace

Result<void> check(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return check_one(model, one); }, command);
}
std::optional<entente::Command> inverse(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return inverse_one(model, one); }, command);
}
void apply(Model& model, const Command& command) {
    std::visit([&](const auto& one) { apply_one(model, one); }, command);
}
Message describe(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return describe_one(model, one); }, command);
}

}  // namespace entente::house
