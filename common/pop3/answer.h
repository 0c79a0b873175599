// What a server says to one command: a line that begins with +OK, -ERR or "+ ", and perhaps lines behind it (RFC 1939 §3).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pop3/source.h"
#include "pop3/transitions.h"

namespace pop3 {

inline constexpr std::size_t kMaxAnswerLine = 512;  // with CRLF (RFC 1939 §3, RFC 2449 §4)

// Response codes as they stand in their brackets (RFC 2449 §8.1, RFC 3206, RFC 6856 §5).
inline constexpr std::string_view kCodeInUse = "IN-USE";
inline constexpr std::string_view kCodeLoginDelay = "LOGIN-DELAY";
inline constexpr std::string_view kCodeAuth = "AUTH";
inline constexpr std::string_view kCodeTemporary = "SYS/TEMP";
inline constexpr std::string_view kCodePermanent = "SYS/PERM";

struct Answer {
  Outcome outcome = Outcome::kOk;
  std::string code = {};  // response code without its brackets; empty: none
  std::string text = {};  // for people; of kMore the challenge in base64
  // What stands behind the first line, without end mark and not stuffed: these lines, without their ends, or what the source
  // gives. Neither: the answer is one line.
  std::optional<std::vector<std::string>> lines = {};
  std::unique_ptr<Source> source = {};

  [[nodiscard]] bool has_body() const { return lines.has_value() || source != nullptr; }
};

// "+OK", "-ERR", "+".
[[nodiscard]] std::string_view indicator(Outcome outcome);

// The first line as it goes on the wire, with CRLF: what is no printable text is shown escaped, and what is too long is cut.
[[nodiscard]] std::string first_line(const Answer& answer);

// The first line of an answer, read without its end; nothing when it begins with none of the three.
[[nodiscard]] std::optional<Answer> read_first_line(std::string_view line);

}  // namespace pop3
