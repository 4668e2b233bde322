// What a Microsoft Project XML file holds that a plan here does not keep, counted and said once each: nothing goes silently.
#include "exchange/mspdi_parts.hpp"

namespace entente::exchange {

namespace {

constexpr std::int64_t kUsualPriority = 500;

class Unkept {
public:
    explicit Unkept(const MspdiReading& reading) : reading_(reading), xml_(reading.xml) {}

    void look(pugi::xml_node root) {
        for (std::size_t i = 0; i < reading_.tasks.size(); ++i) look_at_task(reading_.tasks[i], reading_.project().tasks[i]);
        for (const pugi::xml_node node : xml_.children(xml_.child(root, "Resources"), "Resource"))
            use_costs_ += amount(node, "OvertimeRate") || amount(node, "CostPerUse");
        for (const pugi::xml_node node : xml_.children(xml_.child(root, "Assignments"), "Assignment"))
            spread_ += number(node, "WorkContour") != 0 || length(node, "OvertimeWork") || number(node, "Delay") != 0;
        say();
    }

private:
    std::int64_t number(pugi::xml_node node, const char* name) const { return xml_.number(node, name).value_or(0); }
    bool amount(pugi::xml_node node, const char* name) const { return parse_scaled(xml_.text(node, name), 2).value_or(0) != 0; }
    bool length(pugi::xml_node node, const char* name) const { return parse_xml_seconds(xml_.text(node, name)).value_or(0) != 0; }

    void look_at_task(const MspdiTask& task, const plan::Task& kept) {
        const pugi::xml_node node = task.node;
        costs_ += amount(node, "FixedCost");
        const std::int64_t priority = xml_.number(node, "Priority").value_or(kUsualPriority);
        priorities_ += priority != kUsualPriority && kept.kind != plan::TaskKind::Summary;
        pages_ += !xml_.text(node, "HyperlinkAddress").empty();
        columns_ += static_cast<bool>(xml_.child(node, "ExtendedAttribute")) || static_cast<bool>(xml_.child(node, "OutlineCode"));
        for (const pugi::xml_node baseline : xml_.children(node, "Baseline"))
            baselines_ += amount(baseline, "Cost") || length(baseline, "Work");
        if (xml_.flag(node, "Milestone") && kept.kind == plan::TaskKind::Task)
            reading_.problems.note(task.line, msg("\u201c{0}\u201d is a milestone with a length; it is kept as a task.", kept.name));
    }

    void say() {
        const auto note = [this](std::int64_t count, Message message) {
            if (count > 0) reading_.problems.note(0, std::move(message));
        };
        note(costs_, msg("Fixed costs of tasks are not kept ({0}).", costs_));
        note(priorities_, msg("Priorities are not kept ({0}).", priorities_));
        note(pages_, msg("Links from tasks to pages are not kept ({0}).", pages_));
        note(columns_, msg("The file's own columns are not kept ({0}).", columns_));
        note(use_costs_, msg("Overtime rates and costs for each use are not kept ({0}).", use_costs_));
        note(spread_, msg("Overtime, and how work is spread over a task, are not kept ({0}).", spread_));
        note(baselines_, msg("Of baselines the dates are kept, not the work and costs ({0}).", baselines_));
    }

    const MspdiReading& reading_;
    const XmlFile& xml_;
    std::int64_t costs_ = 0, priorities_ = 0, pages_ = 0, columns_ = 0, use_costs_ = 0, spread_ = 0, baselines_ = 0;
};

}  // namespace

void note_unkept(const MspdiReading& reading, pugi::xml_node root) { Unkept(reading).look(root); }

}  // namespace entente::exchange
