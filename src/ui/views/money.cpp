#include "ui/views/money.hpp"

#include <algorithm>

#include "report/proposal.hpp"
#include "ui/widgets/field.hpp"

namespace entente::ui {

std::string amount(const Frame& frame, std::int64_t minor) {
    return frame.locale.money({minor, frame.project->currency});
}
std::string short_amount(const Frame& frame, std::int64_t minor) {
    return frame.locale.money_short({minor, frame.project->currency});
}

std::string margin_text(const Frame& frame, const money::Margin& margin) {
    if (!margin.basis_points) return {};
    return frame.text(msg("{0} % of the contract", report::percent_text(*margin.basis_points)));
}

std::string stage_name(const Frame& frame, const std::string& stage) {
    return stage.empty() ? frame.tr("No stage") : stage;
}

std::string role_name(const Frame& frame, RoleId role) {
    if (!role) return frame.tr("Fixed costs");
    const house::Role* known = find_role(frame.model, role);
    return known ? known->name : std::string(frame.tr("A role that is gone"));
}

Status proposal_status(const Frame& frame, const money::Book& book, const money::Proposal& proposal) {
    switch (money::state_of(proposal)) {
        case money::State::Draft: return {Shape::Ring, Tone::Muted, frame.tr("draft")};
        case money::State::Sent:
            if (money::superseded(book, proposal)) return {Shape::Cross, Tone::Muted, frame.tr("superseded")};
            return {Shape::Dot, Tone::Info, frame.tr("sent")};
        case money::State::Accepted: return {Shape::Tick, Tone::Ok, frame.tr("accepted")};
        case money::State::Declined: return {Shape::Cross, Tone::Bad, frame.tr("declined")};
        case money::State::Withdrawn: return {Shape::Cross, Tone::Muted, frame.tr("withdrawn")};
    }
    return {};
}

Status variance_status(const Frame& frame, std::int64_t minor) {
    if (minor == 0) return {Shape::None, Tone::Muted, amount(frame, 0)};
    return {minor > 0 ? Shape::Tick : Shape::Triangle, minor > 0 ? Tone::Ok : Tone::Bad,
            amount(frame, minor)};
}

std::vector<std::string> known_stages(const plan::Project& project) {
    std::vector<std::string> out;
    const auto name = [&out](const std::string& stage) {
        if (!stage.empty() && std::find(out.begin(), out.end(), stage) == out.end()) out.push_back(stage);
    };
    for (const plan::Task& task : project.tasks) name(task.stage);
    for (const money::BudgetLine& line : project.money.budget) name(line.stage);
    for (const money::Cost& cost : project.money.costs) name(cost.stage);
    for (const money::Commitment& order : project.money.commitments) name(order.stage);
    return out;
}

bool stage_select(const Frame& frame, Rect area, std::string& stage, const char* key) {
    const std::string shown = stage_name(frame, stage);
    const auto options = [&frame] {
        std::vector<std::string> names = {frame.tr("No stage")};
        for (const std::string& one : known_stages(*frame.project)) names.push_back(one);
        return names;
    };
    const auto picked = select(frame, area, {frame.tr("Stage"), shown, -1, key}, options);
    if (!picked) return false;
    stage = *picked == 0 ? std::string()
                         : known_stages(*frame.project)[static_cast<std::size_t>(*picked) - 1];
    return true;
}

bool role_select(const Frame& frame, Rect area, RoleId& role, const char* key) {
    const auto& roles = frame.model.house.roles;
    const std::string shown = role ? role_name(frame, role) : std::string(frame.tr("Choose a role"));
    const auto options = [&roles] {
        std::vector<std::string> names;
        for (const house::Role& one : roles) names.push_back(one.name);
        return names;
    };
    const auto picked = select(frame, area, {frame.tr("Role"), shown, -1, key}, options);
    if (!picked) return false;
    role = roles[static_cast<std::size_t>(*picked)].id;
    return true;
}

void amount_row(const Frame& frame, Flow& flow, std::string_view words, std::string_view figure,
                bool strong) {
    const Palette& p = frame.theme.palette;
    const Rect area = flow.take(frame.px(24));
    const ImFont* font = strong ? frame.theme.fonts.strong : frame.theme.fonts.body;
    const float width = text_width(font, figure);
    text_in(frame, font, {area.x0, area.y0, area.x1 - width - frame.px(12), area.y1},
            strong ? p.text : p.muted, words);
    text_in(frame, font, area, p.text, figure, Align::Right);
    note(frame, NodeRole::Paragraph, area, std::string(words) + ": " + std::string(figure));
}

Command money_command(money::Command command) { return Command{std::move(command)}; }

}  // namespace entente::ui
