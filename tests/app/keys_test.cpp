// What opens a workspace, and what is offered where nothing does: the program's side of the forms in web/keys.js.
#include <doctest.h>

#include "tests/app/tab.hpp"
#include "vault/backup.hpp"

using namespace entente;
using app::FormAction;
using entente::test::Tab;

namespace {

constexpr const char* kPass = "a long enough passphrase";

struct Laptop : entente::test::Laptop {
    // A backup of what is there, as the open workspace would save it.
    Bytes backup() {
        Tab tab(*this);
        vault::Vault vault({tab.storage, witness, tab.clock, tab.random, tab.worker, &tab.second});
        Bytes file;
        vault.unlock(std::string(kPass), [&](Result<vault::Opened> opened) { REQUIRE(opened.has_value()); });
        tab.pump();
        vault.make_backup([&](Result<vault::Backup> made) {
            REQUIRE(made.has_value());
            file = std::move(made->file);
        });
        tab.pump();
        REQUIRE_FALSE(file.empty());
        return file;
    }
};

}  // namespace

TEST_CASE("a new workspace shows its recovery key and wants it typed back; it opens the workspace, however it is typed") {
    Laptop laptop;
    std::string key;
    {
        Tab tab(laptop);
        tab.start();
        tab.program.create("Harbour Post", kPass);
        CHECK(tab.host.screen == "recovery");
        CHECK(tab.host.form_more.empty());
        key = tab.host.form_text;
        CHECK(laptop.disk->bytes() == 0);  // nothing is made before
        std::string wrong = key;
        wrong[0] = wrong[0] == '7' ? '8' : '7';
        tab.act(FormAction::Typed, wrong);
        CHECK(tab.host.error == "That is not the key that is shown.");
        CHECK_FALSE(tab.program.is_open());
        tab.act(FormAction::Typed, key);
        REQUIRE(tab.program.is_open());
    }
    Tab again(laptop);
    again.start();
    REQUIRE(again.host.screen == "unlock");
    again.act(FormAction::UnlockWithKey, "not a key");
    CHECK_FALSE(again.program.is_open());
    std::string typed;
    for (const char c : key) typed += c == '-' ? ' ' : c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
    again.act(FormAction::UnlockWithKey, typed);
    REQUIRE(again.program.is_open());
    CHECK(again.program.workspace()->model().house.name == "Harbour Post");
}

TEST_CASE("going back from the recovery key makes nothing; going on without one does") {
    Laptop laptop;
    Tab tab(laptop);
    tab.start();
    tab.program.create("Harbour Post", kPass);
    tab.act(FormAction::Back);
    CHECK(tab.host.screen == "new");
    tab.act(FormAction::Typed);  // there is nothing to type back any more
    CHECK_FALSE(tab.program.is_open());
    tab.make("Harbour Post");
    CHECK(tab.program.is_open());
}

TEST_CASE("a new passphrase takes the place of the old one") {
    Laptop laptop;
    {
        Tab tab(laptop);
        tab.start();
        tab.make("Harbour Post");
        tab.act(FormAction::Change, "not the passphrase", "another long passphrase");
        CHECK_FALSE(tab.host.error.empty());
        tab.act(FormAction::Change, kPass, "another long passphrase");
        CHECK(tab.host.screen == "canvas");
    }
    Tab again(laptop);
    again.unlock(kPass);
    CHECK_FALSE(again.program.is_open());
    again.program.unlock("another long passphrase");
    again.pump();
    CHECK(again.program.is_open());
}

TEST_CASE("whoever is quicker than the storage stays in the form, unless a workspace turns up") {
    Laptop laptop;
    {
        Tab quick(laptop);
        quick.program.start();
        quick.program.create("Harbour Post", kPass);
        REQUIRE(quick.host.screen == "recovery");
        quick.pump();  // only now is it known that there is none
        CHECK(quick.host.screen == "recovery");
        quick.act(FormAction::Typed);
        REQUIRE(quick.program.is_open());
        CHECK(quick.program.durable_sequence() == quick.program.sequence());
    }
    SUBCASE("the form of a backup stays too") {
        Laptop bare;
        Tab quick(bare);
        quick.files.to_pick.push_back({"harbour.entente", laptop.backup()});
        quick.program.start();
        quick.program.form(FormAction::PickBackup, {}, {});
        while (quick.files.pump_one()) {}
        REQUIRE(quick.host.screen == "restore");
        quick.pump();
        CHECK(quick.host.screen == "restore");
        quick.act(FormAction::Restore, kPass);
        CHECK(quick.program.is_open());
    }
    SUBCASE("a workspace that is there is opened, and none is made over it") {
        laptop.witness.value.reset();  // so that the page began with the form of a new one
        Tab quick(laptop);
        quick.program.start();
        quick.program.create("Another", "another long passphrase");
        REQUIRE(quick.host.screen == "recovery");
        quick.pump();
        CHECK(quick.host.screen == "unlock");
        quick.act(FormAction::Typed);  // what was begun is given up
        CHECK(quick.host.screen == "unlock");
        quick.program.unlock(kPass);
        quick.pump();
        REQUIRE(quick.program.is_open());
        CHECK(quick.program.workspace()->model().house.name == "Harbour Post");
    }
}

TEST_CASE("a wiped browser says what it knows, and a backup brings everything back") {
    Laptop laptop;
    Model made;
    {
        Tab tab(laptop);
        tab.start();
        tab.make("Harbour Post");
        made = tab.program.workspace()->model();
    }
    const Bytes file = laptop.backup();
    laptop.disk->stores.clear();
    laptop.other->stores.clear();
    Tab again(laptop);
    again.start();
    REQUIRE(again.host.screen == "trouble");
    CHECK(again.host.form_text.find("empty") != std::string::npos);

    again.files.to_pick.push_back({"holiday.jpg", Bytes(100, 7)});
    again.act(FormAction::PickBackup);
    CHECK(again.host.screen == "trouble");
    CHECK_FALSE(again.host.error.empty());
    again.act(FormAction::PickBackup);  // closed without a file
    CHECK(again.host.screen == "trouble");

    again.files.to_pick.push_back({"harbour.entente", file});
    again.act(FormAction::PickBackup);
    REQUIRE(again.host.screen == "restore");
    CHECK(again.host.form_text == "harbour.entente");
    again.act(FormAction::Restore, "not the passphrase");
    CHECK_FALSE(again.program.is_open());
    again.act(FormAction::Restore, kPass);
    REQUIRE(again.program.is_open());
    CHECK(again.program.workspace()->model() == made);
}

TEST_CASE("a damaged entry: the screen says how far it can be read, and opens that much without writing") {
    Laptop laptop;
    {
        Tab tab(laptop);
        tab.start();
        tab.make("Harbour Post");
        tab.program.language_chosen("cy");
    }
    for (const auto& disk : {laptop.disk, laptop.other}) {
        auto& entries = disk->stores.at("jrnl");
        REQUIRE(entries.size() > 2);
        entries.rbegin()->second.back() ^= 1;
    }
    const auto before = laptop.disk->stores;
    Tab again(laptop);
    again.unlock(kPass);
    REQUIRE(again.host.screen == "trouble");
    CHECK(again.host.form_more == "salvage");
    CHECK(again.host.form_text.find("Entries that can be read") != std::string::npos);
    again.act(FormAction::Salvage, kPass);
    REQUIRE(again.program.is_open());
    CHECK(laptop.disk->stores == before);
}

TEST_CASE("what is left of a workspace is erased only when a person says so, and then a new one can be made") {
    Laptop laptop;
    {
        Tab tab(laptop);
        tab.start();
        tab.make("Harbour Post");
    }
    for (const auto& disk : {laptop.disk, laptop.other}) disk->stores.erase("hdr");
    Tab again(laptop);
    again.start();
    REQUIRE(again.host.screen == "trouble");
    CHECK(again.host.form_more == "erase");
    CHECK(laptop.disk->bytes() > 0);
    again.act(FormAction::Erase);
    CHECK(again.host.screen == "new");
    again.make("Harbour Post");
    CHECK(again.program.is_open());
}
