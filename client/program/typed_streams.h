// A terminal of the program's own, on which nobody sits: what it writes is kept and not shown, and what it reads is typed by
// whoever runs it. Prompts come at once, as at a real one, and getpass finds it (pty(7)).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/program/memory_file.h"
#include "client/program/relay.h"
#include "client/program/streams.h"
#include "net/loop.h"

namespace program {

class TypedStreams : public Streams {
 public:
  // input: what it reads instead of what is typed. most: octets that it may write; then too_much is called, once. Where the
  // system gives no terminal, nothing can be typed, and what it writes is lost.
  TypedStreams(net::Loop& loop, std::optional<int> input, std::optional<std::size_t> most, std::function<void()> too_much);

  [[nodiscard]] int input() const override;
  [[nodiscard]] int output() const override { return terminal_.number(); }
  [[nodiscard]] int error() const override { return terminal_.number(); }
  [[nodiscard]] bool has_keyboard() const override { return terminal_.number() >= 0; }
  void begin() override;
  void drain() override;
  [[nodiscard]] std::string said() const override;  // the end of all that it wrote

  // Octets that it has written so far.
  [[nodiscard]] std::uint64_t written() const { return written_; }
  // A line. REQUIRES: no control characters in it.
  void type(std::string_view line);
  // The end of what is typed, as Ctrl-D says it.
  void type_end();

 private:
  void send(std::string_view octets);

  std::optional<int> input_;
  std::optional<std::size_t> most_;
  std::function<void()> too_much_;
  std::uint64_t written_ = 0;
  Descriptor master_;
  Descriptor terminal_;
  Descriptor nowhere_;
  std::unique_ptr<Relay> relay_;
};

}  // namespace program
