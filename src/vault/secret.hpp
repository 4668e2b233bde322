// Secrets: 32-byte keys and passphrases that are wiped when they go.
//
// A SecretKey cannot be copied by accident; moving wipes the source. wipe() uses libsodium's memzero, which the optimizer may
// not remove. WebAssembly has no locked memory: the promise is "gone after lock()", not "never paged".
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/bytes.hpp"

namespace entente::vault {

inline constexpr std::size_t kKeyBytes = 32;

// Makes libsodium ready; cheap to call again. Every entry point of vault calls it.
void ensure_sodium();

void wipe(void* data, std::size_t size);
void wipe(std::string& text);   // also its spare capacity; empty afterwards
void wipe(Bytes& bytes);

class SecretKey {
public:
    SecretKey() = default;
    explicit SecretKey(ByteView bytes);  // exactly kKeyBytes
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();

    void clear();
    const std::uint8_t* data() const { return bytes_.data(); }
    std::uint8_t* data() { return bytes_.data(); }
    ByteView view() const { return ByteView(bytes_.data(), bytes_.size()); }

private:
    std::array<std::uint8_t, kKeyBytes> bytes_{};
};

}  // namespace entente::vault
