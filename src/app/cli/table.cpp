#include "app/cli/table.hpp"

#include <algorithm>
#include <cstdint>

#include "base/text.hpp"

namespace entente::app {

namespace {

struct Range {
    std::uint32_t from, to;
    std::size_t width;
};
constexpr Range kWidths[] = {
    {0x0300, 0x036F, 0}, {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x064B, 0x065F, 0},
    {0x1100, 0x115F, 2}, {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},   {0x200B, 0x200F, 0},
    {0x20D0, 0x20FF, 0}, {0x2E80, 0x303E, 2},   {0x3041, 0x33FF, 2},   {0x3400, 0x4DBF, 2},
    {0x4E00, 0x9FFF, 2}, {0xA000, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},
    {0xFE00, 0xFE0F, 0}, {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},
    {0xFFE0, 0xFFE6, 2}, {0x1F300, 0x1F64F, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
};

// The next code point of valid UTF-8 and its size.
std::uint32_t next_point(std::string_view text, std::size_t at, std::size_t& size) {
    const auto lead = static_cast<std::uint8_t>(text[at]);
    size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    size = std::min(size, text.size() - at);
    std::uint32_t point = size == 1 ? lead : lead & (0xFF >> (size + 1));
    for (std::size_t i = 1; i < size; ++i)
        point = point << 6 | (static_cast<std::uint8_t>(text[at + i]) & 0x3F);
    return point;
}

std::size_t width_of(std::uint32_t point) {
    const auto* found = std::find_if(std::begin(kWidths), std::end(kWidths),
                                     [&](const Range& r) { return point >= r.from && point <= r.to; });
    return found == std::end(kWidths) ? 1 : found->width;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0, size = 0;
    for (std::size_t at = 0; at < text.size(); at += size) width += width_of(next_point(text, at, size));
    return width;
}

std::string fit(std::string_view text, std::size_t most) {
    if (display_width(text) <= most) return std::string(text);
    std::size_t width = 0, size = 0, at = 0;
    for (; at < text.size(); at += size) {
        width += width_of(next_point(text, at, size));
        if (width > most - 1) break;
    }
    return std::string(text.substr(0, at)) + "\u2026";
}

void TextTable::row(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string cell = clean_utf8(cells[i]);
        std::replace_if(cell.begin(), cell.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
        cells[i] = fit(cell, columns_[i].most);
    }
    rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = display_width(columns_[i].header);
        for (const auto& row : rows_) width = std::max(width, display_width(row[i]));
        widths.push_back(width);
    }
    std::string out;
    const auto line = [&](auto cell_of) {
        std::string text;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::string& cell = cell_of(i);
            const std::string pad(widths[i] - display_width(cell), ' ');
            text += (i ? "  " : "") + (columns_[i].right ? pad + cell : cell + pad);
        }
        out += text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
    };
    const bool headed = std::any_of(columns_.begin(), columns_.end(),
                                    [](const Column& column) { return !column.header.empty(); });
    if (headed) line([&](std::size_t i) -> const std::string& { return columns_[i].header; });
    for (const auto& row : rows_) line([&](std::size_t i) -> const std::string& { return row[i]; });
    return out;
}

}  // namespace entente::app
