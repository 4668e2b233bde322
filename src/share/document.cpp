#include "share/document.hpp"

#include "share/columns.hpp"

namespace entente::share {

namespace {

// What each section holds, once for both directions. The order of columns is the format.

template <class Io, class List> void describe_milestones(Io& io, List& list) {
    io.size(list);
    io.texts(list, &Milestone::name);
    io.days(list, &Milestone::forecast);
    io.optional_days_near(list, &Milestone::promised, &Milestone::forecast);
    io.optional_days_near(list, &Milestone::was, &Milestone::forecast);
    io.states(list, &Milestone::health, 2);
}

template <class Io, class List> void describe_tasks(Io& io, List& list) {
    io.size(list);
    io.texts(list, &StatusTask::name);
    io.stages(list, &StatusTask::stage);
    io.days(list, &StatusTask::start);
    io.days_after(list, &StatusTask::finish, &StatusTask::start);
    io.percents(list, &StatusTask::percent_done);
}

template <class Io, class List> void describe_needs(Io& io, List& list) {
    io.size(list);
    io.states(list, &Need::kind, 1);
    io.texts(list, &Need::question);
    io.people(list, &Need::owner);
    io.optional_days(list, &Need::by);
    io.numbers(list, &Need::slip_days_per_day);
    io.optional_numbers(list, &Need::moves);
    io.optional_texts(list, &Need::if_late);
    io.optional_days(list, &Need::answered);
    io.optional_texts(list, &Need::answer);
}

template <class Io, class List> void describe_changes(Io& io, List& list) {
    io.size(list);
    io.counting(list, &StatusChange::number);
    io.texts(list, &StatusChange::request);
    io.optional_texts(list, &StatusChange::effect);
    io.states(list, &StatusChange::state, 2);
    io.days(list, &StatusChange::on);
    io.people(list, &StatusChange::by);
    io.optional_days_near(list, &StatusChange::decide_by, &StatusChange::on);
    io.optional_numbers(list, &StatusChange::moved_days);
    io.optional_money(list, &StatusChange::price_minor);
}

template <class Io, class List> void describe_actions(Io& io, List& list) {
    io.size(list);
    io.texts(list, &Action::text);
    io.people(list, &Action::owner);
    io.flags(list, &Action::ours);
    io.optional_days(list, &Action::due);
    io.flags(list, &Action::done);
}

template <class Io, class List> void describe_risks(Io& io, List& list) {
    io.size(list);
    io.texts(list, &Risk::text);
    io.optional_texts(list, &Risk::response);
    io.states(list, &Risk::level, 2);
}

template <class Io, class List> void describe_rounds(Io& io, List& list) {
    io.size(list);
    io.texts(list, &Rounds::name);
    io.numbers(list, &Rounds::used);
    io.numbers(list, &Rounds::agreed);
}

template <class Io, class List> void describe_agreements(Io& io, List& list) {
    io.size(list);
    io.texts(list, &AgreementNote::text);
    io.people(list, &AgreementNote::by);
    io.days(list, &AgreementNote::on);
}

// Calls visit(tag, list, describe) for each list, in the order of the tags.
template <class S, class Visit> void for_each_list(S& status, Visit&& visit) {
    visit(2, status.milestones, [](auto& io, auto& list) { describe_milestones(io, list); });
    visit(3, status.tasks, [](auto& io, auto& list) { describe_tasks(io, list); });
    visit(4, status.needs, [](auto& io, auto& list) { describe_needs(io, list); });
    visit(5, status.changes, [](auto& io, auto& list) { describe_changes(io, list); });
    visit(6, status.actions, [](auto& io, auto& list) { describe_actions(io, list); });
    visit(7, status.risks, [](auto& io, auto& list) { describe_risks(io, list); });
    visit(8, status.rounds, [](auto& io, auto& list) { describe_rounds(io, list); });
    visit(9, status.agreements, [](auto& io, auto& list) { describe_agreements(io, list); });
}

constexpr std::uint8_t kHouseTag = 1;
constexpr std::uint8_t kLastTag = 9;
constexpr int kContractOrder = 15;

Names names_of(const Status& status) {
    Names names;
    for (const StatusTask& task : status.tasks) names.stages.add(task.stage);
    for (const Need& need : status.needs) names.people.add(need.owner);
    for (const StatusChange& change : status.changes) names.people.add(change.by);
    for (const Action& action : status.actions) names.people.add(action.owner);
    for (const AgreementNote& note : status.agreements) names.people.add(note.by);
    return names;
}

constexpr std::string_view kUsualCurrency = "GBP";
enum class CurrencyForm : std::uint8_t { None, Usual, Other };

Bytes pack_house(const Status& status, const Names& names) {
    BitWriter out;
    out.bits(status.sample, 1);
    const std::string_view code = status.currency.view();
    const CurrencyForm form = code.empty() ? CurrencyForm::None : code == kUsualCurrency ? CurrencyForm::Usual : CurrencyForm::Other;
    out.bits(static_cast<std::uint64_t>(form), 2);
    if (form == CurrencyForm::Other) {
        for (const char c : code) out.bits(static_cast<std::uint64_t>(c - 'A'), 5);
    }
    out.bits(status.contract_value_minor.has_value(), 1);
    if (status.contract_value_minor) out.golomb(zigzag(*status.contract_value_minor), kContractOrder);
    out.golomb(names.people.names().size(), 3);
    out.golomb(names.stages.names().size(), 3);
    return out.take();
}

struct NameCounts {
    std::uint64_t people = 0, stages = 0;
};

// False where the section is not in order.
bool unpack_house(ByteView payload, Status& status, NameCounts& counts) {
    BitReader in(payload);
    status.sample = in.bits(1) != 0;
    const auto form = static_cast<CurrencyForm>(in.bits(2));
    if (form == CurrencyForm::Usual) {
        status.currency = *currency_from(kUsualCurrency);
    } else if (form == CurrencyForm::Other) {
        for (char& c : status.currency.code) c = static_cast<char>('A' + in.bits(5));
    }
    if (in.bits(1)) status.contract_value_minor = unzigzag(in.golomb(kContractOrder));
    counts.people = in.golomb(3);
    counts.stages = in.golomb(3);
    return in.at_end() && counts.people <= kMaxOwners && counts.stages <= kMaxOwners;
}

void section(Writer& out, std::uint8_t tag, const Bytes& payload) {
    out.u8(tag);
    out.varint(payload.size());
    out.raw(payload);
}

// The sections of a document by tag; empty where it is not in order.
struct Sections {
    ByteView payload[kLastTag + 1];
    bool present[kLastTag + 1] = {};
};
Result<Sections> split_sections(ByteView columns, const Error& damaged) {
    Sections sections;
    Reader in(columns);
    int last = 0;
    while (in.remaining() > 0) {
        const std::uint8_t tag = in.u8();
        const std::uint64_t size = in.varint();
        const ByteView payload = in.raw(size <= in.remaining() ? static_cast<std::size_t>(size) : in.remaining() + 1);
        if (!in.ok() || tag <= last) return tl::unexpected<Error>(damaged);
        if (tag > kLastTag) {
            return fail(ErrorCode::Unsupported, msg("This link holds more than this page can read: it was made by a newer version."), "",
                        msg("Reload the page, or ask the post house for the newest address."));
        }
        sections.payload[tag] = payload;
        sections.present[tag] = true;
        last = tag;
    }
    if (!sections.present[kHouseTag]) return tl::unexpected<Error>(damaged);
    return sections;
}

std::vector<std::string> read_names(TextReader& texts, std::uint64_t count) {
    std::vector<std::string> names;
    for (std::uint64_t i = 0; i < count && texts.ok(); ++i) names.push_back(texts.next());
    return names;
}

}  // namespace

Document encode_document(const Status& status, Day base) {
    const Names names = names_of(status);
    TextWriter texts;
    for (const std::string& name : names.people.names()) texts.add(name);
    for (const std::string& name : names.stages.names()) texts.add(name);
    texts.add(status.house);
    texts.add(status.project);
    texts.add(status.client);

    Writer out;
    section(out, kHouseTag, pack_house(status, names));
    for_each_list(status, [&](std::uint8_t tag, const auto& list, auto describe) {
        if (list.empty()) return;
        Packer packer(base, names, texts);
        describe(packer, list);
        section(out, tag, packer.out().take());
    });
    // The flags of the letters come last and need no length: they go to the end.
    BitWriter letters;
    letters.flags(texts.capitals());
    Document document;
    document.texts = texts.lines();
    const Bytes flags = letters.take();
    Writer whole;
    whole.varint(out.bytes().size());
    whole.raw(out.bytes());
    whole.raw(flags);
    document.columns = whole.take();
    return document;
}

Result<Status> decode_document(const Document& document, Day base) {
    const Error damaged{ErrorCode::Damaged, msg("This link is damaged: what it holds is not a status."), "",
                        msg("Ask for the link again, and copy it whole.")};
    const auto refuse = [&] { return tl::unexpected<Error>(damaged); };
    Reader whole(document.columns);
    const std::uint64_t size = whole.varint();
    if (!whole.ok() || size > whole.remaining()) return refuse();
    const Result<Sections> sections = split_sections(whole.raw(static_cast<std::size_t>(size)), damaged);
    if (!sections) return tl::unexpected<Error>(sections.error());

    TextReader texts(document.texts);
    BitReader letters(whole.raw(whole.remaining()));
    texts.set_capitals(letters.flags(texts.small_count()));
    Status status;
    NameCounts counts;
    if (!letters.at_end() || !unpack_house(sections->payload[kHouseTag], status, counts)) return refuse();
    Names names;
    names.people.set(read_names(texts, counts.people));
    names.stages.set(read_names(texts, counts.stages));
    status.house = texts.next();
    status.project = texts.next();
    status.client = texts.next();

    bool in_order = true;
    for_each_list(status, [&](std::uint8_t tag, auto& list, auto describe) {
        if (!sections->present[tag] || !in_order) return;
        Unpacker unpacker(sections->payload[tag], base, names, texts);
        describe(unpacker, list);
        in_order = unpacker.in().at_end() && texts.ok();
    });
    if (!in_order || !texts.at_end() || !valid(status)) return refuse();
    if (encode_document(status, base) != document) return refuse();
    return status;
}

}  // namespace entente::share
