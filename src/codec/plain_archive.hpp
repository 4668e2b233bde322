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

// Small on purpose: there is one walk for each type, so that everything that does not depend on the type is in plain_sink.cpp.
class PlainArchive {
public:
    PlainArchive(PlainSink& sink, std::string_view key) : sink_(sink), first_key_(key) {}

    // `names`: the fields as they stand in the source, "id, since(2, choice(kind, Kind::Last))".
    template <class... Ts>
    void named(const char* names, const Ts&... values) {
        names_ = names;
        (write(values), ...);
    }

    template <class T>
        requires std::is_integral_v<T>
    void write(T value) {
        if constexpr (std::is_same_v<T, bool>) {
            boolean(value);
        } else {
            number(static_cast<std::int64_t>(value));
        }
    }
    void write(const std::string& text);
    void write(Day day);
    void write(LocalMinute at);
    void write(Currency currency);
    template <class Tag>
    void write(Id<Tag> value) {
        id(value.n);
    }
    template <class E>
    void write(const Choice<E>& choice) {
        static_assert(!kWords<E>.empty(), "an enumeration without words");
        word(kWords<E>.data(), kWords<E>.size(), static_cast<std::size_t>(choice.value));
    }
    template <class T>
    void write(const Since<T>& field) {
        write(field.value);
    }
    template <class T>
    void write(const std::optional<T>& value) {
        if (value) {
            write(*value);
        } else {
            null();
        }
    }
    template <class T>
    void write(const std::vector<T>& items) {
        write_all(items);
    }
    template <class T, std::size_t N>
    void write(const std::array<T, N>& items) {
        if constexpr (std::is_same_v<T, std::uint8_t>) {
            null();
        } else {
            write_all(items);
        }
    }
    template <class... Ts>
    void write(const std::variant<Ts...>& value) {
        std::visit(
            [this](const auto& edit) {
                using Edit = std::decay_t<decltype(edit)>;
                static_assert(!kEditWord<Edit>.empty(), "an edit without a word");
                const char* const outer = this->begin_object(kEditWord<Edit>);
                this->fields_of(edit);
                this->end_object(outer);
            },
            value);
    }
    template <class T>
        requires std::is_class_v<T>
    void write(const T& value) {
        const char* const outer = begin_object({});
        fields_of(value);
        end_object(outer);
    }

private:
    // The name of the next field; empty in an array.
    std::string_view key();
    void number(std::int64_t value);
    void boolean(bool value);
    void null();
    void id(std::uint64_t value);
    void word(const std::string_view* words, std::size_t count, std::size_t index);
    // Each gives the names that go on behind it. `edit`: which edit of a plan it is; empty for others.
    const char* begin_object(std::string_view edit);
    void end_object(const char* outer);
    const char* begin_array();
    void end_array(const char* outer);

    // The serialize functions serve reading too and so ask for what could be changed; nothing is changed here.
    template <class T>
    void fields_of(const T& value) {
        serialize(*this, const_cast<T&>(value));
    }
    template <class Items>
    void write_all(const Items& items) {
        const char* const outer = begin_array();
        for (const auto& item : items) write(item);
        end_array(outer);
    }

    PlainSink& sink_;
    std::string_view first_key_;
    const char* names_ = nullptr;  // of the fields to come
};

}  // namespace entente::codec
