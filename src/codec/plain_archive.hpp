// plain_archive: the serialize functions of this layer tell a PlainSink every field they know under its own name, so that the plain
// exports (JSON, tables) cannot forget one. The words of enumerations and of the edits of a plan are here; a test asks for each.
//
// Write only. Days and times are ISO 8601; a day or a time that is not set is null. Keys that sign (arrays of bytes) are never
// told: whoever reads the export could sign as the house.
#pragma once

#include <string_view>

#include "base/time.hpp"
#include "codec/plain_sink.hpp"
#include "codec/session.hpp"

namespace entente::codec {

template <class E>
inline constexpr std::array<std::string_view, 0> kWords{};
template <>
inline constexpr std::array<std::string_view, 3> kWords<plan::TaskKind>{"task", "milestone", "summary"};
template <>
inline constexpr std::array<std::string_view, 8> kWords<plan::ConstraintKind>{
    "as_soon_as_possible",   "as_late_as_possible",  "must_start_on",          "must_finish_on",
    "start_no_earlier_than", "start_no_later_than",  "finish_no_earlier_than", "finish_no_later_than"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<plan::LinkKind>{"finish_to_start", "start_to_start", "finish_to_finish",
                                                                        "start_to_finish"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<plan::LagUnit>{"working", "elapsed", "percent_of_predecessor"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<plan::Recurrence::Kind>{
    "yearly_day", "yearly_position", "monthly_day", "monthly_position", "weekly", "daily", "each_weekday"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<plan::HolidayRegion>{"none", "england_and_wales", "scotland", "northern_ireland"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<plan::ClientPart>{"decision", "input"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<house::LadderKind>{"friendly", "formal", "escalation", "agreed_default"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<house::LadderFrom>{"needed_by", "requested"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<risk::SpreadOf>{"work", "client_part"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<change::CrashMethod>{"overtime", "second_shift"};
template <>
inline constexpr std::array<std::string_view, 5> kWords<change::Quality>{"picture", "sound", "story", "compliance", "accessibility"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<change::OptionKind>{"move_dates",    "overtime", "second_shift", "trade",
                                                                            "later_version", "decline",  "by_hand"};
template <>
inline constexpr std::array<std::string_view, 5> kWords<change::Kind>{"ours_to_fix", "in_scope", "extra", "preference", "unclear"};
template <>
inline constexpr std::array<std::string_view, 5> kWords<change::State>{"open", "agreed", "declined", "absorbed", "parked"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<money::LineKind>{"work", "fixed"};
template <>
inline constexpr std::array<std::string_view, 2> kWords<money::Basis>{"sold", "cost"};
template <>
inline constexpr std::array<std::string_view, 5> kWords<money::State>{"draft", "sent", "accepted", "declined", "withdrawn"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<EntryKind>{"do", "undo", "redo"};

template <class Edit>
inline constexpr std::string_view kEditWord{};
template <>
inline constexpr std::string_view kEditWord<change::Lengthen> = "lengthen";
template <>
inline constexpr std::string_view kEditWord<change::Reopen> = "reopen";
template <>
inline constexpr std::string_view kEditWord<change::AddWork> = "add_work";
template <>
inline constexpr std::string_view kEditWord<change::Crash> = "crash";
template <>
inline constexpr std::string_view kEditWord<change::Constrain> = "constrain";
template <>
inline constexpr std::string_view kEditWord<change::Drop> = "drop";

// The names in a list of fields as it stands in the source, one after another.
class FieldNames {
public:
    explicit FieldNames(std::string_view source) : rest_(source) {}
    std::string_view next() {
        std::size_t end = 0;
        for (int depth = 0; end < rest_.size() && (depth > 0 || rest_[end] != ','); ++end)
            depth += (rest_[end] == '(') - (rest_[end] == ')');
        std::string_view field = rest_.substr(0, end);
        rest_.remove_prefix(end == rest_.size() ? end : end + 1);
        // "since(2, choice(kind, Kind::Last))" is the field "kind".
        const std::size_t since = field.find("since(");
        if (since != std::string_view::npos) field.remove_prefix(field.find(',', since) + 1);
        const std::size_t choice = field.find("choice(");
        if (choice != std::string_view::npos) field.remove_prefix(choice + 7);
        const std::size_t first = field.find_first_not_of(' ');
        return field.substr(first, field.find_first_of(",) ", first) - first);
    }

private:
    std::string_view rest_;
};

class PlainArchive {
public:
    explicit PlainArchive(PlainSink& sink) : sink_(sink) {}

    template <class... Ts>
    void named(const char* names, const Ts&... values) {
        FieldNames fields(names);
        (write(fields.next(), values), ...);
    }

    template <class T>
        requires std::is_integral_v<T>
    void write(std::string_view key, T value) {
        if constexpr (std::is_same_v<T, bool>) {
            sink_.boolean(key, value);
        } else {
            sink_.number(key, static_cast<std::int64_t>(value));
        }
    }
    void write(std::string_view key, const std::string& text) { sink_.text(key, text); }
    void write(std::string_view key, Day day) { text_or_null(key, day.n != 0, iso(day)); }
    void write(std::string_view key, LocalMinute at) { text_or_null(key, at.n != 0, iso(at)); }
    void write(std::string_view key, Currency currency) { text_or_null(key, currency != Currency{}, currency.view()); }
    template <class Tag>
    void write(std::string_view key, Id<Tag> id) {
        sink_.id(key, id.n);
    }
    template <class E>
    void write(std::string_view key, const Choice<E>& choice) {
        static_assert(!kWords<E>.empty(), "an enumeration without words");
        const auto index = static_cast<std::size_t>(choice.value);
        sink_.text(key, index < kWords<E>.size() ? kWords<E>[index] : std::string_view());
    }
    template <class T>
    void write(std::string_view key, const Since<T>& field) {
        write(key, field.value);
    }
    template <class T>
    void write(std::string_view key, const std::optional<T>& value) {
        if (value) {
            write(key, *value);
        } else {
            sink_.null(key);
        }
    }
    template <class T>
    void write(std::string_view key, const std::vector<T>& items) {
        write_all(key, items);
    }
    template <class T, std::size_t N>
    void write(std::string_view key, const std::array<T, N>& items) {
        if constexpr (std::is_same_v<T, std::uint8_t>) {
            sink_.null(key);
        } else {
            write_all(key, items);
        }
    }
    template <class... Ts>
    void write(std::string_view key, const std::variant<Ts...>& value) {
        std::visit(
            [&](const auto& edit) {
                using Edit = std::decay_t<decltype(edit)>;
                static_assert(!kEditWord<Edit>.empty(), "an edit without a word");
                sink_.begin_object(key);
                sink_.text("edit", kEditWord<Edit>);
                this->fields_of(edit);
                sink_.end_object();
            },
            value);
    }
    template <class T>
        requires std::is_class_v<T>
    void write(std::string_view key, const T& value) {
        sink_.begin_object(key);
        fields_of(value);
        sink_.end_object();
    }

private:
    // The serialize functions serve reading too and so ask for what could be changed; nothing is changed here.
    template <class T>
    void fields_of(const T& value) {
        serialize(*this, const_cast<T&>(value));
    }
    template <class Items>
    void write_all(std::string_view key, const Items& items) {
        sink_.begin_array(key);
        for (const auto& item : items) write({}, item);
        sink_.end_array();
    }
    void text_or_null(std::string_view key, bool is_set, std::string_view text) {
        if (is_set) {
            sink_.text(key, text);
        } else {
            sink_.null(key);
        }
    }

    PlainSink& sink_;
};

}  // namespace entente::codec
