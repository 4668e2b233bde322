#include "app/cli/commands.hpp"
#include "app/cli/plan_input.hpp"
#include "app/cli/table.hpp"
#include "base/json_writer.hpp"
#include "exchange/cut_file.hpp"

namespace entente::app {

namespace {

using cut::EventChange;

std::string range_text(const std::optional<cut::Range>& range, const cut::Rate& rate) {
    return range ? cut::timecode(range->in, rate) + "-" + cut::timecode(range->out, rate) : std::string();
}

// The number that a list counts it by, else its name; a gap has neither.
std::string event_text(const EventChange& change) {
    if (change.gap) return change.sound ? "silence" : "black";
    return change.number.empty() ? change.name : change.number;
}

void range_member(JsonWriter& json, std::string_view key, const std::optional<cut::Range>& range, const cut::Rate& rate) {
    if (range) {
        json.text(key, range_text(range, rate));
    } else {
        json.null(key);
    }
}

std::string as_json(const cut::Diff& diff, const std::vector<std::string>& warnings) {
    JsonWriter json;
    json.begin_object();
    json.number("events_before", diff.events_before);
    json.number("events_after", diff.events_after);
    json.number("frames_changed", diff.frames_changed);
    json.begin_array("changes");
    for (const EventChange& change : diff.changes) {
        json.begin_object();
        json.text("kind", cut::kind_code(change.kind));
        json.text("event", event_text(change));
        range_member(json, "before", change.before, diff.rate_before);
        range_member(json, "after", change.after, diff.rate_after);
        json.number("frames", change.frames);
        json.end_object();
    }
    json.end_array();
    json.texts("warnings", warnings);
    json.end_object();
    return json.take();
}

const char* kind_word(cut::Kind kind, const Locale& locale) {
    switch (kind) {
        case cut::Kind::Added: return locale.tr("added");
        case cut::Kind::Removed: return locale.tr("removed");
        case cut::Kind::Moved: return locale.tr("moved");
        case cut::Kind::Trimmed: return locale.tr("trimmed");
        case cut::Kind::Retimed: return locale.tr("retimed");
        case cut::Kind::Transition: return locale.tr("transition");
    }
    return "";
}

std::string as_table(const cut::Diff& diff, const Locale& locale) {
    std::string out = locale.text(msg("{0} events before, {1} after, at {2} frames a second.", diff.events_before, diff.events_after,
                                      cut::rate_name(diff.rate_after))) + "\n";
    if (diff.empty()) return out + locale.tr("The two cuts are the same.") + "\n";
    out += locale.text(msg("{0} of picture changed: {1}.", locale.text(msgn("{n} frame", "{n} frames", diff.frames_changed)),
                           cut::length_text(diff.frames_changed, diff.rate_after))) + "\n";
    if (diff.shifted > 0)
        out += locale.text(msgn("{n} event only stands elsewhere in time.", "{n} events only stand elsewhere in time.", diff.shifted)) +
               "\n";
    TextTable table({{locale.tr("Change"), false, 16},
                     {locale.tr("Event"), false, 12},
                     {locale.tr("Clip"), false, 40},
                     {locale.tr("Before"), false, 24},
                     {locale.tr("After"), false, 24},
                     {locale.tr("Frames"), true, 10},
                     {"", false, 12}});
    for (const EventChange& change : diff.changes) {
        table.row({kind_word(change.kind, locale), change.number, change.gap ? locale.tr("black") : change.name,
                   range_text(change.before, diff.rate_before), range_text(change.after, diff.rate_after), std::to_string(change.frames),
                   change.sound ? locale.tr("sound") : ""});
    }
    return out + "\n" + table.text();
}

// "before: line 12: ..."
std::vector<std::string> warnings_of(const exchange::CutPair& pair, const Arguments& arguments, const Locale& locale) {
    std::vector<std::string> out;
    const auto take = [&](const exchange::CutFile& file, const std::string& name) {
        for (const exchange::Problem& problem : file.problems) out.push_back(name + ": " + sentence(problem, locale));
    };
    take(pair.before, arguments.operand);
    take(pair.after, arguments.second);
    for (const Message& note : pair.diff.notes) out.push_back(locale.text(note));
    return out;
}

bool left_out(const exchange::CutFile& file) {
    for (const exchange::Problem& problem : file.problems) {
        if (problem.error) return true;
    }
    return false;
}

}  // namespace

Result<Outcome> run_cut_diff(const Arguments& arguments, const World& world, const Locale& locale) {
    const std::string format = arguments.option("format").value_or(world.out_is_terminal ? "table" : "json");
    if (format != "json" && format != "table") return fail(ErrorCode::Refused, msg("The format must be json or table."));
    std::optional<exchange::StatedRate> rate;
    if (const auto stated = arguments.option("rate")) {
        rate = exchange::parse_stated_rate(*stated);
        if (!rate) {
            return fail(ErrorCode::Refused, msg("\u201c{0}\u201d is not a rate that picture runs at.", *stated), {},
                        msg("Write it as 23.976, 24, 25, 29.97df, 29.97ndf, 30, 48, 50, 59.94df, 59.94ndf or 60."));
        }
    }
    const Message smaller = msg("Export the timeline without media and effects, or as an EDL.");
    const auto before = read_sized(world, arguments.operand, exchange::kMaxCutBytes, smaller);
    if (!before) return tl::unexpected<Error>(before.error());
    const bool same = arguments.operand == "-" && arguments.second == "-";
    const auto after = same ? before : read_sized(world, arguments.second, exchange::kMaxCutBytes, smaller);
    if (!after) return tl::unexpected<Error>(after.error());
    const auto pair = exchange::compare_cuts(*before, *after, rate);
    if (!pair) return tl::unexpected<Error>(pair.error());
    const std::vector<std::string> warnings = warnings_of(*pair, arguments, locale);
    Outcome outcome;
    outcome.code = left_out(pair->before) || left_out(pair->after) ? kExitProblem : kExitOk;
    if (format == "json") {
        outcome.out = as_json(pair->diff, warnings);
    } else {
        outcome.out = as_table(pair->diff, locale);
        for (const std::string& warning : warnings) outcome.err += "entente: " + warning + "\n";
    }
    return outcome;
}

}  // namespace entente::app
