// Runs a fuzzer's function over the files of a folder, without a fuzzer: natively and in wasm32, so that what was once found stays
// found on both.  replay FOLDER
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include <dirent.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::uint8_t> read_file(const std::string& path) {
    std::vector<std::uint8_t> bytes;
    if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
        std::uint8_t block[4096];
        for (std::size_t got; (got = std::fread(block, 1, sizeof block, file)) > 0;) bytes.insert(bytes.end(), block, block + got);
        std::fclose(file);
    }
    return bytes;
}

}  // namespace

int main(int count, char** values) {
    DIR* folder = count == 2 ? opendir(values[1]) : nullptr;
    if (!folder) {
        std::fprintf(stderr, "replay: a folder is needed\n");
        return 2;
    }
    std::vector<std::string> names;
    while (const dirent* entry = readdir(folder)) {
        if (entry->d_name[0] != '.') names.push_back(entry->d_name);
    }
    closedir(folder);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
        const std::vector<std::uint8_t> bytes = read_file(std::string(values[1]) + "/" + name);
        std::printf("%s (%zu bytes)\n", name.c_str(), bytes.size());
        std::fflush(stdout);
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
    std::printf("figure: replayed: %zu\n", names.size());
    return names.empty() ? 1 : 0;
}
