#include "codec/plain_tables.hpp"

#include <map>

#include "base/money.hpp"
#include "codec/plain_sink.hpp"
#include "core/change/query.hpp"

namespace entente::codec {

namespace {

using Names = std::map<std::uint64_t, std::string>;

template <class Items>
void add_names(Names& names, const Items& items) {
    for (const auto& item : items) names[item.id.n] = item.name;
}
template <class Items>
void add_labels(Names& names, const Items& items) {
    for (const auto& item : items) names[item.id.n] = item.label;
}

Names names_of(const house::House& house) {
    Names names;
    add_names(names, house.roles);
    return names;
}

Names names_of(const Model& model, const plan::Project& project) {
    Names names = names_of(model.house);
    names[project.id.n] = project.name;
    add_names(names, project.calendars);
    add_names(names, project.tasks);
    add_names(names, project.baselines);
    add_names(names, project.scenarios);
    add_names(names, project.rounds);
    add_names(names, project.money.cards);
    add_labels(names, project.money.budget);
    add_labels(names, project.money.costs);
    add_labels(names, project.money.commitments);
    for (const change::Change& change : project.changes) {
        names[change.id.n] = change::display_number(change.number);
        add_names(names, change.options);
    }
    for (const money::Proposal& proposal : project.money.proposals) {
        names[proposal.id.n] = std::to_string(proposal.number);
        add_labels(names, proposal.lines);
    }
    for (const plan::ClientDecision& decision : project.decisions) names[decision.id.n] = decision.question;
    return names;
}

class TableSink : public PlainSink {
public:
    TableSink(const Names& names, Currency currency) : names_(names), currency_(currency) {}

    void begin_object(std::string_view key) override {
        Frame frame{false, {}, {}, 0, 0, 0, 0};
        if (frames_.empty()) {
            frame.table = table(std::string(key));
            frame.row = new_row(frame.table);
        } else if (frames_.back().array) {
            frame.row = next_row();
            frame.table = frames_.back().table;
            frame.path = frames_.back().path + "_";
            frame.id = frames_.back().id;
        } else {
            const Frame& outer = frames_.back();
            frame = outer;
            frame.prefix += std::string(key) + ".";
            frame.path += std::string(key) + "_";
        }
        frames_.push_back(std::move(frame));
    }
    void end_object() override { frames_.pop_back(); }

    void begin_array(std::string_view key) override {
        const Frame& outer = frames_.back();
        Frame frame{true, {}, outer.path, 0, 0, outer.id, 0};
        if (outer.array) {  // a list in a list: the week's shifts
            frames_.back().place++;
            frame.prefix = outer.prefix + std::to_string(outer.place) + ".";
        } else {
            frame.path += std::string(key);
        }
        frames_.push_back(std::move(frame));
    }
    void end_array() override { frames_.pop_back(); }

    void text(std::string_view key, std::string_view value) override { cell(key, std::string(value)); }
    void number(std::string_view key, std::int64_t value) override {
        constexpr std::string_view kMinor = "_minor";
        if (key.size() > kMinor.size() && key.substr(key.size() - kMinor.size()) == kMinor) {
            cell(key.substr(0, key.size() - kMinor.size()), plain_amount({value, currency_}));
        } else {
            cell(key, std::to_string(value));
        }
    }
    void boolean(std::string_view key, bool value) override { cell(key, value ? "yes" : "no"); }
    void null(std::string_view key) override { cell(key, {}); }
    void id(std::string_view key, std::uint64_t value) override {
        const std::string digits = value != 0 ? id_text(value) : std::string();
        if (key == "id" && !frames_.back().array) {
            cell(key, digits);
            if (frames_.back().prefix.empty()) frames_.back().id = value;
            return;
        }
        const auto name = names_.find(value);
        cell(key, name == names_.end() ? std::string() : name->second);
        if (!frames_.back().array) cell(std::string(key) + "_id", digits);
        else put(table_of_last_row_, last_row_, "value_id", digits);
    }

    std::vector<PlainTable> take() { return std::move(tables_); }

private:
    struct Frame {
        bool array = false;
        std::string prefix;      // of columns; of an array: the places of the lists it stands in
        std::string path;        // of the tables of lists in it
        std::size_t table = 0;   // of an array: once it has a row
        std::size_t row = 0;
        std::uint64_t id = 0;    // of the thing that it is, or belongs to
        std::size_t place = 0;   // of an array: how many items it had
    };

    std::size_t table(const std::string& name) {
        const auto [found, is_new] = by_name_.emplace(name, tables_.size());
        if (is_new) tables_.push_back({name, {}, {}});
        return found->second;
    }
    std::size_t new_row(std::size_t table) {
        tables_[table].rows.emplace_back();
        return tables_[table].rows.size() - 1;
    }
    // A row for the next item of the innermost array.
    std::size_t next_row() {
        Frame& array = frames_.back();
        array.table = table(array.path);
        const std::size_t row = new_row(array.table);
        if (array.id != 0 && array.id != root_id()) {
            const auto name = names_.find(array.id);
            put(array.table, row, "belongs_to", name == names_.end() ? std::string() : name->second);
            put(array.table, row, "belongs_to_id", id_text(array.id));
        }
        put(array.table, row, "place", array.prefix + std::to_string(++array.place));
        return row;
    }
    std::uint64_t root_id() const { return frames_.front().id; }

    void cell(std::string_view key, std::string value) {
        Frame& frame = frames_.back();
        if (frame.array) {
            last_row_ = next_row();
            table_of_last_row_ = frames_.back().table;
            put(table_of_last_row_, last_row_, "value", std::move(value));
        } else {
            put(frame.table, frame.row, frame.prefix + std::string(key), std::move(value));
        }
    }
    void put(std::size_t at, std::size_t row, const std::string& column, std::string value) {
        PlainTable& out = tables_[at];
        std::vector<std::string>& cells = out.rows[row];
        // Rows come in the same order as the one before, nearly always.
        if (cells.size() < out.columns.size() && out.columns[cells.size()] == column) {
            cells.push_back(std::move(value));
            return;
        }
        const auto [place, is_new] = columns_.emplace(std::pair(at, column), out.columns.size());
        if (is_new) out.columns.push_back(column);
        if (cells.size() <= place->second) cells.resize(place->second + 1);
        cells[place->second] = std::move(value);
    }

    const Names& names_;
    Currency currency_;
    std::vector<Frame> frames_;
    std::vector<PlainTable> tables_;
    std::map<std::string, std::size_t> by_name_;
    std::map<std::pair<std::size_t, std::string>, std::size_t> columns_;
    std::size_t table_of_last_row_ = 0, last_row_ = 0;
};

}  // namespace

std::vector<PlainTable> plain_tables(const Model& model, const plan::Project& project) {
    const Names names = names_of(model, project);
    TableSink sink(names, project.currency);
    tell(sink, "project", project);
    return sink.take();
}

std::vector<PlainTable> plain_tables(const house::House& house) {
    const Names names = names_of(house);
    TableSink sink(names, house.currency);
    tell(sink, "house", house);
    return sink.take();
}

}  // namespace entente::codec
