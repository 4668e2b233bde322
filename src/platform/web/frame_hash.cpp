#include "platform/web/frame_hash.hpp"

#include <imgui.h>

#include <cstddef>
#include <cstring>

#include "ui/views/bars.hpp"

namespace entente::platform {
namespace {

// FNV-1a by words of 8 bytes: only to notice that two frames are the same.
class Hash {
public:
    void add(const void* data, std::size_t size) {
        const auto* bytes = static_cast<const unsigned char*>(data);
        for (; size >= 8; size -= 8, bytes += 8) {
            std::uint64_t word;
            std::memcpy(&word, bytes, 8);
            mix(word);
        }
        std::uint64_t rest = size;
        for (; size > 0; --size) {
            rest = rest << 8 | *bytes++;
        }
        mix(rest);
    }
    std::uint64_t value() const { return value_; }

private:
    void mix(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x100000001B3ull;
        value_ ^= value_ >> 29;
    }
    std::uint64_t value_ = 0xCBF29CE484222325ull;
};

}  // namespace

std::uint64_t frame_hash(const ImDrawData& data, int width, int height, std::uint32_t background) {
    Hash hash;
    const std::uint32_t frame[] = {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), background};
    hash.add(frame, sizeof frame);
    for (const ImDrawList* list : data.CmdLists) {
        hash.add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
        hash.add(list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
        for (const ImDrawCmd& command : list->CmdBuffer) {
            hash.add(&command.ClipRect, sizeof command.ClipRect);
            if (command.UserCallback == ui::bars_callback) {
                const auto& bars = static_cast<const ui::BarBatch*>(command.UserCallbackData)->bars();
                hash.add(bars.data(), bars.size() * sizeof(ui::BarInstance));
            }
        }
    }
    return hash.value();
}

}  // namespace entente::platform
