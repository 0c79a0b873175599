// The protocols of this program. Who links them says which: common/all_protocols.cpp for the programs.
#pragma once

#include <span>
#include <string_view>

#include "protocol/protocol.h"

namespace protocol {

[[nodiscard]] std::span<const Protocol* const> known();
// Null: there is none of that name ("smtp").
[[nodiscard]] const Protocol* find(std::string_view name);

}  // namespace protocol
