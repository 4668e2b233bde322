// The texts of a document on their way in and out, and the short lists of people and stages that many items share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "share/bits.hpp"

namespace entente::share {

// Collects texts in the order in which a reader will ask for them.
class TextWriter {
public:
    void add(std::string_view text);
    // One line for each text; line feeds inside are written as 0x01.
    const std::string& lines() const { return lines_; }
    // Where the first letter was made small, for each text that begins with a small letter now.
    const Flags& capitals() const { return capitals_; }

private:
    std::string lines_;
    Flags capitals_;
};

// Gives them back. After a failure texts are empty and ok() stays false.
class TextReader {
public:
    explicit TextReader(std::string lines) : lines_(std::move(lines)) {}
    // How many texts begin with a small letter: so many flags stand in the document.
    std::size_t small_count() const;
    void set_capitals(Flags capitals) { capitals_ = std::move(capitals); }
    std::string next();
    bool ok() const { return ok_; }
    bool at_end() const { return ok_ && at_ == lines_.size(); }

private:
    std::string lines_;
    Flags capitals_;
    std::size_t at_ = 0, capital_at_ = 0;
    bool ok_ = true;
};

// Distinct names in the order of their first use. An item holds an index into it: 0 is "none", 1 the first name.
class NameList {
public:
    void add(const std::string& name);  // unless it is empty or known
    std::optional<std::uint64_t> find(const std::string& name) const;
    const std::vector<std::string>& names() const { return names_; }
    void set(std::vector<std::string> names) { names_ = std::move(names); }

private:
    std::vector<std::string> names_;
};

}  // namespace entente::share
