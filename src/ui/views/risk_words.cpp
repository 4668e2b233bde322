#include "ui/views/risk_words.hpp"

namespace entente::ui {

std::int64_t of_hundred(std::int64_t permille) {
    if (permille > 0 && permille < 10) return 1;
    if (permille < 1000 && permille >= 990) return 99;
    return (permille + 5) / 10;
}

Message finish_sentence(const risk::Finish& finish) {
    if (finish.promised) return msg("8 in 10 runs finish by {0}; promised {1}.", finish.p80, *finish.promised);
    return msg("8 in 10 runs finish by {0}; the plan says {1}.", finish.p80, finish.planned);
}

Status promise_chance(const Frame& frame, const risk::Finish& finish) {
    if (finish.kept_permille >= 800) return {Shape::Tick, Tone::Ok, frame.tr("likely to be kept")};
    if (finish.kept_permille >= 500) return {Shape::Triangle, Tone::Warn, frame.tr("more likely kept than not")};
    return {Shape::Square, Tone::Bad, frame.tr("more likely missed than kept")};
}

std::string whisker_words(const Frame& frame, const risk::Finish& finish) {
    const std::string p80 = frame.locale.date_weekday(finish.p80);
    if (finish.p50 == finish.p80) return frame.text(msg("half the runs and 8 in 10 by {0}", p80));
    return frame.text(msg("half the runs by {0}, 8 in 10 by {1}", frame.locale.date_weekday(finish.p50), p80));
}

}  // namespace entente::ui
