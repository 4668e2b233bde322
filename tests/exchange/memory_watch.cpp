#include "tests/exchange/memory_watch.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ENTENTE_SANITIZED
#endif
#endif

#if defined(__GLIBC__) && !defined(ENTENTE_SANITIZED) && !defined(__SANITIZE_ADDRESS__)
#define ENTENTE_COUNTED
#include <malloc.h>

namespace {

// Nothing that needs to be made first: the C library allocates before any constructor here runs.
constinit std::atomic<std::size_t> g_used{0}, g_most{0};

void* counted(void* room) noexcept {
    if (!room) return room;
    const std::size_t used = g_used += malloc_usable_size(room);
    for (std::size_t most = g_most; used > most && !g_most.compare_exchange_weak(most, used);) {}
    return room;
}

void uncounted(void* room) noexcept {
    if (room) g_used -= malloc_usable_size(room);
}

}  // namespace

// The C library's own, which stay reachable under these names where a program replaces them (glibc's manual, "Replacing malloc").
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) noexcept { return counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) noexcept { return counted(__libc_calloc(count, size)); }
void* memalign(std::size_t unit, std::size_t size) noexcept { return counted(__libc_memalign(unit, size)); }
void* aligned_alloc(std::size_t unit, std::size_t size) noexcept { return counted(__libc_memalign(unit, size)); }
int posix_memalign(void** out, std::size_t unit, std::size_t size) noexcept {
    void* const room = counted(__libc_memalign(unit, size));
    if (!room) return ENOMEM;
    *out = room;
    return 0;
}
void free(void* room) noexcept {
    uncounted(room);
    __libc_free(room);
}
// Where a block has to move, the old one and the new one count as one: large ones are moved by the system, without a copy.
void* realloc(void* room, std::size_t size) noexcept {
    const std::size_t before = room ? malloc_usable_size(room) : 0;
    void* const moved = __libc_realloc(room, size);
    if (moved || size == 0) g_used -= before;
    return counted(moved);
}
}
#endif

namespace entente::test {

#if defined(ENTENTE_COUNTED)
MemoryWatch::MemoryWatch() : before_(g_used) { g_most = before_; }
std::size_t MemoryWatch::grown() const { return g_most - before_; }
bool MemoryWatch::counts() { return true; }
#elif defined(__wasm__)
MemoryWatch::MemoryWatch() : before_(__builtin_wasm_memory_size(0) * 65536) {}
std::size_t MemoryWatch::grown() const { return __builtin_wasm_memory_size(0) * 65536 - before_; }
bool MemoryWatch::counts() { return false; }
#else
MemoryWatch::MemoryWatch() : before_(0) {}
std::size_t MemoryWatch::grown() const { return before_; }
bool MemoryWatch::counts() { return false; }
#endif

}  // namespace entente::test
