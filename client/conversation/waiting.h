// How long a client waits for what, and what silence may mean meanwhile (RFC 5321 §4.5.3.2).
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "smtp/input.h"

namespace client {

enum class Wait : std::uint8_t {
  kNothing,
  kGreeting,
  kHandshake,   // of TLS
  kMail,        // the reply to MAIL
  kRcpt,        // the reply to RCPT
  kData,        // the 354
  kBlock,       // the network takes no more of the message
  kEndOfData,   // the reply to the final dot
  kOtherReply,  // the RFC names no time
};
inline constexpr std::size_t kWaitCount = 9;

struct WaitRow {
  std::chrono::minutes time;
  std::string_view en;  // "no greeting for {0}", of the time that it has lasted
  std::string_view zh;
  std::string_view failure;  // id of scenarios/knowledge/failures.toml
  std::string_view rule;
};

// In the order of Wait.
inline constexpr std::array<WaitRow, kWaitCount> kWaits{{
    {std::chrono::minutes(0), "", "", "", ""},
    {std::chrono::minutes(5), "no greeting for {0}", "{0}内没有问候", "silent-greeting", "RFC 5321 §4.5.3.2.1"},
    {std::chrono::minutes(1), "no answer to the TLS handshake for {0}", "{0}内没有回应 TLS 握手", "tls-silent", ""},
    {std::chrono::minutes(5), "no reply to MAIL for {0}", "{0}内没有回复 MAIL", "silent-reply", "RFC 5321 §4.5.3.2.2"},
    {std::chrono::minutes(5), "no reply to RCPT for {0}", "{0}内没有回复 RCPT", "silent-reply", "RFC 5321 §4.5.3.2.3"},
    {std::chrono::minutes(2), "no reply to DATA for {0}", "{0}内没有回复 DATA", "silent-reply", "RFC 5321 §4.5.3.2.4"},
    {std::chrono::minutes(3), "the message is not taken for {0}", "{0}内没有收下邮件内容", "silent-reply",
     "RFC 5321 §4.5.3.2.5"},
    {std::chrono::minutes(10), "no reply to the end of the message for {0}", "邮件结束后{0}内没有回复", "silent-reply",
     "RFC 5321 §4.5.3.2.6"},
    {std::chrono::minutes(5), "no reply for {0}", "{0}内没有回复", "silent-reply", ""},
}};

constexpr const WaitRow& row(Wait wait) { return kWaits[static_cast<std::size_t>(wait)]; }

// For the reply to this input.
[[nodiscard]] Wait wait_for(smtp::Input input);

// After so much silence something is said about it.
inline constexpr std::chrono::milliseconds kRemarkedSilence = std::chrono::seconds(10);

// When something is said and when the connection is given up, counted from the last thing that happened. `patience`: at most
// so long instead of the time of the table; the note then comes at half of it at the latest.
struct Deadlines {
  std::chrono::milliseconds note;
  std::chrono::milliseconds end;
};
[[nodiscard]] Deadlines deadlines(Wait wait, std::optional<std::chrono::milliseconds> patience);

// "10 s", "0.2 s".
[[nodiscard]] std::string seconds(std::chrono::milliseconds time);

// What failed when that time is over.
[[nodiscard]] core::Error silence_error(Wait wait, std::chrono::milliseconds time);

}  // namespace client
