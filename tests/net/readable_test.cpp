#include "net/readable.h"

#include <array>
#include <memory>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "net/timer.h"

namespace {

using namespace std::chrono_literals;

// Both ends of a pipe.
struct Pipe {
  Pipe() { REQUIRE(pipe(ends.data()) == 0); }
  ~Pipe() {
    close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  std::array<int, 2> ends{};
};

// Reads one octet and stops the loop.
struct Reader {
  Reader(net::Loop& loop, int fd)
      : guard(loop, [&loop] { loop.stop(); }), readable(loop, fd, [this, &loop, fd] {
          char c = 0;
          last = read(fd, &c, 1);
          ++calls;
          loop.stop();
        }) {}
  net::Timer guard;
  int calls = 0;
  ssize_t last = -1;
  net::Readable readable;
};

TEST_CASE("net readable: tells of octets and of the end, and is silent while paused") {
  net::Loop loop;
  Pipe pipe;
  Reader reader(loop, pipe.ends[0]);
  reader.guard.start(20s);
  REQUIRE(write(pipe.ends[1], "ab", 2) == 2);
  loop.run();
  CHECK(reader.calls == 1);
  reader.readable.pause();
  reader.guard.start(20ms);
  loop.run();
  CHECK(reader.calls == 1);
  reader.readable.resume();
  reader.guard.start(20s);
  loop.run();
  CHECK(reader.calls == 2);
  close(pipe.ends[1]);
  pipe.ends[1] = -1;
  loop.run();
  CHECK(reader.last == 0);
}

TEST_CASE("net readable: leaves the descriptor blocking, as whoever shares it expects") {
  net::Loop loop;
  Pipe pipe;
  const int before = fcntl(pipe.ends[0], F_GETFL);
  const net::Readable readable(loop, pipe.ends[0], [] {});
  CHECK(fcntl(pipe.ends[0], F_GETFL) == before);
}

TEST_CASE("net readable: a file that cannot be polled is always ready") {
  net::Loop loop;
  const int file = open("/dev/null", O_RDONLY);
  REQUIRE(file >= 0);
  {
    Reader reader(loop, file);
    reader.guard.start(20s);
    loop.run();
    CHECK(reader.calls == 1);
    CHECK(reader.last == 0);
    reader.readable.pause();
    reader.guard.start(20ms);
    loop.run();
    CHECK(reader.calls == 1);
  }
  close(file);
}

TEST_CASE("net readable: its callback may destroy it") {
  net::Loop loop;
  Pipe pipe;
  REQUIRE(write(pipe.ends[1], "x", 1) == 1);
  int calls = 0;
  std::unique_ptr<net::Readable> readable;
  readable = std::make_unique<net::Readable>(loop, pipe.ends[0], [&] {
    ++calls;
    readable.reset();
  });
  loop.run();
  CHECK(calls == 1);
}

}  // namespace
