#include "ui/panels/template_choice.hpp"

#include <array>

#include "base/text.hpp"
#include "core/plan/query.hpp"
#include "core/templates/template.hpp"
#include "template_data.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

constexpr std::array<std::string_view, 7> kTemplates = {assets::kFeatureTxt,     assets::kTvEpisodeTxt,   assets::kTvSeriesTxt,
                                                        assets::kCommercialTxt,  assets::kDocumentaryTxt, assets::kPromoTxt,
                                                        assets::kCorporateTxt};
constexpr std::size_t kShownPromises = 4;

Result<templates::Template> chosen(int index) { return templates::parse(kTemplates[static_cast<std::size_t>(index)]); }

std::string name_of(const Frame& frame, int index) {
    if (index < 0) return frame.tr("An empty plan");
    const auto from = chosen(index);
    return from ? frame.text(templates::said(from->name)) : std::string();
}

std::vector<std::string> names(const Frame& frame) {
    std::vector<std::string> out;
    for (int i = -1; i < static_cast<int>(kTemplates.size()); ++i) out.push_back(name_of(frame, i));
    return out;
}

plan::AddProject made(const Frame& frame, const templates::Template& from, const ProjectDraft& draft, const templates::NextId& next_id) {
    const templates::Wanted wanted{std::string(trim(draft.name)), std::string(trim(draft.client)), draft.start.value_or(frame.today),
                                   draft.fee_minor};
    plan::AddProject added =
        templates::build(from, wanted, frame.model.house, [&frame](const Message& message) { return frame.text(message); }, next_id);
    if (!trim(draft.kind).empty()) added.project.kind = std::string(trim(draft.kind));
    return added;
}

void preview(const Frame& frame, Flow& flow, const templates::Template& from, const ProjectDraft& draft) {
    std::uint64_t id = 0;
    const plan::AddProject added = made(frame, from, draft, [&id] { return ++id; });
    const auto schedule = plan::compute_schedule(added.project);
    if (!schedule) return;
    const std::int64_t day = minutes_per_day(added.project);
    const auto count = static_cast<std::int64_t>(added.project.tasks.size());
    const std::string tasks = frame.text(msgn("{n} task and milestone", "{n} tasks and milestones", count));
    const std::string days = frame.text(msgn("{n} working day", "{n} working days", (schedule->working_minutes + day - 1) / day));
    paragraph(frame, flow, frame.text(templates::said(from.about)), Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(6));
    paragraph(frame, flow, frame.text(msg("{0}, {1}: it ends on {2}.", tasks, days, day_of(schedule->finish))), Tone::Plain,
              frame.theme.fonts.dense);
    const auto promises = plan::promise_rows(added.project, *schedule);
    for (std::size_t i = 0; i < std::min(promises.size(), kShownPromises); ++i) {
        const plan::Task* task = find_task(added.project, promises[i].task);
        if (task)
            paragraph(frame, flow, frame.text(msg("{0}: {1}", task->name, promises[i].promised)), Tone::Muted, frame.theme.fonts.dense);
    }
    paragraph(frame, flow, frame.tr("The lengths are usual figures of a house; change what is different in yours."), Tone::Muted,
              frame.theme.fonts.small);
}

}  // namespace

void template_choice(const Frame& frame, Flow& flow, ProjectDraft& draft) {
    const Rect at = captioned(frame, flow, frame.tr("Begin from"), field_height(frame));
    const std::string shown = name_of(frame, draft.from_template);
    if (const auto picked =
            select(frame, at, {frame.tr("Begin from"), shown, draft.from_template + 1}, [&frame] { return names(frame); }))
        draft.from_template = *picked - 1;
    if (draft.from_template < 0) return;
    flow.gap(frame.px(8));
    if (const auto from = chosen(draft.from_template)) preview(frame, flow, *from, draft);
}

std::optional<plan::AddProject> project_from_template(const Frame& frame, Outbox& out, const ProjectDraft& draft) {
    if (draft.from_template < 0) return std::nullopt;
    const auto from = chosen(draft.from_template);
    if (!from) return std::nullopt;
    return made(frame, *from, draft, [&out] { return out.new_id<TaskId>().n; });
}

}  // namespace entente::ui
