#include "report/proposal.hpp"

#include "base/text.hpp"

namespace entente::report {

namespace {

class Maker {
public:
    Maker(const Model& model, const plan::Project& project, const money::Proposal& proposal,
          const money::Price& price, const Locale& locale)
        : model_(model), project_(project), proposal_(proposal), price_(price), locale_(locale) {}

    Document make();

private:
    void head();
    void section(money::Section section);
    void fees();
    void scope();
    void programme();
    Table lines() const;
    std::string money(std::int64_t minor) const { return locale_.money(Money{minor, project_.currency}); }
    void say(Message text) { out_.blocks.push_back(Paragraph{locale_.text(text), false}); }

    const Model& model_;
    const plan::Project& project_;
    const money::Proposal& proposal_;
    const money::Price& price_;
    const Locale& locale_;
    Document out_;
};

void Maker::head() {
    out_.language = locale_.code();
    out_.title = locale_.text(msg("{0}: fee proposal", project_.name));
    const std::int64_t number = proposal_.number;
    if (!model_.house.name.empty()) {
        say(project_.client.empty() ? msg("From {0}", model_.house.name)
                                    : msg("From {0} to {1}", model_.house.name, project_.client));
    }
    if (proposal_.steps.empty())
        say(msg("Version {0}, a draft", number));
    else
        say(msg("Version {0}, {1}", number, proposal_.steps.front().on));
    if (proposal_.valid_until) say(msg("This offer stands until {0}.", *proposal_.valid_until));
}

// A section without words or figures is left out; the builder shows it as a gap.
void Maker::section(money::Section section) {
    const std::string_view text = trim(proposal_.texts[static_cast<std::size_t>(section)]);
    const bool fees_here = section == money::Section::Fees && !proposal_.lines.empty();
    const bool dates_here = section == money::Section::Programme && !proposal_.programme.empty();
    if (text.empty() && !fees_here && !dates_here) return;
    out_.blocks.push_back(Heading{2, section_name(locale_, section)});
    if (!text.empty()) out_.blocks.push_back(Paragraph{std::string(text), false});
    if (fees_here) fees();
    if (dates_here) programme();
}

Table Maker::lines() const {
    // A rate beside an amount that holds more than it would not add up.
    const bool rates = proposal_.basis == money::Basis::Sold && (price_.contingency_minor == 0 || proposal_.contingency_shown);
    Table table;
    table.caption = locale_.tr("What it costs, without VAT");
    table.columns = {
        {locale_.tr("Work"), false}, {locale_.tr("People"), true}, {locale_.tr("Hours each"), true}};
    if (rates) table.columns.push_back({locale_.tr("Rate for an hour"), true});
    table.columns.push_back({locale_.tr("Amount"), true});
    const auto total = [&](std::string name, std::int64_t minor) {
        std::vector<std::string> row(table.columns.size());
        row.front() = std::move(name);
        row.back() = money(minor);
        table.rows.push_back(std::move(row));
    };
    for (std::size_t i = 0; i < proposal_.lines.size(); ++i) {
        const money::ProposalLine& line = proposal_.lines[i];
        const bool work = line.kind == money::LineKind::Work;
        std::vector<std::string> row = {line.label, work ? locale_.number(line.people) : std::string(),
                                        work ? hours_text(locale_, line.minutes) : std::string()};
        if (rates) row.push_back(work ? money(line.sold_minor) : std::string());
        row.push_back(money(price_.shown[i]));
        table.rows.push_back(std::move(row));
    }
    if (price_.contingency_minor != 0 && proposal_.contingency_shown) {
        total(
            locale_.text(msg("For the unforeseen, {0} %", percent_text(proposal_.contingency_basis_points))),
            price_.contingency_minor);
    }
    if (price_.goodwill_minor != 0) total(locale_.tr("Reduction"), -price_.goodwill_minor);
    total(locale_.tr("Without VAT"), price_.net_minor);
    total(locale_.text(msg("VAT at {0} %", percent_text(proposal_.vat_basis_points))), price_.vat_minor);
    total(locale_.tr("Total"), price_.gross_minor);
    table.last_is_total = true;
    return table;
}

void Maker::fees() {
    out_.blocks.push_back(lines());
    scope();
}

void Maker::scope() {
    if (proposal_.cuts.empty()) return;
    say(msg("Not part of this version any more:"));
    List list;
    for (const money::ScopeCut& cut : proposal_.cuts) list.items.push_back(cut.label);
    out_.blocks.push_back(std::move(list));
}

void Maker::programme() {
    Table table;
    table.caption = locale_.tr("Dates as planned today");
    table.columns = {{locale_.tr("Milestone"), false}, {locale_.tr("Date"), false}};
    for (const money::ProgrammeRow& row : proposal_.programme)
        table.rows.push_back({row.name, locale_.date(row.day)});
    out_.blocks.push_back(std::move(table));
}

Document Maker::make() {
    head();
    for (std::size_t i = 0; i < money::kSections; ++i) section(static_cast<money::Section>(i));
    return std::move(out_);
}

}  // namespace

std::string section_name(const Locale& locale, money::Section section) {
    switch (section) {
        case money::Section::Summary: return locale.tr("Summary");
        case money::Section::ClientNeeds: return locale.tr("What you need");
        case money::Section::ProjectIssues: return locale.tr("What matters in this project");
        case money::Section::Benefits: return locale.tr("What you gain");
        case money::Section::Experience: return locale.tr("Our experience");
        case money::Section::Conditions: return locale.tr("Conditions");
        case money::Section::Method: return locale.tr("How we work");
        case money::Section::Fees: return locale.tr("Fees");
        case money::Section::Programme: return locale.tr("Programme");
    }
    return {};
}

std::string hours_text(const Locale& locale, std::int64_t minutes) {
    const std::int64_t whole = minutes / 60, rest = minutes % 60;
    if (rest == 0) return locale.text(msg("{0} h", whole));
    const std::string two = (rest < 0 ? -rest : rest) < 10 ? "0" + std::to_string(rest < 0 ? -rest : rest)
                                                           : std::to_string(rest < 0 ? -rest : rest);
    const std::string sign = minutes < 0 && whole == 0 ? "\u2212" : "";
    return sign + locale.text(msg("{0} h {1}", whole, two));
}

std::string percent_text(std::int64_t basis_points) {
    const std::int64_t size = basis_points < 0 ? -basis_points : basis_points;
    std::string text = (basis_points < 0 ? "\u2212" : "") + std::to_string(size / 100);
    if (size % 100 == 0) return text;
    std::string fraction = std::to_string(size % 100 + 100).substr(1);
    while (fraction.back() == '0') fraction.pop_back();
    return text + "." + fraction;
}

Result<Document> proposal_document(const Model& model, const plan::Project& project,
                                   const money::Proposal& proposal, const Locale& locale) {
    const auto priced = money::price(proposal);
    if (!priced) return tl::unexpected(priced.error());
    return Maker(model, project, proposal, *priced, locale).make();
}

}  // namespace entente::report
