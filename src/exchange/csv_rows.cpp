#include "exchange/csv_rows.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "core/rules.hpp"
#include "exchange/csv_write.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kMaxCode = 100;
constexpr std::size_t kMaxPredecessorText = 16'000;
constexpr int kMaxLevel = 200;

class RowReader {
public:
    RowReader(const CsvTable& table, const CsvMapping& mapping, DurationUnits units, ProblemList& problems)
        : table_(table), mapping_(mapping), units_(units), problems_(problems) {
        for (std::size_t i = 0; i < kCsvFieldCount; ++i)
            columns_[i] = mapping.column(static_cast<CsvField>(i));
        read_date_order();
        const bool lengths = has(CsvField::DurationDays) || has(CsvField::DurationHours) ||
                             has(CsvField::Start) || has(CsvField::Finish);
        headings_ = lengths && !has(CsvField::Stage) && !has(CsvField::Wbs) && !has(CsvField::OutlineLevel) &&
                    !has(CsvField::Parent);
    }

    std::vector<PlanRow> read() {
        std::vector<PlanRow> rows;
        for (row_ = mapping_.first_data_row(); row_ < table_.rows(); ++row_) {
            line_ = table_.line(row_);
            if (is_heading()) {
                heading_ = short_text(CsvField::Name, kMaxName);
                problems_.note(
                    line_, msg("Read as the heading of a stage: \u201c{0}\u201d.", quoted_piece(heading_)));
                continue;
            }
            if (auto row = read_row()) rows.push_back(std::move(*row));
        }
        take_indents(rows);
        return rows;
    }

private:
    bool has(CsvField field) const { return columns_[static_cast<std::size_t>(field)] != CsvMapping::npos; }

    std::string_view raw(CsvField field) const {
        const std::size_t column = columns_[static_cast<std::size_t>(field)];
        return column == CsvMapping::npos ? std::string_view() : table_.cell(row_, column);
    }
    std::string_view trimmed(CsvField field) const { return trim(raw(field)); }

    std::string long_text(CsvField field, std::size_t most) {
        std::string text = clean_utf8(without_formula_guard(trimmed(field)));
        text = std::string(trim(text));
        if (text.size() <= most) return text;
        problems_.note(line_, msg("A text of {0} characters was cut to {1}.",
                                  static_cast<std::int64_t>(count_code_points(text)),
                                  static_cast<std::int64_t>(count_code_points(truncate_utf8(text, most)))));
        return std::string(trim(truncate_utf8(text, most)));
    }
    std::string short_text(CsvField field, std::size_t most) {
        std::string text = long_text(field, most);
        std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
        return text;
    }

    bool is_heading() const {
        if (!headings_ || trimmed(CsvField::Name).empty()) return false;
        std::size_t filled = 0;
        for (std::size_t column = 0; column < table_.cells_in(row_); ++column)
            filled += !trim(table_.cell(row_, column)).empty();
        return filled == 1;
    }

    std::optional<PlanRow> read_row() {
        PlanRow row;
        row.line = line_;
        row.name = name_or_id();
        if (row.name.empty()) {
            problems_.error(line_, msg("The row has no task name; it was left out."));
            return std::nullopt;
        }
        if (!read_code(row)) return std::nullopt;
        row.stage = has(CsvField::Stage) ? short_text(CsvField::Stage, kMaxName) : heading_;
        row.note = long_text(CsvField::Note, kMaxText);
        row.owner = short_text(CsvField::Owner, kMaxText);
        row.wbs = short_text(CsvField::Wbs, kMaxCode);
        row.parent = short_text(CsvField::Parent, kMaxName);
        row.predecessors = links(CsvField::Predecessors);
        row.successors = links(CsvField::Successors);
        read_length(row);
        row.start = read_date(CsvField::Start);
        row.finish = read_date(CsvField::Finish);
        read_flags(row);
        read_level(row);
        return row;
    }

    // A table of a network names its tasks by number alone.
    std::string name_or_id() {
        std::string name = short_text(CsvField::Name, kMaxName);
        if (!name.empty() || !has(CsvField::Id)) return name;
        const bool work = !trimmed(CsvField::DurationDays).empty() || !trimmed(CsvField::DurationHours).empty() ||
                          !trimmed(CsvField::Start).empty() || !links(CsvField::Predecessors).empty() ||
                          !links(CsvField::Successors).empty();
        if (has(CsvField::Name) && !work) return name;
        name = short_text(CsvField::Id, kMaxName);
        if (has(CsvField::Name) && !name.empty()) problems_.note(line_, msg("The row has no task name; it is called {0}.", name));
        return name;
    }

    // Every column of links, joined.
    std::string links(CsvField field) {
        const std::size_t first = columns_[static_cast<std::size_t>(field)];
        if (first == CsvMapping::npos) return {};
        std::string out = long_text(field, kMaxPredecessorText);
        for (std::size_t column = first + 1; column < std::min(mapping_.fields.size(), table_.cells_in(row_)); ++column) {
            const std::string_view more = trim(table_.cell(row_, column));
            if (mapping_.fields[column] != field || more.empty() || out.size() + more.size() > kMaxPredecessorText) continue;
            out += (out.empty() ? "" : ";") + clean_utf8(without_formula_guard(more));
        }
        return out;
    }

    bool read_code(PlanRow& row) {
        row.code = short_text(CsvField::Id, kMaxCode);
        if (row.code.empty() && !has(CsvField::Id)) row.code = short_text(CsvField::Wbs, kMaxCode);
        row.coded = !row.code.empty();
        if (row.code.empty()) {
            const int number = table_.ordinal(row_) - first_ordinal() + 1;
            row.code = has(CsvField::Id) ? "row-" + std::to_string(number) : std::to_string(number);
            if (has(CsvField::Id))
                problems_.note(line_, msg("The row has no id; it is called {0}.", row.code));
        }
        const auto [found, fresh] = codes_.emplace(row.code, line_);
        if (!fresh) {
            problems_.error(
                line_, msg("The id \u201c{0}\u201d appears twice, first on line {1}; this row was left out.",
                           quoted_piece(row.code), std::to_string(found->second)));
        }
        return fresh;
    }
    int first_ordinal() const { return mapping_.has_header ? table_.ordinal(mapping_.header_row) + 1 : 0; }

    // "Duration (weeks)"
    std::int64_t plain_minutes(CsvField field) const {
        if (!mapping_.has_header || field != CsvField::DurationDays) return 0;
        const HeaderUnit unit = header_unit(table_.cell(mapping_.header_row, columns_[static_cast<std::size_t>(field)]));
        return unit.minutes + unit.days * units_.minutes_per_day;
    }

    void read_length(PlanRow& row) {
        for (const CsvField field : {CsvField::DurationDays, CsvField::DurationHours}) {
            const std::string_view text = trimmed(field);
            if (text.empty() || row.duration) continue;
            DurationUnits units = units_;
            units.plain_is_hours = field == CsvField::DurationHours;
            units.plain_minutes = plain_minutes(field);
            row.duration = parse_duration(text, units);
            if (!row.duration) {
                problems_.error(line_, msg("\u201c{0}\u201d is not a length; one day stands in its place.",
                                           quoted_piece(text)));
                row.duration = CsvDuration{units_.minutes_per_day, false, true};
            }
        }
    }

    std::optional<CsvDate> read_date(CsvField field) {
        const std::string_view text = trimmed(field);
        if (text.empty() || lower_ascii(text) == "na") return std::nullopt;
        auto date = parse_date(text, order_);
        if (!date)
            problems_.error(line_,
                            msg("\u201c{0}\u201d is not a date; it was left out.", quoted_piece(text)));
        return date;
    }

    void read_flags(PlanRow& row) {
        const std::string_view milestone = trimmed(CsvField::Milestone);
        if (!milestone.empty()) {
            const auto flag = parse_flag(milestone);
            row.milestone = flag.value_or(false);
            if (!flag)
                problems_.note(line_, msg("\u201c{0}\u201d is neither yes nor no; it was read as no.",
                                          quoted_piece(milestone)));
        }
        const std::string_view client = trimmed(CsvField::Client);
        if (!client.empty()) {
            const auto word = parse_client_word(client);
            row.client = word.value_or(ClientWord::No);
            if (!word)
                problems_.note(line_, msg("\u201c{0}\u201d is neither yes nor no; it was read as no.",
                                          quoted_piece(client)));
        }
        const std::string_view percent = trimmed(CsvField::PercentDone);
        if (percent.empty()) return;
        const auto value = parse_percent(percent);
        row.percent_done = value.value_or(0);
        if (!value)
            problems_.error(line_, msg("\u201c{0}\u201d is not a percentage from 0 to 100; it was left out.",
                                       quoted_piece(percent)));
    }

    void read_level(PlanRow& row) {
        const std::string_view text = trimmed(CsvField::OutlineLevel);
        if (text.empty()) return;
        int level = 0;
        bool number = text.size() <= 3;
        for (const char c : text) {
            number = number && c >= '0' && c <= '9';
            if (number) level = level * 10 + (c - '0');
        }
        if (number && level <= kMaxLevel) {
            row.level = level;
        } else {
            problems_.error(
                line_, msg("\u201c{0}\u201d is not an outline level; it was left out.", quoted_piece(text)));
        }
    }

    // Names set in by spaces make an outline where nothing else does and some name is set in.
    void take_indents(std::vector<PlanRow>& rows) {
        if (has(CsvField::OutlineLevel) || has(CsvField::Wbs) || has(CsvField::Parent) ||
            !has(CsvField::Name))
            return;
        std::unordered_map<int, std::size_t> by_line;
        for (std::size_t i = 0; i < rows.size(); ++i) by_line.emplace(rows[i].line, i);
        std::vector<int> open;
        std::vector<int> levels(rows.size(), 0);
        bool any = false;
        for (row_ = mapping_.first_data_row(); row_ < table_.rows(); ++row_) {
            const auto found = by_line.find(table_.line(row_));
            if (found == by_line.end()) continue;
            const int indent = indent_of(raw(CsvField::Name));
            while (!open.empty() && open.back() >= indent) open.pop_back();
            open.push_back(indent);
            levels[found->second] = static_cast<int>(std::min<std::size_t>(open.size(), kMaxLevel));
            any = any || open.size() > 1;
        }
        if (!any) return;
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i].level = levels[i];
    }

    // All dates of a file are written in one order. A date that only one order allows proves it; without proof, day first.
    void read_date_order() {
        int day_first = 0, month_first = 0, ambiguous = 0;
        for (std::size_t row = mapping_.first_data_row(); row < table_.rows(); ++row) {
            for (const CsvField field : {CsvField::Start, CsvField::Finish}) {
                const std::size_t column = columns_[static_cast<std::size_t>(field)];
                if (column == CsvMapping::npos) continue;
                int* first_line = nullptr;
                switch (date_evidence(table_.cell(row, column))) {
                    case DateEvidence::DayFirst: first_line = &day_first; break;
                    case DateEvidence::MonthFirst: first_line = &month_first; break;
                    case DateEvidence::Ambiguous: first_line = &ambiguous; break;
                    case DateEvidence::Nothing: break;
                }
                if (first_line && *first_line == 0) *first_line = table_.line(row);
            }
        }
        if (day_first != 0 && month_first != 0) {
            problems_.note(month_first, msg("This date stands month first, others day first; where both "
                                            "could be meant, day first was read."));
        } else if (month_first != 0) {
            order_ = DateOrder::MonthFirst;
            problems_.note(month_first, msg("Dates were read month first, as this one must be."));
        } else if (ambiguous != 0 && day_first == 0) {
            problems_.note(
                ambiguous,
                msg("This date could be read two ways; all dates were read day first, as in Britain."));
        }
    }

    const CsvTable& table_;
    const CsvMapping& mapping_;
    DurationUnits units_;
    ProblemList& problems_;
    std::array<std::size_t, kCsvFieldCount> columns_{};
    std::unordered_map<std::string, int> codes_;  // to the line of the first
    DateOrder order_ = DateOrder::DayFirst;
    bool headings_ = false;
    std::string heading_;
    std::size_t row_ = 0;
    int line_ = 0;
};

}  // namespace

std::vector<PlanRow> read_plan_rows(const CsvTable& table, const CsvMapping& mapping, DurationUnits units,
                                    ProblemList& problems) {
    return RowReader(table, mapping, units, problems).read();
}

int indent_of(std::string_view name) {
    int width = 0;
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (name[at] == ' ') {
            ++width;
        } else if (name[at] == '\t') {
            width += 4;
        } else if (name.substr(at, 2) == "\xC2\xA0") {
            ++width;
            ++at;
        } else {
            break;
        }
    }
    return width;
}

}  // namespace entente::exchange
