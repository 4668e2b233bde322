#include "core/change/guess.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace entente::change {

namespace {

struct NumberWord {
    std::string_view word;
    std::int64_t value;
};
// As they are said; Welsh with its soft and feminine forms.
constexpr std::array<NumberWord, 36> kNumbers{{
    {"a", 1},    {"an", 1},    {"one", 1},   {"another", 1}, {"couple", 2}, {"two", 2},   {"three", 3}, {"four", 4},   {"five", 5},
    {"six", 6},  {"seven", 7}, {"eight", 8}, {"nine", 9},    {"ten", 10},   {"few", 3},   {"half", 0},  {"un", 1},     {"dau", 2},
    {"dwy", 2},  {"ddau", 2},  {"ddwy", 2},  {"tri", 3},     {"tair", 3},   {"dri", 3},   {"dair", 3},  {"pedwar", 4}, {"pedair", 4},
    {"pump", 5}, {"pum", 5},   {"bum", 5},   {"chwech", 6},  {"chwe", 6},   {"saith", 7}, {"wyth", 8},  {"naw", 9},    {"deg", 10},
}};
constexpr std::array<std::string_view, 8> kWeeks{"week",        "weeks",     "wythnos",   "wythnosau",
                                                 "wythnosoedd", "fortnight", "bythefnos", "pythefnos"};
constexpr std::array<std::string_view, 8> kDays{"day", "days", "diwrnod", "ddiwrnod", "dydd", "diwrnodau", "niwrnod", "dyddiau"};
constexpr std::array<std::string_view, 8> kFewer{"less", "fewer", "shorter", "cut", "shorten", "reduce", "llai", "byrrach"};
// Words of a task's name that say nothing about which task it is.
constexpr std::array<std::string_view, 26> kEmpty{"the", "of",  "and", "with", "for", "to", "on",  "in",   "at", "a", "an", "more", "one",
                                                  "our", "can", "we",  "have", "y",   "yr", "a'r", "gyda", "ar", "i", "o",  "week", "day"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out(1);
    for (const char letter : fold(text)) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool part = byte >= 0x80 || letter == '\'' || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (part) out.back() += letter;
        else if (!out.back().empty()) out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

std::optional<std::int64_t> number_of(const std::string& word) {
    if (!word.empty() && word.size() <= 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::stoll(word);
    for (const NumberWord& known : kNumbers) {
        if (known.word == word) return known.value;
    }
    return std::nullopt;
}

// "one more week", "two extra days", "another week", "3 days": the nearest number at most three words before its unit.
std::optional<std::int64_t> days_in(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool weeks = is_one_of(kWeeks, words[i]);
        if (!weeks && !is_one_of(kDays, words[i])) continue;
        const bool fortnight = words[i] == "fortnight" || words[i] == "bythefnos" || words[i] == "pythefnos";
        std::int64_t count = 1;
        for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
            const auto number = number_of(words[i - back]);
            if (!number) continue;
            // "half a day" is one day, "half a week" two: a guess to be corrected.
            const bool half = *number == 0 || (i > back && words[i - back - 1] == "half");
            if (half) return weeks ? 2 : 1;
            count = *number;
            break;
        }
        return count * (fortnight ? 10 : weeks ? 5 : 1);
    }
    return std::nullopt;
}

// Words are alike where one begins the other by four letters or more: grade and grading, mix and mixing by three.
bool alike(const std::string& a, const std::string& b) {
    if (a == b) return true;
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t same = 0;
    while (same < shorter && a[same] == b[same]) ++same;
    return same >= 4 || (same == 3 && shorter == 3);
}

bool can_be_meant(const plan::Task& task) {
    return task.kind != plan::TaskKind::Summary && task.active && task.percent_done < 100 && !task.actual_finish;
}

}  // namespace

Guess guess(const plan::Project& project, std::string_view request) {
    const std::vector<std::string> asked = words_of(request);
    Guess out;
    out.days = days_in(asked);
    out.fewer = std::any_of(asked.begin(), asked.end(), [](const std::string& word) { return is_one_of(kFewer, word); });
    // A name that is said whole is meant more than a longer name that is half said.
    std::int64_t best = 0;
    for (const plan::Task& task : project.tasks) {
        if (!can_be_meant(task)) continue;
        std::int64_t said = 0, all = 0;
        for (const std::string& word : words_of(task.name)) {
            if (is_one_of(kEmpty, word)) continue;
            ++all;
            said += std::any_of(asked.begin(), asked.end(),
                                [&](const std::string& other) { return !is_one_of(kEmpty, other) && alike(word, other); });
        }
        const std::int64_t score = said == 0 ? 0 : said * 1000 - (all - said) * 100 + (task.kind == plan::TaskKind::Task ? 10 : 0);
        if (score > best) {
            best = score;
            out.task = task.id;
        }
    }
    return out;
}

}  // namespace entente::change
