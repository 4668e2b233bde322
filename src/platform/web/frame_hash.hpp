// A number for all that a frame's lists would draw: two frames with the same number are the same picture, and the second is not drawn.
#pragma once

#include <cstdint>

struct ImDrawData;

namespace entente::platform {

std::uint64_t frame_hash(const ImDrawData& data, int width, int height, std::uint32_t background);

}  // namespace entente::platform
