// What keeps a workspace safe while nobody looks, and what can be done when something is wrong: locking by itself, NOT SAVED, two
// histories, a backup over what cannot be opened, new keys.
#include <doctest.h>

#include "codec/codec.hpp"
#include "tests/app/tab.hpp"
#include "vault/backup.hpp"

using namespace entente;
using app::FormAction;
using entente::test::Laptop;
using entente::test::Tab;

namespace {

constexpr const char* kPass = "a long enough passphrase";
constexpr std::int64_t kMinute = 60'000;

void name_house(Tab& tab, const char* name) {
    const auto& house = tab.program.workspace()->model().house;
    tab.program.submit(Command{house::Command{house::SetProfile{name, house.currency, house.vat_basis_points}}});
    tab.program.flush();
    tab.pump();
}

struct Opened {
    explicit Opened(Laptop& laptop) : tab(laptop) {
        tab.start();
        tab.make("Harbour Post");
        REQUIRE(tab.program.is_open());
        tab.program.noticed_person();
    }
    void rename(const char* name) { name_house(tab, name); }
    void pass(std::int64_t milliseconds) { tab.clock.at.utc_ms += milliseconds; }
    void ask(const ui::Effect& effect) {
        tab.program.run(effect);
        tab.pump();
        tab.program.ticked();
        tab.pump();
    }
    // No room for another byte, in either store.
    void fill_up(Laptop& laptop) {
        laptop.disk->quota_bytes = laptop.disk->bytes();
        laptop.other->quota_bytes = laptop.other->bytes();
    }
    bool locked() const { return !tab.program.is_open() && tab.host.screen == "reloaded"; }
    bool says(std::string_view words) const {
        return tab.program.notice() && tab.program.locale().text(tab.program.notice()->text).find(words) != std::string::npos;
    }
    Tab tab;
};

// The backup opens in an empty browser; the name of the house there.
std::string house_in(const Bytes& file) {
    Laptop empty;
    Tab tab(empty);
    tab.start();
    tab.files.to_pick.push_back({"it.entente", file});
    tab.act(FormAction::PickBackup);
    tab.act(FormAction::Restore, kPass);
    return tab.program.is_open() ? tab.program.workspace()->model().house.name : "does not open: " + tab.host.error;
}

}  // namespace

TEST_CASE("a page that draws nothing locks itself all the same when its time has come") {
    Laptop laptop;
    Opened open(laptop);
    open.rename("Quay Street Post");
    open.pass(5 * kMinute - 100);
    open.tab.program.ticked();
    CHECK_FALSE(open.locked());
    open.pass(200);
    open.tab.program.ticked();
    CHECK(open.locked());
    // Nothing is lost by it.
    Tab again(laptop);
    again.unlock(kPass);
    REQUIRE(again.program.is_open());
    CHECK(again.program.workspace()->model().house.name == "Quay Street Post");
}

TEST_CASE("who opens the lid after hours does not find it open") {
    Laptop laptop;
    Opened open(laptop);
    open.pass(180 * kMinute);
    open.tab.program.noticed_person();  // a movement of the mouse, before any timer
    open.tab.program.ticked();
    CHECK(open.locked());
}

TEST_CASE("0 minutes means never, and a person who is there keeps it open") {
    Laptop laptop;
    Opened open(laptop);
    for (int i = 0; i < 20; ++i) {
        open.pass(4 * kMinute);
        open.tab.program.noticed_person();
        open.tab.program.ticked();
    }
    CHECK_FALSE(open.locked());
    open.tab.program.submit(Command{house::Command{house::SetAutoLock{0}}});
    open.pass(10'000 * kMinute);
    open.tab.program.noticed_person();
    open.tab.program.ticked();
    CHECK_FALSE(open.locked());
}

TEST_CASE("locking waits for what is not saved, says so, and gives it up only when it is asked again") {
    Laptop laptop;
    Opened open(laptop);
    open.fill_up(laptop);
    open.rename("Not to be saved");
    open.ask(ui::Lock{});
    CHECK_FALSE(open.locked());
    CHECK(open.says("stays open"));
    open.ask(ui::FlushNow{});
    CHECK(open.says("Trying to save again"));
    CHECK_FALSE(open.says("Everything is saved"));
    open.ask(ui::Lock{});  // that notice is gone: it is said once more
    CHECK_FALSE(open.locked());
    open.ask(ui::Lock{});
    CHECK(open.locked());
}

TEST_CASE("locking, once it was refused, is done at once where everything was saved as a backup, as it said") {
    Laptop laptop;
    Opened open(laptop);
    open.fill_up(laptop);
    open.rename("In the backup alone");
    open.ask(ui::SaveBackup{});
    open.ask(ui::Lock{});  // not refused yet
    CHECK_FALSE(open.locked());
    open.rename("And more");
    open.ask(ui::Lock{});
    open.rename("And more than the backup has");
    open.ask(ui::SaveBackup{});
    open.rename("Not in the backup");
    open.ask(ui::Lock{});
    CHECK_FALSE(open.locked());
    CHECK(open.says("stays open"));
    open.ask(ui::SaveBackup{});
    CHECK(open.says("went to your downloads"));
    open.ask(ui::Lock{});
    CHECK(open.locked());
    REQUIRE(open.tab.files.saved.size() == 3);
    CHECK(house_in(open.tab.files.saved[2].bytes) == "Not in the backup");
}

TEST_CASE("what was typed just before everything is taken out, or saved as a backup, is in it") {
    Laptop laptop;
    Opened open(laptop);
    open.tab.pump();
    const auto& house = open.tab.program.workspace()->model().house;
    const auto type = [&](const char* name) {
        open.tab.program.submit(Command{house::Command{house::SetProfile{name, house.currency, house.vat_basis_points}}});
    };
    type("Just typed");
    open.ask(ui::TakeOut{true});
    REQUIRE(open.tab.files.saved.size() == 1);
    const Bytes& json = open.tab.files.saved[0].bytes;
    CHECK(std::string(json.begin(), json.end()).find("Just typed") != std::string::npos);
    type("Typed again");
    open.tab.program.flush();
    type("And again, while that is being written");
    open.ask(ui::SaveBackup{});
    REQUIRE(open.tab.files.saved.size() == 2);
    CHECK(house_in(open.tab.files.saved[1].bytes) == "And again, while that is being written");
    CHECK(open.tab.program.durable_sequence() == open.tab.program.sequence());
}

TEST_CASE("a page that draws nothing takes the snapshot that both stores lack") {
    Laptop laptop;
    Opened open(laptop);
    open.tab.pump();
    laptop.disk->stores.clear();
    laptop.other->stores.clear();
    open.rename("In memory alone");
    for (int i = 0; i < 6; ++i) {
        open.pass(kMinute / 2 + 100);
        open.tab.program.ticked();
        open.tab.pump();
    }
    CHECK(open.tab.program.durable_sequence() == open.tab.program.sequence());
    laptop.other->held_by = nullptr;
    Tab again(laptop);
    again.unlock(kPass);
    REQUIRE(again.program.is_open());
    CHECK(again.program.workspace()->model().house.name == "In memory alone");
}

TEST_CASE("locking waits for the second copy, and half a minute at most") {
    for (const bool answers : {true, false}) {
        CAPTURE(answers);
        Laptop laptop;
        Opened open(laptop);
        const auto& house = open.tab.program.workspace()->model().house;
        open.tab.program.submit(Command{house::Command{house::SetProfile{"Slow", house.currency, house.vat_basis_points}}});
        open.tab.program.flush();
        const auto first_alone = [&open] {
            while (open.tab.storage.pump_one()) {
            }
        };
        first_alone();
        open.tab.program.run(ui::Lock{});
        first_alone();
        open.tab.program.ticked();
        CHECK_FALSE(open.locked());
        open.pass(29'000);
        open.tab.program.ticked();
        CHECK_FALSE(open.locked());
        if (answers) open.tab.pump();
        else open.pass(1'000);
        open.tab.program.ticked();
        CHECK(open.locked());
    }
}

TEST_CASE("while nothing can be saved, a backup and an export hold all there is") {
    Laptop laptop;
    Opened open(laptop);
    open.fill_up(laptop);
    open.rename("Not saved anywhere");
    open.ask(ui::SaveBackup{});
    REQUIRE(open.tab.files.saved.size() == 1);
    CHECK(house_in(open.tab.files.saved[0].bytes) == "Not saved anywhere");
    open.ask(ui::TakeOut{true});
    REQUIRE(open.tab.files.saved.size() == 2);
    const Bytes& json = open.tab.files.saved[1].bytes;
    CHECK(std::string(json.begin(), json.end()).find("Not saved anywhere") != std::string::npos);
    // Both stores break down altogether.
    open.tab.storage.fail_operation(0, {}, true);
    open.tab.second.fail_operation(0, {}, true);
    open.ask(ui::SaveBackup{});
    REQUIRE(open.tab.files.saved.size() == 3);
    CHECK(house_in(open.tab.files.saved[2].bytes) == "Not saved anywhere");
}

TEST_CASE("two histories: each can be looked at and taken away; a chosen one is gone on with") {
    Laptop laptop;
    {
        Opened open(laptop);
        open.rename("Together");
    }
    Laptop first = laptop;
    first.disk = std::make_shared<platform::MemoryDisk>(*laptop.disk);
    first.other = std::make_shared<platform::MemoryDisk>(*laptop.other);
    for (Laptop* one : {&laptop, &first}) {
        one->other->held_by = nullptr;
        Tab tab(*one);
        tab.unlock(kPass);
        REQUIRE(tab.program.is_open());
        name_house(tab, one == &first ? "In the database" : "In the files");
    }
    Laptop forked{first.disk, laptop.other, laptop.witness};
    for (const auto& [action, name] : {std::pair{FormAction::LookFirst, "In the database"}, {FormAction::LookSecond, "In the files"},
                                       {FormAction::ChooseSecond, "In the files"}}) {
        forked.other->held_by = nullptr;
        Tab tab(forked);
        tab.unlock(kPass);
        REQUIRE(tab.host.screen == "trouble");
        CHECK(tab.host.form_more == "fork");
        CHECK(tab.host.form_text.find("last saved Mon 2 Mar 2026") != std::string::npos);
        tab.act(action, kPass);
        REQUIRE(tab.program.is_open());
        CHECK(tab.program.workspace()->model().house.name == name);
        if (action == FormAction::ChooseSecond) continue;
        tab.program.run(ui::SaveBackup{});
        tab.pump();
        REQUIRE(tab.files.saved.size() == 1);
        CHECK(house_in(tab.files.saved[0].bytes) == name);
        name_house(tab, "Nothing is written");
        CHECK(tab.program.workspace()->model().house.name == name);
    }
    forked.other->held_by = nullptr;
    Tab tab(forked);
    tab.unlock(kPass);
    CHECK(tab.program.is_open());
}

TEST_CASE("a backup can be opened over what cannot be; a wrong file or passphrase leaves it as it is") {
    Laptop laptop;
    Bytes file;
    {
        Opened open(laptop);
        open.rename("In the backup");
        open.ask(ui::SaveBackup{});
        file = open.tab.files.saved.at(0).bytes;
        open.rename("After the backup");
    }
    laptop.other->held_by = nullptr;
    for (platform::MemoryDisk* disk : {laptop.disk.get(), laptop.other.get()}) disk->stores["jrnl"].begin()->second[150] ^= 1;
    Tab tab(laptop);
    tab.unlock(kPass);
    REQUIRE(tab.host.screen == "trouble");
    const auto before = laptop.disk->stores;
    tab.files.to_pick.push_back({"it.entente", file});
    tab.act(FormAction::PickBackup);
    CHECK(tab.host.screen == "restore");
    CHECK(tab.host.form_more == "over");
    tab.act(FormAction::Restore, "not the passphrase");
    CHECK_FALSE(tab.program.is_open());
    CHECK(laptop.disk->stores == before);
    tab.act(FormAction::Restore, kPass);
    REQUIRE(tab.program.is_open());
    CHECK(tab.program.workspace()->model().house.name == "In the backup");
}

TEST_CASE("the browser is asked to keep what is stored after the first thing a person does, once") {
    Laptop laptop;
    Opened open(laptop);
    CHECK(open.tab.host.asked_to_keep == 0);
    open.rename("Quay Street Post");
    CHECK(open.tab.host.asked_to_keep == 1);
    open.rename("Lock Street Post");
    CHECK(open.tab.host.asked_to_keep == 1);
}

TEST_CASE("new keys: the new recovery key is typed back before anything changes, and a new backup is saved at once") {
    Laptop laptop;
    std::string key;
    {
        Opened open(laptop);
        open.ask(ui::ShowKeyForm{ui::KeyForm::Rekey});
        REQUIRE(open.tab.host.screen == "recovery");
        CHECK(open.tab.host.form_more == "rekey");
        key = open.tab.host.form_text;
        const auto before = laptop.disk->stores;
        open.tab.act(FormAction::Typed, std::string(key).replace(0, 1, key[0] == '7' ? "8" : "7"), kPass);
        CHECK(open.tab.host.error == "That is not the key that is shown.");
        open.tab.act(FormAction::Typed, key, "not the passphrase");
        CHECK(laptop.disk->stores == before);
        open.tab.act(FormAction::Typed, key, kPass);
        CHECK(open.tab.host.screen == "canvas");
        CHECK(open.says("went to your downloads"));
        REQUIRE(open.tab.files.saved.size() == 1);
        CHECK(house_in(open.tab.files.saved[0].bytes) == "Harbour Post");
    }
    laptop.other->held_by = nullptr;
    Tab again(laptop);
    again.start();
    again.act(FormAction::UnlockWithKey, key);
    CHECK(again.program.is_open());
}

TEST_CASE("what could not be saved is tried again every minute, without a key pressed") {
    Laptop laptop;
    Opened open(laptop);
    open.fill_up(laptop);
    open.rename("Quay Street Post");
    const auto saved = [&open] { return open.tab.program.durable_sequence() == open.tab.program.workspace()->session().sequence(); };
    open.tab.program.ticked();
    REQUIRE_FALSE(saved());
    laptop.disk->quota_bytes.reset();
    laptop.other->quota_bytes.reset();
    open.pass(kMinute - 1000);
    open.tab.program.ticked();
    open.tab.pump();
    CHECK_FALSE(saved());
    open.pass(2000);
    open.tab.program.ticked();
    open.tab.pump();
    CHECK(saved());
}
