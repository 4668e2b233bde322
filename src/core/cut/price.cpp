#include "core/cut/price.hpp"

#include <array>

#include "base/money.hpp"
#include "base/text.hpp"
#include "core/lookup.hpp"

namespace entente::cut {

namespace {

// What roles are called that do the work; the first words count most. Lower case, as parts of a name.
constexpr std::array<std::array<std::string_view, 6>, kDisciplines> kWords = {{
    {"conform", "online", "assistant", "editor", "golygydd", ""},
    {"vfx", "visual effects", "effects", "comp", "effeithiau", ""},
    {"colour", "color", "grad", "lliw", "", ""},
    {"sound", "mix", "audio", "dub", "sain", ""},
    {"music", "compos", "cerddor", "", "", ""},
    {"qc", "quality", "qa", "ansawdd", "", ""},
}};

// Frames as they fall in a minute of picture: minutes x rate, rounded up.
std::optional<std::int64_t> for_picture(std::int64_t frames, std::int64_t minutes_each, const Rate& rate) {
    const std::int64_t a_minute = std::int64_t{60} * rate.numerator;
    if (frames > kMaxFrame * 16 || minutes_each == 0) return minutes_each == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
    // frames x minutes x denominator / (60 x numerator), the whole minutes of picture apart so that nothing overflows
    const std::int64_t scaled = frames * rate.denominator;
    const std::int64_t whole = scaled / a_minute, rest = scaled % a_minute;
    return whole * minutes_each + (rest * minutes_each + a_minute - 1) / a_minute;
}

}  // namespace

Message discipline_name(Discipline discipline) {
    switch (discipline) {
        case Discipline::Conform: return msg("Conform");
        case Discipline::Vfx: return msg("VFX");
        case Discipline::Grade: return msg("Grade");
        case Discipline::Sound: return msg("Sound");
        case Discipline::Music: return msg("Music");
        case Discipline::Qc: return msg("QC");
    }
    return {};
}

RoleId role_for(Discipline discipline, const house::House& house) {
    const auto at = static_cast<std::size_t>(discipline);
    const RoleId stated = house.cut_rates.of[at].role;
    if (stated && by_id(house.roles, stated)) return stated;
    for (const std::string_view word : kWords[at]) {
        if (word.empty()) continue;
        for (const house::Role& role : house.roles) {
            if (fold(role.name).find(word) != std::string::npos) return role.id;
        }
    }
    return {};
}

Result<std::vector<WorkLine>> price_lines(const Diff& diff, const house::House& house) {
    std::vector<WorkLine> out;
    for (std::size_t i = 0; i < kDisciplines; ++i) {
        const auto discipline = static_cast<Discipline>(i);
        const DisciplineRate& rate = house.cut_rates.of[i];
        const bool hears = discipline == Discipline::Sound || discipline == Discipline::Qc;
        const std::int64_t events = diff.picture_changes + (hears ? diff.sound_changes : 0);
        if (events == 0) continue;
        const std::int64_t picture = diff.picture_changes > 0 ? diff.frames_changed : 0;
        const auto by_picture = for_picture(picture + (hears ? diff.sound_frames : 0), rate.minutes_per_picture_minute, diff.rate_after);
        if (!by_picture) return fail(ErrorCode::Overflow, msg("The amount is too large."));
        WorkLine line{discipline, role_for(discipline, house), rate.fixed_minutes + events * rate.minutes_per_event + *by_picture, 0, 0};
        if (line.minutes == 0) continue;
        if (const house::Role* role = by_id(house.roles, line.role)) {
            const auto internal = times_minutes(role->cost_per_hour_minor, line.minutes),
                       charge = times_minutes(role->charge_per_hour_minor, line.minutes);
            if (!internal || !charge) return fail(ErrorCode::Overflow, msg("The amount is too large."));
            line.internal_minor = *internal;
            line.charge_minor = *charge;
        }
        out.push_back(line);
    }
    return out;
}

}  // namespace entente::cut
