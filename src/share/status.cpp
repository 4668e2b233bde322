#include "share/status.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace entente::share {

namespace {

bool text_ok(std::string_view text) {
    if (text.size() > kMaxTextBytes || !valid_utf8(text)) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7F) || c == '\n';
    });
}

bool day_ok(Day day) { return day >= kFirstDay && day <= kLastDay; }
bool day_ok(const std::optional<Day>& day) { return !day || day_ok(*day); }
bool amount_ok(const std::optional<std::int64_t>& minor) { return !minor || (*minor >= -kMaxMinor && *minor <= kMaxMinor); }

bool item_ok(const Status&, const Milestone& m) {
    return text_ok(m.name) && day_ok(m.promised) && day_ok(m.forecast) && day_ok(m.was) && m.health <= Health::Done;
}
bool item_ok(const Status&, const StatusTask& t) {
    return text_ok(t.name) && text_ok(t.stage) && day_ok(t.start) && day_ok(t.finish) && t.start <= t.finish &&
           t.percent_done >= 0 && t.percent_done <= 100;
}
bool item_ok(const Status& status, const Need& n) {
    return n.kind <= NeedKind::Input && text_ok(n.question) && text_ok(n.owner) && day_ok(n.by) && text_ok(n.if_late) &&
           n.slip_days_per_day >= 0 && n.slip_days_per_day <= kLastDay.n && day_ok(n.answered) && text_ok(n.answer) &&
           (!n.moves || *n.moves < status.milestones.size()) && (n.answered || n.answer.empty());
}
bool item_ok(const Status&, const StatusChange& c) {
    return c.number >= 0 && text_ok(c.request) && text_ok(c.effect) && c.state <= ChangeState::Declined && day_ok(c.on) &&
           text_ok(c.by) && day_ok(c.decide_by) && (!c.decide_by || c.state == ChangeState::Open) && amount_ok(c.price_minor) &&
           (!c.moved_days || (*c.moved_days >= -kLastDay.n && *c.moved_days <= kLastDay.n));
}
bool item_ok(const Status&, const Action& a) { return text_ok(a.text) && text_ok(a.owner) && day_ok(a.due); }
bool item_ok(const Status&, const Risk& r) { return text_ok(r.text) && text_ok(r.response) && r.level <= RiskLevel::High; }
bool item_ok(const Status&, const Rounds& r) { return text_ok(r.name) && r.used >= 0 && r.agreed >= 0; }
bool item_ok(const Status&, const AgreementNote& a) { return text_ok(a.text) && text_ok(a.by) && day_ok(a.on); }

template <class T>
bool list_ok(const Status& status, const std::vector<T>& list) {
    return list.size() <= kMaxItems &&
           std::all_of(list.begin(), list.end(), [&](const T& item) { return item_ok(status, item); });
}

std::size_t distinct(std::vector<std::string_view> names) {
    std::sort(names.begin(), names.end());
    return static_cast<std::size_t>(std::unique(names.begin(), names.end()) - names.begin());
}

bool names_ok(const Status& status) {
    std::vector<std::string_view> people, stages;
    for (const StatusTask& task : status.tasks) stages.push_back(task.stage);
    for (const Need& need : status.needs) people.push_back(need.owner);
    for (const StatusChange& change : status.changes) people.push_back(change.by);
    for (const Action& action : status.actions) people.push_back(action.owner);
    for (const AgreementNote& note : status.agreements) people.push_back(note.by);
    return distinct(std::move(people)) <= kMaxOwners && distinct(std::move(stages)) <= kMaxOwners;
}

}  // namespace

bool valid(const Status& status) {
    const std::string_view code = status.currency.view();
    return text_ok(status.house) && text_ok(status.project) && text_ok(status.client) &&
           (code.empty() || currency_from(code)) && amount_ok(status.contract_value_minor) &&
           list_ok(status, status.milestones) && list_ok(status, status.tasks) && list_ok(status, status.needs) &&
           list_ok(status, status.changes) && list_ok(status, status.actions) && list_ok(status, status.risks) &&
           list_ok(status, status.rounds) && list_ok(status, status.agreements) && names_ok(status);
}

}  // namespace entente::share
