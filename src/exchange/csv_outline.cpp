#include "exchange/csv_outline.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/text.hpp"

namespace entente::exchange {

namespace {

using Parents = std::vector<std::size_t>;  // of each row; kNoParent at the top

template <class Text>
std::unordered_map<std::string, std::size_t> index_by(const std::vector<PlanRow>& rows, Text text) {
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < rows.size(); ++i) index.emplace(text(rows[i]), i);
    return index;
}

Parents by_parent_column(const std::vector<PlanRow>& rows, ProblemList& problems) {
    const auto codes = index_by(rows, [](const PlanRow& row) { return row.code; });
    std::unordered_map<std::string, std::size_t> names;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto [found, fresh] = names.emplace(fold(rows[i].name), i);
        if (!fresh) found->second = kNoParent;  // two of that name: it tells nothing
    }
    Parents parents(rows.size(), kNoParent);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].parent.empty()) continue;
        if (const auto code = codes.find(rows[i].parent); code != codes.end()) {
            parents[i] = code->second;
        } else if (const auto name = names.find(fold(rows[i].parent)); name != names.end()) {
            parents[i] = name->second;
        }
        if (parents[i] == i) parents[i] = kNoParent;
        if (parents[i] == kNoParent) {
            problems.note(rows[i].line,
                          msg("The parent \u201c{0}\u201d was not found; the task stands by itself.",
                              quoted_piece(rows[i].parent)));
        }
    }
    return parents;
}

Parents by_level(const std::vector<PlanRow>& rows) {
    Parents parents(rows.size(), kNoParent);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int level = rows[i].level.value_or(open.empty() ? 1 : *rows[open.back()].level);
        if (!rows[i].level) {
            parents[i] = open.empty() ? kNoParent : parents[open.back()];
            continue;
        }
        while (!open.empty() && *rows[open.back()].level >= level) open.pop_back();
        if (!open.empty()) parents[i] = open.back();
        open.push_back(i);
    }
    return parents;
}

bool dotted_number(std::string_view text) {
    bool digit = false;
    for (const char c : text) {
        if (c == '.' && !digit) return false;
        if (c != '.' && (c < '0' || c > '9')) return false;
        digit = c != '.';
    }
    return digit;
}

// "1.2.3" stands under "1.2"; where that is missing, under "1".
Parents by_dots(const std::vector<PlanRow>& rows, const std::string PlanRow::*field) {
    const auto index = index_by(rows, [field](const PlanRow& row) { return row.*field; });
    Parents parents(rows.size(), kNoParent);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string_view number = rows[i].*field;
        if (!dotted_number(number)) continue;
        for (std::size_t dot = number.rfind('.'); dot != std::string_view::npos && parents[i] == kNoParent;
             dot = number.rfind('.')) {
            number = number.substr(0, dot);
            if (const auto found = index.find(std::string(number));
                found != index.end() && found->second != i)
                parents[i] = found->second;
        }
    }
    return parents;
}

bool dotted_ids(const std::vector<PlanRow>& rows) {
    const auto codes = index_by(rows, [](const PlanRow& row) { return row.code; });
    bool any = false;
    for (const PlanRow& row : rows) {
        if (!dotted_number(row.code)) return false;
        const std::size_t dot = row.code.rfind('.');
        if (dot == std::string::npos) continue;
        if (codes.find(row.code.substr(0, dot)) == codes.end()) return false;
        any = true;
    }
    return any;
}

Parents find_parents(const std::vector<PlanRow>& rows, ProblemList& problems) {
    const auto any = [&](auto test) { return std::any_of(rows.begin(), rows.end(), test); };
    if (any([](const PlanRow& row) { return !row.parent.empty(); })) return by_parent_column(rows, problems);
    if (any([](const PlanRow& row) { return row.level.has_value(); })) return by_level(rows);
    if (any([](const PlanRow& row) { return row.wbs.find('.') != std::string::npos; }))
        return by_dots(rows, &PlanRow::wbs);
    if (dotted_ids(rows)) return by_dots(rows, &PlanRow::code);
    return Parents(rows.size(), kNoParent);
}

// Cuts circles and what lies too deep. Walks up at most kMaxOutlineDepth steps, which a circle exceeds too.
void limit_depth(const std::vector<PlanRow>& rows, Parents& parents, ProblemList& problems) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::size_t depth = 0, at = i;
        while (parents[at] != kNoParent && depth <= kMaxOutlineDepth) {
            at = parents[at];
            ++depth;
        }
        if (depth <= kMaxOutlineDepth) continue;
        parents[i] = kNoParent;
        problems.note(rows[i].line,
                      msg("The outline runs in a circle or is too deep; the task stands by itself."));
    }
}

}  // namespace

std::vector<OutlineRow> arrange_outline(const std::vector<PlanRow>& rows, ProblemList& problems) {
    Parents parents = find_parents(rows, problems);
    limit_depth(rows, parents, problems);
    std::vector<std::vector<std::size_t>> children(rows.size());
    std::vector<std::size_t> todo;
    for (std::size_t i = rows.size(); i-- > 0;) {
        if (parents[i] == kNoParent) todo.push_back(i);
        else children[parents[i]].push_back(i);  // last first, as they are taken from the end of `todo`
    }
    std::vector<OutlineRow> out;
    std::vector<std::size_t> place(rows.size(), kNoParent);
    out.reserve(rows.size());
    while (!todo.empty()) {
        const std::size_t row = todo.back();
        todo.pop_back();
        place[row] = out.size();
        out.push_back(
            {row, parents[row] == kNoParent ? kNoParent : place[parents[row]], !children[row].empty()});
        todo.insert(todo.end(), children[row].begin(), children[row].end());
    }
    return out;
}

}  // namespace entente::exchange
