// Golden files in tests/data/golden: read and compared, and written only where missing and asked for.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/bytes.hpp"

namespace entente::test {

inline Bytes read_file(const std::string& path) {
    Bytes bytes;
    if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
        std::uint8_t buffer[4096];
        for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;) bytes.insert(bytes.end(), buffer, buffer + got);
        std::fclose(file);
    }
    return bytes;
}

// The golden file's bytes; empty where there is none. With ENTENTE_WRITE_GOLDEN=1 in the environment a missing file is first
// made of `fresh`; one that exists is never touched.
inline Bytes golden(const std::string& name, const Bytes& fresh) {
    const std::string path = std::string(ENTENTE_TEST_DATA) + "/golden/" + name;
    Bytes bytes = read_file(path);
    const char* write = std::getenv("ENTENTE_WRITE_GOLDEN");
    if (!bytes.empty() || !write || std::string(write) != "1") return bytes;
    if (std::FILE* file = std::fopen(path.c_str(), "wb")) {
        std::fwrite(fresh.data(), 1, fresh.size(), file);
        std::fclose(file);
    }
    return fresh;
}

}  // namespace entente::test
