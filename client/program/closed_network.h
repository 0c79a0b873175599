// A network that is closed to the outside, with one program in it, and smtplab's sockets at the addresses of a plan.
//
// The program runs as it would outside: as the same user, in the same folder, with the same files, but for those of the plan.
// Everything that it starts ends with the network, and the network with this object, or with the process that holds it, however
// that ends.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "client/program/plan.h"
#include "client/program/ways.h"
#include "client/program/words.h"
#include "core/text.h"
#include "net/loop.h"

namespace program {

// A socket bound in there. Whoever is told of it owns the descriptor.
struct Bound {
  Place place;
  int descriptor = -1;
};

struct Opened {
  Way way;
  std::vector<core::Text> refusals;  // of the ways that were tried before
  std::vector<Bound> sockets;        // of all the plan's places
  int packets = -1;                  // as of watch_packets(), the hearer's; -1: the system does not let us look
};

// Each runs inside the loop, and may destroy the network.
struct NetworkEvents {
  std::function<void(Opened)> on_open;
  std::function<void(std::vector<core::Text>)> on_refused;  // by every way, and why; instead of on_open
  std::function<void(int)> on_started;                      // the number that the program has outside
  std::function<void(int)> on_not_started;                  // errno; instead of on_started and on_exited
  std::function<void()> on_stopped;                         // by a signal; resume() lets it go on
  // Its status, as of waitpid(2), and which overlays of the plan were read, bit by bit.
  std::function<void(int, std::uint32_t)> on_exited;
  std::function<void()> on_alone;  // after that: nothing that it started runs any more
  std::function<void()> on_ended;  // nothing runs in there any more: after end(), or killed by somebody
};

struct Setup {
  Plan plan;
  std::vector<Way> ways;
  std::string smtplab;                   // the program that knows serve_hidden
  std::vector<std::string> command;      // REQUIRES: not empty
  std::vector<std::string> environment;  // "NAME=value" each
  std::string folder = {};               // in which it runs; empty: that of smtplab
  int input = 0;                         // what becomes the program's standard input, output and error
  int output = 1;
  int error = 2;
};

class ClosedNetwork {
 public:
  // Begins with the first way. The events come later, from the loop.
  ClosedNetwork(net::Loop& loop, Setup setup, NetworkEvents events);
  ~ClosedNetwork();  // everything in it is killed, without waiting for its end
  ClosedNetwork(const ClosedNetwork&) = delete;
  ClosedNetwork& operator=(const ClosedNetwork&) = delete;

  // After on_open.
  void start(Tty tty);
  void resume(Tty tty);
  void signal(int number);  // to the program and its process group
  // Kills everything in it; on_ended comes when that is done, and no other event.
  void end();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace program
