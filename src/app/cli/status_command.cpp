#include "app/cli/commands.hpp"
#include "app/cli/plan_input.hpp"
#include "app/cli/secret_input.hpp"
#include "app/cli/table.hpp"
#include "base/text.hpp"
#include "share/fingerprint.hpp"
#include "share/link.hpp"

namespace entente::app {

namespace {

class StatusText {
public:
    StatusText(const share::Opened& opened, const Locale& locale)
        : status_(opened.status), opened_(opened), locale_(locale) {}

    std::string text() {
        head();
        needs();
        milestones();
        tasks();
        changes();
        lists();
        const auto line = [&](const Message& message) { out_ += locale_.text(message) + "\n"; };
        out_ += "\n";
        line(msg("Signed by {0}.", share::fingerprint(opened_.info.publisher)));
        line(msg("Issued {0}, revision {1}, good until {2}.", locale_.time(opened_.info.issued),
                 static_cast<std::int64_t>(opened_.info.revision), opened_.info.expires));
        if (opened_.expired) line(msg("This status has expired: ask the house for a newer one."));
        return std::move(out_);
    }

private:
    void heading(const Message& title) { out_ += "\n" + locale_.text(title) + "\n"; }
    std::string day(const std::optional<Day>& value) const {
        return value ? locale_.date(*value) : std::string();
    }

    void head() {
        out_ += status_.project + "\n" + status_.house;
        if (!status_.client.empty()) out_ += " \u00B7 " + status_.client;
        out_ += "\n";
        if (status_.sample) out_ += locale_.text(msg("An invented sample project.")) + "\n";
        if (status_.contract_value_minor) {
            out_ += locale_.text(msg("Contract value {0} without VAT",
                                     Money{*status_.contract_value_minor, status_.currency})) +
                    "\n";
        }
    }

    void needs() {
        if (status_.needs.empty()) return;
        heading(msg("Needed from you"));
        TextTable table({{"", false, 60}, {"", false, 40}, {"", false, 40}});
        for (const share::Need& need : status_.needs) {
            const std::string when = need.answered ? locale_.text(msg("answered {0}", *need.answered))
                                     : need.by     ? locale_.text(msg("by {0}", *need.by))
                                                   : std::string();
            table.row({"  " + need.question, when, need.owner});
        }
        out_ += table.text();
    }

    const char* health(share::Health health) const {
        switch (health) {
            case share::Health::OnTime: return locale_.tr("on time");
            case share::Health::Tight: return locale_.tr("tight");
            case share::Health::Late: return locale_.tr("late");
            case share::Health::Done: return locale_.tr("done");
        }
        return "";
    }

    void milestones() {
        if (status_.milestones.empty()) return;
        heading(msg("Dates"));
        TextTable table({{"", false, 60},
                         {locale_.tr("Promised"), false, 24},
                         {locale_.tr("Forecast"), false, 24},
                         {"", false, 16}});
        for (const share::Milestone& milestone : status_.milestones) {
            table.row({"  " + milestone.name, day(milestone.promised), locale_.date(milestone.forecast),
                       health(milestone.health)});
        }
        out_ += table.text();
    }

    void tasks() {
        if (status_.tasks.empty()) return;
        heading(msg("Work"));
        TextTable table({{"", false, 60}, {"", false, 24}, {"", false, 24}, {"", true, 8}});
        for (const share::StatusTask& task : status_.tasks) {
            table.row({"  " + task.name, locale_.date(task.start), locale_.date(task.finish),
                       std::to_string(task.percent_done) + " %"});
        }
        out_ += table.text();
    }

    void changes() {
        if (status_.changes.empty()) return;
        heading(msg("Changes"));
        for (const share::StatusChange& change : status_.changes) {
            const std::string number = std::to_string(change.number);
            out_ += "  CR-" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number + "  " +
                    change.request + "\n";
            const Message state = change.state == share::ChangeState::Open ? msg("open, asked {0}", change.on)
                                  : change.state == share::ChangeState::Agreed
                                      ? msg("agreed {0}", change.on)
                                      : msg("declined {0}", change.on);
            out_ += "          " + locale_.text(state);
            if (change.price_minor)
                out_ += ", " + locale_.money(Money{*change.price_minor, status_.currency});
            out_ += "\n";
            if (!change.effect.empty()) out_ += "          " + change.effect + "\n";
        }
    }

    void item(const std::string& text, const std::string& more) {
        out_ += "  " + text + (more.empty() ? "" : " \u2014 " + more) + "\n";
    }

    void lists() {
        if (!status_.actions.empty()) heading(msg("Actions"));
        for (const share::Action& action : status_.actions)
            item(action.text, action.done  ? locale_.tr("done")
                              : action.due ? locale_.text(msg("by {0}", *action.due))
                                           : std::string());
        if (!status_.risks.empty()) heading(msg("Risks"));
        for (const share::Risk& risk : status_.risks) item(risk.text, risk.response);
        if (!status_.rounds.empty()) heading(msg("Rounds"));
        for (const share::Rounds& rounds : status_.rounds) {
            item(rounds.name, locale_.text(msg("{0} of {1} used", static_cast<std::int64_t>(rounds.used),
                                               static_cast<std::int64_t>(rounds.agreed))));
        }
        if (!status_.agreements.empty()) heading(msg("Agreed"));
        for (const share::AgreementNote& note : status_.agreements) item(note.text, locale_.date(note.on));
    }

    const share::Status& status_;
    const share::Opened& opened_;
    const Locale& locale_;
    std::string out_;
};

}  // namespace

Result<Outcome> run_status(const Arguments& arguments, const World& world, const Locale& locale) {
    std::string link = arguments.operand;
    if (link == "-") {
        const auto bytes = read_sized(world, link, share::kMaxIn, msg("Give the link alone, from # on."));
        if (!bytes) return tl::unexpected<Error>(bytes.error());
        link = std::string(trim(text_of(*bytes)));
    }
    const auto outline = share::outline_link(link);
    if (!outline) return tl::unexpected<Error>(outline.error());
    std::optional<share::PassphraseKey> key;
    if (outline->needs_passphrase) {
        auto passphrase = find_passphrase(arguments, world, locale.tr("Passphrase of this link: "),
                                          msg("This link needs a passphrase."));
        if (!passphrase) return tl::unexpected<Error>(std::move(passphrase.error()));
        key = share::passphrase_key(*passphrase, outline->key);
        if (!key) return fail(ErrorCode::Storage, msg("There is not enough memory to open this link."));
    }
    auto opened = share::open_link(link, world.today, key);
    if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
    Outcome outcome;
    outcome.out = clean_utf8(StatusText(*opened, locale).text());
    return outcome;
}

}  // namespace entente::app
