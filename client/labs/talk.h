// What our client says to a server that somebody wrote, and what has to come back; and how it went.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"

namespace lab {

// One line of a talk.
struct Turn {
  enum class Is : std::uint8_t {
    kSays,    // a line that is sent, CR LF behind it
    kSends,   // octets as they are, by themselves
    kHears,   // a reply under this code
    kHangsUp  // the client closes
  };
  Is is = Is::kSays;
  std::size_t client = 1;  // which of those that are connected at the same time
  std::string text;        // what is said, or a pattern for the code

  bool operator==(const Turn&) const = default;
};

// "C: HELO a", "C> HE", "S: 250", "S: 5??", "C: (close)"; "C2: …" and "S2: …" are a second client's. In C> stand \r, \n, \\ and
// \xHH. Errors (Blame::kInput): the line is none of these.
[[nodiscard]] core::Result<Turn> parse_turn(std::string_view line);

struct Talk {
  std::string name;
  core::Text title;
  std::vector<Turn> turns;
};

// A line as it went, safe to print.
struct Spoken {
  bool is_client = false;
  std::size_t client = 1;
  std::string text;
  bool is_wrong = false;  // it is not what had to come
  bool operator==(const Spoken&) const = default;
};

struct Spoke {
  std::string talk;
  bool is_right = false;
  core::Text wrong;  // what was wrong; empty when it is right
  std::vector<Spoken> lines;
  bool operator==(const Spoke&) const = default;
};

// What became of a server.
struct Driven {
  std::optional<int> port;  // at which it listened; nothing: it never did
  bool is_alive = false;    // it still greets when all has been said
  std::vector<Spoke> spoke;
  bool operator==(const Driven&) const = default;
};

// For another process, and from it: one line of JSON each. What cannot be read has nothing in it.
[[nodiscard]] std::string as_json(const std::vector<Talk>& talks);
[[nodiscard]] std::vector<Talk> talks_from(std::string_view json);
[[nodiscard]] std::string as_json(const Driven& driven);
[[nodiscard]] Driven driven_from(std::string_view json);

}  // namespace lab
