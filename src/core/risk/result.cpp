#include "core/risk/result.hpp"

#include <algorithm>


namespace entente::risk {

namespace {

constexpr std::size_t kMostFinishes = 2'000, kMostCritical = 50'000;

// Ascending; three passes of eleven bits over what the numbers are above the smallest.
void sort_numbers(std::vector<std::int32_t>& numbers, std::vector<std::int32_t>& spare) {
    const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
    const std::int64_t base = *low;
    const auto range = static_cast<std::uint64_t>(*high - base);
    spare.resize(numbers.size());
    for (int shift = 0; shift < 33 && (range >> shift) > 0; shift += 11) {
        std::vector<std::uint32_t> begin(2049);
        const auto digit = [&](std::int32_t n) { return static_cast<std::size_t>((static_cast<std::uint64_t>(n - base) >> shift) & 2047); };
        for (const std::int32_t n : numbers) ++begin[digit(n) + 1];
        for (std::size_t d = 0; d < 2048; ++d) begin[d + 1] += begin[d];
        for (const std::int32_t n : numbers) spare[begin[digit(n)]++] = n;
        numbers.swap(spare);
    }
}

Day day_of_finish(const Simulation& simulation, std::size_t target, std::int32_t finish) {
    const LocalMinute at{simulation.minute_of(target, finish)};
    const bool before = simulation.program().targets[target].midnight_before && minute_of_day(at) == 0;
    return before ? day_of(at) - 1 : day_of(at);
}

std::int32_t rank(const std::vector<std::int32_t>& sorted, std::size_t percent) {
    const std::size_t place = (sorted.size() * percent + 99) / 100;
    return sorted[place > 0 ? place - 1 : 0];
}

std::vector<Bin> histogram(const Simulation& simulation, std::size_t target, const std::vector<std::int32_t>& sorted) {
    const Day first = day_of_finish(simulation, target, sorted.front()), last = day_of_finish(simulation, target, sorted.back());
    const int days = (last - first) / static_cast<int>(kMostBins) + 1;
    std::vector<Bin> bins;
    auto at = sorted.begin();
    for (Day from = first; from <= last; from = from + days) {
        const Day to = std::min(from + (days - 1), last);
        const auto end = std::partition_point(at, sorted.end(), [&](std::int32_t finish) { return day_of_finish(simulation, target,
            finish) <= to; });
        bins.push_back({from, to, static_cast<std::uint32_t>(end - at)});
        at = end;
    }
    return bins;
}

Finish finish_of(const Simulation& simulation, std::size_t t, std::vector<std::int32_t>& sorted, std::vector<std::int32_t>& spare) {
    const Program& program = simulation.program();
    const Target& target = program.targets[t];
    sorted = simulation.finishes(t);
    sort_numbers(sorted, spare);
    Finish out;
    if (target.task != kNothing) out.task = TaskId{program.task_ids[static_cast<std::size_t>(target.task)]};
    const LocalMinute planned{target.planned};
    out.planned = target.midnight_before && minute_of_day(planned) == 0 ? day_of(planned) - 1 : day_of(planned);
    out.p50 = day_of_finish(simulation, t, rank(sorted, 50));
    out.p80 = day_of_finish(simulation, t, rank(sorted, 80));
    out.p90 = day_of_finish(simulation, t, rank(sorted, 90));
    out.p80_minute = LocalMinute{simulation.minute_of(t, rank(sorted, 80))};
    out.histogram = histogram(simulation, t, sorted);
    if (target.promised_day == kNothing) return out;
    out.promised = Day{target.promised_day};
    const auto kept = std::partition_point(sorted.begin(), sorted.end(),
                                           [&](std::int32_t finish) { return day_of_finish(simulation, t, finish) <= *out.promised; });
    out.kept_permille = static_cast<std::int32_t>(std::int64_t{kept - sorted.begin()} * 1000 / static_cast<std::int64_t>(sorted.size()));
    return out;
}

// Numbers less their mean, and the sum of their squares.
struct Centred {
    std::vector<double> values;
    double squares = 0;

    explicit Centred(const std::vector<std::int32_t>& numbers, std::size_t count) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < count; ++i) sum += numbers[i];
        const double mean = static_cast<double>(sum) / static_cast<double>(count);
        for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<double>(numbers[i]) - mean);
        for (const double value : values) squares += value * value;
    }
};

void add_drivers(const Simulation& simulation, std::vector<Finish>& finishes) {
    const Program& program = simulation.program();
    const std::uint32_t runs = std::min(simulation.done(), kDriverRuns);
    std::vector<Centred> ends;
    std::vector<std::size_t> asked;
    for (std::size_t t = 0; t < finishes.size() && asked.size() < kDriverTargets; ++t) {
        if (t > 0 && !finishes[t].promised) continue;
        asked.push_back(t);
        ends.emplace_back(simulation.finishes(t), runs);
    }
    std::vector<std::int32_t> lengths;
    std::vector<bool> seen(program.task_ids.size());
    for (std::size_t s = 0; s < program.steps.size(); ++s) {
        const Step& step = program.steps[s];
        if (step.kind > kPut || step.low >= step.high || seen[static_cast<std::size_t>(step.task)]) continue;
        seen[static_cast<std::size_t>(step.task)] = true;
        simulation.lengths(s, runs, lengths);
        const Centred length(lengths, runs);
        for (std::size_t a = 0; a < asked.size(); ++a) {
            double both = 0;
            for (std::size_t i = 0; i < runs; ++i) both += length.values[i] * ends[a].values[i];
            const double scale = length.squares * ends[a].squares;
            if (both <= 0 || scale <= 0) continue;
            const double share = both * both / scale;
            if (share * runs < 9) continue;
            finishes[asked[a]].drivers.push_back({TaskId{program.task_ids[static_cast<std::size_t>(step.task)]},
                                                  static_cast<std::int32_t>(share * 1000 + 0.5)});
        }
    }
    for (Finish& finish : finishes) {
        std::stable_sort(finish.drivers.begin(), finish.drivers.end(), [](const Share& a,
            const Share& b) { return a.permille > b.permille; });
        if (finish.drivers.size() > kMostDrivers) finish.drivers.resize(kMostDrivers);
    }
}

void write_shares(Writer& writer, const std::vector<Share>& shares) {
    writer.varint(shares.size());
    for (const Share& share : shares) {
        writer.varint(share.task.n);
        writer.zigzag(share.permille);
    }
}

std::int32_t read_small(Reader& reader) {
    const std::int64_t wide = reader.zigzag();
    if (wide < INT32_MIN || wide > INT32_MAX) reader.fail();
    return reader.ok() ? static_cast<std::int32_t>(wide) : 0;
}

Day read_day(Reader& reader) { return Day{read_small(reader)}; }

bool read_shares(Reader& reader, std::vector<Share>& shares, std::size_t most) {
    const std::uint64_t count = reader.varint();
    if (count > most || count > reader.remaining()) return false;
    shares.resize(static_cast<std::size_t>(count));
    for (Share& share : shares) {
        share.task.n = reader.varint();
        share.permille = read_small(reader);
    }
    return reader.ok();
}

void write_finish(Writer& writer, const Finish& finish) {
    writer.varint(finish.task.n);
    for (const Day day : {finish.planned, finish.p50, finish.p80, finish.p90}) writer.zigzag(day.n);
    writer.u8(finish.promised ? 1 : 0);
    writer.zigzag(finish.promised ? finish.promised->n : 0);
    writer.zigzag(finish.kept_permille);
    writer.zigzag(finish.p80_minute.n);
    writer.varint(finish.histogram.size());
    for (const Bin& bin : finish.histogram) {
        writer.zigzag(bin.first.n);
        writer.zigzag(bin.last.n);
        writer.varint(bin.runs);
    }
    write_shares(writer, finish.drivers);
}

bool read_finish(Reader& reader, Finish& finish) {
    finish.task.n = reader.varint();
    for (Day* day : {&finish.planned, &finish.p50, &finish.p80, &finish.p90}) *day = read_day(reader);
    const bool promised = reader.u8() == 1;
    const Day day = read_day(reader);
    if (promised) finish.promised = day;
    finish.kept_permille = read_small(reader);
    finish.p80_minute.n = reader.zigzag();
    const std::uint64_t bins = reader.varint();
    if (bins > kMostBins + 1 || !reader.ok()) return false;
    finish.histogram.resize(static_cast<std::size_t>(bins));
    for (Bin& bin : finish.histogram) {
        bin.first = read_day(reader);
        bin.last = read_day(reader);
        bin.runs = static_cast<std::uint32_t>(std::min<std::uint64_t>(reader.varint(), UINT32_MAX));
    }
    return read_shares(reader, finish.drivers, kMostDrivers);
}

}  // namespace

const Finish* Findings::of(TaskId task) const {
    const auto found = std::find_if(finishes.begin(), finishes.end(), [&](const Finish& finish) { return finish.task == task; });
    return found == finishes.end() ? nullptr : &*found;
}

Findings findings(const Simulation& simulation) {
    Findings out;
    const Program& program = simulation.program();
    out.seed = simulation.seed();
    out.runs = simulation.done();
    out.own = program.own;
    out.by_house = program.by_house;
    std::vector<std::int32_t> sorted, spare;
    for (std::size_t t = 0; t < program.targets.size(); ++t) out.finishes.push_back(finish_of(simulation, t, sorted, spare));
    add_drivers(simulation, out.finishes);
    for (std::size_t task = 0; task < simulation.driving().size(); ++task) {
        const std::uint64_t share = std::uint64_t{simulation.driving()[task]} * 1000 / out.runs;
        if (share > 0) out.critical.push_back({TaskId{program.task_ids[task]}, static_cast<std::int32_t>(share)});
    }
    std::stable_sort(out.critical.begin(), out.critical.end(), [](const Share& a, const Share& b) { return a.permille > b.permille; });
    return out;
}

void write(Writer& writer, const Findings& findings) {
    writer.u64(findings.seed);
    writer.u32(findings.runs);
    writer.zigzag(findings.own);
    writer.zigzag(findings.by_house);
    writer.varint(findings.finishes.size());
    for (const Finish& finish : findings.finishes) write_finish(writer, finish);
    write_shares(writer, findings.critical);
}

std::optional<Findings> read_findings(Reader& reader) {
    Findings out;
    out.seed = reader.u64();
    out.runs = reader.u32();
    out.own = read_small(reader);
    out.by_house = read_small(reader);
    const std::uint64_t count = reader.varint();
    if (count > kMostFinishes || count > reader.remaining()) return std::nullopt;
    out.finishes.resize(static_cast<std::size_t>(count));
    for (Finish& finish : out.finishes)
        if (!read_finish(reader, finish)) return std::nullopt;
    if (!read_shares(reader, out.critical, kMostCritical) || !reader.ok()) return std::nullopt;
    return out;
}

}  // namespace entente::risk
