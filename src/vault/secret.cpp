#include "vault/secret.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>

#include <sodium.h>

namespace entente::vault {

void ensure_sodium() {
    if (sodium_init() < 0) std::abort();
}

void wipe(void* data, std::size_t size) {
    if (size > 0) sodium_memzero(data, size);
}

void wipe(std::string& text) {
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

void wipe(Bytes& bytes) {
    bytes.resize(bytes.capacity());
    wipe(bytes.data(), bytes.size());
    bytes.clear();
}

SecretKey::SecretKey(ByteView bytes) {
    assert(bytes.size() == kKeyBytes);
    std::copy_n(bytes.begin(), std::min(bytes.size(), kKeyBytes), bytes_.begin());
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) { other.clear(); }

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
    if (this != &other) {
        bytes_ = other.bytes_;
        other.clear();
    }
    return *this;
}

SecretKey::~SecretKey() { clear(); }

void SecretKey::clear() { wipe(bytes_.data(), bytes_.size()); }

}  // namespace entente::vault
