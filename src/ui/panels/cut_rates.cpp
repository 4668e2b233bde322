// The card of the Workspace with the house's figures for a changed cut.
#include <algorithm>
#include <cmath>

#include "ui/panels/cut_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

namespace {

// The number as it was changed, or as it is.
bool minutes_field(const Frame& frame, Flow& column, const char* key, std::string_view caption, const std::string& name,
                   std::int32_t& value) {
    const std::string less = frame.text(msg("{0}: less", name)), more = frame.text(msg("{0}: more", name));
    const NumberSpec spec{name, value, 0, 5, 0, cut::kMaxRateMinutes, frame.tr("min"), less, more, key};
    const auto changed = number_field(frame, captioned(frame, column, caption, field_height(frame)), spec);
    if (changed) value = static_cast<std::int32_t>(*changed);
    return changed.has_value();
}

bool role_field(const Frame& frame, Flow& column, const std::string& name, cut::Discipline discipline, RoleId& value) {
    const house::House& house = frame.model.house;
    int chosen = 0;
    for (std::size_t i = 0; i < house.roles.size(); ++i) {
        if (house.roles[i].id == value) chosen = static_cast<int>(i) + 1;
    }
    const house::Role* found = find_role(frame.model, cut::role_for(discipline, house));
    const std::string by_name = found ? frame.text(msg("By name: {0}", found->name)) : std::string(frame.tr("By name: none fits"));
    const std::string shown = chosen == 0 ? (found ? found->name : by_name) : house.roles[static_cast<std::size_t>(chosen) - 1].name;
    const auto options = [&] {
        std::vector<std::string> all{by_name};
        for (const house::Role& role : house.roles) all.push_back(role.name);
        return all;
    };
    const auto picked = select(frame, captioned(frame, column, frame.tr("Role"), field_height(frame)), {name, shown, chosen}, options);
    if (picked) value = *picked == 0 ? RoleId{} : house.roles[static_cast<std::size_t>(*picked) - 1].id;
    return picked.has_value();
}

}  // namespace

void draw_cut_rates(const Frame& frame, Outbox& out, Flow& flow) {
    Card card(frame, flow, "cut-rates");
    heading(frame, card.flow, 4, frame.tr("What a changed cut costs"));
    paragraph(frame, card.flow,
              frame.tr("The house's own figures: minutes of work once, for each changed event, and for each minute of changed picture."),
              Tone::Muted, frame.theme.fonts.dense);
    cut::CutRates next = frame.model.house.cut_rates;
    bool put = false;
    for (std::size_t i = 0; i < cut::kDisciplines; ++i) {
        const IdScope scope(i + 1);
        const auto discipline = static_cast<cut::Discipline>(i);
        const std::string name = frame.text(cut::discipline_name(discipline));
        card.flow.gap(frame.px(10));
        heading(frame, card.flow, 5, name);
        const float gap = frame.px(8), number = std::floor((card.flow.w - gap * 3) * 0.23f), wide = card.flow.w - (number + gap) * 3;
        Flow role{card.flow.x, card.flow.y, wide};
        const auto column = [&](int at) {
            return Flow{card.flow.x + wide + gap + (number + gap) * static_cast<float>(at), card.flow.y, number};
        };
        Flow once = column(0), event = column(1), picture = column(2);
        cut::DisciplineRate& rate = next.of[i];
        put = role_field(frame, role, frame.text(msg("{0}: role", name)), discipline, rate.role) || put;
        put = minutes_field(frame, once, "once", frame.tr("Once"), frame.text(msg("{0}: once", name)), rate.fixed_minutes) || put;
        put = minutes_field(frame, event, "event", frame.tr("Each event"), frame.text(msg("{0}: each event", name)),
                            rate.minutes_per_event) ||
              put;
        put = minutes_field(frame, picture, "minute", frame.tr("Each minute"), frame.text(msg("{0}: each minute", name)),
                            rate.minutes_per_picture_minute) ||
              put;
        card.flow.y = std::max(std::max(role.y, once.y), std::max(event.y, picture.y));
    }
    if (put) out.submit(Command{house::Command{house::SetCutRates{next}}});
}

}  // namespace entente::ui
