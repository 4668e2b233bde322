#include "exchange/psplib.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/rules.hpp"
#include "exchange/decode_text.hpp"

namespace entente::exchange {

namespace {

constexpr std::int64_t kMaxDays = 1'000'000;
constexpr std::size_t kMaxNetworkBytes = 4u << 20;  // the largest of the libraries have a tenth of it

struct Job {
    std::int64_t days = 0, modes = 1;
    std::vector<std::int64_t> successors;
};

tl::unexpected<Error> broken(std::string where) {
    return fail(ErrorCode::BadInput, msg("The network is cut short or broken."), std::move(where),
                msg("Fetch the file again, or write the network as a table of id, duration and successors."));
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(trim(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// The whole numbers of a line, up to the first word that is none; `clean` where there is no such word.
struct Numbers {
    std::vector<std::int64_t> values;
    bool clean = true;
};
Numbers numbers_of(std::string_view line) {
    Numbers out;
    while (!(line = trim(line)).empty()) {
        const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
        std::int64_t value = 0;
        for (const char c : line.substr(0, end)) {
            if (c < '0' || c > '9' || value > kMaxDays) {
                out.clean = false;
                return out;
            }
            value = value * 10 + (c - '0');
        }
        out.values.push_back(value);
        line.remove_prefix(end);
    }
    return out;
}

// Numbers taken one after the other, wherever the lines break.
class Stream {
public:
    explicit Stream(const std::vector<std::int64_t>& values) : values_(values) {}
    std::optional<std::int64_t> next() { return at_ < values_.size() ? std::optional(values_[at_++]) : std::nullopt; }
    bool end() const { return at_ == values_.size(); }

private:
    const std::vector<std::int64_t>& values_;
    std::size_t at_ = 0;
};

bool take_successors(Stream& stream, std::int64_t count, std::vector<std::int64_t>& out) {
    for (std::int64_t i = 0; i < count; ++i) {
        const auto next = stream.next();
        if (!next) return false;
        out.push_back(*next);
    }
    return true;
}

// The line below the one that holds `title`, counted from `at`; the number of lines where there is none.
std::size_t below(const std::vector<std::string_view>& lines, std::string_view title) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lower_ascii(lines[i]).find(title) != std::string::npos) return i + 1;
    }
    return lines.size();
}

// The lines of numbers of a section, which ends at a line of stars.
std::vector<Numbers> section(const std::vector<std::string_view>& lines, std::string_view title) {
    std::vector<Numbers> out;
    for (std::size_t i = below(lines, title); i < lines.size() && lines[i].substr(0, 1) != "*"; ++i) {
        Numbers row = numbers_of(lines[i]);
        if (row.clean && !row.values.empty()) out.push_back(std::move(row));
    }
    return out;
}

bool read_precedence(const std::vector<std::string_view>& lines, std::vector<Job>& jobs) {
    std::vector<std::int64_t> all;
    for (const Numbers& row : section(lines, "precedence relations")) all.insert(all.end(), row.values.begin(), row.values.end());
    Stream stream(all);
    while (!stream.end()) {
        const auto number = stream.next(), modes = stream.next(), count = stream.next();
        Job job;
        if (!count || *number != static_cast<std::int64_t>(jobs.size()) + 1 || *modes < 1) return false;
        job.modes = *modes;
        if (!take_successors(stream, *count, job.successors)) return false;
        jobs.push_back(std::move(job));
        if (jobs.size() > kMaxImportTasks) break;  // as_table() says so
    }
    return !jobs.empty();
}

// One line for each way to do a job; the job's number stands on its first.
bool read_lengths(const std::vector<std::string_view>& lines, std::vector<Job>& jobs) {
    const std::vector<Numbers> rows = section(lines, "requests/durations");
    std::size_t at = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (at >= rows.size() || rows[at].values.size() < 3 || rows[at].values[0] != static_cast<std::int64_t>(i) + 1) return false;
        jobs[i].days = rows[at].values[2];
        at += static_cast<std::size_t>(std::min<std::int64_t>(jobs[i].modes, kMaxDays));
    }
    return true;
}

std::optional<std::int64_t> stated_length(const std::vector<std::string_view>& lines) {
    const std::size_t head = below(lines, "project information");
    if (head + 1 >= lines.size() || lower_ascii(lines[head]).find("mpm-time") == std::string::npos) return std::nullopt;
    const Numbers row = numbers_of(lines[head + 1]);
    return row.values.size() == 6 && row.clean ? std::optional(row.values[5]) : std::nullopt;
}

// Patterson: jobs and resources, what there is of each, then for each job its length, what it takes of each, and its successors.
std::vector<Job> read_patterson(std::string_view text) {
    std::vector<std::int64_t> all;
    for (const std::string_view line : lines_of(text)) {
        const Numbers row = numbers_of(line);
        if (!row.clean) return {};
        all.insert(all.end(), row.values.begin(), row.values.end());
    }
    Stream stream(all);
    const auto count = stream.next(), resources = stream.next();
    if (!resources || *count < 2 || *count > kMaxDays || *resources > 100) return {};
    for (std::int64_t i = 0; i < *resources; ++i) stream.next();
    std::vector<Job> jobs;
    for (std::int64_t i = 0; i < *count; ++i) {
        if (jobs.size() > kMaxImportTasks) return jobs;  // as_table() says so
        Job job;
        const auto days = stream.next();
        for (std::int64_t k = 0; k < *resources; ++k) stream.next();
        const auto successors = stream.next();
        if (!successors || !take_successors(stream, *successors, job.successors)) return {};
        job.days = *days;
        jobs.push_back(std::move(job));
    }
    return stream.end() ? std::move(jobs) : std::vector<Job>{};
}

bool is_psplib(std::string_view text) {
    const std::string lower = lower_ascii(text);
    return lower.find("precedence relations") != std::string::npos && lower.find("requests/durations") != std::string::npos;
}

Result<Network> as_table(const std::vector<Job>& jobs) {
    Network out;
    std::size_t links = 0;
    std::int64_t several = 0;
    if (jobs.size() > kMaxImportTasks)
        return fail(ErrorCode::TooLarge, msg("A plan holds {0} tasks at most.", static_cast<std::int64_t>(kMaxImportTasks)));
    out.table = "id,duration_days,successors\n";
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        out.table += std::to_string(i + 1) + "," + std::to_string(jobs[i].days) + ",";
        for (const std::int64_t next : jobs[i].successors) {
            if (next < 1 || next > static_cast<std::int64_t>(jobs.size()))
                return broken(std::to_string(i + 1) + " \u2192 " + std::to_string(next));
            out.table += std::to_string(next) + ";";
        }
        out.table += "\n";
        links += jobs[i].successors.size();
        if (jobs[i].modes > 1) ++several;
    }
    if (links > kMaxLinks) return fail(ErrorCode::TooLarge, msg("A plan holds {0} links at most.", static_cast<std::int64_t>(kMaxLinks)));
    if (several > 0)
        out.notes.push_back({0, msgn("{n} job can be done in several ways; the first was taken.",
                                     "{n} jobs can be done in several ways; the first of each was taken.", several), false});
    out.notes.push_back({0, msg("The network's limits of resources play no part here."), false});
    return out;
}

}  // namespace

bool is_network(ByteView bytes) {
    if (bytes.size() > kMaxNetworkBytes || bytes.empty()) return false;
    const std::string_view raw = text_of(bytes);
    if (raw[0] == '*' || raw[0] == 'f') return is_psplib(raw);
    if (raw.find_first_not_of("0123456789 \t\r\n") != std::string_view::npos) return false;
    return !read_patterson(raw).empty();
}

Result<Network> read_network(ByteView bytes) {
    const std::string text = decode_text(bytes).text;
    if (!is_psplib(text)) {
        const std::vector<Job> jobs = read_patterson(text);
        if (jobs.empty()) return broken({});
        return as_table(jobs);
    }
    const std::vector<std::string_view> lines = lines_of(text);
    std::vector<Job> jobs;
    const bool listed = read_precedence(lines, jobs);
    if (!listed || (jobs.size() <= kMaxImportTasks && !read_lengths(lines, jobs))) return broken({});
    auto out = as_table(jobs);
    if (out) out->stated_days = stated_length(lines);
    return out;
}

}  // namespace entente::exchange
