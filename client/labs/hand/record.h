// What was done by hand in a lab, as a file: everything that was said, when, and what was fulfilled by it. Whoever has it can
// say all of it to the same server again. It proves nothing of who typed, and says so.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/labs/hand/desk.h"
#include "core/result.h"
#include "dialogue/event.h"

namespace hand {

// Where what a client said comes from.
enum class Origin : std::uint8_t {
  kUnknown,   // another program said it
  kProposed,  // the screen did, and it was sent as it stood
  kTyped,     // somebody typed or edited it at the screen
};

struct Happened {
  std::uint64_t connection = 0;
  dialogue::Event event;
  Origin origin = Origin::kUnknown;
};

// A task as it was in the end.
struct Fulfilled {
  std::string name;
  std::optional<double> done;  // milliseconds since the record began
  std::size_t hints = 0;
};

struct Answered {
  std::string task;
  std::string answer;
  double at = 0;  // milliseconds since the record began
};

struct Record {
  std::string lab;       // as Lab::id
  std::string scenario;  // of the server; empty where only questions were asked
  std::uint64_t seed = 0;
  std::string version;  // of smtplab
  std::string began;    // "2026-06-01T14:33:11Z"
  std::vector<Fulfilled> tasks;
  std::vector<Answered> answers;
  std::vector<Happened> events;
};

[[nodiscard]] std::vector<Fulfilled> fulfilled(const Desk& desk);

// One JSON object and a LF. Passwords stand in it as they were typed: without them nothing can be said again.
[[nodiscard]] std::string as_json(const Record& record);

// Of the events: number, at, kind, bytes and closed_by. Errors (Blame::kInput): it is no record; what of it is wrong.
[[nodiscard]] core::Result<Record> read_record(std::string_view text);

}  // namespace hand
