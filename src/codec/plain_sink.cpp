#include "codec/plain_sink.hpp"

#include "codec/plain_archive.hpp"

namespace entente::codec {

namespace {

// The next name of a list of fields as it stands in the source; `names` goes on behind it.
std::string_view next_name(const char*& names) {
    const char* end = names;
    for (int depth = 0; *end != 0 && (depth > 0 || *end != ','); ++end) depth += (*end == '(') - (*end == ')');
    std::string_view field(names, static_cast<std::size_t>(end - names));
    names = *end == 0 ? end : end + 1;
    // "since(2, choice(kind, Kind::Last))" is the field "kind".
    const std::size_t since = field.find("since(");
    if (since != std::string_view::npos) field.remove_prefix(field.find(',', since) + 1);
    const std::size_t choice = field.find("choice(");
    if (choice != std::string_view::npos) field.remove_prefix(choice + 7);
    const std::size_t first = field.find_first_not_of(' ');
    return field.substr(first, field.find_first_of(",) ", first) - first);
}

}  // namespace

std::string_view PlainArchive::key() {
    if (names_) return next_name(names_);
    const std::string_view key = first_key_;
    first_key_ = {};
    return key;
}

void PlainArchive::number(std::int64_t value) { sink_.number(key(), value); }
void PlainArchive::boolean(bool value) { sink_.boolean(key(), value); }
void PlainArchive::null() { sink_.null(key()); }
void PlainArchive::id(std::uint64_t value) { sink_.id(key(), value); }
void PlainArchive::write(const std::string& text) { sink_.text(key(), text); }

void PlainArchive::write(Day day) {
    if (day.n == 0) return null();
    sink_.text(key(), iso(day));
}

void PlainArchive::write(LocalMinute at) {
    if (at.n == 0) return null();
    sink_.text(key(), iso(at));
}

void PlainArchive::write(Currency currency) {
    if (currency == Currency{}) return null();
    sink_.text(key(), currency.view());
}

void PlainArchive::word(const std::string_view* words, std::size_t count, std::size_t index) {
    sink_.text(key(), index < count ? words[index] : std::string_view());
}

const char* PlainArchive::begin_object(std::string_view edit) {
    sink_.begin_object(key());
    if (!edit.empty()) sink_.text("edit", edit);
    return names_;
}

void PlainArchive::end_object(const char* outer) {
    names_ = outer;
    sink_.end_object();
}

const char* PlainArchive::begin_array() {
    sink_.begin_array(key());
    const char* const outer = names_;
    names_ = nullptr;
    return outer;
}

void PlainArchive::end_array(const char* outer) {
    names_ = outer;
    sink_.end_array();
}

void tell(PlainSink& sink, std::string_view key, const house::House& house) { PlainArchive(sink, key).write(house); }
void tell(PlainSink& sink, std::string_view key, const plan::Project& project) { PlainArchive(sink, key).write(project); }

std::string id_text(std::uint64_t id) {
    std::string out(16, '0');
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = "0123456789abcdef"[(id >> (60 - 4 * i)) & 15];
    return out;
}

std::string_view word_of(EntryKind kind) { return kWords<EntryKind>[static_cast<std::size_t>(kind)]; }

}  // namespace entente::codec
