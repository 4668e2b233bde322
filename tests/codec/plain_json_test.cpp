// The plain export: every field that the codec knows is in it, under its name; its words; its golden file.
#include "codec/plain_json.hpp"

#include <doctest.h>

#include <cstdio>
#include <set>

#include "codec/plain_archive.hpp"
#include "codec/plain_tables.hpp"
#include "tests/codec/filler.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::codec;

namespace {

// An "archive" that changes one value, the one whose turn it is, and counts them all.
class Changer {
public:
    explicit Changer(std::size_t turn) : turn_(turn) {}
    std::size_t count() const { return at_; }

    template <class... Ts>
    void operator()(Ts&&... values) {
        (change(values), ...);
    }

private:
    bool now() { return at_++ == turn_; }

    template <class T>
    requires std::is_integral_v<T>
    void change(T& value) {
        if (now()) value = static_cast<T>(std::is_same_v<T, bool> ? !value : value ^ 1);
    }
    template <class E>
    void change(Choice<E>& choice) {
        const int next = static_cast<int>(choice.value) + 1;
        if (now()) choice.value = static_cast<E>(next > static_cast<int>(choice.last) ? 0 : next);
    }
    template <class T>
    void change(Since<T>& field) {
        change(field.value);
    }
    void change(std::string& text) {
        if (now()) text += 'x';
    }
    void change(Currency& currency) {
        if (now()) currency = currency == Currency{} ? Currency{{'E', 'U', 'R'}} : Currency{};
    }
    template <class T>
    void change(std::vector<T>& items) {
        for (T& item : items) change(item);
        if (now()) items.emplace_back();
    }
    template <class T, std::size_t N>
    void change(std::array<T, N>& items) {
        for (T& item : items) {
            if constexpr (!std::is_same_v<T, std::uint8_t>) change(item);  // the signing key, which stays at home
        }
    }
    template <class T>
    void change(std::optional<T>& value) {
        if (value) change(*value);
        if (!now()) return;
        if (value)
            value.reset();
        else
            Changer(0)(value.emplace());  // what was emplaced may say "none" as well: a day that is not set
    }
    template <class... Ts>
    void change(std::variant<Ts...>& value) {
        std::visit([this](auto& edit) { this->change(edit); }, value);
    }
    template <class T>
    requires std::is_class_v<T>
    void change(T& value) { serialize(*this, value); }

    std::size_t turn_, at_ = 0;
};

std::string plain(const Model& model) {
    static const std::vector<RecordRow> none;
    return to_plain_json({model, 7, 1'772'438'400'123, Instant{1'772'438'460'000}, none});
}

// All tables, one after another.
std::string tables(const Model& model) {
    std::string out;
    const auto add = [&out](const std::vector<PlainTable>& all) {
        for (const PlainTable& table : all) {
            out += "# " + table.name + "\n";
            for (const std::string& column : table.columns) out += column + "|";
            for (const auto& row : table.rows) {
                out += "\n";
                for (const std::string& cell : row) out += cell + "|";
            }
            out += "\n";
        }
    };
    add(plain_tables(model.house));
    for (const plan::Project& project : model.projects) add(plain_tables(model, project));
    return out;
}

Model full_model() { return full_snapshot().model; }

std::set<std::string> keys_of(const std::string& json) {
    std::set<std::string> keys;
    for (std::size_t end = json.find("\": "); end != std::string::npos; end = json.find("\": ", end + 1)) {
        const std::size_t begin = json.rfind('"', end - 1) + 1;
        keys.insert(json.substr(begin, end - begin));
    }
    return keys;
}

}  // namespace

TEST_CASE("plain export: whatever value of the model is changed, the export changes with it") {
    const Model model = full_model();
    const std::string json = plain(model), table = tables(model);
    Changer counter(SIZE_MAX);
    Model copy = model;
    counter(copy);
    REQUIRE(counter.count() > 300);
    std::size_t lost = 0, lost_in_tables = 0;
    for (std::size_t turn = 0; turn < counter.count(); ++turn) {
        Model changed = model;
        Changer change(turn);
        change(changed);
        lost += plain(changed) == json;
        lost_in_tables += tables(changed) == table;
    }
    CHECK(lost == 0);
    CHECK(lost_in_tables == 0);
    std::printf("figure: values changed one at a time and seen in the plain export: %zu of %zu (tables: %zu)\n", counter.count() - lost,
                counter.count(), counter.count() - lost_in_tables);
}

TEST_CASE("plain export: every enumeration has a word for each of its values") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const std::string json = plain(filled_snapshot(seed).model);
        for (const char* key :
             {"kind", "lag_unit", "holiday_region", "part", "step", "from", "of", "method", "dimension", "state", "basis"}) {
            // Texts may be empty, words may not; "kind" of a project is the house's own text and stands before "client".
            const std::string empty = std::string("\"") + key + "\": \"\"";
            for (std::size_t at = json.find(empty); at != std::string::npos; at = json.find(empty, at + 1))
                CHECK_MESSAGE(json.find("\"client\"", at) < json.find("\n", json.find("\n", at) + 1), key);
        }
    }
}

TEST_CASE("plain export: what is not set is null, ids are texts, the signing key is not there") {
    Model model;
    model.house.name = "T\u0177 \"Ffilm\"";
    model.house.signing_seed.fill(0xAB);
    plan::Project project;
    project.id = ProjectId{0xA1B2C30000000042};
    project.start = LocalMinute{20'514 * kMinutesPerDay + 9 * 60};
    project.base_fee_minor = -5;
    model.projects.push_back(project);
    const std::vector<RecordRow> record = {{3, 1'772'438'400'123, DeviceId{9}, EntryKind::Undo, 2, "Took back"}};
    const std::string json = to_plain_json({model, 3, 0, Instant{0}, record});
    for (const char* part :
         {"\"format\": \"entente-export\",\n  \"version\": 1,\n  \"made\": \"1970-01-01T00:00:00.000Z\",\n  \"sequence\": 3,\n  "
          "\"changed\": null",
          "\"name\": \"T\u0177 \\\"Ffilm\\\"\"", "\"signing_seed\": null", "\"id\": \"a1b2c30000000042\"",
          "\"start\": \"2026-03-02T09:00\"", "\"status_day\": null", "\"currency\": null", "\"base_fee_minor\": -5",
          "\"at\": \"2026-03-02T08:00:00.123Z\"", "\"kind\": \"undo\"", "\"what\": \"Took back\""}) {
        INFO(part);
        CHECK(json.find(part) != std::string::npos);
    }
    CHECK(json.find("171") == std::string::npos);
}

TEST_CASE("plain export: version 1 is written the same way for ever, and every name in it is explained") {
    const std::string today = plain(full_model());
    const Bytes golden = test::golden("export_v1.json", Bytes(today.begin(), today.end()));
    REQUIRE_MESSAGE(!golden.empty(), "export_v1.json is missing");
    CHECK(std::string(text_of(golden)) == today);
    const Bytes file = test::read_file(std::string(ENTENTE_SOURCE_DIR) + "/src/codec/EXPORT.md");
    const std::string format(text_of(file));
    std::set<std::string> keys = keys_of(today);
    for (std::uint64_t seed = 0; seed < 100; ++seed) keys.merge(keys_of(plain(filled_snapshot(seed).model)));
    for (const std::string& key : keys) CHECK_MESSAGE(format.find("`" + key + "`") != std::string::npos, key);
}

TEST_CASE("plain tables: names beside ids, money with its point, lists in lists know whose they are") {
    const test::SmallPlan small;
    Model model;
    model.house.roles.push_back({small.editor, "Editor", 50'00, 80'00});
    plan::Project project = small.make();
    project.calendars[0].week[5] = {{60, 120}, {180, 240}};
    change::Change change;
    change.id = ChangeId{71};
    change.number = 7;
    change.lines.push_back({"Room", 10'50, 20'00});
    change.edits.push_back(change::Lengthen{small.sound, 480});
    project.changes.push_back(change);
    model.projects.push_back(project);
    const std::vector<PlainTable> all = plain_tables(model, project);
    CHECK(all[0].name == "project");
    CHECK(all[0].rows.size() == 1);
    const auto cell = [&all](const std::string& name, std::size_t row, const std::string& column) -> std::string {
        for (const PlainTable& table : all) {
            if (table.name != name || row >= table.rows.size()) continue;
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                if (table.columns[i] == column) return i < table.rows[row].size() ? table.rows[row][i] : "";
            }
        }
        return "nowhere";
    };
    CHECK(cell("project", 0, "base_fee") == "10000.00");
    CHECK(cell("project", 0, "calendar") == "Standard");
    CHECK(cell("tasks", 1, "id") == "000000000000000c");
    CHECK(cell("tasks", 1, "constraint.kind") == "as_soon_as_possible");
    CHECK(cell("tasks", 1, "place") == "2");
    CHECK(cell("tasks", 1, "belongs_to") == "nowhere");
    CHECK(cell("tasks_assignments", 0, "belongs_to") == "Edit");
    CHECK(cell("tasks_assignments", 0, "role") == "Editor");
    CHECK(cell("tasks_assignments", 0, "role_id") == "000000000000001f");
    CHECK(cell("links", 1, "from") == "Picture lock");
    CHECK(cell("changes_lines", 0, "belongs_to") == "CR-007");
    CHECK(cell("changes_lines", 0, "internal") == "10.50");
    CHECK(cell("changes_edits", 0, "edit") == "lengthen");
    CHECK(cell("changes_edits", 0, "task") == "Sound");
    CHECK(cell("calendars_week", 5, "place") == "6.1");
    CHECK(cell("calendars_week", 6, "from_minute") == "180");
    CHECK(cell("calendars_week", 6, "belongs_to") == "Standard");
}
