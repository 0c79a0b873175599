// A rule: what it answers, when, and what it does then. What scenarios/README.md describes, in C++.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue/event.h"
#include "mockserver/scenario/condition.h"
#include "protocol/input.h"

namespace scenario {

// Where a rule applies. Besides the verbs (kCommand with Rule::verb):
enum class On : std::uint8_t {
  kConnect,    // the connection; the reply is the greeting
  kCommand,    // one verb
  kChallenge,  // the server is about to say 334
  kAuth,       // the client's credentials are complete (or cannot be read)
  kMidway,     // mail data is coming in and is not at its end
  kMessage,    // the message is complete
  kUnknown,    // a line that is no command
  kTimeout,    // the client was silent for too long
  kAny,        // any of these but kMidway and kTimeout
};

enum class Wanted : std::uint8_t { kRight, kWrong, kAny };  // for conditions on what is normally in order
enum class PasswordUsed : std::uint8_t { kRight, kWeb, kNewline, kEmpty, kWrong };

// For whom is counted.
enum class Per : std::uint8_t { kAll, kConnection, kClientIp, kSender, kRecipient, kUser, kTriplet };

// How often the rest of the conditions held so far; tally.h.
struct Counting {
  std::optional<std::size_t> times;                            // up to this many times
  std::optional<std::size_t> nth;                              // this time only, from 1
  std::optional<std::size_t> rate;                             // more than this many …
  std::chrono::milliseconds window{};                          // … within this time
  std::optional<std::chrono::milliseconds> since_first_under;  // the first time is less than this ago
  Per per = Per::kAll;
  bool operator==(const Counting&) const = default;
};

// All that are given must hold. `order` and `syntax` are "right" unless said otherwise, so that a rule which accepts
// something can never let a wrong command through by accident.
struct When {
  Wanted order = Wanted::kRight;
  Wanted syntax = Wanted::kRight;
  std::vector<Condition> conditions;  // in the order of the table, each once
  std::optional<double> chance;       // from 0 to 1
  std::optional<Counting> counting;

  // What is asked under this key; null: nothing. REQUIRES: such a condition has such a value.
  template <typename Value>
  [[nodiscard]] const Value* asked(std::string_view key) const {
    const Asked* const value = find(key);
    return value == nullptr ? nullptr : &std::get<Value>(*value);
  }
  [[nodiscard]] bool asks(std::string_view key) const { return find(key) != nullptr; }
  // The condition of that key asks this. REQUIRES: as above.
  template <typename Value>
  [[nodiscard]] bool asks_for(std::string_view key, Value value) const {
    const Value* const wanted = asked<Value>(key);
    return wanted != nullptr && *wanted == value;
  }
  // Adds a condition, or changes what it asks. REQUIRES: as above.
  void ask(std::string_view key, Asked value);

 private:
  [[nodiscard]] const Asked* find(std::string_view key) const;
};

// What becomes of the connection behind a reply.
enum class Then : std::uint8_t {
  kClose,  // in order
  kReset,  // RST
  kStall,  // it stays open, and nothing is ever said again
};

// How a reply leaves in pieces.
struct Split {
  std::vector<std::size_t> at;          // a new piece begins at these octets, ascending
  std::size_t every = 0;                // besides, at each multiple of it; 0: nowhere
  bool in_two = false;                  // besides, once: behind the first of several lines, or in the middle of one
  std::chrono::milliseconds pause{50};  // between two pieces
  bool operator==(const Split&) const = default;
};

// What comes with a reply, whoever words it.
struct Effects {
  std::chrono::milliseconds delay{};  // before it
  std::optional<Split> split;
  std::optional<bool> keep;  // the message is stored, or is not, whatever the reply says
  std::optional<Then> then;
  std::string folder = {};  // of its recipients that gets the message, as folders.h has it; empty: INBOX
};

// A rule without a reply only adds its effects to what the next rules or the server itself say.
struct Rule {
  On on = On::kAny;
  std::optional<protocol::Input> verb;  // of On::kCommand
  When when;
  std::optional<std::size_t> reply;                          // index into Scenario::replies
  std::shared_ptr<const dialogue::Explanation> explanation;  // the reply's, with the rule's own words where it has some
  Effects effects;
  // The data that are due come before the last line of its reply, in place of its untagged lines; nothing: where it has only
  // one line.
  std::optional<bool> has_due_data;
  bool only_called = false;  // a setting this server does not have: it holds where its reply is called for by name
};

}  // namespace scenario
