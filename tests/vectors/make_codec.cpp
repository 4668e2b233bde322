// Entries and snapshots as they stand inside the seal.
#include <functional>

#include "codec/codec.hpp"
#include "codec/session.hpp"
#include "tests/codec/filler.hpp"
#include "tests/support/small_plan.hpp"
#include "tests/vectors/vectors.hpp"

namespace entente::vectors {

namespace {

Entry entry_with(Command command) {
    Entry entry;
    entry.device = DeviceId{0x0102030405060708};
    entry.sequence = 9;
    entry.time = {1'772'438'400'000, 3};
    entry.last_id = 77;
    entry.command = std::move(command);
    return entry;
}

Entry entry_of(plan::Command command) { return entry_with(std::move(command)); }
Entry entry_of(change::Command command) { return entry_with(std::move(command)); }

// Where the parts of an entry stand: schema, device, sequence, time, kind, of, last id, tag of the feature, tag of the command, fields.
constexpr std::size_t kKindAt = 30, kFeatureAt = 47, kCommandAt = 49, kFieldsAt = 51;

class Entries {
public:
    explicit Entries(Vectors& out) : out_(out) {}

    void add_all() {
        good_ = codec::encode_entry(entry_of(plan::RenameTask{ProjectId{5}, TaskId{6}, "T\u0177"}));
        add("good", good_, "ok");
        headers();
        lengths();
        const std::size_t text = kFieldsAt + 16;
        changed("text_one_longer", [](Bytes& b) { b[text]++; });
        changed("text_2_to_63", [](Bytes& b) { b[text + 7] = 0x80; });
        changed("text_no_utf8", [](Bytes& b) { b.back() = 0xFF; });
        good_ = codec::encode_entry(entry_of(plan::SetTaskVisible{ProjectId{5}, TaskId{6}, true}));
        add("visible_good", good_, "ok");
        changed("bool_2", [](Bytes& b) { b.back() = 2; });
        good_ = codec::encode_entry(entry_of(plan::RemoveTasks{ProjectId{5}, {TaskId{6}, TaskId{7}}}));
        add("remove_good", good_, "ok");
        changed("count_one_more", [](Bytes& b) { b[kFieldsAt + 8]++; });
        changed("count_one_less", [](Bytes& b) { b[kFieldsAt + 8]--; });
        changed("count_2_to_61", [](Bytes& b) { b[kFieldsAt + 15] = 0x20; });
        good_ = codec::encode_entry(entry_of(plan::SetConstraint{ProjectId{5}, TaskId{6}, {}}));
        add("constraint_good", good_, "ok");
        changed("enumeration_beyond", [](Bytes& b) { b[kFieldsAt + 16] = 8; });
        good_ = codec::encode_entry(entry_of(plan::SetStatusDay{ProjectId{5}, Day{20'000}}));
        add("optional_good", good_, "ok");
        changed("optional_2", [](Bytes& b) { b[kFieldsAt + 8] = 2; });
        changed("optional_none_with_value", [](Bytes& b) { b[kFieldsAt + 8] = 0; });
        texts();
        edits();
        schemas();
    }

private:
    void add(const std::string& name, Bytes bytes, const char* expect, const char* why = "") {
        out_.push_back({"entry_" + name + ".bin", "entry", expect, why, std::move(bytes)});
    }
    void changed(const char* name, const std::function<void(Bytes&)>& change, const char* expect = "damaged", const char* why = "codec") {
        Bytes bytes = good_;
        change(bytes);
        add(name, std::move(bytes), expect, why);
    }
    void headers() {
        changed("schema_0", [](Bytes& b) { b[0] = 0; }, "damaged", "schema");
        changed("schema_newer", [](Bytes& b) { b[1] = 1; }, "unsupported", "schema");
        changed("schema_65535", [](Bytes& b) { b[0] = b[1] = 0xFF; }, "unsupported", "schema");
        changed("kind_3", [](Bytes& b) { b[kKindAt] = 3; });
        changed("feature_0", [](Bytes& b) { b[kFeatureAt] = 0; });
        changed("feature_99", [](Bytes& b) { b[kFeatureAt] = 99; });
        changed("command_0", [](Bytes& b) { b[kCommandAt] = 0; });
        changed("command_999", [](Bytes& b) { b[kCommandAt + 1] = 3; });
    }
    void lengths() {
        add("empty", {}, "damaged", "schema");
        add("one_byte", Bytes{3}, "damaged", "schema");
        for (const std::size_t size : {std::size_t{2}, kKindAt, kFeatureAt, kCommandAt, kFieldsAt, good_.size() - 1}) {
            add("cut_at_" + std::to_string(size), Bytes(good_.begin(), good_.begin() + static_cast<std::ptrdiff_t>(size)),
                "damaged", "codec");
        }
        changed("byte_after", [](Bytes& b) { b.push_back(0); });
    }

    void texts() {
        const auto text = [&](const char* name, std::string_view written, const char* expect) {
            good_ = codec::encode_entry(entry_of(plan::RenameTask{ProjectId{5}, TaskId{6}, std::string(written.size(), 'x')}));
            std::copy(written.begin(), written.end(), good_.end() - static_cast<std::ptrdiff_t>(written.size()));
            add(std::string("text_") + name, good_, expect, std::string_view(expect) == "ok" ? "" : "codec");
        };
        text("empty", "", "ok");
        text("of_4_bytes_each", "\xF0\x9F\x8E\xAC\xF4\x8F\xBF\xBF", "ok");
        text("with_zero_and_lines", std::string_view("a\0b\nc\t", 6), "ok");
        text("with_mark_before", "\xEF\xBB\xBF" "a", "ok");
        text("overlong", "\xC0\x80", "damaged");
        text("surrogate", "\xED\xA0\x80", "damaged");
        text("beyond_unicode", "\xF4\x90\x80\x80", "damaged");
        text("cut_in_letter", "ab\xE2\x82", "damaged");
    }
    // A scenario with one edit of the plan, which is a variant of its own; behind it the place, none.
    void edits() {
        change::Scenario scenario;
        scenario.edits = {change::Lengthen{TaskId{6}, 60}};
        good_ = codec::encode_entry(entry_of(change::PutScenario{ProjectId{5}, scenario, std::nullopt}));
        add("edit_good", good_, "ok");
        constexpr std::size_t kTagFromEnd = 1 + 8 + 8 + 2;
        changed("edit_0", [](Bytes& b) { b[b.size() - kTagFromEnd] = 0; });
        changed("edit_7", [](Bytes& b) { b[b.size() - kTagFromEnd] = 7; });
        changed("edit_of_another_length", [](Bytes& b) { b[b.size() - kTagFromEnd] = 6; });
        changed("edit_257", [](Bytes& b) { b[b.size() - kTagFromEnd + 1] = 1; });
    }
    // The same change in each schema; called by another number it is too long or too short.
    void schemas() {
        change::Change change;
        change.id = ChangeId{71};
        change.request = "A second ending";
        change.outcome.text = "Yes";
        const Entry entry = entry_of(change::PutChange{ProjectId{5}, change});
        for (const std::uint16_t schema : {1, 2, 3}) {
            codec::OutArchive archive(schema);
            archive(schema, entry);
            good_ = archive.take();
            add("change_in_schema_" + std::to_string(schema), good_, "ok");
            if (schema < 3) changed(("schema_" + std::to_string(schema) + "_called_3").c_str(), [](Bytes& b) { b[0] = 3; });
            if (schema > 1) changed(("schema_" + std::to_string(schema) + "_called_1").c_str(), [](Bytes& b) { b[0] = 1; });
        }
    }

    Vectors& out_;
    Bytes good_;
};


void add_snapshots(Vectors& out) {
    const Session session = test::small_session();
    const Bytes good = codec::encode_snapshot(session.model(), session.sequence(), session.time(), session.last_id());
    const auto add = [&](const std::string& name, Bytes bytes, const char* expect, const char* why) {
        out.push_back({"snapshot_" + name + ".bin", "snapshot", expect, why, std::move(bytes)});
    };
    const auto changed = [&](const char* name, std::size_t at, std::uint8_t value) {
        Bytes bytes = good;
        bytes[at] = value;
        add(name, std::move(bytes), "damaged", "codec");
    };
    add("good", good, "ok", "");
    add("of_nothing", codec::encode_snapshot(Model{}, 0, {}, 0), "ok", "");
    Bytes newer = good, older = good, longer = good;
    newer[1] = 1;
    older[0] = 0;
    longer.push_back(0);
    add("schema_newer", newer, "unsupported", "schema");
    add("schema_0", older, "damaged", "schema");
    add("byte_after", longer, "damaged", "codec");
    for (const std::size_t size : {std::size_t{10}, good.size() / 2, good.size() - 1}) {
        add("cut_at_" + std::to_string(size), Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)), "damaged", "codec");
    }
    // Schema, sequence, time, last id; then the house's name ("House") and its currency.
    constexpr std::size_t kNameAt = 2 + 8 + 12 + 8, kCurrencyAt = kNameAt + 8 + 5;
    changed("name_longer_than_all", kNameAt + 5, 1);
    changed("name_no_utf8", kNameAt + 9, 0xC0);
    changed("currency_small_letter", kCurrencyAt, 'g');
    changed("currency_half", kCurrencyAt + 2, 0);
    // Something of everything there is; the second reader compares it with the plain export of it, golden/export_v1.json.
    const codec::Snapshot full = codec::full_snapshot();
    add("full", codec::encode_snapshot(full.model, full.sequence, full.time, full.last_id), "ok", "");
    for (const std::uint16_t schema : {1, 2}) {
        codec::OutArchive archive(schema);
        archive(schema, session.sequence(), session.time(), session.last_id(), session.model());
        add("in_schema_" + std::to_string(schema), archive.take(), "ok", "");
    }
}

}  // namespace

void add_codec(Vectors& out) {
    Entries(out).add_all();
    add_snapshots(out);
}

}  // namespace entente::vectors
