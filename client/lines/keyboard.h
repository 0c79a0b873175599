// Lines typed at a terminal on which there is no screen.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "net/loop.h"
#include "net/readable.h"

namespace lines {

class Keyboard {
 public:
  // typed: called with each line of standard input, without its end; with nothing when no more can come. A line longer than
  // kLongest is cut there. loop outlives the keyboard.
  Keyboard(net::Loop& loop, std::function<void(std::optional<std::string>)> typed);

  static constexpr std::size_t kLongest = std::size_t{64} * 1024;

 private:
  void read();

  std::function<void(std::optional<std::string>)> typed_;
  std::string begun_;
  std::optional<net::Readable> input_;
};

}  // namespace lines
