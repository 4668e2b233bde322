#include "fixture.hpp"

#include <fstream>
#include <stdexcept>

#include <doctest.h>

#include "base/text.hpp"

namespace entente::share {

namespace {

using Row = std::vector<std::string>;

std::optional<Day> day_or_none(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto day = parse_iso_day(text);
    REQUIRE_MESSAGE(day, text);
    return day;
}
Day day(const std::string& text) {
    const auto found = day_or_none(text);
    REQUIRE(found);
    return *found;
}
std::optional<std::int64_t> number_or_none(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return std::stoll(text);
}
std::size_t one_of(const std::string& word, const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == word) return i;
    }
    FAIL("unknown word ", word);
    return 0;
}

void add_need(Status& status, const Row& row) {
    Need need;
    need.kind = static_cast<NeedKind>(one_of(row.at(1), {"decision", "input"}));
    need.question = row.at(2);
    need.owner = row.at(3);
    need.by = day_or_none(row.at(4));
    need.slip_days_per_day = number_or_none(row.at(5)).value_or(0);
    if (!row.at(6).empty()) need.moves = static_cast<std::uint32_t>(std::stoul(row.at(6)));
    need.if_late = row.at(7);
    need.answered = day_or_none(row.at(8));
    need.answer = row.at(9);
    status.needs.push_back(need);
}

void add_change(Status& status, const Row& row) {
    StatusChange change;
    change.number = std::stoi(row.at(1));
    change.request = row.at(2);
    change.effect = row.at(3);
    change.state = static_cast<ChangeState>(one_of(row.at(4), {"open", "agreed", "declined"}));
    change.on = day(row.at(5));
    change.by = row.at(6);
    change.decide_by = day_or_none(row.at(7));
    change.moved_days = number_or_none(row.at(8));
    change.price_minor = number_or_none(row.at(9));
    status.changes.push_back(change);
}

void add_row(Status& status, const Row& row) {
    const std::string& kind = row.at(0);
    if (kind == "house") {
        status.house = row.at(1);
        status.project = row.at(2);
        status.client = row.at(3);
        status.currency = *currency_from(row.at(4));
        status.contract_value_minor = number_or_none(row.at(5));
        status.sample = row.at(6) == "1";
    } else if (kind == "milestone") {
        const auto health = static_cast<Health>(one_of(row.at(5), {"on time", "tight", "late", "done"}));
        status.milestones.push_back({row.at(1), day_or_none(row.at(2)), day(row.at(3)), day_or_none(row.at(4)), health});
    } else if (kind == "task") {
        status.tasks.push_back({row.at(1), row.at(2), day(row.at(3)), day(row.at(4)), std::stoi(row.at(5))});
    } else if (kind == "need") {
        add_need(status, row);
    } else if (kind == "change") {
        add_change(status, row);
    } else if (kind == "action") {
        status.actions.push_back({row.at(1), row.at(2), row.at(3) == "1", day_or_none(row.at(4)), row.at(5) == "1"});
    } else if (kind == "risk") {
        status.risks.push_back({row.at(1), row.at(2), static_cast<RiskLevel>(one_of(row.at(3), {"low", "medium", "high"}))});
    } else if (kind == "rounds") {
        status.rounds.push_back({row.at(1), std::stoi(row.at(2)), std::stoi(row.at(3))});
    } else if (kind == "agreement") {
        status.agreements.push_back({row.at(1), row.at(2), day(row.at(3))});
    } else {
        FAIL("unknown line ", kind);
    }
}

class Json {
public:
    Json& field(const char* name, const std::string& value) { return raw(name, '"' + escaped(value) + '"'); }
    Json& field(const char* name, std::int64_t value) { return raw(name, std::to_string(value)); }
    Json& field(const char* name, const std::optional<Day>& value) { return value ? field(name, iso(*value)) : *this; }
    Json& field(const char* name, const std::optional<std::int64_t>& value) { return value ? field(name, *value) : *this; }
    Json& raw(const char* name, const std::string& value) {
        text_ += text_.empty() ? "{" : ",";
        text_ += '"' + std::string(name) + "\":" + value;
        return *this;
    }
    std::string done() const { return text_ + '}'; }

private:
    static std::string escaped(const std::string& value) {
        std::string out;
        for (const char c : value) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        return out;
    }
    std::string text_;
};

template <class T, class F>
std::string json_list(const std::vector<T>& list, F&& write) {
    std::string out = "[";
    for (const T& item : list) {
        Json json;
        write(json, item);
        out += (out.size() > 1 ? "," : "") + json.done();
    }
    return out + "]";
}

}  // namespace

Status load_status(const std::string& name) {
    std::ifstream file(std::string(ENTENTE_TEST_DATA) + "/share/" + name + ".status");
    REQUIRE_MESSAGE(file.good(), name);
    Status status;
    for (std::string line; std::getline(file, line);) {
        Row row;
        for (const std::string_view field : split(line, '|')) row.emplace_back(field);
        add_row(status, row);
    }
    REQUIRE(valid(status));
    return status;
}

std::string to_json(const Status& status) {
    static const char* const kHealth[] = {"on time", "tight", "late", "done"};
    static const char* const kChange[] = {"open", "agreed", "declined"};
    static const char* const kLevel[] = {"low", "medium", "high"};
    Json json;
    json.field("house", status.house).field("project", status.project).field("client", status.client);
    json.raw("milestones", json_list(status.milestones, [](Json& j, const Milestone& m) {
        j.field("name", m.name).field("promised", m.promised).field("forecast", std::optional(m.forecast));
        j.field("state", kHealth[static_cast<int>(m.health)]);
    }));
    json.raw("tasks", json_list(status.tasks, [](Json& j, const StatusTask& t) {
        j.field("name", t.name).field("stage", t.stage).field("start", std::optional(t.start));
        j.field("finish", std::optional(t.finish)).field("done", std::int64_t{t.percent_done});
    }));
    json.raw("decisions", json_list(status.needs, [](Json& j, const Need& n) {
        j.field("question", n.question).field("owner", n.owner).field("by", n.by).field("late", n.if_late);
    }));
    json.raw("changes", json_list(status.changes, [](Json& j, const StatusChange& c) {
        j.field("title", c.request).field("effect", c.effect).field("state", kChange[static_cast<int>(c.state)]);
        j.field("days", c.moved_days).field("price", c.price_minor);
    }));
    json.raw("actions", json_list(status.actions, [](Json& j, const Action& a) {
        j.field("text", a.text).field("owner", a.owner).field("due", a.due).raw("done", a.done ? "true" : "false");
    }));
    json.raw("risks", json_list(status.risks, [](Json& j, const Risk& r) {
        j.field("text", r.text).field("response", r.response).field("level", kLevel[static_cast<int>(r.level)]);
    }));
    return json.done();
}

LinkOptions link_options(int number) {
    LinkOptions options;
    // Spread over the byte values: a real key is random, and none of its bytes compresses.
    std::uint32_t state = 0x9E3779B9u * static_cast<std::uint32_t>(number);
    const auto fill = [&](auto& bytes) {
        for (auto& byte : bytes) {
            state = state * 1664525u + 1013904223u;
            byte = static_cast<std::uint8_t>(state >> 24);
        }
    };
    fill(options.key);
    fill(options.seed);
    options.info.share_id = (std::uint64_t{0xA1B2C3} << 40) | 7;
    options.info.revision = 12;
    options.info.issued = *parse_iso_minute("2026-05-20T16:10");
    options.info.expires = day_of(options.info.issued) + kValidDays;
    return options;
}

}  // namespace entente::share
