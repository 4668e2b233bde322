#include "exchange/csv_fields.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "base/text.hpp"
#include "exchange/csv_values.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kHeaderSearchRows = 12;
constexpr std::size_t kValueSampleRows = 200;

struct HeaderName {
    std::string_view key;  // folded, letters and digits only
    CsvField field;
    int rank;              // the lower, the surer
};

// An id only where its values are all different; else the column says something else.
constexpr int kWeakId = 8;

constexpr HeaderName kHeaderNames[] = {
    {"id", CsvField::Id, 0},
    {"no", CsvField::Id, 2},
    {"number", CsvField::Id, 2},
    {"taskid", CsvField::Id, 0},
    {"taskno", CsvField::Id, 1},
    {"tasknumber", CsvField::Id, 1},
    {"row", CsvField::Id, 2},
    {"rownumber", CsvField::Id, 2},
    {"rowid", CsvField::Id, 3},
    {"ref", CsvField::Id, 2},
    {"code", CsvField::Id, 2},
    {"key", CsvField::Id, 3},
    {"uniqueid", CsvField::Id, 4},
    {"activityid", CsvField::Id, 0},
    {"activityno", CsvField::Id, 1},
    {"activitynumber", CsvField::Id, 1},
    {"jobid", CsvField::Id, 0},
    {"jobno", CsvField::Id, 1},
    {"jobnr", CsvField::Id, 1},
    {"jobnumber", CsvField::Id, 1},
    {"nodeid", CsvField::Id, 1},
    {"nr", CsvField::Id, 2},
    {"index", CsvField::Id, 4},
    {"job", CsvField::Id, kWeakId},
    {"node", CsvField::Id, kWeakId},
    {"step", CsvField::Id, kWeakId},
    {"rhif", CsvField::Id, 1},
    {"cyf", CsvField::Id, 2},
    {"wbs", CsvField::Wbs, 0},
    {"wbscode", CsvField::Wbs, 0},
    {"outlinenumber", CsvField::Wbs, 1},
    {"outlinelevel", CsvField::OutlineLevel, 0},
    {"level", CsvField::OutlineLevel, 2},
    {"indent", CsvField::OutlineLevel, 1},
    {"lefel", CsvField::OutlineLevel, 2},
    {"parent", CsvField::Parent, 0},
    {"parenttask", CsvField::Parent, 0},
    {"parentid", CsvField::Parent, 0},
    {"rhiant", CsvField::Parent, 1},
    {"name", CsvField::Name, 1},
    {"task", CsvField::Name, 1},
    {"taskname", CsvField::Name, 0},
    {"title", CsvField::Name, 2},
    {"activity", CsvField::Name, 1},
    {"activityname", CsvField::Name, 0},
    {"item", CsvField::Name, 3},
    {"what", CsvField::Name, 4},
    {"summary", CsvField::Name, 5},
    {"primarycolumn", CsvField::Name, 2},
    {"tasktitle", CsvField::Name, 0},
    {"description", CsvField::Name, 6},
    {"enw", CsvField::Name, 1},
    {"tasg", CsvField::Name, 1},
    {"enwrdasg", CsvField::Name, 0},
    {"enwtasg", CsvField::Name, 0},
    {"teitl", CsvField::Name, 2},
    {"gweithgaredd", CsvField::Name, 1},
    {"stage", CsvField::Stage, 0},
    {"phase", CsvField::Stage, 1},
    {"group", CsvField::Stage, 2},
    {"section", CsvField::Stage, 2},
    {"sectioncolumn", CsvField::Stage, 1},
    {"department", CsvField::Stage, 3},
    {"category", CsvField::Stage, 4},
    {"workstream", CsvField::Stage, 3},
    {"cam", CsvField::Stage, 1},
    {"cyfnod", CsvField::Stage, 2},
    {"adran", CsvField::Stage, 3},
    {"grwp", CsvField::Stage, 3},
    {"owner", CsvField::Owner, 0},
    {"resource", CsvField::Owner, 1},
    {"resources", CsvField::Owner, 1},
    {"resourcename", CsvField::Owner, 1},
    {"resourcenames", CsvField::Owner, 1},
    {"assignedto", CsvField::Owner, 0},
    {"assigned", CsvField::Owner, 1},
    {"assignee", CsvField::Owner, 0},
    {"role", CsvField::Owner, 1},
    {"who", CsvField::Owner, 2},
    {"responsible", CsvField::Owner, 2},
    {"perchennog", CsvField::Owner, 0},
    {"adnodd", CsvField::Owner, 1},
    {"adnoddau", CsvField::Owner, 1},
    {"cyfrifol", CsvField::Owner, 2},
    {"rol", CsvField::Owner, 2},
    {"duration", CsvField::DurationDays, 0},
    {"durationdays", CsvField::DurationDays, 0},
    {"days", CsvField::DurationDays, 1},
    {"length", CsvField::DurationDays, 2},
    {"workingdays", CsvField::DurationDays, 1},
    {"estimate", CsvField::DurationDays, 4},
    {"durationd", CsvField::DurationDays, 1},
    {"dur", CsvField::DurationDays, 2},
    {"durationdys", CsvField::DurationDays, 1},
    {"durationindays", CsvField::DurationDays, 0},
    {"durationweeks", CsvField::DurationDays, 1},
    {"durationinweeks", CsvField::DurationDays, 1},
    {"weeks", CsvField::DurationDays, 3},
    {"durationminutes", CsvField::DurationDays, 1},
    {"durationmins", CsvField::DurationDays, 1},
    {"minutes", CsvField::DurationDays, 4},
    {"originalduration", CsvField::DurationDays, 1},
    {"processingtime", CsvField::DurationDays, 2},
    {"time", CsvField::DurationDays, 6},
    {"hydwythnosau", CsvField::DurationDays, 1},
    {"wythnosau", CsvField::DurationDays, 3},
    {"hyd", CsvField::DurationDays, 0},
    {"hyddyddiau", CsvField::DurationDays, 0},
    {"diwrnodau", CsvField::DurationDays, 1},
    {"dyddiau", CsvField::DurationDays, 1},
    {"durationhours", CsvField::DurationHours, 0},
    {"durationhrs", CsvField::DurationHours, 0},
    {"durationh", CsvField::DurationHours, 1},
    {"durationinhours", CsvField::DurationHours, 0},
    {"hours", CsvField::DurationHours, 3},
    {"hydoriau", CsvField::DurationHours, 0},
    {"oriau", CsvField::DurationHours, 3},
    {"start", CsvField::Start, 0},
    {"startdate", CsvField::Start, 0},
    {"starton", CsvField::Start, 1},
    {"begin", CsvField::Start, 1},
    {"from", CsvField::Start, 3},
    {"plannedstart", CsvField::Start, 1},
    {"scheduledstart", CsvField::Start, 1},
    {"dechrau", CsvField::Start, 0},
    {"dyddiaddechrau", CsvField::Start, 0},
    {"dyddiadcychwyn", CsvField::Start, 0},
    {"finish", CsvField::Finish, 0},
    {"finishdate", CsvField::Finish, 0},
    {"end", CsvField::Finish, 0},
    {"enddate", CsvField::Finish, 0},
    {"due", CsvField::Finish, 1},
    {"duedate", CsvField::Finish, 1},
    {"to", CsvField::Finish, 3},
    {"plannedfinish", CsvField::Finish, 1},
    {"scheduledfinish", CsvField::Finish, 1},
    {"deadline", CsvField::Finish, 4},
    {"gorffen", CsvField::Finish, 0},
    {"diwedd", CsvField::Finish, 0},
    {"dyddiadgorffen", CsvField::Finish, 0},
    {"dyddiaddiwedd", CsvField::Finish, 0},
    {"predecessors", CsvField::Predecessors, 0},
    {"predecessor", CsvField::Predecessors, 0},
    {"dependson", CsvField::Predecessors, 0},
    {"dependencies", CsvField::Predecessors, 0},
    {"dependency", CsvField::Predecessors, 1},
    {"after", CsvField::Predecessors, 3},
    {"blockedby", CsvField::Predecessors, 1},
    {"blockedbydependencies", CsvField::Predecessors, 1},
    {"follows", CsvField::Predecessors, 2},
    {"uniqueidpredecessors", CsvField::Predecessors, 5},
    {"pred", CsvField::Predecessors, 1},
    {"preds", CsvField::Predecessors, 1},
    {"predecessorid", CsvField::Predecessors, 1},
    {"predecessorids", CsvField::Predecessors, 1},
    {"predecessortasks", CsvField::Predecessors, 1},
    {"predecessortask", CsvField::Predecessors, 1},
    {"predecessoractivities", CsvField::Predecessors, 1},
    {"immediatepredecessors", CsvField::Predecessors, 0},
    {"immediatepredecessor", CsvField::Predecessors, 0},
    {"dependsonids", CsvField::Predecessors, 1},
    {"successors", CsvField::Successors, 0},
    {"successor", CsvField::Successors, 0},
    {"succ", CsvField::Successors, 1},
    {"succs", CsvField::Successors, 1},
    {"successorid", CsvField::Successors, 1},
    {"successorids", CsvField::Successors, 1},
    {"successortasks", CsvField::Successors, 1},
    {"successortask", CsvField::Successors, 1},
    {"successoractivities", CsvField::Successors, 1},
    {"immediatesuccessors", CsvField::Successors, 0},
    {"immediatesuccessor", CsvField::Successors, 0},
    {"blocks", CsvField::Successors, 2},
    {"blocking", CsvField::Successors, 2},
    {"uniqueidsuccessors", CsvField::Successors, 5},
    {"olynwyr", CsvField::Successors, 0},
    {"olynydd", CsvField::Successors, 0},
    {"rhagflaenwyr", CsvField::Predecessors, 0},
    {"rhagflaenydd", CsvField::Predecessors, 0},
    {"dibynnuar", CsvField::Predecessors, 0},
    {"dibyniaethau", CsvField::Predecessors, 1},
    {"milestone", CsvField::Milestone, 0},
    {"ismilestone", CsvField::Milestone, 0},
    {"carregfilltir", CsvField::Milestone, 0},
    {"client", CsvField::Client, 0},
    {"clientinvolved", CsvField::Client, 0},
    {"customer", CsvField::Client, 1},
    {"needsclient", CsvField::Client, 0},
    {"clientvisible", CsvField::Client, 2},
    {"cleient", CsvField::Client, 0},
    {"cwsmer", CsvField::Client, 1},
    {"complete", CsvField::PercentDone, 1},
    {"percentcomplete", CsvField::PercentDone, 0},
    {"pctcomplete", CsvField::PercentDone, 0},
    {"percentdone", CsvField::PercentDone, 0},
    {"done", CsvField::PercentDone, 3},
    {"progress", CsvField::PercentDone, 1},
    {"cynnydd", CsvField::PercentDone, 1},
    {"canranwedigwneud", CsvField::PercentDone, 0},
    {"cwblhawyd", CsvField::PercentDone, 1},
    {"note", CsvField::Note, 0},
    {"notes", CsvField::Note, 0},
    {"comment", CsvField::Note, 1},
    {"comments", CsvField::Note, 1},
    {"remarks", CsvField::Note, 2},
    {"nodyn", CsvField::Note, 0},
    {"nodiadau", CsvField::Note, 0},
    {"sylwadau", CsvField::Note, 1},
    {"description", CsvField::Note, 7},
};

std::string key_of(std::string_view header) {
    const std::string_view text = trim(header);
    if (text == "#") return "number";
    std::string key;
    for (const char c : fold(clean_utf8(text))) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
    }
    return key;
}

// "successor3" is one of several columns of links.
std::string_view without_number(std::string_view key) {
    const std::size_t end = key.find_last_not_of("0123456789");
    return end == std::string_view::npos ? key : key.substr(0, end + 1);
}

struct Guess {
    int rank;
    std::size_t column;
    CsvField field;
};

bool ends_in_digit(std::string_view key) { return !key.empty() && key.back() >= '0' && key.back() <= '9'; }

// Whether two columns of links belong together: "succ 1" and "succ 2", not "Predecessors" and "Unique ID Predecessors".
bool numbered_alike(const CsvTable& table, std::size_t row, std::size_t column, const Guess& guess) {
    if (!may_repeat(guess.field)) return false;
    const std::string first = key_of(table.cell(row, column)), second = key_of(table.cell(row, guess.column));
    return ends_in_digit(second) && without_number(first) == without_number(second);
}

// Links that stand in cells of their own, more of them than the header has columns: "jobnr, successors" over "1, 2, 3, 4".
void spread_last(const CsvTable& table, std::size_t row, std::vector<CsvField>& fields) {
    std::size_t last = table.cells_in(row);
    while (last > 0 && trim(table.cell(row, last - 1)).empty()) --last;
    if (last == 0 || !may_repeat(fields[last - 1])) return;
    for (std::size_t column = last; column < fields.size(); ++column) fields[column] = fields[last - 1];
}

// Fields of one row taken as a header: surest first, each field and each column once.
std::vector<CsvField> match_header(const CsvTable& table, std::size_t row) {
    std::vector<Guess> guesses;
    for (std::size_t column = 0; column < table.cells_in(row); ++column) {
        const std::string key = key_of(table.cell(row, column));
        if (key.empty()) continue;
        const std::string_view stem = without_number(key);
        for (const HeaderName& name : kHeaderNames) {
            if (name.key == (may_repeat(name.field) ? stem : key)) guesses.push_back({name.rank, column, name.field});
        }
    }
    std::stable_sort(guesses.begin(), guesses.end(),
                     [](const Guess& a, const Guess& b) { return a.rank < b.rank; });
    std::vector<CsvField> fields(table.columns(), CsvField::None);
    for (const Guess& guess : guesses) {
        const auto first = std::find(fields.begin(), fields.end(), guess.field);
        const bool taken = first != fields.end() && !numbered_alike(table, row, static_cast<std::size_t>(first - fields.begin()), guess);
        if (!taken && fields[guess.column] == CsvField::None) fields[guess.column] = guess.field;
    }
    spread_last(table, row, fields);
    return fields;
}

bool has(const std::vector<CsvField>& fields, CsvField field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

// A column that is guessed to hold yes and no, and holds neither, means something else.
bool holds_flags(const CsvTable& table, std::size_t first_row, std::size_t column) {
    std::size_t filled = 0, flags = 0;
    const std::size_t end = std::min(table.rows(), first_row + kValueSampleRows);
    for (std::size_t row = first_row; row < end; ++row) {
        const std::string_view value = trim(table.cell(row, column));
        if (value.empty()) continue;
        ++filled;
        if (parse_client_word(value)) ++flags;
    }
    return filled == 0 || flags > 0;
}

// Every filled value stands once; `numbers`: and is a whole number.
bool all_different(const CsvTable& table, std::size_t first_row, std::size_t column, bool numbers) {
    std::unordered_set<std::string_view> seen;
    for (std::size_t row = first_row; row < table.rows(); ++row) {
        const std::string_view value = trim(table.cell(row, column));
        if (value.empty()) continue;
        if (numbers && value.find_first_not_of("0123456789") != std::string_view::npos) return false;
        if (!seen.insert(value).second) return false;
    }
    return !seen.empty();
}

// What names a task where a table has no clear column for it: an id is not called by a word that stands for other things too unless
// its values are all different, and names that are all different numbers are ids.
void settle_id_and_name(const CsvTable& table, CsvMapping& mapping) {
    if (!mapping.has_header) return;
    const auto key = [&](std::size_t column) { return key_of(table.cell(mapping.header_row, column)); };
    const std::size_t id = mapping.column(CsvField::Id);
    if (id != CsvMapping::npos) {
        const std::string word = key(id);
        const bool weak = word == "job" || word == "node" || word == "step";
        if (weak && !all_different(table, mapping.first_data_row(), id, false))
            mapping.fields[id] = has(mapping.fields, CsvField::Name) ? CsvField::None : CsvField::Name;
        return;
    }
    const std::size_t name = mapping.column(CsvField::Name);
    if (name == CsvMapping::npos || has(mapping.fields, CsvField::Wbs)) return;
    if (!all_different(table, mapping.first_data_row(), name, true)) return;
    mapping.fields[name] = CsvField::Id;
    for (std::size_t column = 0; column < table.cells_in(mapping.header_row); ++column) {
        const std::string word = key(column);
        const bool named = std::any_of(std::begin(kHeaderNames), std::end(kHeaderNames),
                                       [&](const HeaderName& one) { return one.key == word && one.field == CsvField::Name; });
        if (!named || mapping.fields[column] != CsvField::None) continue;
        mapping.fields[column] = CsvField::Name;
        return;
    }
}

// A row with a number or a date in it is data; headers are words.
bool looks_like_data(const CsvTable& table, std::size_t row) {
    for (std::size_t column = 0; column < table.cells_in(row); ++column) {
        const std::string_view text = trim(table.cell(row, column));
        if (!text.empty() && text[0] >= '0' && text[0] <= '9') return true;
    }
    return false;
}

}  // namespace

std::array<Message, kCsvFieldCount> csv_field_names() {
    return {msg("Not used"),
            msgc("column", "Id"),
            msgc("column", "WBS number"),
            msgc("column", "Outline level"),
            msgc("column", "Parent task"),
            msgc("column", "Task name"),
            msgc("column", "Stage"),
            msgc("column", "Owner or role"),
            msgc("column", "Duration in days"),
            msgc("column", "Duration in hours"),
            msgc("column", "Start"),
            msgc("column", "Finish"),
            msgc("column", "Predecessors"),
            msgc("column", "Milestone (yes or no)"),
            msgc("column", "Client (yes or no)"),
            msgc("column", "Percent done"),
            msgc("column", "Note"),
            msgc("column", "Successors")};
}

std::size_t CsvMapping::column(CsvField field) const {
    const auto found = std::find(fields.begin(), fields.end(), field);
    return found == fields.end() ? npos : static_cast<std::size_t>(found - fields.begin());
}

CsvMapping guess_mapping(const CsvTable& table) {
    CsvMapping best;
    best.fields.assign(table.columns(), CsvField::None);
    std::size_t best_count = 0;
    for (std::size_t row = 0; row < std::min(table.rows(), kHeaderSearchRows); ++row) {
        std::vector<CsvField> fields = match_header(table, row);
        const auto count = fields.size() -
                           static_cast<std::size_t>(std::count(fields.begin(), fields.end(), CsvField::None));
        const bool named = has(fields, CsvField::Name) || has(fields, CsvField::Id);
        const bool usable = named && (count >= 2 || (table.columns() == 1 && has(fields, CsvField::Name)));
        if (usable && count > best_count) {
            best_count = count;
            best.header_row = row;
            best.fields = std::move(fields);
        }
    }
    if (best_count == 0) {
        best.has_header = table.rows() > 0 && !looks_like_data(table, 0);
        if (best.has_header) best.fields = match_header(table, 0);
    }
    settle_id_and_name(table, best);
    for (const CsvField flag : {CsvField::Milestone, CsvField::Client}) {
        const std::size_t column = best.column(flag);
        if (column != CsvMapping::npos && !holds_flags(table, best.first_data_row(), column))
            best.fields[column] = CsvField::None;
    }
    return best;
}

HeaderUnit header_unit(std::string_view header) {
    const std::string key = key_of(header);
    const auto ends = [&](std::string_view word) {
        return key.size() >= word.size() && key.compare(key.size() - word.size(), word.size(), word) == 0;
    };
    if (ends("weeks") || ends("wythnosau")) return {0, 5};
    if (ends("minutes") || ends("mins")) return {1, 0};
    return {};
}

CsvMapping chosen_mapping(const CsvMapping& guess, const std::vector<int>& fields) {
    CsvMapping out = guess;
    for (std::size_t column = 0; column < out.fields.size(); ++column) {
        const int index = column < fields.size() ? fields[column] : 0;
        const bool known = index > 0 && index < static_cast<int>(kCsvFieldCount);
        const CsvField field = known ? static_cast<CsvField>(index) : CsvField::None;
        const auto earlier = std::find(out.fields.begin(),
                                       out.fields.begin() + static_cast<std::ptrdiff_t>(column), field);
        const bool twice = earlier != out.fields.begin() + static_cast<std::ptrdiff_t>(column);
        out.fields[column] = twice && !may_repeat(field) ? CsvField::None : field;
    }
    return out;
}

}  // namespace entente::exchange
