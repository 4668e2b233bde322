// Any text as a plan template: what is read can be built, and is a project that the model takes.
#include <cstdlib>

#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "core/templates/template.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace entente;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto read = templates::parse(text);
    if (!read) return 0;
    house::House house;
    house.calendar = plan::standard_calendar(CalendarId{1}, "House");
    std::uint64_t last = 1;
    const auto say = [](const Message& message) { return std::string(message.id); };
    const plan::AddProject made =
        templates::build(*read, {"Fuzz", "", Day{20'000}, 0}, house, say, [&last] { return ++last; });
    (void)check(Model{}, Command{plan::Command{made}});
    (void)plan::compute_schedule(made.project);
    return 0;
}
