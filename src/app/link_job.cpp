// Making a status link: what the client may see, signed, sealed, and entered in the register.
#include <algorithm>

#include "app/program.hpp"
#include "share/link.hpp"
#include "share/make_status.hpp"
#include "vault/kdf.hpp"

namespace entente::app {

void Program::make_link(const ui::MakeLink& effect) {
    if (link_job_) return;
    LinkJob job;
    job.request = effect;
    ports_.random.fill(job.key);
    if (effect.passphrase.empty()) {
        finish_link(job, std::nullopt);
        return;
    }
    // Argon2id takes a fifth of a second: in the worker, while the frame goes on.
    link_job_ = job;
    Bytes request = vault::derive_request(effect.passphrase, share::passphrase_salt(job.key), vault::kFloorKdf);
    ports_.worker.run(std::move(request), [self = self_, this](Result<Bytes> answer) {
        if (!*self || !link_job_) return;
        const LinkJob waiting = *std::exchange(link_job_, std::nullopt);
        if (!workspace_) return;
        auto derived = answer ? vault::read_derived(*answer) : Result<vault::DerivedKey>(tl::unexpected(answer.error()));
        if (!derived) {
            say_error(derived.error());
            return;
        }
        share::PassphraseKey key{};
        std::copy_n(derived->key.view().begin(), key.size(), key.begin());
        finish_link(waiting, key);
        flush();
    });
}

void Program::finish_link(const LinkJob& job, const std::optional<std::array<std::uint8_t, 32>>& passphrase_key) {
    const plan::Project* project = find_project(workspace_->model(), job.request.project);
    const ui::ProjectAnswers* answers = answers_.find(job.request.project);
    if (!project || !answers) return;
    if (answers->problem) {
        say_error(*answers->problem);
        return;
    }
    const LocalMinute at = local_now();
    share::StatusOptions status_options;
    status_options.today = day_of(at);
    const auto status = share::make_status(workspace_->model(), *project, answers->schedule, status_options);
    if (!status) {
        say_error(status.error());
        return;
    }
    share::LinkOptions options;
    options.key = job.key;
    options.seed = workspace_->model().house.signing_seed;
    options.info.share_id = project->id.n;
    options.info.revision = project->issued.empty() ? 1 : project->issued.back().revision + 1;
    options.info.issued = at;
    options.info.expires = day_of(at) + std::clamp(job.request.days, 1, 365);
    options.info.language = job.request.welsh ? share::LinkLanguage::Welsh : share::LinkLanguage::English;
    options.passphrase = passphrase_key;
    const auto fragment = share::make_link(*status, options);
    if (!fragment) {
        say_error(fragment.error());
        return;
    }
    share::IssuedLink link;
    link.id = ShareId{workspace_->next_id()};
    link.revision = static_cast<std::int64_t>(options.info.revision);
    link.to = job.request.to;
    link.issued = day_of(at);
    link.expires = options.info.expires;
    link.passphrase = passphrase_key.has_value();
    link.welsh = job.request.welsh;
    link.fragment = *fragment;
    submit(share::Command{share::Register{project->id, std::move(link)}});
}

void Program::open_link(const ui::OpenLink& effect) {
    for (const plan::Project& project : workspace_->model().projects) {
        for (const share::IssuedLink& link : project.issued) {
            if (link.id == effect.share) host_.open_tab(host_.base_address() + "status.html" + link.fragment);
        }
    }
}

}  // namespace entente::app
