// The course that a dialogue took: what was said, step by step, with the reply to each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "findings/several.h"
#include "smtp/input.h"
#include "smtp/reply.h"

namespace smtp_judge {

struct Step {
  smtp::Input input = smtp::Input::kConnect;
  std::string line;                       // as it was said, without its end; empty for a login's lines, and for a message
  std::uint64_t event = 0;                // in which it was said; of the connection the one that says so
  std::optional<smtp::Reply> reply = {};  // nothing: it was never answered
  std::uint64_t reply_event = 0;
};

// How a client goes on behind a reply.
enum class Way : std::uint8_t {
  kOn,       // with something that belongs to its task
  kAway,     // it says goodbye, takes back what it has begun, or closes
  kUnknown,  // the server has ended the dialogue, or it is not over
};

struct Course {
  std::vector<Step> steps;
  bool client_closed = false;

  [[nodiscard]] Way way_behind(std::size_t step) const;
};

[[nodiscard]] Course course_of(const findings::Dialogue& dialogue);

}  // namespace smtp_judge
