// Which calendar a task is worked by.
//
// Microsoft Project works a task when its people work: in the common time of the task's calendar and the person's, and over
// all persons in whichever of them works. A task of fixed duration, and one that ignores its people's calendars, goes by its own
// calendar or the project's. The file's own start, length and finish tell whether that is what happened; where they fit another of these
// calendars, that one is taken; where the finish lies further off, the task rests in between (it was split).
#include <algorithm>
#include <map>
#include <utility>

#include "exchange/mspdi_parts.hpp"

namespace entente::exchange {

namespace {

class CalendarFitter {
public:
    CalendarFitter(MspdiReading& reading, const MspdiCalendars& calendars, std::int64_t project_uid)
        : reading_(reading), calendars_(calendars), project_uid_(project_uid) {}

    void fit() {
        add_base_calendars();
        for (std::size_t i = 0; i < reading_.tasks.size(); ++i) fit_task(i);
    }

private:
    // A calendar of the plan, compiled when it is first measured with.
    struct Known {
        plan::Calendar calendar;
        CalendarId id;  // none: the project's
        bool listed = false;
        std::optional<plan::WorkClock> clock;
    };

    void add_base_calendars() {
        std::optional<plan::Calendar> base = calendars_.resolve(project_uid_);
        if (!base) {
            for (const std::int64_t uid : calendars_.base_calendars()) {
                base = calendars_.resolve(uid);
                project_uid_ = uid;
                if (base) break;
            }
            reading_.problems.note(
                0, base ? msg("The project's calendar is missing; “{0}” is taken.", base->name)
                        : msg("The file has no calendar; Monday to Friday, eight hours, is taken."));
        }
        if (!base) {
            base = plan::standard_calendar({}, "Standard");
            for (Shifts& day : base->week)
                if (!day.empty()) day = {{8 * 60, 12 * 60}, {13 * 60, 17 * 60}};
            base->minutes_per_day = reading_.minutes_per_day;
        }
        base->id = CalendarId{reading_.next_id()};
        if (base->name.empty()) base->name = "Standard";
        reading_.project().calendar = base->id;
        reading_.project().calendars.push_back(*base);
        known_.push_back({std::move(*base), {}, true, {}});
        for (const std::int64_t uid : calendars_.base_calendars()) {
            if (uid == project_uid_) continue;
            std::optional<plan::Calendar> calendar = calendars_.resolve(uid);
            if (!calendar) {
                reading_.problems.error(calendars_.line(uid),
                                        msg("A calendar has no working time and is left out."));
                continue;
            }
            calendar->id = CalendarId{reading_.next_id()};
            reading_.project().calendars.push_back(*calendar);
            known_.push_back({*calendar, calendar->id, true, {}});
        }
    }

    // The known calendar with the same working time, or a new one of that name.
    std::size_t intern(plan::Calendar calendar) {
        for (std::size_t k = 0; k < known_.size(); ++k)
            if (same_working_time(known_[k].calendar, calendar)) return k;
        known_.push_back({std::move(calendar), {}, false, {}});
        return known_.size() - 1;
    }

    std::size_t by_uid(std::int64_t uid) {
        if (uid < 0 || uid == project_uid_) return 0;
        const auto [found, fresh] = of_uid_.emplace(uid, 0);
        if (!fresh) return found->second;
        std::optional<plan::Calendar> calendar = calendars_.resolve(uid);
        if (calendar)
            found->second = intern(std::move(*calendar));
        else
            reading_.problems.error(
                calendars_.line(uid),
                msg("A calendar that tasks use has no working time; they use the project's."));
        return found->second;
    }

    // The common time of two, or the time of either; the first where they have nothing in common.
    std::size_t combine(std::size_t a, std::size_t b, bool common) {
        if (a == b) return a;
        const auto [found, fresh] = combined_.emplace(std::make_tuple(std::min(a, b), std::max(a, b), common),
                                                      a);
        if (!fresh) return found->second;
        plan::Calendar calendar = common ? common_calendar(known_[a].calendar, known_[b].calendar)
                                         : joined_calendar(known_[a].calendar, known_[b].calendar);
        calendar.name = known_[a].calendar.name + (common ? " \u2229 " : " + ") + known_[b].calendar.name;
        if (valid(calendar)) found->second = intern(std::move(calendar));
        return found->second;
    }

    const plan::WorkClock& clock(std::size_t k) {
        if (!known_[k].clock) known_[k].clock.emplace(known_[k].calendar);
        return *known_[k].clock;
    }

    CalendarId listed_id(std::size_t k) {
        Known& known = known_[k];
        if (!known.listed) {
            known.listed = true;
            known.id = CalendarId{reading_.next_id()};
            known.calendar.id = known.id;
            reading_.project().calendars.push_back(known.calendar);
        }
        return known.id;
    }

    void fit_task(std::size_t i) {
        plan::Task& task = reading_.project().tasks[i];
        const MspdiTask& more = reading_.tasks[i];
        const std::size_t own = by_uid(more.calendar_uid);
        if (task.kind == plan::TaskKind::Summary || task.elapsed) {
            if (more.calendar_uid >= 0) task.calendar = listed_id(own);
            if (task.elapsed) fit_elapsed(task, more);
            return;
        }
        std::vector<std::size_t> candidates, each;
        std::optional<std::size_t> all;
        if (!more.people.empty()) {
            for (const std::int64_t uid : more.people) {
                const std::size_t theirs = by_uid(uid);
                const std::size_t one = more.calendar_uid >= 0 ? combine(own, theirs, true) : theirs;
                each.push_back(one);
                all = all ? combine(*all, one, false) : one;
            }
        }
        const bool by_people = all && !more.ignores_people && !more.fixed_duration;
        if (by_people) candidates.push_back(*all);
        candidates.push_back(own);
        if (all && !by_people) candidates.push_back(*all);
        for (const std::size_t one : each) candidates.push_back(one);
        const std::size_t chosen = choose(task, more, candidates);
        task.calendar = listed_id(chosen);
        if (chosen != own)
            reading_.problems.note(more.line, msg("“{0}” is worked by the calendar “{1}” of its people.",
                                                  task.name, known_[chosen].calendar.name));
    }

    // The first candidate that takes the task from its start to its finish in its length; else the first of all, with a rest.
    std::size_t choose(plan::Task& task, const MspdiTask& more, const std::vector<std::size_t>& candidates) {
        if (!more.start || !more.finish || task.duration_minutes == 0 || task.manual ||
            *more.finish < *more.start)
            return candidates.front();
        for (const std::size_t k : candidates)
            if (clock(k).between(*more.start, *more.finish) == task.duration_minutes) return k;
        rest(task, more,
             clock(candidates.front()).between(*more.start, *more.finish) - task.duration_minutes);
        return candidates.front();
    }

    void fit_elapsed(plan::Task& task, const MspdiTask& more) {
        if (more.start && more.finish && *more.finish > *more.start && task.duration_minutes > 0 &&
            !task.manual)
            rest(task, more, more.finish->n - more.start->n - task.duration_minutes);
    }

    void rest(plan::Task& task, const MspdiTask& more, std::int64_t gap) {
        if (gap > 0) {
            task.pause_minutes = gap;
            reading_.problems.note(more.line, msg("“{0}” is split; its pause is kept.", task.name));
        } else if (gap < 0) {
            reading_.problems.note(
                more.line,
                msg("The dates and the length of “{0}” do not fit together; the length counts.", task.name));
        }
    }

    MspdiReading& reading_;
    const MspdiCalendars& calendars_;
    std::int64_t project_uid_;
    std::vector<Known> known_;  // the project's first
    std::map<std::int64_t, std::size_t> of_uid_;
    std::map<std::tuple<std::size_t, std::size_t, bool>, std::size_t> combined_;
};

}  // namespace

void fit_calendars(MspdiReading& reading, const MspdiCalendars& calendars,
                   std::int64_t project_calendar_uid) {
    CalendarFitter(reading, calendars, project_calendar_uid).fit();
}

}  // namespace entente::exchange
