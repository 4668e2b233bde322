// Takes back what Entente wrote into a Microsoft Project XML file beside what Microsoft Project keeps itself (mspdi_own.hpp).
#include <algorithm>

#include "core/lookup.hpp"
#include "core/rules.hpp"
#include "exchange/mspdi_parts.hpp"

namespace entente::exchange {

namespace {

class OwnReader {
public:
    OwnReader(MspdiReading& reading) : reading_(reading), own_(*reading.own) {}

    void read_project() {
        plan::Project& project = reading_.project();
        project.client = own_.of_project(own_text::kClient).value_or("");
        project.kind = own_.of_project(own_text::kKind).value_or("");
        if (check_minor(own_.facts().fee_minor)) project.base_fee_minor = own_.facts().fee_minor;
        project.critical_float_minutes = std::clamp(own_.facts().critical_float_minutes, -kMaxMinutes, kMaxMinutes);
    }

    void read_task(std::size_t index) {
        plan::Task& task = reading_.project().tasks[index];
        const pugi::xml_node node = reading_.tasks[index].node;
        const auto text = [&](int field) { return own_.of(node, field); };
        task.stage = text(own_text::kStage).value_or("");
        if (const auto code = text(own_text::kCode)) task.code = *code;
        task.client_visible = text(own_text::kClientSees) == "yes";
        if (task.kind != plan::TaskKind::Summary && reading_.xml.flag(node, "Summary")) make_summary(task);
        if (task.manual) {
            task.manual_start = reading_.xml.time(node, "ManualStart").value_or(task.manual_start);
            task.manual_finish = std::max(task.manual_start, reading_.xml.time(node, "ManualFinish").value_or(task.manual_finish));
        }
        if (const auto pause = text(own_text::kPause)) {
            const auto minutes = parse_scaled(*pause, 0);
            if (minutes) task.pause_minutes = std::clamp<std::int64_t>(*minutes, 0, kMaxMinutes);
        }
        read_estimate(task, text(own_text::kBest), text(own_text::kWorst));
        read_promise(task, text(own_text::kPromised));
        read_decision(task, node);
    }

private:
    // A summary that nothing stands under yet.
    static void make_summary(plan::Task& task) {
        task.kind = plan::TaskKind::Summary;
        task.duration_minutes = 0;
        task.elapsed = task.estimated = false;
        task.percent_done = 0;
        task.actual_start.reset();
        task.actual_finish.reset();
        task.levelling_delay_minutes = 0;
    }

    // Somebody may have changed the length meanwhile: only what still holds is kept.
    void read_estimate(plan::Task& task, const std::optional<std::string>& best, const std::optional<std::string>& worst) const {
        if (!best || !worst || task.kind != plan::TaskKind::Task) return;
        const auto least = parse_xml_seconds(*best), most = parse_xml_seconds(*worst);
        if (!least || !most) return;
        const plan::Estimate estimate{*least / 60, *most / 60};
        const bool holds = estimate.optimistic_minutes >= 1 && estimate.optimistic_minutes <= task.duration_minutes &&
                           estimate.pessimistic_minutes >= task.duration_minutes && estimate.pessimistic_minutes <= kMaxMinutes;
        if (holds) {
            task.estimate = estimate;
        } else {
            reading_.problems.note(
                0, msg("The best and worst length of \u201c{0}\u201d no longer fit its length and are left out.", task.name));
        }
    }

    // "2026-05-01" or "2026-05-01, internal".
    static std::pair<std::string_view, bool> with_audience(std::string_view text) {
        const std::size_t comma = text.find(',');
        return {trim(text.substr(0, comma)), comma == std::string_view::npos || trim(text.substr(comma + 1)) != "internal"};
    }

    void read_promise(const plan::Task& task, const std::optional<std::string>& text) {
        if (!text || reading_.project().promises.size() >= kMaxListed) return;
        const auto [date, visible] = with_audience(*text);
        if (const auto day = parse_iso_day(date))
            reading_.project().promises.push_back({PromiseId{reading_.next_id()}, task.id, *day, visible});
    }

    void read_decision(const plan::Task& task, pugi::xml_node node) {
        const auto part = own_.of(node, own_text::kClientPart);
        if (!part || reading_.project().decisions.size() >= kMaxListed) return;
        const auto [word, visible] = with_audience(*part);
        plan::ClientDecision decision;
        decision.id = DecisionId{reading_.next_id()};
        decision.task = task.id;
        decision.part = word == "input" ? plan::ClientPart::Input : plan::ClientPart::Decision;
        decision.owner = own_.of(node, own_text::kClientOwner).value_or("");
        decision.question = own_.of(node, own_text::kQuestion).value_or("");
        if (const auto answered = own_.of(node, own_text::kAnswered)) decision.answered = parse_iso_day(*answered);
        decision.answer = own_.of(node, own_text::kAnswer).value_or("");
        decision.client_visible = visible;
        reading_.project().decisions.push_back(std::move(decision));
    }

    MspdiReading& reading_;
    const OwnFields& own_;
};

// Takes out what stands for the rule: one exception for each bank holiday that was written out.
void without_holidays(plan::Calendar& calendar, const OwnCalendar& own) {
    plan::Calendar rule;
    rule.holiday_region = own.region;
    auto& kept = calendar.exceptions;
    for (const plan::CalendarException& holiday : plan::expand_exceptions(rule, own.first, own.last)) {
        const auto found = std::find(kept.begin(), kept.end(), holiday);
        if (found != kept.end()) kept.erase(found);
    }
    calendar.holiday_region = own.region;
}

}  // namespace

void read_own(MspdiReading& reading) {
    OwnReader reader(reading);
    reader.read_project();
    for (std::size_t i = 0; i < reading.tasks.size(); ++i) reader.read_task(i);
}

void read_own_baselines(const OwnFields& own, std::map<std::int64_t, plan::Baseline>& baselines) {
    for (int number = 0; number < kOwnBaselines; ++number) {
        const auto text = own.of_project(own_text::kBaselines + number);
        const auto made = text ? parse_iso_day(std::string_view(*text).substr(0, 10)) : std::nullopt;
        if (!made) continue;
        plan::Baseline& baseline = baselines[number];
        baseline.made = *made;
        baseline.name = std::string(trim(std::string_view(*text).substr(10)));
        if (baseline.name.empty()) baseline.name = "Baseline";
    }
}

bool take_own_calendars(MspdiReading& reading, const MspdiCalendars& calendars, std::int64_t project_uid) {
    const std::vector<OwnCalendar> own = reading.own->calendars();
    std::map<std::int64_t, plan::Calendar> found;
    const std::vector<std::int64_t> order = calendars.base_calendars();
    for (const std::int64_t uid : order) {
        std::optional<plan::Calendar> calendar = calendars.resolve(uid);
        if (!calendar) return false;
        for (const OwnCalendar& one : own) {
            if (one.uid != uid) continue;
            calendar->minutes_per_day = one.minutes_per_day;
            without_holidays(*calendar, one);
        }
        calendar->id = CalendarId{reading.next_id()};
        found.emplace(uid, std::move(*calendar));
    }
    if (!found.count(project_uid)) return false;
    plan::Project& project = reading.project();
    project.calendar = found.at(project_uid).id;
    for (const std::int64_t uid : order) project.calendars.push_back(found.at(uid));
    for (std::size_t i = 0; i < reading.tasks.size(); ++i) {
        const auto calendar = found.find(reading.tasks[i].calendar_uid);
        if (calendar != found.end()) project.tasks[i].calendar = calendar->second.id;
    }
    return true;
}

}  // namespace entente::exchange
