// How long a client waits for what, and what silence may mean meanwhile.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "protocol/input.h"

namespace client {

enum class Wait : std::uint8_t {
  kNothing,
  kHandshake,  // of TLS
  kBlock,      // the network takes no more of the message
  kAnswer,     // to an input
};

struct Waiting {
  Wait what = Wait::kNothing;
  std::optional<protocol::Input> input = {};  // of kAnswer, never empty: what is to be answered
};

// After so much silence something is said about it.
inline constexpr std::chrono::milliseconds kRemarkedSilence = std::chrono::seconds(10);

// When something is said and when the connection is given up, counted from the last thing that happened. `patience`: at most
// so long instead of the time that the protocol names (protocol::InputRow::patience); the note then comes at half of it at the
// latest.
struct Deadlines {
  std::chrono::milliseconds note;
  std::chrono::milliseconds end;
};
[[nodiscard]] Deadlines deadlines(const Waiting& waiting, std::optional<std::chrono::milliseconds> patience);

// "10 s", "0.2 s".
[[nodiscard]] std::string seconds(std::chrono::milliseconds time);

// What failed when that time is over.
[[nodiscard]] core::Error silence_error(const Waiting& waiting, std::chrono::milliseconds time);

}  // namespace client
