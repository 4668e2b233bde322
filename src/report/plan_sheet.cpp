#include "report/plan_sheet.hpp"

#include <algorithm>

#include "base/message.hpp"
#include "report/clean.hpp"

namespace entente::report {

namespace {

// In units of the drawing: a page is 1580 wide, the names take the left of it.
constexpr int kWide = 1580, kNames = 470, kRow = 28, kHead = 34;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : clean_text(text)) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else out += c == '\n' ? ' ' : c;
    }
    return out;
}

constexpr std::string_view kStyle =
    "@page{size:A4 landscape;margin:10mm}body{font:14px/1.4 Inter,system-ui,sans-serif;margin:0;color:#22201d;background:#fff}"
    "section{break-after:page;padding:4mm 0}section:last-child{break-after:auto}h1{font-size:1.3em;margin:0}p{margin:.1em 0 "
    ".5em;color:#655f55}"
    "svg{width:100%;height:auto;display:block;font:15px Inter,system-ui,sans-serif}.s{font-weight:600}.m{fill:#655f55}.g{stroke:#dcd6cb}"
    ".b{fill:#8fa9c4}.d{fill:#44678c}.c{fill:#d08a4a}.cd{fill:#8a4b12}.a{fill:#c9c4bb}.t{stroke:#a8651b;stroke-width:2}.o{stroke:#22201d;"
    "fill:none}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}";

class Drawing {
public:
    Drawing(const PlanSheet& sheet, const Locale& locale) : sheet_(sheet), locale_(locale) {
        days_ = std::max(sheet.last - sheet.first + 1, 7);
    }

    std::string page(std::size_t from, std::size_t to) {
        out_.clear();
        const int height = kHead + kRow * static_cast<int>(to - from) + 6;
        out_ += "<svg viewBox=\"0 0 " + std::to_string(kWide) + " " + std::to_string(height) + "\" role=\"img\" aria-label=\"" +
                escaped(sheet_.title) + "\">\n";
        head(height);
        for (std::size_t i = from; i < to; ++i) row(sheet_.rows[i], kHead + kRow * static_cast<int>(i - from));
        if (sheet_.today >= sheet_.first && sheet_.today <= sheet_.last) {
            const int x = at(sheet_.today);
            out_ +=
                "<path class=\"t\" d=\"M" + std::to_string(x) + " " + std::to_string(kHead - 4) + "V" + std::to_string(height) + "\"/>\n";
        }
        return out_ + "</svg>\n";
    }

private:
    // The beginning of a day.
    int at(Day day) const { return kNames + static_cast<int>((std::int64_t{day - sheet_.first} * (kWide - kNames - 190)) / days_); }

    void text(int x, int y, std::string_view words, std::string_view kind = {}) {
        out_ += "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\"";
        if (!kind.empty()) out_ += " class=\"" + std::string(kind) + "\"";
        out_ += ">" + escaped(words) + "</text>\n";
    }

    void box(int x0, int x1, int y, int height, std::string_view kind) {
        out_ += "<rect x=\"" + std::to_string(x0) + "\" y=\"" + std::to_string(y) + "\" width=\"" + std::to_string(std::max(x1 - x0, 2)) +
                "\" height=\"" + std::to_string(height) + "\" rx=\"2\" class=\"" + std::string(kind) + "\"/>\n";
    }

    // Weeks, or the firsts of months where weeks would stand too close.
    void head(int height) {
        const bool weeks = std::int64_t{kWide - kNames} * 7 / days_ >= 70;
        Day day = weeks ? sheet_.first - weekday(sheet_.first) : sheet_.first;
        if (!weeks) {
            const YearMonthDay date = year_month_day(day);
            day = day_from(date.year, date.month, 1).value_or(day);
        }
        int last_x = -1000;
        while (day <= sheet_.last) {
            const int x = at(day);
            if (x >= kNames && x - last_x >= 78) {
                text(x + 3, 20, weeks ? locale_.date_short(day) : locale_.month(day), "m");
                out_ += "<path class=\"g\" d=\"M" + std::to_string(x) + " 6V" + std::to_string(height) + "\"/>\n";
                last_x = x;
            }
            if (weeks) {
                day = day + 7;
            } else {
                const YearMonthDay date = year_month_day(day);
                const auto next = day_from(date.month == 12 ? date.year + 1 : date.year, date.month % 12 + 1, 1);
                if (!next) break;
                day = *next;
            }
        }
    }

    void row(const SheetRow& one, int y) {
        const bool group = one.mark == SheetMark::Heading || one.mark == SheetMark::Summary;
        const int left = std::min(one.indent, 8) * 14;
        text(left, y + 19, shortened(one.name, static_cast<std::size_t>((300 - left) / 8)), group ? "s" : "");
        if (one.mark == SheetMark::Heading) return;
        const std::string dates = one.start == one.finish ? locale_.date_short(one.finish)
                                                          : locale_.date_short(one.start) + " \u2013 " + locale_.date_short(one.finish);
        text(310, y + 19, dates, "m");
        const int x0 = at(one.start), x1 = at(one.finish + 1);
        if (one.agreed) box(at(one.agreed->first), at(one.agreed->second + 1), y + 20, 4, "a");
        int end = x1;
        if (one.mark == SheetMark::Summary) {
            box(x0, x1, y + 11, 5, "d");
        } else if (one.mark == SheetMark::Bar) {
            box(x0, x1, y + 7, 12, one.critical ? "c" : "b");
            if (one.percent_done > 0) box(x0, x0 + (x1 - x0) * one.percent_done / 100, y + 7, 12, one.critical ? "cd" : "d");
            if (one.critical) out_ += "<rect x=\"" + std::to_string(x0) + "\" y=\"" + std::to_string(y + 7) + "\" width=\"" +
                                      std::to_string(std::max(x1 - x0, 2)) + "\" height=\"12\" rx=\"2\" class=\"o\"/>\n";
        } else {
            const std::string x = std::to_string(x1);
            out_ += "<path class=\"" + std::string(one.mark == SheetMark::Client ? "c" : "d") + "\" d=\"M" + x + " " +
                    std::to_string(y + 5) + "l8 8-8 8-8-8z\"/>\n";
            end = x1 + 8;
        }
        if (one.promised) {
            const int x = at(*one.promised + 1);
            out_ += "<path class=\"o\" d=\"M" + std::to_string(x) + " " + std::to_string(y + 22) + "v-18h9l-3 4 3 4h-9\"/>\n";
            end = std::max(end, x + 10);
        }
        if (one.likely) {
            const int x50 = at(one.likely->first + 1), x80 = at(one.likely->second + 1);
            out_ += "<path class=\"o\" d=\"M" + std::to_string(x50) + " " + std::to_string(y + 3) + "H" + std::to_string(x80) +
                    "m0 -3v6\"/>\n";
        }
        if (!one.beside.empty()) text(std::min(end + 8, kWide - 190), y + 18, shortened(one.beside, 34), "m");
    }

    // At most `most` signs, not bytes.
    static std::string shortened(const std::string& words, std::size_t most) {
        std::size_t signs = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if ((static_cast<unsigned char>(words[i]) & 0xC0) != 0x80 && ++signs > most) return words.substr(0, i) + "\u2026";
        }
        return words;
    }

    const PlanSheet& sheet_;
    const Locale& locale_;
    int days_;
    std::string out_;
};

}  // namespace

std::string plan_sheet_html(const PlanSheet& sheet, const Locale& locale) {
    std::string out = "<!doctype html>\n<html lang=\"" + std::string(locale.code()) + "\">\n<meta charset=\"utf-8\">\n<title>" +
                      escaped(sheet.title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n";
    const std::size_t pages = std::max<std::size_t>(1, (sheet.rows.size() + kSheetPageRows - 1) / kSheetPageRows);
    Drawing drawing(sheet, locale);
    for (std::size_t page = 0; page < pages; ++page) {
        const std::size_t from = page * kSheetPageRows, to = std::min(sheet.rows.size(), from + kSheetPageRows);
        out += "<section>\n<h1>" + escaped(sheet.title) + "</h1>\n<p>";
        if (!sheet.subtitle.empty()) out += escaped(sheet.subtitle) + " \u00B7 ";
        out += escaped(locale.text(msg("As it stands on {0}", locale.date(sheet.today)))) + " \u00B7 " +
               escaped(locale.text(msg("Page {0} of {1}", static_cast<std::int64_t>(page + 1), static_cast<std::int64_t>(pages))));
        if (sheet.left_out > 0 && page + 1 == pages)
            out += " \u00B7 " + escaped(locale.text(msgn("{n} more row is not printed; filter the plan to print it.",
                                                         "{n} more rows are not printed; filter the plan to print them.", sheet.left_out)));
        out += "</p>\n" + drawing.page(from, to) + "</section>\n";
    }
    return out + "</html>\n";
}

}  // namespace entente::report
