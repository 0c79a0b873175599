// What a program writes, on its way to where it would have gone by itself.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "net/loop.h"
#include "net/readable.h"
#include "net/timer.h"

namespace program {

class Relay {
 public:
  // Of all that has passed the end is kept, for whoever asks what was said last.
  static constexpr std::size_t kMostKept = std::size_t{64} * 1024;
  // How many of so many octets may go on; the rest is thrown away.
  using Allow = std::function<std::size_t(std::size_t octets)>;

  // source does not block; target may, and nobody waits for it: until it takes more nothing is read. Neither is owned. Each
  // octet passes unchanged. allow may be empty. Ends quietly where the source does; where nobody takes them any more octets are
  // lost.
  Relay(net::Loop& loop, int source, int target, Allow allow = {});

  // What is there already passes now; a target that takes nothing is waited for a moment.
  void drain();
  void pause() { readable_->pause(); }
  void resume() { readable_->resume(); }
  [[nodiscard]] const std::string& kept() const { return kept_; }

 private:
  [[nodiscard]] bool take();  // whether there was something
  void pass();
  [[nodiscard]] bool give(int patience_ms);  // whether all has gone

  int source_;
  int target_;
  Allow allow_;
  std::string kept_;
  std::string waiting_;  // taken, and not given
  net::Timer again_;
  std::unique_ptr<net::Readable> readable_;
};

}  // namespace program
