// One tab of the program without a browser: a host that keeps what it was told, memory for disks, and time by hand.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/program.hpp"
#include "tests/vault/world.hpp"

namespace entente::test {

using app::HostMedia;
using app::Program;
using app::ProgramPorts;

// Keeps the last thing it was asked to show.
class TestHost final : public app::Host {
public:
    void show_canvas() override { screen = "canvas"; }
    void show_unlock(std::string_view) override { screen = "unlock"; }
    void show_new() override { screen = "new"; }
    void show_form(std::string_view name, std::string_view text, std::string_view more) override {
        screen = name;
        form_text = text;
        form_more = more;
    }
    void show_busy(std::string_view text) override { busy = text; }
    void show_error(std::string_view text, std::string_view) override { error = text; }
    void show_fatal(std::string_view text, std::string_view) override {
        screen = "fatal";
        error = text;
    }
    void reload() override { screen = "reloaded"; }
    void wake() override {}
    void wake_after(int) override {}
    HostMedia media() const override { return {}; }
    void set_theme(std::string_view, bool, std::uint32_t) override {}
    void set_language(std::string_view code) override { language = code; }
    void set_title(std::string_view) override {}
    void set_text_scale(int percent) override { text_scale = percent; }
    std::string fragment() const override { return {}; }
    void set_fragment(std::string_view, bool) override {}
    std::string base_address() const override { return "http://127.0.0.1/"; }
    void open_tab(std::string_view) override {}
    std::optional<std::string> preference(std::string_view key) const override {
        const auto found = preferences.find(std::string(key));
        return found == preferences.end() ? std::nullopt : std::optional<std::string>(found->second);
    }
    void set_preference(std::string_view key, std::string_view value) override { preferences[std::string(key)] = value; }
    void keep_storage(bool ask, std::function<void(bool)> done) override {
        asked_to_keep += ask;
        done(asked_to_keep > 0);
    }
    void copy_text(std::string_view, std::function<void(bool)> done) override { done(true); }

    std::string screen, busy, error, language, form_text, form_more;
    int text_scale = 100, asked_to_keep = 0;
    std::map<std::string, std::string> preferences;
};

// What outlives the tabs: both stores and the witness.
struct Laptop {
    std::shared_ptr<platform::MemoryDisk> disk = std::make_shared<platform::MemoryDisk>();
    std::shared_ptr<platform::MemoryDisk> other = std::make_shared<platform::MemoryDisk>();
    platform::MemoryWitness witness;
};

// One tab on a disk that outlives it.
struct Tab {
    explicit Tab(std::shared_ptr<platform::MemoryDisk> disk, platform::MemoryWitness& witness,
                 std::shared_ptr<platform::MemoryDisk> other = std::make_shared<platform::MemoryDisk>(),
                 std::shared_ptr<platform::MemoryTurns> turns = std::make_shared<platform::MemoryTurns>())
        : storage(std::move(disk)), second(std::move(other)), turn(std::move(turns)),
          program(host, semantics, ProgramPorts{storage, witness, clock, random, worker, files, &second, &turn, &folder}) {
        second.make_exclusive();
    }

    explicit Tab(Laptop& laptop) : Tab(laptop.disk, laptop.witness, laptop.other) {}

    void pump() {
        while (storage.pump_one() || second.pump_one() || worker.pump_one() || files.pump_one() || turn.pump_one() ||
               folder.pump_one())
            program.stored();
    }
    void start() {
        program.start();
        pump();
    }
    void act(app::FormAction action, std::string one = {}, std::string two = {}) {
        program.form(action, std::move(one), std::move(two));
        pump();
    }
    // As a person who comes back; what is shown then is host.screen.
    void unlock(std::string passphrase) {
        start();
        program.unlock(std::move(passphrase));
        pump();
    }
    // Without a recovery key.
    void make(std::string house) {
        program.create(std::move(house), "a long enough passphrase");
        act(app::FormAction::Typed);
    }

    TestHost host;
    ui::Semantics semantics;
    platform::MemoryStorage storage, second;
    platform::MemoryTurn turn;
    platform::ManualClock clock;
    platform::SeededRandom random{7};
    platform::InlineWorker worker{vault::testing::quick_job};
    platform::MemoryFiles files;
    platform::MemoryFolder folder;
    Program program;
};

}  // namespace entente::test
