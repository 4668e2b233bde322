// Words that somebody pasted into a request: what is guessed from them is a task of the plan that can be lengthened, and days that can be
// meant, the same whenever it is asked.
#include <cstdlib>

#include "core/change/guess.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace {

using namespace entente;

void must(bool holds) {
    if (!holds) std::abort();
}

plan::Project make_plan() {
    plan::Project project;
    std::uint64_t id = 0;
    for (const char* name :
         {"Picture edit", "Picture lock", "Sound edit and mix", "Grade", "VFX shots 10-45", "Online, titles and QC", "Golygu",
          "Cymysgu'r sain", "Graddio lliw", "Teitlau a chydymffurfio", "\u6620\u753B", ""}) {
        plan::Task task;
        task.id = TaskId{++id};
        task.name = name;
        task.stage = id % 2 == 0 ? "Sound" : "Picture";
        task.duration_minutes = 4800;
        if (id == 4) task.percent_done = 100;
        if (id == 6) task.kind = plan::TaskKind::Summary;
        project.tasks.push_back(std::move(task));
    }
    return project;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const plan::Project project = make_plan();
    const std::string_view request(reinterpret_cast<const char*>(data), size);
    const change::Guess guess = change::guess(project, request), again = change::guess(project, request);
    must(guess.task == again.task && guess.days == again.days && guess.fewer == again.fewer);
    must(!guess.days || (*guess.days > 0 && *guess.days <= 20 * 1000));
    if (!guess.task) return 0;
    const plan::Task* task = by_id(project.tasks, guess.task);
    must(task && task->kind != plan::TaskKind::Summary && task->percent_done < 100);
    return 0;
}
