// Entente in a browser tab: the program tied to the page. Everything it does is in Program; this file says who answers it.
#include <memory>

#include <imgui.h>

#include "app/program.hpp"
#include "platform/web/first_screen.hpp"
#include "platform/web/folder_web.hpp"
#include "platform/web/ports_web.hpp"
#include "platform/web/storage_web.hpp"
#include "platform/web/turn_web.hpp"
#include "platform/web/window.hpp"
#include "ui/actions.hpp"

namespace {

using namespace entente;

class WebHost final : public app::Host {
public:
    void attach(platform::Window& window) { window_ = &window; }

    void show_canvas() override {
        first_.hide();
        window_->show();
    }
    void show_unlock(std::string_view name) override {
        window_->hide();
        first_.show_unlock(name);
    }
    void show_new() override {
        window_->hide();
        first_.show_new();
    }
    void show_form(std::string_view name, std::string_view text, std::string_view more) override {
        window_->hide();
        first_.show_form(name, text, more);
    }
    void show_busy(std::string_view text) override { first_.show_busy(text); }
    void show_error(std::string_view text, std::string_view remedy) override { first_.show_error(text, remedy); }
    void show_fatal(std::string_view text, std::string_view remedy) override {
        window_->hide();
        first_.show_fatal(text, remedy);
    }

    void reload() override {
        window_->hide();
        window_->reload();
    }

    void wake() override { window_->wake(); }
    void wake_after(int milliseconds) override { window_->wake_after(milliseconds); }

    app::HostMedia media() const override {
        const platform::Media& media = window_->media();
        return {media.dark, media.reduced_motion, media.forced_colors};
    }
    void set_theme(std::string_view choice, bool dark, std::uint32_t background) override {
        window_->set_background(background);
        window_->set_theme(choice, dark);
    }
    void set_language(std::string_view code) override { window_->set_language(code); }
    void set_title(std::string_view title) override { window_->set_title(title); }
    void set_text_scale(int percent) override { window_->set_text_scale(percent); }

    std::string fragment() const override { return window_->fragment(); }
    void set_fragment(std::string_view fragment, bool replace) override { window_->set_fragment(fragment, replace); }
    std::string base_address() const override { return window_->base_address(); }
    void open_tab(std::string_view address) override { window_->open_tab(address); }

    std::optional<std::string> preference(std::string_view key) const override { return window_->preference(key); }
    void set_preference(std::string_view key, std::string_view value) override { window_->set_preference(key, value); }
    void keep_storage(bool ask, std::function<void(bool)> done) override { window_->keep_storage(ask, std::move(done)); }
    void copy_text(std::string_view text, std::function<void(bool)> done) override { window_->copy_text(text, std::move(done)); }

    platform::FirstScreen& first() { return first_; }

private:
    platform::Window* window_ = nullptr;
    platform::FirstScreen first_;
};

// The page's own life: it ends with the tab.
struct Page {
    WebHost host;
    platform::WebStorage storage{"entente", [this] { stored(); }};
    platform::WebStorage second{"entente", [this] { stored(); }, platform::WebStorage::Place::Files};
    platform::WebTurn turn{[this] { stored(); }};
    platform::WebWitness witness{"entente.witness"};
    platform::WebClock clock;
    platform::WebRandom random;
    platform::WebWorker worker;
    platform::WebFiles files;
    platform::WebFolder folder;
    ui::Semantics semantics;
    std::unique_ptr<platform::Window> window;
    std::unique_ptr<app::Program> program;
    Bytes regular, medium, semibold, icons;

    void stored() {
        if (program) program->stored();
        window->wake();
    }

    void load_fonts(float scale) {
        if (regular.empty()) {
            regular = window->font("inter-400");
            medium = window->font("inter-500");
            semibold = window->font("inter-600");
            icons = window->font("icons");
        }
        ui::build_fonts(program->theme(), {regular, medium, semibold, icons}, scale);
        ui::apply_style(program->theme());
    }

    // Whether a person did anything since the last frame: what keeps the workspace from locking itself.
    bool person_is_there() const {
        const ImGuiIO& io = ImGui::GetIO();
        const bool keys = ImGui::IsAnyMouseDown() || io.KeyCtrl || io.KeyShift || io.KeyAlt || semantics.has_events();
        if (keys || io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || io.MouseWheel != 0) return true;
        for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_NamedKey_END; ++key) {
            if (ImGui::IsKeyDown(static_cast<ImGuiKey>(key))) return true;
        }
        return false;
    }

    void frame() {
        const platform::WindowSize size = window->size();
        const auto width = static_cast<float>(size.width), height = static_cast<float>(size.height);
        const bool busy = person_is_there();
        if (busy) program->noticed_person();
        if (!busy && program->wants_rehearsal()) return program->rehearse(width, height);
        program->frame(width, height);
        window->stats().sequence = program->sequence();
        window->stats().durable_sequence = program->durable_sequence();
        window->stats().preview_ms = program->preview_ms();
    }
};

platform::WindowHooks hooks_for(Page& page) {
    platform::WindowHooks hooks;
    hooks.frame = [&page] { page.frame(); };
    hooks.stale = [&page] { return page.program->stale(); };
    hooks.fonts = [&page](float scale) { page.load_fonts(scale); };
    hooks.media_changed = [&page] { page.program->media_changed(); };
    hooks.navigated = [&page](std::string fragment) { page.program->navigated(fragment); };
    hooks.flush = [&page] { page.program->flush(); };
    hooks.timer = [&page] { page.program->ticked(); };
    hooks.input = [&page] { page.program->noticed_person(); };
    hooks.wants_key = [](int chord) { return ui::wants_key(chord); };
    return hooks;
}

void connect_forms(Page& page) {
    app::Program& program = *page.program;
    platform::FirstScreenActions actions;
    actions.unlock = [&program](std::string passphrase) { program.unlock(std::move(passphrase)); };
    actions.create = [&program](std::string house, std::string passphrase) { program.create(std::move(house), std::move(passphrase)); };
    actions.form = [&program](int action, std::string first, std::string second) {
        program.form(static_cast<app::FormAction>(action), std::move(first), std::move(second));
    };
    actions.sample = [&program] { program.try_sample(); };
    actions.language_changed = [&program](std::string code) { program.language_chosen(code); };
    actions.theme_changed = [&program](std::string choice) { program.theme_chosen(choice); };
    page.host.first().connect(std::move(actions));
}

}  // namespace

int main() {
    // Lives as long as the tab: the browser calls back into it.
    Page& page = *new Page;  // NOLINT(cppcoreguidelines-owning-memory)
    page.window = std::make_unique<platform::Window>(page.semantics, hooks_for(page));
    page.host.attach(*page.window);
    page.program = std::make_unique<app::Program>(
        page.host, page.semantics,
        app::ProgramPorts{page.storage, page.witness, page.clock, page.random, page.worker, page.files, &page.second, &page.turn,
                          &page.folder});
    if (!page.window->open()) return 1;  // the page has told the person
    connect_forms(page);
    page.program->start();
    return 0;
}
