// Rates: the house's, the project's own in their place, and when they were agreed; what the house adds to costs.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/money_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

void set_rate(money::RateCard& card, const money::Rate& rate) {
    const auto found = std::find_if(card.rates.begin(), card.rates.end(),
                                    [&](const money::Rate& one) { return one.role == rate.role; });
    if (found == card.rates.end())
        card.rates.push_back(rate);
    else
        *found = rate;
}

}  // namespace

// Every role with what it costs and is sold for here; to be edited while the card is open.
void MoneyPanel::card_roles(const Frame& frame, Outbox& out, Flow& flow, const money::RateCard* card) {
    const Currency currency = frame.project->currency;
    const bool open = card && !card->agreed_on;
    const float width = frame.px(120);
    Row head(flow, frame.px(24), frame.px(8));
    const ImFont* small = frame.theme.fonts.small;
    text_in(frame, small, head.right(width), frame.theme.palette.muted, frame.tr("Sold for"),
            open ? Align::Left : Align::Right);
    text_in(frame, small, head.right(width), frame.theme.palette.muted, frame.tr("Costs us"),
            open ? Align::Left : Align::Right);
    text_in(frame, small, head.rest(), frame.theme.palette.muted, frame.tr("Role"));
    for (const house::Role& role : frame.model.house.roles) {
        const IdScope scope(role.id.n);
        const money::Rate rate = money::rate_of(frame.model, *frame.project, role.id);
        const bool own = rate.cost_per_hour_minor != role.cost_per_hour_minor ||
                         rate.charge_per_hour_minor != role.charge_per_hour_minor;
        Row row(flow, open ? field_height(frame) : frame.px(28), frame.px(8));
        const Rect sold = row.right(width), costs = row.right(width);
        money::Rate next = rate;
        if (open) {
            if (const auto minor = money_field(frame, costs,
                                               frame.text(msg("{0}: an hour costs us", role.name)),
                                               {rate.cost_per_hour_minor, currency}, "cost"))
                next.cost_per_hour_minor = *minor;
            if (const auto minor = money_field(frame, sold,
                                               frame.text(msg("{0}: an hour is sold for", role.name)),
                                               {rate.charge_per_hour_minor, currency}, "sold"))
                next.charge_per_hour_minor = *minor;
        } else {
            text_in(frame, frame.theme.fonts.body, costs, frame.theme.palette.muted,
                    amount(frame, rate.cost_per_hour_minor), Align::Right);
            text_in(frame, frame.theme.fonts.body, sold, frame.theme.palette.text,
                    amount(frame, rate.charge_per_hour_minor), Align::Right);
        }
        const Rect name = row.rest();
        const std::string words = own ? frame.text(msg("{0} (this project's own)", role.name)) : role.name;
        text_in(frame, frame.theme.fonts.body, name,
                own ? frame.theme.palette.accent : frame.theme.palette.text, words);
        note(frame, NodeRole::Paragraph, name,
             frame.text(msg("{0}: costs us {1}, sold for {2}", words, amount(frame, rate.cost_per_hour_minor),
                            amount(frame, rate.charge_per_hour_minor))));
        if (!(next == rate)) {
            money::RateCard changed = *card;
            set_rate(changed, next);
            out.submit(money_command(money::PutRateCard{frame.project->id, changed}));
        }
        flow.gap(frame.px(4));
    }
}

void MoneyPanel::agree_rates(const Frame& frame, Outbox& out, Flow& flow, const money::RateCard& card) {
    flow.gap(frame.px(8));
    paragraph(frame, flow,
              frame.tr("Once agreed, these rates stay as they are for this project, whatever the house "
                       "charges later. New rates need a new card."),
              Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(8));
    Row row(flow, field_height(frame), frame.px(8));
    ButtonSpec agree{frame.tr("These rates are agreed"), Look::Primary};
    agree.disabled = trim(agreed_by_).empty();
    if (agree.disabled) agree.reason = frame.tr("Write down who agreed.");
    const bool agreed = button_right(frame, row, agree);
    const ButtonSpec drop{frame.tr("Drop this card"), Look::Quiet};
    if (button_right(frame, row, drop))
        out.submit(money_command(money::RemoveRateCard{frame.project->id, card.id}));
    const Typed typed = text_field(
        frame, row.rest(),
        {frame.tr("Who agreed, for the client"), agreed_by_, frame.tr("Who agreed, for the client")});
    if (typed.changed || typed.committed) agreed_by_ = typed.text;
    if (!agreed) return;
    out.submit(money_command(money::AgreeRates{frame.project->id, card.id, frame.today,
                                               std::string(trim(agreed_by_)),
                                               money::whole_card(frame.model, *frame.project)}));
    agreed_by_.clear();
}

void MoneyPanel::additions(const Frame& frame, Outbox& out, Flow& flow) {
    Card card(frame, flow, "additions", 0, false, 16, true);
    heading(frame, card.flow, 4, frame.tr("What the house adds in new proposals"));
    card.flow.gap(frame.px(8));
    money::Defaults next = frame.model.house.money;
    const std::array<std::pair<const char*, std::int64_t*>, 3> rows = {
        {{frame.tr("Overhead"), &next.overhead_basis_points},
         {frame.tr("Profit"), &next.profit_basis_points},
         {frame.tr("For the unforeseen"), &next.contingency_basis_points}}};
    bool put = false;
    for (const auto& [name, value] : rows) {
        if (const auto typed = percent_field(frame, card.flow, {name, *value})) *value = *typed, put = true;
        card.flow.gap(frame.px(8));
    }
    paragraph(frame, card.flow,
              frame.tr("Overhead and profit are added where a proposal is built on what the work costs us. "
                       "Rates that are sold hold them already."),
              Tone::Muted, frame.theme.fonts.small);
    if (put) out.submit(money_command(money::SetDefaults{next}));
}

void MoneyPanel::rates(const Frame& frame, Outbox& out, Flow& flow) {
    const money::RateCard* card = money::current_card(frame.project->money);
    Flow main = flow, side = flow;
    if (flow.w > frame.px(820)) {
        side.w = frame.px(320);
        main.w = flow.w - side.w - frame.px(16);
        side.x = main.x + main.w + frame.px(16);
    }
    {
        Card body(frame, main, "card");
        Row head(body.flow, button_height(frame), frame.px(12));
        if ((!card || card->agreed_on) &&
            button_right(frame, head,
                         {card ? frame.tr("A new rate card") : frame.tr("Rates for this project"),
                          Look::Normal, kIconPlus})) {
            const std::int64_t number = static_cast<std::int64_t>(frame.project->money.cards.size()) + 1;
            const money::RateCard made{
                out.new_id<RateCardId>(), frame.text(msg("Rate card {0}", number)), {}, {}, {}};
            out.submit(money_command(money::PutRateCard{frame.project->id, made}));
        }
        heading_in(frame, head.rest(), 3,
                   card ? card->name : std::string(frame.tr("The house's rates apply")));
        if (card && card->agreed_on) {
            const Status agreed{Shape::Tick, Tone::Ok,
                                frame.text(msg("Agreed with {0} on {1}", card->agreed_by, *card->agreed_on))};
            body.flow.gap(frame.px(4));
            chip(frame, box(body.flow.x, body.flow.y, chip_width(frame, agreed), frame.px(26)), agreed);
            body.flow.gap(frame.px(30));
        }
        body.flow.gap(frame.px(8));
        if (frame.model.house.roles.empty())
            paragraph(frame, body.flow,
                      frame.tr("There are no roles yet: the rate card stands in the Workspace room."),
                      Tone::Muted);
        else
            card_roles(frame, out, body.flow, card);
        if (card && !card->agreed_on) agree_rates(frame, out, body.flow, *card);
    }
    if (side.x == main.x) side.y = main.y + frame.px(16);
    additions(frame, out, side);
    flow.y = std::max(main.y, side.y);
}

}  // namespace entente::ui
