// Networks in the shape of PSPLIB's single-mode sets j30, j60 and j120: jobs numbered from a source to a sink, whole periods, each with
// the list of its successors. Made by a seed, written in the .sm text format, read back, converted (one period is one working day) and
// held against a longest path that knows nothing of the scheduler. Resources, which PSPLIB is about, play no part in the critical path.
#include <doctest.h>

#include <sstream>
#include <string>

#include "core/plan/schedule.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;
using namespace entente::plan;

namespace {

struct Job {
    int duration = 0;
    std::vector<int> successors;  // job numbers, from 1
};

// One to three successors each, all numbered higher; every job but the sink leads on and every one but the source waits.
std::vector<Job> make_jobs(int jobs, std::uint64_t seed) {
    test::Random random(seed);
    std::vector<Job> out(static_cast<std::size_t>(jobs) + 2);
    std::vector<bool> waits(out.size());
    const auto join = [&](std::size_t from, std::size_t to) {
        for (const int known : out[from].successors)
            if (known == static_cast<int>(to) + 1) return;
        out[from].successors.push_back(static_cast<int>(to) + 1);
        waits[to] = true;
    };
    const std::size_t sink = out.size() - 1;
    for (std::size_t j = 1; j < sink; ++j) {
        out[j].duration = static_cast<int>(random.between(1, 10));
        for (std::uint32_t s = 1 + random.below(3); s > 0 && j + 1 < sink; --s)
            join(j, j + 1 + random.below(static_cast<std::uint32_t>(std::min<std::size_t>(sink - j - 1, 18))));
        if (out[j].successors.empty()) join(j, sink);
    }
    for (std::size_t j = 1; j < sink; ++j)
        if (!waits[j]) join(0, j);
    return out;
}

std::string write_sm(const std::vector<Job>& jobs) {
    std::ostringstream text;
    text << "jobs (incl. supersource/sink ):  " << jobs.size() << "\nPRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors\n";
    for (std::size_t j = 0; j < jobs.size(); ++j) {
        text << "  " << j + 1 << "  1  " << jobs[j].successors.size();
        for (const int next : jobs[j].successors) text << "  " << next;
        text << "\n";
    }
    text << "****\nREQUESTS/DURATIONS:\njobnr. mode duration  R 1  R 2  R 3  R 4\n------------------------------------\n";
    for (std::size_t j = 0; j < jobs.size(); ++j) text << "  " << j + 1 << "  1  " << jobs[j].duration << "  0  0  0  0\n";
    text << "****\n";
    return text.str();
}

// From the text of a .sm file to a plan: the successors' list becomes finish-to-start links, a period a working day.
Project convert_sm(const std::string& text) {
    Project project;
    project.id = ProjectId{1};
    project.name = "sm";
    project.start = at_minute(test::generator::kStart, 9 * 60);
    project.calendar = CalendarId{1};
    project.calendars = {standard_calendar(CalendarId{1}, "Days")};
    std::istringstream lines(text);
    std::string line;
    enum { Head, Precedence, Durations } part = Head;
    while (std::getline(lines, line)) {
        if (line.rfind("PRECEDENCE", 0) == 0) part = Precedence;
        if (line.rfind("REQUESTS", 0) == 0) part = Durations;
        std::istringstream words(line);
        int job = 0, mode = 0, count = 0;
        if (part == Head || !(words >> job >> mode >> count)) continue;
        const TaskId id{100 + static_cast<std::uint64_t>(job)};
        if (part == Precedence) {
            Task task;
            task.id = id;
            task.name = std::to_string(job);
            project.tasks.push_back(task);
            for (int next = 0; count > 0 && words >> next; --count)
                project.links.push_back(
                    {LinkId{10'000 + project.links.size()}, id, TaskId{100 + static_cast<std::uint64_t>(next)}, {}, {}, 0});
        } else {
            Task& task = project.tasks[static_cast<std::size_t>(job) - 1];
            task.duration_minutes = std::int64_t{count} * 480;
            task.kind = count == 0 ? TaskKind::Milestone : TaskKind::Task;
        }
    }
    return project;
}

int longest_path(const std::vector<Job>& jobs) {
    std::vector<int> finish(jobs.size());
    int longest = 0;
    for (std::size_t j = 0; j < jobs.size(); ++j) {  // successors are numbered higher
        finish[j] += jobs[j].duration;
        longest = std::max(longest, finish[j]);
        for (const int next : jobs[j].successors) {
            int& start = finish[static_cast<std::size_t>(next) - 1];
            start = std::max(start, finish[j]);
        }
    }
    return longest;
}

}  // namespace

TEST_CASE("networks in PSPLIB's shape have the critical path length of a plain longest path") {
    for (const int jobs : {30, 60, 120}) {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            CAPTURE(jobs);
            CAPTURE(seed);
            const std::vector<Job> made = make_jobs(jobs, seed + static_cast<std::uint64_t>(jobs) * 1000);
            Project project = convert_sm(write_sm(made));
            REQUIRE(project.tasks.size() == made.size());
            if (seed % 2 == 0) {  // listed out of order
                std::reverse(project.tasks.begin(), project.tasks.end());
                std::reverse(project.links.begin(), project.links.end());
            }
            const auto schedule = compute_schedule(project);
            REQUIRE(schedule.has_value());
            CHECK(schedule->working_minutes == longest_path(made) * 480);
            const ScheduledTask& source = seed % 2 == 0 ? schedule->rows.back() : schedule->rows.front();
            const ScheduledTask& sink = seed % 2 == 0 ? schedule->rows.front() : schedule->rows.back();
            CHECK(source.critical);
            CHECK(sink.critical);
        }
    }
}
