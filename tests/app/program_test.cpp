// The program without a browser: which screen stands, what is kept, what a second start finds.
#include <doctest.h>

#include "tests/app/tab.hpp"

using namespace entente;
using entente::test::Laptop;
using entente::test::Tab;

TEST_CASE("an empty disk asks for a new workspace; what was made there is found again") {
    const auto disk = std::make_shared<platform::MemoryDisk>();
    platform::MemoryWitness witness;
    Model made;
    {
        Tab tab(disk, witness);
        tab.start();
        CHECK(tab.host.screen == "new");
        tab.make("Harbour Post");
        REQUIRE(tab.host.screen == "canvas");
        REQUIRE(tab.program.is_open());
        CHECK(tab.program.durable_sequence() == tab.program.sequence());
        made = tab.program.workspace()->model();
        CHECK(made.house.name == "Harbour Post");
        CHECK(made.house.roles.size() > 10);
        CHECK(made.house.signing_seed != std::array<std::uint8_t, 32>{});
        // What a workspace begins with is not a person's step.
        CHECK_FALSE(tab.program.workspace()->session().can_undo());
    }
    Tab again(disk, witness);
    again.start();
    CHECK(again.host.screen == "unlock");
    again.program.unlock("not the passphrase");
    again.pump();
    CHECK(again.host.screen == "unlock");
    CHECK_FALSE(again.host.error.empty());
    CHECK_FALSE(again.program.is_open());
    again.program.unlock("a long enough passphrase");
    again.pump();
    REQUIRE(again.program.is_open());
    CHECK(again.program.workspace()->model() == made);
}

TEST_CASE("either of the two stores may be lost: the other one brings everything back") {
    for (const bool first_is_lost : {true, false}) {
        CAPTURE(first_is_lost);
        const auto disk = std::make_shared<platform::MemoryDisk>(), other = std::make_shared<platform::MemoryDisk>();
        platform::MemoryWitness witness;
        Model made;
        {
            Tab tab(disk, witness, other);
            tab.start();
            tab.make("Harbour Post");
            REQUIRE(tab.program.is_open());
            made = tab.program.workspace()->model();
        }
        (first_is_lost ? disk : other)->stores.clear();
        Tab again(disk, witness, other);
        again.start();
        REQUIRE(again.host.screen == "unlock");
        again.program.unlock("a long enough passphrase");
        again.pump();
        REQUIRE(again.program.is_open());
        CHECK(again.program.workspace()->model() == made);
        CHECK(disk->bytes() > 0);
        CHECK(disk->stores == other->stores);
    }
}

TEST_CASE("a wiped store is an error, never a new workspace") {
    const auto disk = std::make_shared<platform::MemoryDisk>();
    platform::MemoryWitness witness;
    {
        Tab tab(disk, witness);
        tab.start();
        tab.make("House");
    }
    disk->stores.clear();
    Tab again(disk, witness);
    again.start();
    CHECK(again.host.screen == "trouble");
    CHECK(again.host.form_text.find("records are gone") != std::string::npos);
    CHECK(again.host.form_more == "backup");
}

TEST_CASE("the sample opens without a passphrase and leaves nothing behind") {
    const auto disk = std::make_shared<platform::MemoryDisk>();
    platform::MemoryWitness witness;
    Tab tab(disk, witness);
    tab.start();
    tab.program.try_sample();
    tab.pump();
    REQUIRE(tab.host.screen == "canvas");
    REQUIRE(tab.program.workspace()->model().projects.size() == 1);
    CHECK(tab.program.workspace()->model().projects.front().sample);
    CHECK_FALSE(tab.program.workspace()->is_kept());
    CHECK(tab.program.durable_sequence() == 0);
    CHECK(disk->bytes() == 0);
    CHECK_FALSE(witness.value);
    CHECK(tab.program.route().project == tab.program.workspace()->model().projects.front().id);
}

TEST_CASE("whoever opens the sample before the storage has answered stays in it") {
    platform::MemoryWitness witness;
    Tab tab(std::make_shared<platform::MemoryDisk>(), witness);
    tab.program.start();
    tab.program.try_sample();
    REQUIRE(tab.host.screen == "canvas");
    tab.pump();
    CHECK(tab.host.screen == "canvas");
}

TEST_CASE("preferences are read at the start and kept when they change") {
    const auto disk = std::make_shared<platform::MemoryDisk>();
    platform::MemoryWitness witness;
    Tab tab(disk, witness);
    tab.host.preferences["text_scale"] = "150";
    tab.start();
    CHECK(tab.host.text_scale == 150);
    tab.program.language_chosen("cy");
    CHECK(tab.host.language == "cy");
    CHECK(tab.program.locale().language() == Language::Welsh);
    CHECK(tab.host.preferences["language"] == "cy");
    tab.program.theme_chosen("light");
    CHECK(tab.host.preferences["theme"] == "light");
    CHECK_FALSE(tab.program.theme().dark);
}

namespace {

// One workspace in two tabs: the first writes, the second follows.
struct Two {
    std::shared_ptr<platform::MemoryDisk> disk = std::make_shared<platform::MemoryDisk>();
    std::shared_ptr<platform::MemoryDisk> mirror = std::make_shared<platform::MemoryDisk>();
    std::shared_ptr<platform::MemoryTurns> turns = std::make_shared<platform::MemoryTurns>();
    platform::MemoryWitness witness;
    Tab first{disk, witness, mirror, turns}, second{disk, witness, mirror, turns};
    Two() {
        first.start();
        first.make("Harbour Post");
        both();
        second.start();
        second.program.unlock("a long enough passphrase");
        both();
        REQUIRE(second.program.is_open());
    }
    void both() {
        for (int i = 0; i < 10; ++i) {
            first.pump();
            second.pump();
        }
    }
    // What the first tab is told is heard, and nothing is answered yet that it had asked a store.
    void first_hears() {
        while (first.turn.pump_one()) {
        }
    }
};

void rename(Tab& tab, const char* name) {
    const auto& house = tab.program.workspace()->model().house;
    tab.program.submit(Command{house::Command{house::SetProfile{name, house.currency, house.vat_basis_points}}});
}

}  // namespace

TEST_CASE("while a tab takes a workspace over, or gives it up, nothing can be done that would not be kept") {
    for (const bool taking : {true, false}) {
        CAPTURE(taking);
        Two tabs;
        Tab& tab = taking ? tabs.second : tabs.first;
        if (taking) {
            tab.program.take_over();
            while (tab.program.following()) {
                tabs.first.pump();
                if (!tab.turn.pump_one()) break;
            }
        } else {
            rename(tab, "Under way");
            tabs.second.program.take_over();
            tabs.turns->expire();
            tabs.first_hears();
            REQUIRE(tab.program.robbed());
            tab.program.follow();
        }
        REQUIRE(tab.program.reopening());
        rename(tab, "In between");
        tab.program.flush();
        REQUIRE(tab.program.notice());
        CHECK(tab.program.notice()->is_error);
        CHECK(tab.program.locale().text(tab.program.notice()->text).find("opened anew") != std::string::npos);
        tabs.both();
        CHECK_FALSE(tab.program.reopening());
        CHECK(tab.program.following() == !taking);
        CHECK(tab.program.workspace()->model().house.name != "In between");
        CHECK(tab.program.durable_sequence() == tab.program.sequence());
    }
}

TEST_CASE("what is done while a tab is about to hand over goes with it, drawn or not") {
    Two tabs;
    rename(tabs.first, "Under way");
    tabs.first.program.flush();
    tabs.second.program.take_over();
    tabs.first_hears();
    REQUIRE_FALSE(tabs.first.program.following());
    rename(tabs.first, "Said by a callback");  // no frame hands it to the vault
    tabs.both();
    CHECK(tabs.first.program.following());
    CHECK(tabs.second.program.workspace()->model().house.name == "Said by a callback");
    CHECK(tabs.first.program.workspace()->model() == tabs.second.program.workspace()->model());
    CHECK(tabs.second.program.durable_sequence() == tabs.first.program.sequence());
}

TEST_CASE("a workspace in two tabs: the second follows, takes over, and the first follows it") {
    Two tabs;
    Tab &first = tabs.first, &second = tabs.second;
    CHECK(second.program.following());
    CHECK(second.program.workspace()->model() == first.program.workspace()->model());
    CHECK_FALSE(first.program.following());
    second.program.take_over();
    tabs.both();
    CHECK_FALSE(second.program.following());
    CHECK(first.program.following());
    CHECK_FALSE(first.program.robbed());
    // Taken without being asked for, with nothing unsaved: it follows.
    first.program.take_over();
    tabs.turns->expire();
    tabs.both();
    CHECK(second.program.following());
    CHECK(first.program.durable_sequence() == first.program.sequence());
}

TEST_CASE("a workspace made while another tab tried to open a backup is this tab's") {
    Laptop elsewhere;
    Tab source(elsewhere);
    source.start();
    source.make("Elsewhere");
    source.program.run(ui::Effect{ui::SaveBackup{}});
    source.pump();
    REQUIRE(source.files.saved.size() == 1);
    Laptop laptop;
    auto turns = std::make_shared<platform::MemoryTurns>();
    auto mirror = std::make_shared<platform::MemoryDisk>();
    Tab first{laptop.disk, laptop.witness, mirror, turns}, second{laptop.disk, laptop.witness, mirror, turns};
    first.start();
    first.files.to_pick.push_back({"backup.entente", source.files.saved.back().bytes});
    first.act(app::FormAction::PickBackup);
    first.act(app::FormAction::Restore, "a wrong passphrase indeed");
    CHECK_FALSE(first.host.error.empty());
    CHECK_FALSE(first.turn.has());
    second.start();
    second.make("Harbour Post");
    second.pump();
    REQUIRE(second.program.is_open());
    CHECK_FALSE(second.program.following());
    CHECK(second.program.workspace()->model().house.name == "Harbour Post");
    CHECK(second.program.durable_sequence() == second.program.sequence());
}

TEST_CASE("a tab that has everything saved and sleeps follows when it wakes, also where a snapshot would be due") {
    Two tabs;
    tabs.first.program.submit(Command{house::Command{house::SetAutoLock{60}}});
    tabs.first.program.flush();
    tabs.both();
    REQUIRE(tabs.first.program.durable_sequence() == tabs.first.program.sequence());
    tabs.first.clock.at.utc_ms += 6 * 60'000;
    tabs.second.program.take_over();
    tabs.turns->expire();
    tabs.second.pump();
    tabs.first_hears();
    tabs.both();
    CHECK_FALSE(tabs.first.program.robbed());
    CHECK(tabs.first.program.following());
}

TEST_CASE("a turn that was lost while a workspace was being made is heard of, and can be taken again") {
    Laptop laptop;
    auto turns = std::make_shared<platform::MemoryTurns>();
    auto mirror = std::make_shared<platform::MemoryDisk>();
    Tab first{laptop.disk, laptop.witness, mirror, turns}, second{laptop.disk, laptop.witness, mirror, turns};
    const auto both = [&] {
        for (int i = 0; i < 10; ++i) {
            first.pump();
            second.pump();
        }
    };
    first.start();
    second.start();
    first.program.create("Harbour Post", "a long enough passphrase");
    first.program.form(app::FormAction::Typed, {}, {});
    while (first.storage.pump_one() || first.second.pump_one() || first.worker.pump_one()) {
    }
    second.program.unlock("a long enough passphrase");
    second.pump();
    REQUIRE(second.program.following());
    second.program.take_over();
    turns->expire();
    both();
    CHECK_FALSE(second.program.following());
    CHECK((first.program.following() || first.program.robbed()));
    if (first.program.robbed()) first.program.follow();
    both();
    first.program.take_over();
    both();
    CHECK_FALSE(first.program.following());
    CHECK_FALSE(first.program.robbed());
}

TEST_CASE("a tab that was robbed leaves the day's backup to the one that writes") {
    Two tabs;
    for (Tab* tab : {&tabs.first, &tabs.second}) {
        tab->folder.to_choose = "Backups";
        tab->program.run(ui::Effect{ui::AskFolder{ui::FolderAsk::Choose}});
    }
    tabs.both();
    REQUIRE(tabs.first.folder.writes == 1);
    rename(tabs.first, "Lost Post");
    tabs.second.program.take_over();
    tabs.turns->expire();
    tabs.first_hears();
    tabs.first.storage.crash(std::size_t{0});  // what was under way did not happen
    REQUIRE(tabs.first.program.robbed());
    for (int minute = 0; minute < 12; ++minute) {
        tabs.first.clock.at.utc_ms += 60'000;
        tabs.first.program.noticed_person();
        tabs.first.program.ticked();
        tabs.first.pump();
    }
    CHECK(tabs.first.folder.writes == 1);
}
