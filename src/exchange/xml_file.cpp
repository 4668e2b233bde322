#include "exchange/xml_file.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.hpp"
#include "exchange/decode_text.hpp"

namespace entente::exchange {

namespace {

constexpr std::int64_t kMaxScaled = 1'000'000'000'000'000;

int line_at(std::string_view text, std::size_t at) {
    return 1 +
           static_cast<int>(std::count(
               text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n'));
}

std::string line_name(int line) { return "line " + std::to_string(line); }

tl::unexpected<Error> broken(std::string_view text, std::size_t at) {
    return fail(ErrorCode::BadInput, msg("The XML is broken in line {0}.", line_at(text, at)),
                line_name(line_at(text, at)), msg("Export the plan again; the file may be cut off."));
}

// Walks over the markup without building anything.
class Prescan {
public:
    Prescan(std::string_view text, const XmlLimits& limits) : text_(text), limits_(limits) {}

    Result<void> run() {
        while ((at_ = text_.find('<', at_)) != std::string_view::npos) {
            Result<void> step = markup();
            if (!step) return step;
        }
        if (depth_ != 0 || elements_ == 0) return broken(text_, text_.size());
        return {};
    }

private:
    bool begins(std::string_view with) const { return text_.substr(at_, with.size()) == with; }

    Result<void> skip_to(std::string_view end) {
        const std::size_t found = text_.find(end, at_);
        if (found == std::string_view::npos) return broken(text_, at_);
        at_ = found + end.size();
        return {};
    }

    tl::unexpected<Error> too_large(Message what) const {
        return fail(ErrorCode::TooLarge, std::move(what), line_name(line_at(text_, at_)), msg("Export a smaller part of the plan."));
    }
    static std::int64_t figure(std::size_t size) { return static_cast<std::int64_t>(size); }

    Result<void> markup() {
        if (!begins("</") && ++pieces_ > limits_.max_elements)
            return too_large(msg("The XML has more than {0} elements.", figure(limits_.max_elements)));
        if (begins("<!--")) return skip_to("-->");
        if (begins("<![CDATA[")) return skip_to("]]>");
        if (begins("<?")) return skip_to("?>");
        if (begins("<!"))
            return fail(
                ErrorCode::BadInput,
                msg("The XML declares a document type, which a plan does not need and which can do harm."),
                line_name(line_at(text_, at_)), msg("Export the plan from Microsoft Project again."));
        const bool closing = begins("</");
        const std::size_t end = tag_end();
        if (end == std::string_view::npos) return broken(text_, at_);
        if (attributes_ > kMaxXmlAttributes) return too_large(msg("The XML has more than {0} attributes.", figure(kMaxXmlAttributes)));
        const bool empty = text_[end - 1] == '/';
        const std::size_t from = at_;
        at_ = end + 1;
        if (closing) return --depth_ < 0 ? broken(text_, from) : Result<void>{};
        ++elements_;
        if (empty) return {};
        if (++depth_ > limits_.max_depth)
            return fail(
                ErrorCode::TooLarge, msg("The XML is nested more than {0} levels deep.", limits_.max_depth),
                line_name(line_at(text_, from)), msg("Export the plan from Microsoft Project again."));
        return {};
    }

    // The '>' that closes the tag, outside quotes.
    std::size_t tag_end() {
        char quote = 0;
        for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
            const char c = text_[i];
            if (quote) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
                ++attributes_;  // each has one value, in quotation marks
            } else if (c == '>') {
                return i;
            } else if (c == '<') {
                return std::string_view::npos;
            }
        }
        return std::string_view::npos;
    }

    std::string_view text_;
    const XmlLimits& limits_;
    std::size_t at_ = 0, elements_ = 0, pieces_ = 0, attributes_ = 0;
    int depth_ = 0;
};

// XML in UTF-16 that has lost its byte order mark still begins with '<'.
DecodedText decode_xml(ByteView bytes, std::size_t most) {
    if (bytes.size() >= 2 && ((bytes[0] == '<' && bytes[1] == 0) || (bytes[0] == 0 && bytes[1] == '<'))) {
        const bool little_endian = bytes[0] == '<';
        Bytes marked(bytes.size() + 2);
        marked[0] = little_endian ? 0xFF : 0xFE;
        marked[1] = little_endian ? 0xFE : 0xFF;
        std::copy(bytes.begin(), bytes.end(), marked.begin() + 2);
        return decode_text(marked, most);
    }
    return decode_text(bytes, most);
}

bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Result<XmlFile> XmlFile::parse(ByteView bytes, const XmlLimits& limits) {
    const auto too_large = [](Message what) {
        return fail(ErrorCode::TooLarge, std::move(what), {}, msg("Export a smaller part of the plan."));
    };
    const Message larger = msg("The file is larger than {0} MiB.", static_cast<int>(limits.max_bytes >> 20));
    if (bytes.size() > limits.max_bytes) return too_large(larger);
    DecodedText decoded = decode_xml(bytes, limits.max_bytes);
    if (decoded.too_large) return too_large(larger);
    XmlFile file;
    file.text_ = std::make_unique<std::string>(std::move(decoded.text));
    std::string& text = *file.text_;
    // Controls are not XML; a NUL would end the parser's buffer early.
    const auto control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    };
    std::replace_if(text.begin(), text.end(), control, ' ');
    if (Result<void> scanned = Prescan(text, limits).run(); !scanned)
        return tl::unexpected<Error>(std::move(scanned.error()));
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines > kMaxXmlLines) return too_large(msg("The XML has more than {0} lines.", static_cast<std::int64_t>(kMaxXmlLines)));
    file.line_ends_.reserve(lines);
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n') file.line_ends_.push_back(static_cast<std::uint32_t>(i));
    const std::string_view head = std::string_view(text).substr(0, 200);
    const bool says_utf8 = lower_ascii(head.substr(0, head.find("?>"))).find("utf-8") != std::string::npos;
    file.replaced_ = decoded.replaced || (says_utf8 && decoded.encoding == TextEncoding::Windows1252);

    file.document_ = std::make_unique<pugi::xml_document>();
    const pugi::xml_parse_result parsed = file.document_->load_buffer_inplace(
        text.data(), text.size(), pugi::parse_default | pugi::parse_embed_pcdata, pugi::encoding_utf8);
    if (!parsed) {
        const auto at = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(0, parsed.offset));
        const auto ends = std::lower_bound(file.line_ends_.begin(), file.line_ends_.end(), at);
        const int line = 1 + static_cast<int>(ends - file.line_ends_.begin());
        return fail(ErrorCode::BadInput, msg("The XML is broken in line {0}.", line), line_name(line),
                    msg("Export the plan again; the file may be cut off."));
    }
    const std::string_view name = file.root().name();
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
        file.prefix_ = name.substr(0, colon + 1);
    return file;
}

std::string_view XmlFile::root_name() const { return std::string_view(root().name()).substr(prefix_.size()); }

std::string_view XmlFile::root_namespace() const {
    const std::string name = prefix_.empty() ? "xmlns" : "xmlns:" + prefix_.substr(0, prefix_.size() - 1);
    return root().attribute(name.c_str()).value();
}

int XmlFile::line(pugi::xml_node node) const {
    const std::ptrdiff_t at = node.offset_debug();
    if (at < 0) return 0;
    const auto ends = std::lower_bound(line_ends_.begin(), line_ends_.end(), static_cast<std::uint32_t>(at));
    return 1 + static_cast<int>(ends - line_ends_.begin());
}

bool XmlFile::is(pugi::xml_node node, const char* name) const {
    if (prefix_.empty()) return std::strcmp(node.name(), name) == 0;
    return std::strncmp(node.name(), prefix_.c_str(), prefix_.size()) == 0 &&
           std::strcmp(node.name() + prefix_.size(), name) == 0;
}

pugi::xml_node XmlFile::child(pugi::xml_node node, const char* name) const {
    for (pugi::xml_node at = node.first_child(); at; at = at.next_sibling())
        if (is(at, name)) return at;
    return {};
}

std::vector<pugi::xml_node> XmlFile::children(pugi::xml_node node, const char* name) const {
    std::vector<pugi::xml_node> found;
    for (pugi::xml_node at = node.first_child(); at; at = at.next_sibling())
        if (is(at, name)) found.push_back(at);
    return found;
}

std::string_view XmlFile::text(pugi::xml_node node, const char* name) const {
    return trim(child(node, name).child_value());
}

std::optional<std::int64_t> XmlFile::number(pugi::xml_node node, const char* name) const {
    return parse_scaled(text(node, name), 0);
}

bool XmlFile::flag(pugi::xml_node node, const char* name, bool otherwise) const {
    const std::string_view value = text(node, name);
    return value.empty() ? otherwise : value == "1" || value == "true" || value == "-1";
}

std::optional<LocalMinute> XmlFile::time(pugi::xml_node node, const char* name) const {
    return parse_xml_time(text(node, name));
}

std::optional<std::int64_t> parse_scaled(std::string_view text, int digits) {
    const bool negative = !text.empty() && text[0] == '-';
    if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
    if (text.empty() || !(digit(text[0]) || text[0] == '.')) return std::nullopt;
    std::int64_t value = 0;
    std::size_t at = 0;
    bool any = false;
    for (; at < text.size() && digit(text[at]); ++at) {
        value = value * 10 + (text[at] - '0');
        any = true;
        if (value > kMaxScaled) return std::nullopt;
    }
    int rest = 0;  // the first digit that is cut off
    if (at < text.size() && text[at] == '.') {
        int left = digits;
        for (++at; at < text.size() && digit(text[at]); ++at) {
            any = true;
            if (left > 0)
                value = value * 10 + (text[at] - '0');
            else if (left == 0)
                rest = text[at] - '0';
            --left;
            if (value > kMaxScaled) return std::nullopt;
        }
        digits = std::max(0, left);
    }
    if (!any || at != text.size()) return std::nullopt;
    for (; digits > 0; --digits) {
        value *= 10;
        if (value > kMaxScaled) return std::nullopt;
    }
    if (rest >= 5) ++value;
    return negative ? -value : value;
}

std::optional<LocalMinute> parse_xml_time(std::string_view text) {
    text = trim(text);
    if (text.size() == 10) {
        const auto day = parse_iso_day(text);
        return day ? std::optional(at_minute(*day, 0)) : std::nullopt;
    }
    return text.size() < 16 ? std::nullopt : parse_iso_minute(text.substr(0, 16));
}

std::optional<std::int64_t> parse_xml_seconds(std::string_view text) {
    text = trim(text);
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) text.remove_prefix(1);
    if (text.size() < 3 || text[0] != 'P') return std::nullopt;
    text.remove_prefix(1);
    std::int64_t seconds = 0;
    bool in_time = false;
    while (!text.empty()) {
        if (text[0] == 'T') {
            in_time = true;
            text.remove_prefix(1);
            continue;
        }
        const std::size_t end = text.find_first_not_of("0123456789.");
        if (end == std::string_view::npos || end == 0) return std::nullopt;
        const auto value = parse_scaled(text.substr(0, end), 3);
        std::int64_t unit = 0;
        switch (text[end]) {
            case 'W': unit = in_time ? 0 : 7 * 86400; break;
            case 'D': unit = in_time ? 0 : 86400; break;
            case 'H': unit = in_time ? 3600 : 0; break;
            case 'M': unit = in_time ? 60 : 0; break;
            case 'S': unit = in_time ? 1 : 0; break;
            default: break;
        }
        const bool nothing = value && *value == 0;  // "P0Y0M0DT8H": years and months of nothing say nothing
        if (!value || (unit == 0 && !nothing) || *value > kMaxScaled / 100) return std::nullopt;
        seconds += (*value * unit + 500) / 1000;
        if (seconds > kMaxScaled) return std::nullopt;
        text.remove_prefix(end + 1);
    }
    return negative ? -seconds : seconds;
}

}  // namespace entente::exchange
