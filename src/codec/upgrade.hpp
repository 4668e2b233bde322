// What older records say in another way, said as today. Runs once a record was read and found whole; it never fails.
//
// Before schema 3 a change asked for a round by a mark in the note of its work ("rounds:12"): now Change::asks_round says so, and
// the note, which the house reads, is empty. And what was put aside for the unforeseen stood in every proposal as a line: one that
// has such a line keeps it, sent or not. Each part is judged by itself alone, so that a replayed record and a snapshot of it agree.
#pragma once

#include <cstdint>

#include "core/model.hpp"
#include "core/session.hpp"

namespace entente::codec {

void upgrade(Entry& entry, std::uint16_t schema);
void upgrade(Model& model, std::uint16_t schema);

}  // namespace entente::codec
