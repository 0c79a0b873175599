// What a program has as standard input, output and error: what smtplab has itself, as far as the program can see; but what it
// writes passes here, so that its end is known and its length can be limited. A pseudo-terminal stands in for a terminal
// (pty(7)), with all that belongs to one: prompts, getpass, Ctrl-C and Ctrl-Z, sizes; a pipe for anything else.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/program/memory_file.h"
#include "client/program/relay.h"
#include "client/program/streams.h"
#include "net/loop.h"
#include "net/signal.h"

namespace program {

class StandardStreams : public Streams {
 public:
  // input: what it reads, when that is no terminal. is_in_front: the terminal is this process's to read from. most: octets that
  // it may write; then too_much is called, once, and nothing passes any more. What the system does not let stand in stays
  // itself.
  StandardStreams(net::Loop& loop, int input, bool is_in_front, std::optional<std::size_t> most,
                  std::function<void()> too_much);

  [[nodiscard]] int input() const override { return input_; }
  [[nodiscard]] int output() const override { return output_; }
  [[nodiscard]] int error() const override { return error_; }
  // The keyboard comes through here too.
  [[nodiscard]] bool has_keyboard() const override { return has_keyboard_; }

  // REQUIRES: where there is a keyboard, the terminal hands its octets on as they are.
  void begin() override;
  void pause_keyboard() override;
  void resume_keyboard() override;
  void drain() override;
  [[nodiscard]] std::string said() const override;

 private:
  void open_terminal(bool out, bool err);
  int open_pipe(int target);
  void copy_size() const;
  [[nodiscard]] std::size_t allow(std::size_t octets);

  net::Loop& loop_;
  std::optional<std::size_t> most_;
  std::function<void()> too_much_;
  int input_;
  int output_ = 1;
  int error_ = 2;
  bool has_keyboard_;
  int sized_by_ = 1;  // the terminal whose size counts
  Descriptor master_;
  std::vector<Descriptor> lent_;  // the program's ends
  std::vector<Descriptor> kept_;  // of pipes, ours
  std::vector<std::unique_ptr<Relay>> relays_;
  std::unique_ptr<Relay> keyboard_;
  Relay* heard_ = nullptr;  // by which standard error passes
  std::optional<net::Signal> resized_;
};

}  // namespace program
