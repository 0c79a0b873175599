// What is said next in plain lines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/text.h"
#include "mockserver/scenario/scenario.h"

namespace lines {

struct Next {
  std::string bytes;
  core::Text why;
  core::Text then;  // what there is to say when it is answered
  std::optional<scenario::Code> expect;
  bool connects = false;     // instead of bytes: a new connection
  std::size_t server = 0;    // … to this one of the path
  bool is_proposed = false;  // by us, not by a script or a person
  std::string shown = {};    // to whoever decides whether it goes out; safe to print
};

}  // namespace lines
