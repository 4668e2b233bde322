// Backups that are saved by themselves: when one is due, what counts as one, and what happens where the folder does not take it.
#include <doctest.h>

#include <algorithm>

#include "tests/app/tab.hpp"

using namespace entente;
using entente::test::Laptop;
using entente::test::Tab;
using State = platform::Folder::State;

namespace {

constexpr const char* kPass = "a long enough passphrase";
constexpr std::int64_t kMinute = 60'000;

// An open workspace whose folder was chosen before.
struct Opened {
    explicit Opened(Laptop& laptop, State state = State::Ready) : tab(laptop) {
        tab.folder.standing = {state, "Backups"};
        tab.start();
        tab.make("Harbour Post");
        REQUIRE(tab.program.is_open());
    }
    // With somebody there: the workspace does not lock itself.
    void wait(std::int64_t milliseconds) {
        for (std::int64_t step = kMinute; milliseconds > 0; milliseconds -= step) {
            tab.clock.at.utc_ms += std::min(step, milliseconds);
            tab.program.noticed_person();
            tab.program.ticked();
            tab.pump();
        }
    }
    // What tells this browser's files from another's in the same folder.
    std::string mark() { return tab.host.preferences["backup_mark"]; }
    Tab tab;
};

}  // namespace

TEST_CASE("two minutes after the last edit a backup lies in the folder, and opens") {
    Laptop laptop;
    Opened open(laptop);
    open.wait(kMinute);
    CHECK(open.tab.folder.files.empty());
    open.wait(kMinute + 1);
    REQUIRE(open.tab.folder.files.size() == 1);
    CHECK(open.tab.folder.files.begin()->first == "Harbour-Post_auto_" + open.mark() + "_mon.entente");
    Laptop empty;
    Tab elsewhere(empty);
    elsewhere.start();
    elsewhere.files.to_pick.push_back({"backup.entente", open.tab.folder.files.begin()->second});
    elsewhere.act(app::FormAction::PickBackup);
    elsewhere.act(app::FormAction::Restore, kPass);
    REQUIRE(elsewhere.program.is_open());
    CHECK(elsewhere.program.workspace()->model() == open.tab.program.workspace()->model());
    // It counts as the last backup, and nothing more is written until something is done.
    CHECK(open.tab.host.preferences["backup"].starts_with(std::to_string(open.tab.program.durable_sequence()) + " "));
    CHECK(open.tab.host.preferences["backup"].ends_with(" tried"));
    open.wait(60 * kMinute);
    CHECK(open.tab.folder.writes == 1);
}

TEST_CASE("what no store takes is in the folder two minutes later, and is not called saved for it") {
    Laptop laptop;
    Opened open(laptop);
    open.wait(3 * kMinute);
    REQUIRE(open.tab.folder.writes == 1);
    laptop.disk->quota_bytes = laptop.disk->bytes();
    laptop.other->quota_bytes = laptop.other->bytes();
    const auto& house = open.tab.program.workspace()->model().house;
    open.tab.program.submit(Command{house::Command{house::SetProfile{"No room anywhere", house.currency, house.vat_basis_points}}});
    open.tab.program.flush();
    open.tab.pump();
    open.wait(3 * kMinute);
    CHECK(open.tab.folder.writes == 2);
    CHECK(open.tab.program.durable_sequence() < open.tab.program.sequence());
    Laptop empty;
    Tab elsewhere(empty);
    elsewhere.start();
    elsewhere.files.to_pick.push_back({"backup.entente", open.tab.folder.files.rbegin()->second});
    elsewhere.act(app::FormAction::PickBackup);
    elsewhere.act(app::FormAction::Restore, kPass);
    REQUIRE(elsewhere.program.is_open());
    CHECK(elsewhere.program.workspace()->model().house.name == "No room anywhere");
}

TEST_CASE("while work goes on there is one every ten minutes; the next day has a file of its own") {
    Laptop laptop;
    Opened open(laptop);
    const auto work = [&open](int minutes) {
        for (int minute = 0; minute < minutes; ++minute) {
            open.tab.program.submit(Command{house::Command{house::SetAutoLock{minute % 2 == 0 ? 7 : 8}}});
            open.tab.program.flush();
            open.tab.pump();
            open.wait(kMinute);
        }
    };
    work(32);
    CHECK(open.tab.folder.writes == 3);
    CHECK(open.tab.folder.files.size() == 1);
    open.wait(24 * 60 * kMinute);
    work(1);
    open.wait(3 * kMinute);
    CHECK(open.tab.folder.files.size() == 2);
    CHECK(open.tab.folder.files.contains("Harbour-Post_auto_" + open.mark() + "_tue.entente"));
    CHECK(open.mark().size() == 4);
    // Another laptop of the same house, with the same folder, has files of its own.
    Laptop other;
    Opened there(other);
    there.tab.random.next();  // tabs have the same numbers here
    there.wait(2 * kMinute + 1);
    CHECK(there.mark() != open.mark());
}

TEST_CASE("the last backup of the folder is tried at once; where it is not there any more a person picks a file") {
    Laptop laptop;
    Opened open(laptop);
    open.wait(2 * kMinute + 1);
    REQUIRE(open.tab.folder.files.size() == 1);
    const auto says = [&open](std::string_view words) {
        const auto& notice = open.tab.program.notice();
        return notice && open.tab.program.locale().text(notice->text).find(words) != std::string::npos;
    };
    open.tab.program.run(ui::TryBackup{false});
    open.tab.pump();
    CHECK(says("holds all of your work"));
    open.tab.files.to_pick.push_back({"a.entente", open.tab.folder.files.begin()->second});
    open.tab.folder.files.clear();
    open.tab.program.run(ui::AddSample{});
    open.tab.program.flush();
    open.tab.pump();
    open.tab.program.run(ui::TryBackup{false});
    open.tab.pump();
    CHECK(open.tab.files.to_pick.empty());
    CHECK(says("newer than it"));
}

TEST_CASE("what is read back has to be what was written, else it is no backup") {
    Laptop laptop;
    Opened open(laptop);
    open.tab.folder.spoil = [](Bytes& bytes) { bytes[bytes.size() / 2] ^= 1; };
    open.wait(3 * kMinute);
    CHECK(open.tab.folder.writes == 1);
    CHECK(open.tab.host.preferences["backup"].empty());
    // It is tried again after ten minutes.
    open.wait(5 * kMinute);
    CHECK(open.tab.folder.writes == 1);
    open.tab.folder.spoil = nullptr;
    open.wait(6 * kMinute);
    CHECK(open.tab.folder.writes == 2);
    CHECK_FALSE(open.tab.host.preferences["backup"].empty());
}

TEST_CASE("a full disk is tried again; a folder the browser asks about first is left alone; without one nothing is written") {
    {
        Laptop laptop;
        Opened open(laptop);
        open.tab.folder.full = true;
        open.wait(3 * kMinute);
        open.wait(11 * kMinute);
        CHECK(open.tab.folder.files.empty());
        open.tab.folder.full = false;
        open.wait(11 * kMinute);
        CHECK(open.tab.folder.files.size() == 1);
    }
    {
        Laptop laptop;
        Opened open(laptop);
        open.tab.folder.allowed = false;  // taken away in the middle of the session
        open.wait(3 * kMinute);
        open.tab.folder.allowed = true;
        open.wait(60 * kMinute);
        CHECK(open.tab.folder.writes == 0);
    }
    for (const State state : {State::None, State::Asks, State::Unsupported}) {
        Laptop laptop;
        Opened open(laptop, state);
        open.wait(60 * kMinute);
        CHECK(open.tab.folder.writes == 0);
    }
}

TEST_CASE("a tab that follows another writes no backups, and neither does the sample") {
    Laptop laptop;
    const auto turns = std::make_shared<platform::MemoryTurns>();
    Tab first(laptop.disk, laptop.witness, laptop.other, turns);
    first.start();
    first.make("Harbour Post");
    Tab second(laptop.disk, laptop.witness, laptop.other, turns);
    second.folder.standing = {State::Ready, "Backups"};
    second.start();
    second.program.unlock(kPass);
    for (int i = 0; i < 5; ++i) {
        second.pump();
        first.pump();
    }
    REQUIRE(second.program.following());
    second.clock.at.utc_ms += 60 * kMinute;
    second.program.ticked();
    second.pump();
    CHECK(second.folder.writes == 0);

    Laptop other;
    Tab sample(other);
    sample.folder.standing = {State::Ready, "Backups"};
    sample.start();
    sample.program.try_sample();
    sample.pump();
    sample.clock.at.utc_ms += 60 * kMinute;
    sample.program.ticked();
    sample.pump();
    CHECK(sample.folder.writes == 0);
}

TEST_CASE("where the browser notes nothing, the files of one day still have one name") {
    Laptop laptop;
    Opened open(laptop);
    for (int day = 0; day < 2; ++day) {
        open.tab.host.preferences.erase("backup_mark");
        open.tab.program.submit(Command{house::Command{house::SetAutoLock{7 + day}}});
        open.tab.program.flush();
        open.tab.pump();
        open.wait(11 * kMinute);
    }
    CHECK(open.tab.folder.writes == 2);
    CHECK(open.tab.folder.files.size() == 1);
}
