// CMX 3600 edit decision lists, in the dialects that Avid, Premiere, Resolve, Final Cut and the old linear rooms write.
//
// Read: TITLE, FCM (also in the middle), events with cuts, dissolves, wipes and keys, M2 speed changes (backwards and freeze), AUD, the
// comments that name clips. Reels may be long or hold spaces; numbers may be of any length. Events whose record has no length are the
// outgoing side of a transition and are no events of their own. A list need not be in the order of its record.
#pragma once

#include "exchange/cut_file.hpp"

namespace entente::exchange {

// `text`: UTF-8, line ends of any kind.
Result<CutFile> read_edl(std::string text, const std::optional<StatedRate>& rate);

}  // namespace entente::exchange
