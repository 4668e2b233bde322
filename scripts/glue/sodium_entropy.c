/* libsodium's random source, for native and wasm alike: getentropy, which is the kernel's in one and the browser's
 * crypto.getRandomValues in the other. It takes the place of libsodium's own choice, which for Emscripten runs
 * JavaScript text. Our code asks the Random port instead and passes seeds in; this serves libsodium's start-up only.
 */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/random.h>
#elif defined(__EMSCRIPTEN__)
int getentropy(void *buffer, size_t length);
#endif

#include "randombytes_sysrandom.h"

static void fill(void *buffer, const size_t size) {
    unsigned char *at = (unsigned char *)buffer;
    size_t left = size;
    while (left > 0) {
        const size_t part = left < 256 ? left : 256; /* getentropy gives no more at once */
        if (getentropy(at, part) != 0) abort();
        at += part;
        left -= part;
    }
}

static uint32_t random_word(void) {
    uint32_t word;
    fill(&word, sizeof word);
    return word;
}

static const char *name(void) { return "getentropy"; }

struct randombytes_implementation randombytes_sysrandom_implementation = {name, random_word, NULL, NULL, fill, NULL};
