// Whatever stands in the address bar is a place in the program, and that place has an address of its own that leads to it.
#include <cstdlib>

#include "ui/route.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace entente::ui;
    const Route route = from_fragment(std::string_view(reinterpret_cast<const char*>(data), size));
    const std::string fragment = to_fragment(route);
    if (!(from_fragment(fragment) == route) || to_fragment(from_fragment(fragment)) != fragment) std::abort();
    return 0;
}
