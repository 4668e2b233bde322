#include "app/first_run.hpp"

namespace entente::app {

namespace {

struct DefaultRate {
    const char* role;
    std::int64_t cost_minor, charge_minor;  // an hour, without VAT
};

// Round house figures so that a first change shows a price; every house sets its own. The roles are those that post schedules
// name, so that an imported plan finds its rates.
constexpr DefaultRate kDefaultRates[] = {
    {"Producer", 4500, 8000},           {"Post supervisor", 4000, 7000},  {"Editor", 4200, 7500},
    {"Assistant editor", 2400, 4500},   {"Conform editor", 3200, 6000},   {"Colourist", 5000, 15000},
    {"VFX supervisor", 4800, 9500},     {"VFX artist", 3600, 7000},       {"Titling", 3000, 5500},
    {"Sound supervisor", 4200, 8500},   {"ADR mixer", 3800, 9000},        {"Re-recording mixer", 5000, 14000},
    {"Composer", 4500, 8000},           {"Music editor", 3400, 6500},     {"QC operator", 2800, 6000},
    {"Mastering", 3000, 6500},          {"Data manager", 2200, 4000},
};

}  // namespace

std::vector<Command> first_commands(const std::string& house_name, const std::function<std::uint64_t()>& next_id,
                                    platform::Random& random) {
    std::vector<Command> commands;
    commands.push_back(house::Command{house::SetProfile{house_name, Currency{{'G', 'B', 'P'}}, 2000}});
    commands.push_back(house::Command{house::SetCalendar{plan::standard_calendar(CalendarId{next_id()}, "Monday to Friday")}});
    for (const DefaultRate& rate : kDefaultRates) {
        commands.push_back(house::Command{house::PutRole{{RoleId{next_id()}, rate.role, rate.cost_minor, rate.charge_minor}, {}}});
    }
    house::SetSigningSeed seed;
    random.fill(seed.seed);
    commands.push_back(house::Command{seed});
    return commands;
}

}  // namespace entente::app
