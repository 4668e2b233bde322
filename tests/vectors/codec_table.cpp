#include "tests/vectors/codec_table.hpp"

#include <algorithm>

#include "codec/codec.hpp"

namespace entente::vectors {

namespace {

using namespace codec;

// The name of a type as it stands in the source, without "entente::"; both compilers write "T = ..." into it.
template <class T>
std::string source_name() {
    const std::string_view whole = __PRETTY_FUNCTION__;
    std::string_view name = whole.substr(whole.find("T = ") + 4);
    name = name.substr(0, name.find_first_of(";]"));
    constexpr std::string_view kOurs = "entente::";
    if (name.substr(0, kOurs.size()) == kOurs) name.remove_prefix(kOurs.size());
    return std::string(name);
}

template <class Variant> constexpr const char* kVariantName = nullptr;
template <> constexpr const char* kVariantName<Command> = "Command";
template <> constexpr const char* kVariantName<house::Command> = "house::Command";
template <> constexpr const char* kVariantName<plan::Command> = "plan::Command";
template <> constexpr const char* kVariantName<change::Command> = "change::Command";
template <> constexpr const char* kVariantName<share::Command> = "share::Command";
template <> constexpr const char* kVariantName<money::Command> = "money::Command";
template <> constexpr const char* kVariantName<change::PlanEdit> = "change::PlanEdit";

// The next name of a list as it stands in the source: "id, since(2, choice(kind, Kind::Last))" gives "id", then "kind".
std::string next_name(std::string_view& names) {
    std::size_t end = 0;
    for (int depth = 0; end < names.size() && (depth > 0 || names[end] != ','); ++end) depth += (names[end] == '(') - (names[end] == ')');
    std::string_view field = names.substr(0, end);
    names.remove_prefix(std::min(names.size(), end + 1));
    const auto behind = [&field](std::string_view word, char last) {
        const std::size_t at = field.find(word);
        if (at != std::string_view::npos) field.remove_prefix(field.find(last, at) + 1);
    };
    behind("since(", ',');
    behind("choice(", '(');
    field.remove_prefix(field.find_first_not_of(' '));
    return std::string(field.substr(0, field.find_first_of(",) ")));
}

// A value as JSON: numbers, flags, texts; an enumeration is its number.
class Plainly {
public:
    template <class... Ts>
    void named(std::string_view names, const Ts&... values) {
        ((json_ += (json_.empty() ? "\"" : ", \"") + next_name(names) + "\": " + of(values)), ...);
    }

    template <class T>
    requires std::is_integral_v<T>
    static std::string of(T value) {
        if constexpr (std::is_same_v<T, bool>) return value ? "true" : "false";
        return std::to_string(value);
    }
    static std::string of(const std::string& text) { return '"' + text + '"'; }
    static std::string of(Currency currency) { return '"' + std::string(currency.view()) + '"'; }
    static std::string of(Day day) { return of(day.n); }
    static std::string of(LocalMinute at) { return of(at.n); }
    template <class Tag>
    static std::string of(Id<Tag> id) { return of(id.n); }
    template <class E>
    static std::string of(const Choice<E>& choice) { return of(static_cast<int>(choice.value)); }
    template <class T>
    static std::string of(const Since<T>& field) { return of(field.value); }
    template <class T>
    static std::string of(const std::optional<T>& value) { return value ? of(*value) : "null"; }
    template <class T>
    static std::string of(const std::vector<T>& items) { return all(items); }
    template <class T, std::size_t N>
    static std::string of(const std::array<T, N>& items) { return all(items); }
    template <class... Ts>
    static std::string of(const std::variant<Ts...>& value) {
        return std::visit([](const auto& one) { return of(one); }, value);
    }
    template <class T>
    requires std::is_class_v<T>
    static std::string of(const T& value) {
        Plainly inside;
        serialize(inside, const_cast<T&>(value));  // it serves reading too
        return '{' + inside.json_ + '}';
    }

private:
    template <class Items>
    static std::string all(const Items& items) {
        std::string out;
        for (const auto& item : items) out += (out.empty() ? "" : ", ") + of(item);
        return '[' + out + ']';
    }

    std::string json_;
};

class Walk {
public:
    explicit Walk(CodecTable& table) : table_(table) {}

    // The fields of one struct.
    template <class... Ts>
    void named(std::string_view names, const Ts&... values) {
        (add(next_name(names), values), ...);
    }
    template <class T>
    void add(const std::string& name, const T& value) {
        TableField field{name, type_of(value), 1, {}};
        if constexpr (requires { value.schema; }) {
            field.since = value.schema;
            field.missing = Plainly::of(value);
        }
        fields_.push_back(std::move(field));
    }
    std::vector<TableField> take() { return std::move(fields_); }

    template <class T>
    requires std::is_integral_v<T>
    std::string type_of(T) {
        if constexpr (std::is_same_v<T, bool>) return "bool";
        // A place is 64 bits in the record on every machine.
        const std::size_t bytes = NarrowSize<T> ? 8 : sizeof(T);
        return (std::is_signed_v<T> ? "i" : "u") + std::to_string(8 * bytes);
    }
    std::string type_of(const std::string&) { return "text"; }
    std::string type_of(Currency) { return "currency"; }
    std::string type_of(Day) { return "day"; }
    std::string type_of(LocalMinute) { return "minute"; }
    template <class Tag>
    std::string type_of(Id<Tag>) {
        const std::string tag = source_name<Tag>();
        return tag.substr(0, tag.size() - 3) + "Id";
    }
    template <class E>
    std::string type_of(const Choice<E>& choice) {
        const std::string name = source_name<E>();
        if (TableType* type = begin(name)) {
            for (std::size_t i = 0; i <= static_cast<std::size_t>(choice.last); ++i) type->values.emplace_back(kWords<E>[i]);
        }
        return name;
    }
    template <class T>
    std::string type_of(const Since<T>& field) { return type_of(field.value); }
    template <class T>
    std::string type_of(const std::optional<T>&) { return type_of(T{}) + "?"; }
    template <class T>
    std::string type_of(const std::vector<T>&) { return type_of(T{}) + "[]"; }
    template <class T, std::size_t N>
    std::string type_of(const std::array<T, N>&) { return type_of(T{}) + "[" + std::to_string(N) + "]"; }
    template <class... Ts>
    std::string type_of(const std::variant<Ts...>&) {
        constexpr const char* kName = kVariantName<std::variant<Ts...>>;
        static_assert(kName != nullptr, "a variant without a name");
        if (begin(kName)) {
            const std::size_t at = table_.size() - 1;
            std::vector<std::pair<std::uint16_t, std::string>> alternatives{{kTag<Ts>, type_of(Ts{})}...};
            table_[at].alternatives = std::move(alternatives);
        }
        return kName;
    }
    template <class T>
    requires std::is_class_v<T>
    std::string type_of(const T&) {
        const std::string name = source_name<T>();
        if (begin(name)) {
            const std::size_t at = table_.size() - 1;
            T value{};
            Walk inside(table_);
            serialize(inside, value);
            table_[at].fields = inside.take();
        }
        return name;
    }

private:
    // The new type of that name; none where it is there already.
    TableType* begin(const std::string& name) {
        if (std::any_of(table_.begin(), table_.end(), [&](const TableType& type) { return type.name == name; })) return nullptr;
        table_.push_back({name, {}, {}, {}});
        return &table_.back();
    }

    CodecTable& table_;
    std::vector<TableField> fields_;
};

constexpr std::size_t kWide = 120;

// "a, b, c" in lines of at most kWide letters, each set in.
std::string in_lines(const std::vector<std::string>& parts) {
    std::string out, line;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string part = parts[i] + (i + 1 < parts.size() ? "," : "");
        if (!line.empty() && 4 + line.size() + 1 + part.size() > kWide) {
            out += "    " + line + "\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + part;
    }
    return out + "    " + line + "\n";
}

bool is_nothing(const std::string& json) {
    return json.find_first_of("123456789") == std::string::npos && json.find("true") == std::string::npos;
}

}  // namespace

CodecTable make_codec_table() {
    CodecTable table;
    Walk walk(table);
    walk.type_of(Entry{});
    // A snapshot is no struct: codec.cpp writes its four parts one after another.
    table.push_back({"Snapshot", {}, {}, {}});
    const std::size_t at = table.size() - 1;
    const codec::Snapshot snapshot{};
    Walk inside(table);
    inside.named("sequence, time, last_id, model", snapshot.sequence, snapshot.time, snapshot.last_id, snapshot.model);
    table[at].fields = inside.take();
    return table;
}

std::string text_of(const CodecTable& table) {
    std::string out, missing;
    for (const TableType& type : table) {
        std::vector<std::string> parts;
        for (const TableField& field : type.fields) {
            parts.push_back(field.name + " " + field.type + (field.since > 1 ? " (" + std::to_string(field.since) + ")" : ""));
            if (field.since == 1 || is_nothing(field.missing)) continue;
            missing += type.name + "." + field.name + "\n";
            std::vector<std::string> values;
            for (std::string_view rest = field.missing; !rest.empty();) {  // at its commas
                const std::size_t end = std::min(rest.size(), rest.find(", "));
                values.emplace_back(rest.substr(0, end));
                rest.remove_prefix(std::min(rest.size(), end + 2));
            }
            missing += in_lines(values);
        }
        for (std::size_t i = 0; i < type.values.size(); ++i) parts.push_back(std::to_string(i) + " " + type.values[i]);
        for (const auto& [tag, name] : type.alternatives) parts.push_back(std::to_string(tag) + " " + name);
        const char* what = !type.values.empty() ? " (enumeration)" : !type.alternatives.empty() ? " (variant)" : "";
        out += type.name + what + "\n" + in_lines(parts);
    }
    return "```text\n" + out + "```\n\nWhat an older record is read as, where that is more than nothing:\n\n```text\n" + missing + "```\n";
}

std::string json_of(const CodecTable& table) {
    std::string out = "{\n\"format\": \"entente-codec\",\n\"version\": 1,\n\"schema\": " + std::to_string(kSchema) + ",\n\"types\": {\n";
    for (const TableType& type : table) {
        std::string parts;
        const auto add = [&parts](const std::string& part) { parts += (parts.empty() ? "" : ", ") + part; };
        for (const TableField& field : type.fields) {
            add("[\"" + field.name + "\", \"" + field.type + "\"" +
                (field.since > 1 ? ", " + std::to_string(field.since) + ", " + field.missing : "") + "]");
        }
        for (const std::string& value : type.values) add('"' + value + '"');
        for (const auto& [tag, name] : type.alternatives) add("[" + std::to_string(tag) + ", \"" + name + "\"]");
        const char* what = !type.values.empty() ? "values" : !type.alternatives.empty() ? "alternatives" : "fields";
        out += "\"" + type.name + "\": {\"" + what + "\": [" + parts + "]}" + (&type == &table.back() ? "\n" : ",\n");
    }
    return out + "}\n}\n";
}

}  // namespace entente::vectors
