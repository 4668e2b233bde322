#include "app/export/pages.hpp"

#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/money/query.hpp"
#include "core/plan/query.hpp"
#include "core/rules.hpp"
#include "report/change_notice.hpp"
#include "report/proposal.hpp"

namespace entente::app {

namespace {

using report::Block;
using report::Document;
using report::Heading;
using report::Paragraph;
using report::Table;

class ProjectPages {
public:
    ProjectPages(const Model& model, const plan::Project& project, Day today, const Locale& locale)
        : model_(model), project_(project), today_(today), locale_(locale), schedule_(plan::compute_schedule(project)) {}

    Document plan() const {
        Document page = begin(msg("Plan"));
        fact(page, msg("Client"), project_.client);
        if (!schedule_) return failed(std::move(page), schedule_.error());
        say(page, msg("Starts {0}, finishes {1}, {2} of working time.", locale_.time(schedule_->start), locale_.time(schedule_->finish),
                      locale_.duration(schedule_->working_minutes, minutes_per_day(project_))));
        add_promises(page);
        Table table = columns({msg("Id"), msg("Stage"), msg("Task"), msg("Start"), msg("Finish"), msg("Done"), msg("Note")});
        table.caption = locale_.tr("Tasks of the plan");
        for (std::size_t i = 0; i < project_.tasks.size(); ++i) {
            const plan::Task& task = project_.tasks[i];
            const plan::ScheduledTask& row = schedule_->rows[i];
            const bool counts = task.active;
            table.rows.push_back({task.code, task.stage, task.name, counts ? locale_.date(day_of(row.start)) : std::string(),
                                  counts ? locale_.date(plan::finish_day(row)) : std::string(), std::to_string(task.percent_done),
                                  task.note});
        }
        add(page, msg("Tasks"), std::move(table));
        return page;
    }

    Document decisions() const {
        Document page = begin(msg("Needed from the client"));
        if (!schedule_) return failed(std::move(page), schedule_.error());
        Table table = columns({msg("What you need"), msg("Who decides"), msg("Needed by"), msg("Forecast"), msg("Asked on"),
                               msg("Answered on"), msg("Answer")});
        for (const plan::DecisionRow& row : plan::decision_rows(project_, *schedule_, today_)) {
            const plan::ClientDecision* decision = by_id(project_.decisions, row.decision);
            if (!decision) continue;
            table.rows.push_back({decision->question.empty() ? task_name(row.task) : decision->question, decision->owner,
                                  day(row.needed_by), locale_.date(row.forecast), day(decision->requested), day(decision->answered),
                                  decision->answer});
        }
        add(page, {}, std::move(table));
        return page;
    }

    Document changes() const {
        Document page = begin(msg("Changes"));
        if (project_.changes.empty()) say(page, msg("Nobody has asked for a change"));
        for (const change::Change& change : project_.changes) {
            page.blocks.push_back(Heading{2, change::display_number(change.number)});
            append(page, notice(change), 1);
        }
        return page;
    }

    Document agreement() const {
        Document page = begin(msg("What was agreed"));
        say(page, msg("Contract value {0} without VAT", money(change::contract_value_minor(project_))));
        if (schedule_) add_promises(page);
        Table table = columns({msg("Number"), msg("Text"), msg("Agreed price"), msg("By"), msg("On")});
        for (const change::Change& change : project_.changes) {
            const bool counts = change.state == change::State::Agreed || change.state == change::State::Absorbed;
            if (!counts) continue;
            const change::Outcome& outcome = change.outcome;
            table.rows.push_back({change::display_number(change.number), outcome.text, locale_.money(money(outcome.charge_minor)),
                                  outcome.by, locale_.date(outcome.on)});
        }
        add(page, msg("Changes"), std::move(table));
        if (const money::Proposal* accepted = money::accepted(project_.money)) {
            const auto proposal = report::proposal_document(model_, project_, *accepted, locale_);
            if (!proposal) return failed(std::move(page), proposal.error());
            page.blocks.push_back(Heading{2, proposal->title});
            append(page, *proposal, 1);
        }
        return page;
    }

    Document money_page() const {
        Document page = begin(msg("Money"));
        const auto report = money::report(model_, project_);
        if (!report) return failed(std::move(page), report.error());
        say(page, msg("Contract value {0} without VAT", money(report->contract_minor)));
        Table table = columns({msg("Stage"), msg("Budget"), msg("Spent"), msg("Ordered"), msg("Still to do"), msg("Forecast at completion"),
                               msg("Left over")});
        for (std::size_t i = 1; i < table.columns.size(); ++i) table.columns[i].right = true;
        for (const money::StageRow& row : report->stages) {
            table.rows.push_back(figures(row.stage.empty() ? locale_.tr("No stage") : row.stage, row.figures));
        }
        table.rows.push_back(figures(locale_.tr("Total"), report->total));
        table.last_is_total = true;
        add(page, {}, std::move(table));
        fact(page, msg("Margin at the forecast"), locale_.money(money(report->at_forecast.minor)));
        return page;
    }

private:
    Document begin(const Message& what) const {
        Document page;
        page.language = locale_.code();
        page.title = locale_.text(msg("{0}: {1}", project_.name, what));
        if (project_.sample) say(page, msg("An invented sample project."));
        return page;
    }
    Document failed(Document page, const Error& error) const {
        say(page, error.what);
        return page;
    }
    void say(Document& page, const Message& sentence) const { page.blocks.push_back(Paragraph{locale_.text(sentence), false}); }
    void fact(Document& page, const Message& name, const std::string& value) const {
        if (!value.empty()) say(page, msg("{0}: {1}", name, value));
    }
    Money money(std::int64_t minor) const { return {minor, project_.currency}; }
    std::string day(const std::optional<Day>& value) const { return value ? locale_.date(*value) : std::string(); }
    std::string task_name(TaskId id) const {
        const plan::Task* task = find_task(project_, id);
        return task ? task->name : std::string();
    }
    Table columns(const std::vector<Message>& names) const {
        Table table;
        for (const Message& name : names) table.columns.push_back({locale_.text(name), false});
        return table;
    }
    // With its heading; nothing where it has no rows.
    void add(Document& page, const Message& heading, Table table) const {
        if (table.rows.empty()) {
            if (heading.empty()) say(page, msg("Nothing yet."));
            return;
        }
        if (!heading.empty()) page.blocks.push_back(Heading{2, locale_.text(heading)});
        page.blocks.push_back(std::move(table));
    }
    // Another document's blocks, so many levels deeper.
    static void append(Document& page, const Document& other, int deeper) {
        for (Block block : other.blocks) {
            if (Heading* heading = std::get_if<Heading>(&block)) heading->level = std::min(4, heading->level + deeper);
            page.blocks.push_back(std::move(block));
        }
    }
    Document notice(const change::Change& change) const {
        if (change.state != change::State::Open) return report::outcome_notice(project_, change, locale_);
        if (schedule_) {
            if (const auto impact = change::impact(model_, project_, *schedule_, change))
                return report::change_notice(model_, project_, change, nullptr, *impact, locale_);
        }
        Document plain;
        plain.blocks.push_back(Paragraph{change.request, true});
        return plain;
    }
    void add_promises(Document& page) const {
        Table table = columns({msg("Promised date"), msg("Promised"), msg("Forecast")});
        for (const plan::PromiseRow& row : plan::promise_rows(project_, *schedule_)) {
            table.rows.push_back({task_name(row.task), locale_.date(row.promised), locale_.date(row.forecast)});
        }
        add(page, msg("Promised dates"), std::move(table));
    }
    std::vector<std::string> figures(std::string name, const money::Figures& f) const {
        std::vector<std::string> row{std::move(name)};
        for (const std::int64_t minor :
             {f.budget_minor, f.actual_minor, f.committed_minor, f.remaining_minor, f.forecast_minor, f.variance_minor}) {
            row.push_back(locale_.money(money(minor)));
        }
        return row;
    }

    const Model& model_;
    const plan::Project& project_;
    Day today_;
    const Locale& locale_;
    Result<plan::Schedule> schedule_;
};

}  // namespace

std::vector<std::pair<std::string, Document>> project_pages(const Model& model, const plan::Project& project, Day today,
                                                            const Locale& locale) {
    const ProjectPages pages(model, project, today, locale);
    return {{"agreement.md", pages.agreement()},
            {"plan.md", pages.plan()},
            {"decisions.md", pages.decisions()},
            {"changes.md", pages.changes()},
            {"money.md", pages.money_page()}};
}

Document record_page(const std::vector<codec::RecordRow>& record, const Locale& locale) {
    Document page;
    page.language = locale.code();
    page.title = locale.tr("What was done");
    if (record.empty()) {
        page.blocks.push_back(Paragraph{locale.tr("Nothing yet."), false});
        return page;
    }
    Table table;
    table.columns = {{locale.tr("Number"), true}, {locale.tr("Time"), false}, {locale.tr("What"), false}};
    for (const codec::RecordRow& row : record)
        table.rows.push_back({std::to_string(row.sequence), iso(Instant{row.utc_ms}), row.what});
    page.blocks.push_back(std::move(table));
    return page;
}

Document readme_page(const codec::PlainWorkspace& workspace, const std::vector<std::string>& folders, const Locale& locale,
                     ExportParts parts, bool parked) {
    Document page;
    page.language = locale.code();
    page.title = locale.text(msg("Everything in the workspace of {0}", workspace.model.house.name));
    const auto say = [&](const Message& sentence) { page.blocks.push_back(Paragraph{locale.text(sentence), false}); };
    say(msg("Written {0}, after entry {1}.", iso(workspace.made), static_cast<std::int64_t>(workspace.sequence)));
    say(msg("Nothing here is encrypted, and costs, notes and rates are in it: it is not for a client."));
    report::List list;
    const auto add = [&](const char* line) { list.items.push_back(line); };
    if (parts.json) add(locale.tr("workspace.json holds everything, for other programs."));
    if (parts.pages) add(locale.tr("record.md tells what was done, as far as it is at hand."));
    if (parts.tables) add(locale.tr("record.csv lists what was done, as far as it is at hand."));
    if (parts.tables && parked) add(locale.tr("parked.csv has the entries that were not accepted, each as it is kept (base64url)."));
    if (!parts.tables) add(locale.tr("Each project has a folder with pages to read."));
    if (parts.tables) {
        add(parts.pages
                ? locale.tr("Each project has a folder: pages to read, plan.csv and plan.xml for other planning programs, and its tables.")
                : locale.tr("Each project has a folder: plan.csv and plan.xml for other planning programs, and its tables."));
        add(locale.tr("The folder house has the house's own tables. What a table's cell names has its id beside it."));
    }
    page.blocks.push_back(std::move(list));
    if (!folders.empty()) page.blocks.push_back(Heading{2, locale.tr("Projects")});
    if (!folders.empty()) page.blocks.push_back(report::List{folders});
    return page;
}

}  // namespace entente::app
