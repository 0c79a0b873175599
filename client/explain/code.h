// The code with which a reply begins, in whichever protocol, and what stands behind it and tells programs more.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/protocol.h"

namespace explain {

struct Code {
  const protocol::Protocol* protocol = nullptr;  // whose code it is; never null
  std::string text;                              // "535", "-ERR"
  protocol::Outcome outcome = protocol::Outcome::kOk;

  [[nodiscard]] bool is_negative() const {
    return outcome == protocol::Outcome::kRefused || outcome == protocol::Outcome::kRefusedForNow;
  }
  // Three digits (RFC 5321 §4.2); only such a one can be something else in a text.
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] int number() const;  // 0 where it is none
  // They say the same of whether it was done.
  [[nodiscard]] bool is_of_class(const Code& other) const { return protocol == other.protocol && outcome == other.outcome; }
  bool operator==(const Code& other) const { return protocol == other.protocol && text == other.text; }
};

// What `text` is, and nothing else.
[[nodiscard]] std::optional<Code> code_of(std::string_view text);

// The code at the beginning of `text`, with which a word ends; of several protocols the first that has it.
[[nodiscard]] std::optional<Code> code_in_front(std::string_view text);

// The protocol whose code comes first in a text; the first of all where there is none.
[[nodiscard]] const protocol::Protocol& spoken_in(std::string_view text);

// The enhanced code ("5.7.8") or the response code ("AUTH", RFC 2449 §8) of the words behind a code: at their start, or as
// qmail writes it, "(#5.5.1)" behind them. Empty: they have none.
[[nodiscard]] std::string detail_of(std::string_view words);

}  // namespace explain
