#include "exchange/csv.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "exchange/decode_text.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kSampleRecords = 32;
constexpr std::size_t kSampleBytes = 64u << 10;
constexpr std::size_t kMaxQuoteNotes = 20;

// The number of columns of each of the first records, cut at `separator`.
std::vector<std::size_t> sample_widths(std::string_view text, char separator) {
    std::vector<std::size_t> widths;
    text = text.substr(0, kSampleBytes);
    std::size_t width = 1;
    bool quoted = false, blank = true;
    const auto end_record = [&] {
        if (!blank) widths.push_back(width);
        width = 1;
        blank = true;
    };
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r')) {
            end_record();
            if (widths.size() == kSampleRecords) return widths;
            continue;
        }
        if (!quoted && c == separator) ++width;
        blank = false;
    }
    end_record();
    return widths;
}

char detect_separator(std::string_view text) {
    char best = ',';
    std::pair<std::size_t, std::size_t> best_score{0, 0};
    for (const char candidate : {',', ';', '\t', '|'}) {
        const std::vector<std::size_t> widths = sample_widths(text, candidate);
        std::pair<std::size_t, std::size_t> score{0,
                                                  0};  // records of the commonest width above 1, that width
        for (const std::size_t width : widths) {
            if (width < 2) continue;
            const auto same = static_cast<std::size_t>(std::count(widths.begin(), widths.end(), width));
            score = std::max(score, {same, width});
        }
        if (score > best_score) {
            best_score = score;
            best = candidate;
        }
    }
    return best;
}

}  // namespace

class CsvReader {
public:
    CsvReader(std::string text, std::vector<Problem> notes) {
        table_.text_ = std::move(text);
        table_.problems_ = std::move(notes);
    }

    Result<CsvTable> read() {
        std::string& text = table_.text_;
        if (text.size() >= 5 && text.compare(0, 4, "sep=") == 0 &&
            (text.size() == 5 || text[5] == '\r' || text[5] == '\n')) {
            table_.separator_ = text[4];
            at_ = 5;
            end_line();
        } else {
            table_.separator_ = detect_separator(text);
        }
        while (at_ < text.size()) {
            if (auto done = record(); !done) return tl::unexpected<Error>(std::move(done.error()));
        }
        text.resize(out_);
        return std::move(table_);
    }

private:
    Result<void> record() {
        CsvTable::Row row{static_cast<std::uint32_t>(table_.cells_.size()), 0, line_, ordinal_++};
        bool blank = true;
        for (bool more = true; more;) {
            if (row.count == kMaxCsvColumns) {
                return too_large(msg("A row has more than {0} columns.", static_cast<int>(kMaxCsvColumns)));
            }
            if (table_.cells_.size() == kMaxCsvCells) {
                return too_large(msg("The table has more than {0} cells.", static_cast<int>(kMaxCsvCells)));
            }
            auto ended = cell();
            if (!ended) return tl::unexpected<Error>(std::move(ended.error()));
            more = *ended;
            const CsvTable::Span last = table_.cells_.back();
            blank = blank && trim(std::string_view(table_.text_).substr(last.at, last.size)).empty();
            ++row.count;
        }
        if (blank) {
            table_.cells_.resize(row.first);
            return {};
        }
        if (table_.rows_.size() == kMaxCsvRows) {
            return too_large(msg("The table has more than {0} rows.", static_cast<int>(kMaxCsvRows)));
        }
        table_.columns_ = std::max(table_.columns_, static_cast<std::size_t>(row.count));
        table_.rows_.push_back(row);
        return {};
    }

    // One cell and what ends it; true where another follows in the same record. The text moves down in place: the write
    // position never passes the read position.
    Result<bool> cell() {
        const std::string& text = table_.text_;
        CsvTable::Span span{static_cast<std::uint32_t>(out_), 0};
        if (at_ < text.size() && text[at_] == '"') {
            if (auto done = quoted(); !done) return tl::unexpected<Error>(std::move(done.error()));
            if (at_ < text.size() && !ends_cell(text[at_])) note_text_after_quote();
        }
        while (at_ < text.size() && !ends_cell(text[at_])) put(text[at_++]);
        const std::size_t size = out_ - span.at;
        if (size > kMaxCsvCellBytes) {
            return too_large(
                msg("A cell holds more than {0} KiB.", static_cast<int>(kMaxCsvCellBytes >> 10)));
        }
        span.size = static_cast<std::uint32_t>(size);
        table_.cells_.push_back(span);
        if (at_ < text.size() && text[at_] == table_.separator_) {
            ++at_;
            return true;
        }
        end_line();
        return false;
    }

    Result<void> quoted() {
        const std::string& text = table_.text_;
        const int opened = line_;
        const std::size_t begun = out_;
        ++at_;
        while (at_ < text.size()) {
            const char c = text[at_++];
            if (c == '"') {
                if (at_ == text.size() || text[at_] != '"') return {};
                ++at_;
            } else if (c == '\n' || (c == '\r' && (at_ == text.size() || text[at_] != '\n'))) {
                ++line_;
            }
            put(c);
            if (out_ - begun > kMaxCsvCellBytes) return never_closed(opened);
        }
        return never_closed(opened);
    }

    bool ends_cell(char c) const { return c == table_.separator_ || c == '\n' || c == '\r'; }
    void put(char c) { table_.text_[out_++] = c; }

    void end_line() {
        const std::string& text = table_.text_;
        if (at_ == text.size()) return;
        const bool two = text[at_] == '\r' && at_ + 1 < text.size() && text[at_ + 1] == '\n';
        at_ += two ? 2 : 1;
        ++line_;
    }

    void note_text_after_quote() {
        if (quote_notes_++ >= kMaxQuoteNotes) return;
        table_.problems_.push_back(
            {line_, msg("Text stands after a closing quotation mark: check this row, it may be cut wrongly."),
             false});
    }

    tl::unexpected<Error> too_large(Message what) const {
        return fail(ErrorCode::TooLarge, std::move(what), std::to_string(line_),
                    msg("Export only the plan's own rows and columns and import again."));
    }
    static tl::unexpected<Error> never_closed(int line) {
        return fail(ErrorCode::BadInput,
                    msg("The quotation mark that opens on line {0} is never closed.", std::to_string(line)),
                    std::to_string(line),
                    msg("Close it, or write two quotation marks where one is meant as text."));
    }

    CsvTable table_;
    std::size_t at_ = 0, out_ = 0;
    int line_ = 1, ordinal_ = 0;
    std::size_t quote_notes_ = 0;
};

Result<CsvTable> read_csv(ByteView bytes) {
    DecodedText decoded = decode_text(bytes, kMaxImportBytes);
    if (bytes.size() > kMaxImportBytes || decoded.too_large) {
        return fail(ErrorCode::TooLarge,
                    msg("The file is larger than {0} MiB.", static_cast<int>(kMaxImportBytes >> 20)), {},
                    msg("Export only the plan's own rows and columns and import again."));
    }
    std::vector<Problem> notes;
    if (decoded.encoding == TextEncoding::Windows1252) {
        notes.push_back(
            {0, msg("The file is not UTF-8; it was read as Windows-1252. Check accented letters."), false});
    }
    if (decoded.replaced) {
        notes.push_back({0, msg("Some characters could not be read; check the names."), false});
    }
    if (decoded.text.find('\0') != std::string::npos) {
        notes.push_back({0, msg("The file holds NUL characters; they were left out."), false});
    }
    return CsvReader(std::move(decoded.text), std::move(notes)).read();
}

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const {
    if (column >= rows_[row].count) return {};
    const Span& span = cells_[rows_[row].first + column];
    return std::string_view(text_).substr(span.at, span.size);
}

}  // namespace entente::exchange
