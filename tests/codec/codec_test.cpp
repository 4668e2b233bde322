#include "codec/codec.hpp"

#include <doctest.h>

#include "tests/codec/filler.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::codec;

namespace {

Bytes snapshot_bytes(const Snapshot& snapshot) {
    return encode_snapshot(snapshot.model, snapshot.sequence, snapshot.time, snapshot.last_id);
}

// A renaming, byte by byte: what the format of schema 3 means.
Entry renaming() {
    Entry entry;
    entry.device = DeviceId{0x0102030405060708};
    entry.sequence = 9;
    entry.time = {1'772'438'400'000, 3};
    entry.kind = EntryKind::Undo;
    entry.of_sequence = 8;
    entry.last_id = 77;
    entry.command = plan::Command{plan::RenameTask{ProjectId{5}, TaskId{6}, "Ty"}};
    return entry;
}

constexpr const char* kRenaming =
    "0300"                                  // schema
    "0807060504030201"                      // device
    "0900000000000000"                      // sequence
    "00ac8fad9c010000" "03000000"           // time
    "01"                                    // undo
    "0800000000000000"                      // of entry 8
    "4d00000000000000"                      // last id
    "0200" "0700"                           // plan, rename
    "0500000000000000" "0600000000000000"   // project, task
    "0200000000000000" "5479";              // "Ty"

// Every field differs from what a default value has.
plan::Project full_project() {
    plan::Project project;
    project.id = ProjectId{1};
    project.name = "Feature";
    project.kind = "Drama";
    project.client = "The client";
    project.sample = true;
    project.start = LocalMinute{100};
    project.status_day = Day{7};
    project.currency = Currency{{'E', 'U', 'R'}};
    project.base_fee_minor = -5;
    project.calendar = CalendarId{2};
    project.calendars.push_back(plan::standard_calendar(CalendarId{2}, "House"));
    project.calendars[0].minutes_per_day = 450;
    project.calendars[0].exceptions.push_back({Day{3}, Day{4}, "Holiday", {{60, 120}}});
    plan::Task task;
    task.id = TaskId{10};
    task.parent = TaskId{11};
    task.kind = plan::TaskKind::Summary;
    task.code = "12";
    task.name = "Grade";
    task.stage = "Picture";
    task.note = "internal";
    task.duration_minutes = 960;
    task.elapsed = task.client_visible = task.estimated = task.manual = true;
    task.active = false;
    task.calendar = CalendarId{2};
    task.constraint = {plan::ConstraintKind::FinishNoLaterThan, LocalMinute{500}};
    task.deadline = LocalMinute{501};
    task.manual_start = LocalMinute{502};
    task.manual_finish = LocalMinute{503};
    task.actual_start = LocalMinute{504};
    task.actual_finish = LocalMinute{505};
    task.percent_done = 40;
    task.levelling_delay_minutes = 15;
    task.assignments = {{RoleId{20}, 500, 240}, {RoleId{21}, 1000, std::nullopt}};
    task.pause_minutes = 30;
    project.tasks = {task};
    project.links = {{LinkId{30}, TaskId{10}, TaskId{11}, plan::LinkKind::StartToFinish, plan::LagUnit::PercentOfPredecessor, -20}};
    project.promises = {{PromiseId{40}, TaskId{10}, Day{50}, false}};
    project.decisions = {{DecisionId{41}, TaskId{10}, plan::ClientPart::Input, "Music", "Which song?", Day{51}, "This", false}};
    project.baselines = {{BaselineId{42}, "First", ChangeId{43}, Day{52}, {{TaskId{10}, LocalMinute{1}, LocalMinute{2}}}}};
    change::Change change{ChangeId{43}, 7, "More", "Client", Day{53}, "phone", change::Kind::Preference, Day{54}, {}, {}, {}, {}, false};
    change.edits = {change::Lengthen{TaskId{10}, 60}, change::Reopen{TaskId{10}, task, project.links, 30, LocalMinute{5}, LocalMinute{6}},
                    change::AddWork{task, project.links, true, DecisionId{41}, "Owner"},
                    change::Crash{TaskId{10}, change::CrashMethod::SecondShift, 60, 90, 1250},
                    change::Constrain{TaskId{10}, task.constraint, {}}, change::Drop{TaskId{10}, project.links}};
    change.supersedes = ChangeId{45};
    change.asks_round = RoundsId{46};
    change.lines = {{"Room", 100, 200}};
    change.state = change::State::Agreed;
    change.outcome = {"Producer", Day{55}, "Yes", 300, 150, BaselineId{42}};
    project.changes = {change};
    project.issued = {{ShareId{44}, 3, "Client", Day{56}, Day{57}, true, true, "#e1i.x"}};
    project.critical_float_minutes = 60;
    project.each_path_critical = true;
    return project;
}

}  // namespace

TEST_CASE("an entry's bytes are what schema 3 says, and those of schema 2 are still read") {
    CHECK(to_hex(encode_entry(renaming())) == kRenaming);
    const Result<Entry> entry = decode_entry(*from_hex(kRenaming));
    REQUIRE(entry);
    CHECK(entry->device == DeviceId{0x0102030405060708});
    CHECK(entry->time == HybridTime{1'772'438'400'000, 3});
    CHECK(entry->kind == EntryKind::Undo);
    CHECK(std::get<plan::RenameTask>(std::get<plan::Command>(entry->command)).name == "Ty");
    const Result<Entry> older = decode_entry(*from_hex("0200" + std::string(kRenaming).substr(4)));
    REQUIRE(older);
    CHECK(encode_entry(*older) == encode_entry(*entry));
}

TEST_CASE("a snapshot gives back every field") {
    Model model;
    model.house.name = "House";
    model.house.currency = Currency{{'J', 'P', 'Y'}};
    model.house.vat_basis_points = 1000;
    model.house.calendar = plan::standard_calendar(CalendarId{1}, "C");
    model.house.roles = {{RoleId{20}, "Editor", 4000, 7500}};
    model.house.auto_lock_minutes = 0;
    model.house.signing_seed[31] = 9;
    model.projects = {full_project()};
    const Result<Snapshot> back = decode_snapshot(encode_snapshot(model, 12, {34, 5}, 678));
    REQUIRE(back);
    CHECK(back->model == model);
    CHECK(back->sequence == 12);
    CHECK(back->time == HybridTime{34, 5});
    CHECK(back->last_id == 678);
}

TEST_CASE("every command comes back as it went, whatever is in it") {
    for (std::uint64_t seed = 1; seed < 60; ++seed) {
        for (const NamedEntry& named : every_entry(seed * 1000)) {
            const Bytes bytes = encode_entry(named.entry);
            const Result<Entry> back = decode_entry(bytes);
            REQUIRE_MESSAGE(back, named.name);
            CHECK(encode_entry(*back) == bytes);
            CHECK(back->command.index() == named.entry.command.index());
        }
    }
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        const Snapshot snapshot = filled_snapshot(seed);
        const Result<Snapshot> back = decode_snapshot(snapshot_bytes(snapshot));
        REQUIRE(back);
        CHECK(back->model == snapshot.model);
    }
}

TEST_CASE("replaying decoded entries gives the same model as the snapshot") {
    Session session = test::small_session();
    const test::SmallPlan plan;
    const auto submit = [&session](Command command) { REQUIRE(session.submit(std::move(command), Instant{5000})); };
    submit(plan::Command{plan::SetDuration{plan.project, plan.edit, 12 * test::kDay}});
    submit(plan::Command{plan::RenameTask{plan.project, plan.sound, "Sain"}});
    REQUIRE(session.undo(Instant{6000}));
    const Bytes middle = encode_snapshot(session.model(), session.sequence(), session.time(), session.last_id());
    const std::uint64_t middle_sequence = session.sequence();
    REQUIRE(session.redo(Instant{7000}));
    change::Change asked;
    asked.id = session.new_id<ChangeId>();
    asked.number = 1;
    asked.request = "Three more days";
    asked.edits = {change::Lengthen{plan.edit, 3 * test::kDay}};
    submit(change::Command{change::PutChange{plan.project, asked}});
    submit(plan::Command{plan::SetProgress{plan.project, plan.edit, 50, std::nullopt, std::nullopt}});

    std::vector<Bytes> journal;
    for (const Entry& entry : session.take_pending()) journal.push_back(encode_entry(entry));
    const Bytes expected = encode_snapshot(session.model(), session.sequence(), session.time(), session.last_id());

    Session from_start(session.device());
    for (const Bytes& bytes : journal) REQUIRE(from_start.replay(*decode_entry(bytes)));
    CHECK(from_start.parked().empty());
    CHECK(encode_snapshot(from_start.model(), from_start.sequence(), from_start.time(), from_start.last_id()) == expected);

    Result<Snapshot> snapshot = decode_snapshot(middle);
    REQUIRE(snapshot);
    Session from_middle(session.device(), snapshot->model, snapshot->sequence, snapshot->time, snapshot->last_id);
    for (std::size_t i = middle_sequence; i < journal.size(); ++i) REQUIRE(from_middle.replay(*decode_entry(journal[i])));
    CHECK(from_middle.model() == session.model());
    CHECK(encode_snapshot(from_middle.model(), from_middle.sequence(), from_middle.time(), from_middle.last_id()) == expected);
}

TEST_CASE("malformed text is written so that it can be read again") {
    Entry entry = renaming();
    entry.command = plan::Command{plan::RenameTask{ProjectId{5}, TaskId{6}, "Ty\xFF\xC0"}};
    const Result<Entry> back = decode_entry(encode_entry(entry));
    REQUIRE(back);
    const std::string& name = std::get<plan::RenameTask>(std::get<plan::Command>(back->command)).name;
    CHECK(valid_utf8(name));
    CHECK(name.substr(0, 2) == "Ty");
}

TEST_CASE("a schema that is not known is refused as such") {
    Bytes bytes = encode_entry(renaming());
    bytes[0] = kSchema + 1;
    CHECK(decode_entry(bytes).error().code == ErrorCode::Unsupported);
    CHECK(decode_snapshot(bytes).error().code == ErrorCode::Unsupported);
    bytes[0] = 0;
    CHECK(decode_entry(bytes).error().code == ErrorCode::Damaged);
    CHECK(decode_entry({}).error().code == ErrorCode::Damaged);
}

TEST_CASE("cut short or grown, nothing decodes") {
    const Bytes entry = encode_entry(every_entry(1)[6].entry);
    for (std::size_t size = 0; size < entry.size(); ++size) CHECK_FALSE(decode_entry(ByteView(entry).first(size)));
    Bytes longer = entry;
    longer.push_back(0);
    CHECK_FALSE(decode_entry(longer));
}

TEST_CASE("values outside their range are refused") {
    const Bytes good = *from_hex(kRenaming);
    const auto with = [&good](std::size_t at, std::uint8_t value) {
        Bytes bytes = good;
        bytes[at] = value;
        return decode_entry(bytes);
    };
    CHECK(with(30, 2));
    CHECK(with(30, 3).error().code == ErrorCode::Damaged);   // an entry kind there is not
    CHECK(with(47, 9).error().code == ErrorCode::Damaged);   // a feature there is not
    CHECK(with(49, 99).error().code == ErrorCode::Damaged);  // a command there is not
    CHECK(with(75, 0xFF).error().code == ErrorCode::Damaged);  // not UTF-8
    CHECK(with(67, 3).error().code == ErrorCode::Damaged);   // a text longer than what is left

    Entry visible = renaming();
    visible.command = plan::Command{plan::SetTaskVisible{ProjectId{5}, TaskId{6}, true}};
    Bytes bytes = encode_entry(visible);
    bytes.back() = 2;
    CHECK(decode_entry(bytes).error().code == ErrorCode::Damaged);  // a bool that is neither

    Entry currency = renaming();
    currency.command = house::Command{house::SetProfile{"", Currency{{'G', 'B', 'P'}}, 0}};
    bytes = encode_entry(currency);
    bytes[bytes.size() - 11] = 'g';
    CHECK(decode_entry(bytes).error().code == ErrorCode::Damaged);
}

TEST_CASE("a count that the bytes cannot hold is refused before anything is made") {
    Entry entry = renaming();
    entry.command = plan::Command{plan::RemoveTasks{ProjectId{5}, {TaskId{1}, TaskId{2}}}};
    const Bytes good = encode_entry(entry);
    const std::size_t count_at = good.size() - 2 * 8 - 8;
    for (const std::uint64_t count : {std::uint64_t{3}, std::uint64_t{1} << 31, (std::uint64_t{1} << 32) + 2, std::uint64_t{1} << 61,
                                      ~std::uint64_t{0}}) {
        Bytes bytes = good;
        for (std::size_t i = 0; i < 8; ++i) bytes[count_at + i] = static_cast<std::uint8_t>(count >> (8 * i));
        CHECK(decode_entry(bytes).error().code == ErrorCode::Damaged);
    }
    // 1,000 projects in 8,000 bytes: as many as there are bytes for, but each project takes more than 8.
    Writer writer;
    writer.raw(ByteView(encode_snapshot({}, 0, {}, 0)).first(encode_snapshot({}, 0, {}, 0).size() - 8));
    writer.u64(1000);
    writer.raw(Bytes(8000, 0));
    CHECK(decode_snapshot(writer.bytes()).error().code == ErrorCode::Damaged);
}

TEST_CASE("random and altered bytes never crash, and what decodes encodes to the same bytes") {
    platform::SeededRandom random(99);
    int decoded = 0;
    for (int round = 0; round < 20'000; ++round) {
        Bytes bytes;
        if (round % 4 == 0) {
            bytes.resize(static_cast<std::size_t>(random.next() % 300));
            random.fill(bytes);
            if (bytes.size() > 1) bytes[0] = 1, bytes[1] = 0;
        } else {
            const std::vector<NamedEntry> all = every_entry(random.next() % 50);
            bytes = encode_entry(all[static_cast<std::size_t>(random.next() % all.size())].entry);
            for (std::uint64_t flips = random.next() % 4; flips > 0; --flips) {
                bytes[static_cast<std::size_t>(random.next() % bytes.size())] = static_cast<std::uint8_t>(random.next());
            }
        }
        if (const Result<Entry> entry = decode_entry(bytes)) {
            ++decoded;
            if (bytes[0] == kSchema) CHECK(encode_entry(*entry) == bytes);  // an older one is written in this one
        }
        if (const Result<Snapshot> snapshot = decode_snapshot(bytes)) CHECK(snapshot_bytes(*snapshot) == bytes);
    }
    CHECK(decoded > 1000);
}
