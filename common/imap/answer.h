// What a server says to one command: untagged data, and behind them the tagged line with its condition (RFC 9051 §7).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imap/transitions.h"
#include "protocol/answer.h"
#include "protocol/source.h"

namespace imap {

using protocol::Source;

enum class Condition : std::uint8_t { kOk, kNo, kBad, kPreauth, kBye, kMore };

struct Answer {
  Condition condition = Condition::kOk;
  std::string code = {};  // response code without its brackets; empty: none
  std::string text = {};  // for people; of kMore the challenge in base64
  // What comes before the tagged line: these lines, without "* " and line end, literals among them; then what the source gives,
  // which are whole lines as they go on the wire.
  std::vector<std::string> data = {};
  std::unique_ptr<Source> source = {};

  [[nodiscard]] bool has_data() const { return !data.empty() || source != nullptr; }
  [[nodiscard]] bool is_ok() const { return condition == Condition::kOk || condition == Condition::kPreauth; }
};

[[nodiscard]] inline Answer ok(std::string text, std::string code = {}) {
  return {Condition::kOk, std::move(code), std::move(text)};
}
[[nodiscard]] inline Answer no(std::string text, std::string code = {}) {
  return {Condition::kNo, std::move(code), std::move(text)};
}
[[nodiscard]] inline Answer bad(std::string text, std::string code = {}) {
  return {Condition::kBad, std::move(code), std::move(text)};
}

// "OK", "NO", "BAD", "PREAUTH", "BYE", "+".
[[nodiscard]] std::string_view word_of(Condition condition);

// As others see it: of the data only that they are there.
[[nodiscard]] protocol::Answer neutral(const Answer& answer, std::string_view tag);

// What an answer means for the state, whoever has worded it.
[[nodiscard]] Outcome outcome_of(const protocol::Answer& answer);

// "a1 OK [CODE] text", "* OK text", "+ text", with CRLF. Lines behind the first are untagged data, which come before it.
[[nodiscard]] std::string octets_of(const protocol::Answer& answer);

// The inverse, of lines without their ends: the last one that is an answer, with those before it as data. Nothing when none is.
[[nodiscard]] std::optional<protocol::Answer> answer_in(const std::vector<std::string>& lines);

}  // namespace imap
