// A bounded XML document: decoded, checked before it is parsed, with the line of every element.
//
// What is refused before the parser sees it: more than `max_depth` levels or `max_elements` elements (comments and the like count too, for
// each may part two texts), kMaxXmlAttributes or kMaxXmlLines, a document type (so no entity can grow), tags that do not close.
// Elements are found by their local name with the root's prefix.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace entente::exchange {

inline constexpr std::size_t kMaxXmlAttributes = 100'000;  // a plan has hardly any
inline constexpr std::size_t kMaxXmlLines = 3'000'000;

struct XmlLimits {
    std::size_t max_bytes = 0;
    int max_depth = 0;
    std::size_t max_elements = 0;
};

class XmlFile {
public:
    static Result<XmlFile> parse(ByteView bytes, const XmlLimits& limits);

    pugi::xml_node root() const { return document_->document_element(); }
    std::string_view root_name() const;                       // without its prefix
    std::string_view root_namespace() const;
    int line(pugi::xml_node node) const;                      // 1-based
    bool replaced() const { return replaced_; }               // bytes that were no text in the file's encoding

    pugi::xml_node child(pugi::xml_node node, const char* name) const;
    // Every child of that name, in order.
    std::vector<pugi::xml_node> children(pugi::xml_node node, const char* name) const;
    // A child's text, trimmed; empty where there is none.
    std::string_view text(pugi::xml_node node, const char* name) const;
    std::optional<std::int64_t> number(pugi::xml_node node, const char* name) const;
    bool flag(pugi::xml_node node, const char* name, bool otherwise = false) const;
    std::optional<LocalMinute> time(pugi::xml_node node, const char* name) const;

private:
    bool is(pugi::xml_node node, const char* name) const;

    std::unique_ptr<std::string> text_;                       // the parser works in place
    std::unique_ptr<pugi::xml_document> document_;
    std::vector<std::uint32_t> line_ends_;
    std::string prefix_;                                      // "ms:", or nothing
    bool replaced_ = false;
};

// "12.5" times 10^digits, rounded half away from zero; none where it is not a plain decimal number or too large.
std::optional<std::int64_t> parse_scaled(std::string_view text, int digits);

// "2003-01-07T08:00:00", a fraction of a second or a zone ignored; the seconds are dropped.
std::optional<LocalMinute> parse_xml_time(std::string_view text);

// "PT8H30M0S", "P1DT2H" (a day is 24 hours) in seconds; none for years and months, whose length is not known.
std::optional<std::int64_t> parse_xml_seconds(std::string_view text);

}  // namespace entente::exchange
