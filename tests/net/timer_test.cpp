#include "net/timer.h"

#include <csignal>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "net/signal.h"

namespace {

using namespace std::chrono_literals;

TEST_CASE("net timer: rings once, after its time, and the loop ends when nothing is left") {
  net::Loop loop;
  int rings = 0;
  net::Timer timer(loop, [&] { ++rings; });
  CHECK_FALSE(timer.is_running());
  const auto before = loop.now();
  timer.start(20ms);
  CHECK(timer.is_running());
  loop.run();
  CHECK(rings == 1);
  CHECK(loop.now() - before >= 20ms);
  CHECK_FALSE(timer.is_running());
}

TEST_CASE("net timer: started anew it forgets the first time; stopped it never rings") {
  net::Loop loop;
  std::string rung;
  net::Timer anew(loop, [&] { rung += "anew "; });
  net::Timer other(loop, [&] { rung += "other "; });
  net::Timer stopped(loop, [&] { rung += "stopped "; });
  anew.start(1ms);
  other.start(10ms);
  stopped.start(1ms);
  anew.start(30ms);
  stopped.stop();
  loop.run();
  CHECK(rung == "other anew ");
}

TEST_CASE("net timer: zero and less mean the next turn, not this moment") {
  net::Loop loop;
  bool rung = false;
  net::Timer timer(loop, [&] { rung = true; });
  timer.start(-5ms);
  CHECK_FALSE(rung);
  loop.run();
  CHECK(rung);
}

TEST_CASE("net timer: destroyed it never rings, and its callback may destroy it") {
  net::Loop loop;
  bool rung = false;
  auto gone = std::make_unique<net::Timer>(loop, [&] { rung = true; });
  gone->start(0ms);
  gone.reset();
  int own = 0;
  std::unique_ptr<net::Timer> suicidal = std::make_unique<net::Timer>(loop, [&] {
    ++own;
    suicidal.reset();
  });
  suicidal->start(0ms);
  loop.run();
  CHECK_FALSE(rung);
  CHECK(own == 1);
}

TEST_CASE("net loop: stop ends run, and run goes on afterwards") {
  net::Loop loop;
  std::string order;
  net::Timer first(loop, [&] { order += "1", loop.stop(); });
  net::Timer second(loop, [&] { order += "2"; });
  first.start(0ms);
  second.start(20ms);
  loop.run();
  CHECK(order == "1");
  loop.run();
  CHECK(order == "12");
}

TEST_CASE("net loop: one that was told to stop can still be destroyed") {
  net::Loop loop;
  net::Timer timer(loop, [] {});
  timer.start(1h);
  loop.stop();
}

TEST_CASE("net signal: arrives in the loop, and does not keep it running") {
  net::Loop loop;
  int heard = 0;
  net::Signal signal(loop, SIGUSR1, [&] { ++heard, loop.stop(); });
  loop.run();  // returns: nothing else is left
  CHECK(heard == 0);
  net::Timer guard(loop, [&] { loop.stop(); });
  guard.start(20s);
  std::raise(SIGUSR1);
  loop.run();
  CHECK(heard == 1);
}

TEST_CASE("net loop: SIGPIPE is ignored") {
  net::Loop loop;
  std::raise(SIGPIPE);
  CHECK(net::Loop::library_version().find("libuv 1.") == 0);
}

}  // namespace
