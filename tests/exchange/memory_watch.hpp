// How much memory a piece of work takes.
#pragma once

#include <cstddef>

namespace entente::test {

// Bytes in use at the worst moment since it was made, above what was in use before. What is allocated is counted, not what the system
// says is resident: that depends on what ran earlier. 0 where it cannot be counted (under a sanitizer, with another C library). In
// WebAssembly what the memory as a whole has grown by: what was free in it before is not seen. One at a time.
class MemoryWatch {
public:
    MemoryWatch();
    std::size_t grown() const;
    static bool counts();  // whether every allocation is counted here

private:
    std::size_t before_;
};

}  // namespace entente::test
