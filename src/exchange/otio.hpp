// OpenTimelineIO timelines (.otio): their JSON, every version of the schemas that matter here.
//
// Read: Timeline, Stack, Track, Clip (one or several media references), Gap, Transition, LinearTimeWarp and FreezeFrame, generators and
// missing references, nested stacks and tracks (taken apart; those under a time effect stay one event), ranges at any rate, a track's own
// range. Markers and metadata say nothing of the picture. What is unknown is passed over with a note; what has no length is left out.
#pragma once

#include "exchange/cut_file.hpp"

namespace entente::exchange {

Result<CutFile> read_otio(std::string text, const std::optional<StatedRate>& rate);

}  // namespace entente::exchange
