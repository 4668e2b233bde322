#include "app/export/file_name.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace entente::app {

namespace {

constexpr std::size_t kMaxFileName = 120;

// CON, PRN, AUX, NUL, COM1 .. LPT9, also before a dot.
bool is_device(std::string_view name) {
    const std::string stem = lower_ascii(name.substr(0, name.find('.')));
    if (stem == "con" || stem == "prn" || stem == "aux" || stem == "nul") return true;
    return stem.size() == 4 && (stem.substr(0, 3) == "com" || stem.substr(0, 3) == "lpt") && stem[3] >= '0' && stem[3] <= '9';
}

}  // namespace

std::string file_name(std::string_view wanted, std::string_view otherwise) {
    const std::string clean = clean_utf8(wanted);
    std::string name;
    for (const char c : truncate_utf8(trim(clean), kMaxFileName)) {
        const bool bad =
            static_cast<unsigned char>(c) < 32 || c == 0x7F || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
        name += bad ? '-' : c;
    }
    const auto trims = [](char c) { return c == '.' || c == ' '; };
    while (!name.empty() && trims(name.back())) name.pop_back();
    name.erase(0, static_cast<std::size_t>(std::find_if_not(name.begin(), name.end(), trims) - name.begin()));
    if (is_device(name)) name.insert(name.begin(), '_');
    return name.empty() ? std::string(otherwise) : name;
}

}  // namespace entente::app
