#include <algorithm>
#include <unordered_map>

#include "app/cli/commands.hpp"
#include "app/cli/plan_input.hpp"
#include "app/cli/table.hpp"
#include "core/model.hpp"
#include "core/plan/query.hpp"

namespace entente::app {

namespace {

using plan::TaskKind;

class CheckReport {
public:
    CheckReport(const PlanInput& input, const World& world, const Locale& locale)
        : input_(input), project_(input.imported.project), world_(world), locale_(locale) {
        for (std::size_t i = 0; i < project_.tasks.size(); ++i) index_.emplace(project_.tasks[i].id, i);
        day_minutes_ = minutes_per_day(project_);
    }

    std::string text() {
        head();
        problems();
        open_ends();
        negative_float();
        promises();
        decisions();
        return std::move(out_);
    }
    bool has_negative_float() const { return negative_; }

private:
    void heading(const Message& title) { out_ += "\n" + locale_.text(title) + "\n"; }
    void none(const Message& text) { out_ += "\n" + locale_.text(text) + "\n"; }
    const std::string& name(TaskId task) const { return project_.tasks[index_.at(task)].name; }

    void head() {
        const exchange::ImportCounts& counts = input_.imported.counts;
        const auto line = [&](Message message) { out_ += locale_.text(message) + "\n"; };
        line(msg("{0}", project_.name));
        line(msg("{0}, {1}, {2}", msgn("{n} task", "{n} tasks", counts.tasks),
                 msgn("{n} milestone", "{n} milestones", counts.milestones),
                 msgn("{n} link", "{n} links", counts.links)));
        line(msg("Starts {0}, finishes {1}, {2} of working time.", locale_.time(input_.schedule.start),
                 locale_.time(input_.schedule.finish),
                 locale_.duration(input_.schedule.working_minutes, day_minutes_)));
    }

    void problems() {
        std::vector<std::string> left_out, notes;
        for (const exchange::Problem& problem : input_.imported.problems) {
            (problem.error ? left_out : notes).push_back(sentence(problem, locale_));
        }
        for (const plan::ScheduleWarning& warning : input_.schedule.warnings) notes.push_back(locale_.text(warning.text));
        const auto list = [&](const std::vector<std::string>& lines) {
            for (const std::string& line : lines) out_ += "  " + line + "\n";
        };
        if (left_out.empty()) {
            none(msg("No problems."));
        } else {
            heading(msgn("{n} problem", "{n} problems", static_cast<std::int64_t>(left_out.size())));
            list(left_out);
        }
        if (notes.empty()) return;
        heading(msgn("{n} note", "{n} notes", static_cast<std::int64_t>(notes.size())));
        list(notes);
    }

    // A summary's links count for what stands under it.
    std::vector<bool> linked(bool as_successor) const {
        std::vector<bool> out(project_.tasks.size(), false);
        for (const plan::Link& link : project_.links)
            out[index_.at(as_successor ? link.to : link.from)] = true;
        for (std::size_t i = 0; i < out.size(); ++i) {
            const auto parent = index_.find(project_.tasks[i].parent);
            if (parent != index_.end() && out[parent->second]) out[i] = true;
        }
        return out;
    }

    // Each plan has one beginning and one end; more of them are links that were forgotten.
    void open_ends() {
        bool any = false;
        const auto list = [&](const std::vector<bool>& is_linked, const Message& title) {
            std::vector<std::size_t> open;
            for (std::size_t i = 0; i < project_.tasks.size(); ++i) {
                if (project_.tasks[i].kind != TaskKind::Summary && project_.tasks[i].active && !is_linked[i])
                    open.push_back(i);
            }
            if (open.size() < 2) return;
            any = true;
            heading(title);
            TextTable table({{"", false, 12}, {"", false, 60}});
            for (const std::size_t i : open)
                table.row({"  " + project_.tasks[i].code, project_.tasks[i].name});
            out_ += table.text();
        };
        list(linked(true), msg("They wait for nothing:"));
        list(linked(false), msg("Nothing waits for them:"));
        if (!any) none(msg("No missing links."));
    }

    void negative_float() {
        TextTable table({{"", false, 12}, {"", false, 60}, {"", true, 20}});
        for (std::size_t i = 0; i < project_.tasks.size(); ++i) {
            const std::int64_t minutes = input_.schedule.rows[i].total_float_minutes;
            if (minutes >= 0) continue;
            negative_ = true;
            table.row({"  " + project_.tasks[i].code, project_.tasks[i].name,
                       "-" + locale_.duration(-minutes, day_minutes_)});
        }
        if (!negative_) return none(msg("No negative float."));
        heading(msg("Negative float: these cannot meet their dates."));
        out_ += table.text();
    }

    void promises() {
        const auto rows = plan::promise_rows(project_, input_.schedule);
        if (rows.empty()) return;
        heading(msg("Promises, as the plan stands"));
        TextTable table({{"", false, 60}, {"", false, 32}});
        for (const plan::PromiseRow& row : rows)
            table.row({"  " + name(row.task), locale_.date(row.promised)});
        out_ += table.text();
    }

    void decisions() {
        const auto rows = plan::decision_rows(project_, input_.schedule, world_.today);
        if (rows.empty()) return;
        heading(msg("Needed from the client"));
        TextTable table({{"", false, 60}, {"", false, 16}, {"", false, 40}});
        for (const plan::DecisionRow& row : rows) {
            const auto decision = std::find_if(
                project_.decisions.begin(), project_.decisions.end(),
                [&](const plan::ClientDecision& d) { return d.id == row.decision; });
            const bool input = decision != project_.decisions.end() &&
                               decision->part == plan::ClientPart::Input;
            table.row({"  " + name(row.task), input ? locale_.tr("input") : locale_.tr("decision"),
                       row.needed_by ? locale_.text(msg("by {0}", *row.needed_by)) : std::string()});
        }
        out_ += table.text();
    }

    const PlanInput& input_;
    const plan::Project& project_;
    const World& world_;
    const Locale& locale_;
    std::unordered_map<TaskId, std::size_t> index_;
    std::int64_t day_minutes_ = 1;
    bool negative_ = false;
    std::string out_;
};

}  // namespace

Result<Outcome> run_check(const Arguments& arguments, const World& world, const Locale& locale) {
    auto input = read_plan(arguments, world);
    if (!input) return tl::unexpected<Error>(std::move(input.error()));
    CheckReport report(*input, world, locale);
    Outcome outcome;
    outcome.out = report.text();
    outcome.code = input->imported.has_errors() || report.has_negative_float() ? kExitProblem : kExitOk;
    return outcome;
}

}  // namespace entente::app
