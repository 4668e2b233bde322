#include "app/cuts/cut_job.hpp"

#include "base/text.hpp"
#include "exchange/cut_file.hpp"

namespace entente::app {

namespace {

constexpr std::size_t kMaxShownName = 120;

void warn(const exchange::CutFile& file, const std::string& name, std::vector<Message>& out) {
    for (const exchange::Problem& problem : file.problems) {
        const Message text = problem.line > 0 ? msg("Line {0}: {1}", std::to_string(problem.line), problem.text) : problem.text;
        out.push_back(msg("{0}: {1}", name, text));
    }
}

}  // namespace

void CutJob::take(bool later, const std::string& name, Bytes bytes) {
    (later ? after_ : before_) = std::move(bytes);
    (later ? view_.after_name : view_.before_name) = clean_utf8(truncate_utf8(name, kMaxShownName));
    if (!view_.before_name.empty() && !view_.after_name.empty()) compare();
}

void CutJob::set_rate(const std::optional<cut::Rate>& rate) {
    view_.rate = rate;
    if (!view_.before_name.empty() && !view_.after_name.empty()) compare();
}

void CutJob::compare() {
    view_.compared = false;
    view_.failure.reset();
    view_.warnings.clear();
    std::optional<exchange::StatedRate> stated;
    if (view_.rate) stated = exchange::StatedRate{*view_.rate, true};
    auto pair = exchange::compare_cuts(before_, after_, stated);
    if (!pair) {
        view_.failure = pair.error();
        return;
    }
    warn(pair->before, view_.before_name, view_.warnings);
    warn(pair->after, view_.after_name, view_.warnings);
    for (const Message& note : pair->diff.notes) view_.warnings.push_back(note);
    view_.assumed_before = pair->before.rate_assumed;
    view_.assumed_after = pair->after.rate_assumed;
    view_.diff = std::move(pair->diff);
    view_.compared = true;
}

}  // namespace entente::app
