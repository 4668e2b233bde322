#include "codec/plain_sink.hpp"

#include "codec/plain_archive.hpp"

namespace entente::codec {

void tell(PlainSink& sink, std::string_view key, const house::House& house) { PlainArchive(sink).write(key, house); }
void tell(PlainSink& sink, std::string_view key, const plan::Project& project) { PlainArchive(sink).write(key, project); }

std::string id_text(std::uint64_t id) {
    std::string out(16, '0');
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = "0123456789abcdef"[(id >> (60 - 4 * i)) & 15];
    return out;
}

std::string_view word_of(EntryKind kind) { return kWords<EntryKind>[static_cast<std::size_t>(kind)]; }

}  // namespace entente::codec
