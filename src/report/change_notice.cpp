#include "report/change_notice.hpp"

#include <algorithm>

#include "report/proposal.hpp"

namespace entente::report {

namespace {

Paragraph request_of(const change::Change& change) { return {"\u201C" + change.request + "\u201D", true}; }

Document begin(const plan::Project& project, const change::Change& change, const Locale& locale) {
    Document document;
    document.language = locale.code();
    document.title = locale.text(msg("{0}: change {1}", project.name, change::display_number(change.number)));
    document.blocks.push_back(request_of(change));
    document.blocks.push_back(Paragraph{
        change.asked_by.empty() ? locale.text(msg("Asked on {0}", change.asked_on))
                                : locale.text(msg("Asked by {0} on {1}", change.asked_by, change.asked_on)), false});
    if (const change::Change* old = find_change(project, change.supersedes)) {
        document.blocks.push_back(Paragraph{
            locale.text(msg("It takes the place of {0}, agreed on {1}.", change::display_number(old->number), old->outcome.on)), false});
    }
    if (const change::Change* newer = change::superseded_by(project, change)) {
        document.blocks.push_back(Paragraph{
            locale.text(msg("Superseded by {0} on {1}. What follows is kept as it was agreed, and no longer counts.",
                            change::display_number(newer->number), newer->outcome.on)), true});
    }
    return document;
}

Table dates_of(const plan::Project& project, const change::Impact& impact, const Locale& locale) {
    Table table;
    table.caption = locale.tr("Promised dates");
    table.columns = {{locale.tr("Date"), false},
                     {locale.tr("Promised"), false},
                     {locale.tr("With this change"), false},
                     {locale.tr("Moves by"), true}};
    for (const change::PromiseMove& move : impact.promises) {
        const plan::Task* task = find_task(project, move.task);
        table.rows.push_back({task ? task->name : std::string(), locale.date(move.promised), locale.date(move.after),
                              locale.text(msgn("{n} working day", "{n} working days", move.moved_days))});
    }
    return table;
}

Table price_of(const Model& model, const plan::Project& project, const change::Impact& impact, const Locale& locale) {
    Table table;
    table.caption = locale.tr("Price");
    table.columns = {{locale.tr("Price"), false}, {locale.tr("Amount"), true}};
    const auto money = [&](std::int64_t minor) { return locale.money(Money{minor, project.currency}); };
    // One line for each piece of work: who does it at which rate is the house's business.
    std::vector<std::pair<std::string, std::int64_t>> lines;
    for (const change::PriceLine& line : impact.lines) {
        if (line.stage_surcharge) {
            lines.emplace_back(locale.text(msg("Asked for in the stage {0}", line.label)), line.charge_minor);
            continue;
        }
        if (!lines.empty() && lines.back().first == line.label) {
            lines.back().second += line.charge_minor;
        } else {
            lines.emplace_back(line.label, line.charge_minor);
        }
    }
    for (const auto& [label, minor] : lines) table.rows.push_back({label, money(minor)});
    if (impact.charge_minor != impact.worth_minor) {
        table.rows.push_back({locale.tr("Not charged"), money(impact.charge_minor - impact.worth_minor)});
    }
    table.rows.push_back({locale.tr("Without VAT"), money(impact.charge_minor)});
    table.rows.push_back({locale.text(msg("VAT at {0} %", percent_text(model.house.vat_basis_points))), money(impact.vat_minor)});
    table.rows.push_back({locale.tr("Total"), money(impact.charge_minor + impact.vat_minor)});
    table.last_is_total = true;
    return table;
}

}  // namespace

std::string agreement_text(const plan::Project& project, const change::Change& change, const change::Option* option,
                           const change::Impact& impact, const Locale& locale) {
    std::string text;
    for (const Message& sentence : option ? change::option_statement(project, change, *option, impact)
                                          : change::statement(project, change, impact)) {
        if (!text.empty()) text += ' ';
        text += locale.text(sentence);
    }
    return text;
}

Document change_notice(const Model& model, const plan::Project& project, const change::Change& change, const change::Option* option,
                       const change::Impact& impact, const Locale& locale) {
    Document document = begin(project, change, locale);
    document.blocks.push_back(Heading{2, locale.tr("What it means")});
    document.blocks.push_back(Paragraph{agreement_text(project, change, option, impact, locale), false});
    if (!impact.promises.empty()) {
        document.blocks.push_back(Heading{2, locale.tr("Dates")});
        document.blocks.push_back(dates_of(project, impact, locale));
    }
    document.blocks.push_back(Heading{2, locale.tr("Price")});
    document.blocks.push_back(price_of(model, project, impact, locale));
    const auto money = [&](std::int64_t minor) { return locale.money(Money{minor, project.currency}); };
    document.blocks.push_back(
        Paragraph{locale.text(msg("The contract value would go from {0} to {1}, without VAT.",
                                  money(impact.contract_before_minor), money(impact.contract_after_minor))),
                  false});
    return document;
}

Document outcome_notice(const plan::Project& project, const change::Change& change, const Locale& locale) {
    Document document = begin(project, change, locale);
    const bool agreed = change.state == change::State::Agreed || change.state == change::State::Absorbed;
    const bool parked = change.state == change::State::Parked;
    document.blocks.push_back(Heading{2, agreed ? locale.tr("Agreed") : parked ? locale.tr("Parked") : locale.tr("Declined")});
    document.blocks.push_back(Paragraph{change.outcome.text, true});
    const std::string by = change.outcome.by;
    if (agreed) {
        document.blocks.push_back(Paragraph{locale.text(msg("Agreed by {0} on {1}", by, change.outcome.on)), false});
        document.blocks.push_back(Paragraph{
            locale.text(msg("Price without VAT: {0}", locale.money(Money{change.outcome.charge_minor, project.currency}))), false});
    } else if (parked) {
        document.blocks.push_back(Paragraph{locale.text(msg("Parked on {0}", change.outcome.on)), false});
        if (change.outcome.look_again)
            document.blocks.push_back(Paragraph{locale.text(msg("We look at it again on {0}", *change.outcome.look_again)), false});
    } else {
        document.blocks.push_back(Paragraph{locale.text(msg("Declined on {0}", change.outcome.on)), false});
    }
    return document;
}

}  // namespace entente::report
