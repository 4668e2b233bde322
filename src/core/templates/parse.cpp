#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "core/templates/template.hpp"

namespace entente::templates {

namespace {

constexpr std::size_t kMaxBytes = 64 * 1024, kMaxSteps = 2'000, kParts = 7;
constexpr int kMaxTimes = 50, kMaxAmount = 10'000;
constexpr std::string_view kFirstLine = "entente template 1";

std::optional<int> number_of(std::string_view text) {
    int value = 0;
    if (text.empty() || text.size() > 5) return std::nullopt;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

// "5d", "4h", "30m", "0".
std::optional<Length> length_of(std::string_view text) {
    if (text == "0") return Length{};
    if (text.size() < 2) return std::nullopt;
    const auto amount = number_of(text.substr(0, text.size() - 1));
    if (!amount || *amount > kMaxAmount) return std::nullopt;
    switch (text.back()) {
        case 'd': return Length{*amount, Unit::Days};
        case 'h': return Length{std::int64_t{*amount} * 60, Unit::Minutes};
        case 'm': return Length{*amount, Unit::Minutes};
        default: return std::nullopt;
    }
}

std::string with_numbers(std::string_view code, int number) {
    std::string out;
    for (const char c : code) {
        if (c == '%') out += std::to_string(number);
        else if (c == '<') out += std::to_string(number - 1);
        else out += c;
    }
    return out;
}

// "12SS+2d": none where it is not that.
std::optional<After> after_of(std::string_view text) {
    constexpr std::pair<std::string_view, plan::LinkKind> kKinds[] = {{"FS", plan::LinkKind::FinishToStart},
                                                                      {"SS", plan::LinkKind::StartToStart},
                                                                      {"FF", plan::LinkKind::FinishToFinish},
                                                                      {"SF", plan::LinkKind::StartToFinish}};
    After out;
    if (const std::size_t sign = text.find_first_of("+-"); sign != std::string_view::npos) {
        const auto lag = length_of(text.substr(sign + 1));
        if (!lag) return std::nullopt;
        out.lag = *lag;
        if (text[sign] == '-') out.lag.amount = -out.lag.amount;
        text = text.substr(0, sign);
    }
    for (const auto& [word, kind] : kKinds) {
        if (text.size() <= 2 || text.substr(text.size() - 2) != word) continue;
        out.kind = kind;
        text.remove_suffix(2);
        break;
    }
    if (text.empty()) return std::nullopt;
    out.code = std::string(text);
    return out;
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<Template> run() {
        if (text_.size() > kMaxBytes || !valid_utf8(text_)) return wrong();
        for (const std::string_view raw : split(text_, '\n')) {
            ++line_;
            const std::string_view line = trim(raw);
            const bool good = line_ == 1 ? line == kFirstLine : line.empty() || line[0] == '#' || read(line);
            if (!good) return wrong();
        }
        if (line_ == 0 || times_ > 0 || out_.name.empty() || out_.steps.empty()) return wrong();
        if (!out_.round_before.empty() && !codes_.count(out_.round_before)) return wrong("“" + out_.round_before + "”");
        for (const Step& step : out_.steps)
            for (const After& after : step.after)
                if (!codes_.count(after.code)) return wrong("“" + after.code + "”");
        return std::move(out_);
    }

private:
    tl::unexpected<Error> wrong(std::string where = {}) const {
        if (where.empty()) where = "line " + std::to_string(line_);
        return fail(ErrorCode::BadInput, msg("The template cannot be read."), std::move(where));
    }

    bool read(std::string_view line) {
        if (line == "end") return end_repeat();
        if (line.find('|') != std::string_view::npos) return read_step(line);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return false;
        const std::string_view key = line.substr(0, colon), value = trim(line.substr(colon + 1));
        if (value.empty()) return false;
        if (key == "name") return once(out_.name, value);
        if (key == "about") return once(out_.about, value);
        if (key == "kind") return once(out_.kind, value);
        if (key == "stage") return stage_ = value, true;
        const std::vector<std::string_view> words = split(value, ' ');
        const auto first = number_of(words[0]);
        if (!first) return false;
        if (key == "rounds") return read_rounds(*first, words);
        if (key == "repeat" && words.size() == 1) return begin_repeat(*first);
        if (key != "days" || words.size() != 2) return false;
        const auto high = number_of(words[1]);
        out_.low_days = *first;
        out_.high_days = high.value_or(0);
        return out_.low_days <= out_.high_days;
    }

    bool read_rounds(int count, const std::vector<std::string_view>& words) {
        out_.rounds = count;
        if (words.size() == 1) return true;
        const auto length = words.size() == 3 ? length_of(words[2]) : std::nullopt;
        if (!length) return false;
        out_.round_before = std::string(words[1]);
        out_.round_length = *length;
        return true;
    }

    static bool once(std::string_view& field, std::string_view value) {
        if (!field.empty()) return false;
        field = value;
        return true;
    }

    bool begin_repeat(int times) {
        if (times_ > 0 || times < 1 || times > kMaxTimes) return false;
        times_ = times;
        block_.clear();
        return true;
    }

    bool end_repeat() {
        if (times_ == 0) return false;
        for (int number = 1; number <= times_; ++number) {
            for (Step step : block_) {
                step.number = number;
                step.code = with_numbers(step.code, number);
                if (number == 1) std::erase_if(step.after, [](const After& a) { return a.code.find('<') != std::string::npos; });
                for (After& after : step.after) after.code = with_numbers(after.code, number);
                if (!add(std::move(step))) return false;
            }
        }
        times_ = 0;
        return true;
    }

    bool add(Step step) {
        if (out_.steps.size() >= kMaxSteps || !codes_.insert(step.code).second) return false;
        out_.steps.push_back(std::move(step));
        return true;
    }

    bool read_step(std::string_view line) {
        std::vector<std::string_view> parts = split(line, '|');
        if (parts.size() != kParts || stage_.empty()) return false;
        for (std::string_view& part : parts) part = trim(part);
        Step step;
        step.code = std::string(parts[0]);
        step.name = parts[1];
        step.stage = stage_;
        const auto length = length_of(parts[2]);
        if (step.code.empty() || step.name.empty() || !length) return false;
        step.length = *length;
        for (const std::string_view role : split(parts[3], ','))
            if (!trim(role).empty()) step.roles.push_back(trim(role));
        for (const std::string_view one : split(parts[4], ',')) {
            if (trim(one).empty()) continue;
            const auto after = after_of(trim(one));
            if (!after) return false;
            step.after.push_back(*after);
        }
        if (!read_client(parts[5], step)) return false;
        step.question = parts[6];
        if (times_ == 0) return add(std::move(step));
        block_.push_back(std::move(step));
        return block_.size() <= kMaxSteps;
    }

    static bool read_client(std::string_view text, Step& step) {
        for (const std::string_view word : split(text, ' ')) {
            if (word.empty()) continue;
            step.visible = true;
            if (word == "decides") step.part = plan::ClientPart::Decision;
            else if (word == "gives") step.part = plan::ClientPart::Input;
            else if (word == "promised") step.promised = true;
            else if (word != "sees") return false;
        }
        return true;
    }

    std::string_view text_, stage_;
    int line_ = 0, times_ = 0;  // times_: inside a repetition
    Template out_;
    std::vector<Step> block_;
    std::set<std::string> codes_;
};

}  // namespace

Result<Template> parse(std::string_view text) { return Parser(text).run(); }

}  // namespace entente::templates
