// What a server says to an input, as far as it is the same in all protocols: whether it does what was asked, under which code,
// in which words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace protocol {

enum class Outcome : std::uint8_t {
  kOk,             // done: 2yz, +OK
  kMore,           // go on, and then it is done: 3yz, "+ "
  kRefusedForNow,  // not done, and later it may be: 4yz
  kRefused,        // not done: 5yz, -ERR, NO, BAD
  kNews,           // neither: the server tells what it was not asked for, or data on the way to an answer (RFC 9051 §7)
};

struct Answer {
  Outcome outcome = Outcome::kOk;
  std::string code;                // as it stands at the beginning: "250", "+OK", behind a tag "NO"
  std::vector<std::string> lines;  // the text behind the code, at least one line; of kNews the data
  std::string tag = {};            // of the command that it answers, in a protocol that has such names (RFC 9051 §2.2.1)

  [[nodiscard]] bool is_positive() const { return outcome == Outcome::kOk; }
  [[nodiscard]] bool is_more() const { return outcome == Outcome::kMore; }
  [[nodiscard]] bool is_negative() const { return outcome == Outcome::kRefused || outcome == Outcome::kRefusedForNow; }
  // What stands before the text and tells programs more than the code: the enhanced code of SMTP ("5.7.8", RFC 2034), or the
  // response code of the others without its brackets ("AUTH", RFC 2449 §8); a view into the first line, empty when there is
  // none.
  [[nodiscard]] std::string_view detail() const;

  bool operator==(const Answer&) const = default;
};

// An enhanced status code, class "." subject "." detail, at the beginning of `text` and followed by a blank or its end (RFC
// 3463 §2); empty: there is none.
[[nodiscard]] std::string_view enhanced_code(std::string_view text);

}  // namespace protocol
