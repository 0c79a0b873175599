// The real terminal code on a pseudo-terminal: whatever ends the process, the terminal is usable afterwards.
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "client/screen/curses_screen.h"
#include "tests/screen/sample.h"

namespace {

using screen::CursesScreen;
using screen::Key;
using screen::KeyName;

// Shows the sample, then ends as the first key says.
[[noreturn]] void run_child(screen::CursesOptions options) {
  ::setenv("TERM", "xterm", 1);
  // As in the real program: neither the test's own handlers nor a sanitizer's.
  for (const int number : {SIGSEGV, SIGABRT, SIGTERM, SIGHUP, SIGINT}) ::signal(number, SIG_DFL);
  auto opened = CursesScreen::open(options);
  if (!opened) ::_exit(9);
  (*opened)->show(draw(sample::step(core::Language::kChinese), (*opened)->size(), core::Language::kChinese));
  for (;;) {
    pollfd keyboard{STDIN_FILENO, POLLIN, 0};
    ::poll(&keyboard, 1, -1);
    while (const std::optional<Key> key = (*opened)->next_key()) {
      if (key->text == "s") ::raise(SIGSEGV);
      if (key->text == "a") std::abort();
      if (key->text == "t") ::raise(SIGTERM);
      if (key->text == "h") ::raise(SIGHUP);
      if (*key == Key{KeyName::kControl, "c"} || key->text == "你" || key->name == KeyName::kUp) {
        opened->reset();
        ::_exit(7);
      }
    }
  }
}

struct Shown {
  std::string output;
  bool same_settings = false;
  int status = 0;
};

// Runs the child on a pseudo-terminal and sends `keys` once its screen has been drawn.
Shown run(const std::string& keys, screen::CursesOptions options = {}) {
  int master = -1;
  int slave = -1;
  winsize size{24, 80, 0, 0};
  REQUIRE(::openpty(&master, &slave, nullptr, nullptr, &size) == 0);
  termios before{};
  REQUIRE(::tcgetattr(slave, &before) == 0);
  std::fflush(nullptr);  // or the child would send it again
  std::cout.flush();
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(master);
    ::login_tty(slave);
    run_child(options);
  }
  Shown result;
  bool sent = false;
  pollfd readable{master, POLLIN, 0};
  // The slave stays open here so that its settings can be looked at; the end of the child is seen by its silence.
  for (pid_t ended = 0; ended == 0 || ::poll(&readable, 1, 0) > 0;) {
    if (::poll(&readable, 1, 20) > 0) {
      char buffer[4096];
      const ssize_t count = ::read(master, buffer, sizeof buffer);
      if (count <= 0) break;
      result.output.append(buffer, static_cast<std::size_t>(count));
    }
    if (!sent && result.output.find("AUTH LOGIN") != std::string::npos) {
      sent = ::write(master, keys.data(), keys.size()) > 0;
    }
    if (ended == 0) ended = ::waitpid(child, &result.status, WNOHANG);
  }
  termios after{};
  result.same_settings = ::tcgetattr(slave, &after) == 0 && after.c_lflag == before.c_lflag &&
                         after.c_iflag == before.c_iflag && after.c_oflag == before.c_oflag;
  ::close(slave);
  ::close(master);
  return result;
}

std::size_t last(const std::string& text, const std::string& part) {
  return text.rfind(part) == text.npos ? 0 : text.rfind(part);
}

}  // namespace

TEST_CASE("screen terminal: it is put back on every way out") {
  struct Row {
    std::string name;
    std::string keys;
    int signal;  // 0: an orderly end
  };
  const std::vector<Row> rows{{"Ctrl-C", "\x03", 0},        {"a crash", "s", SIGSEGV},
                              {"abort", "a", SIGABRT},      {"SIGTERM", "t", SIGTERM},
                              {"hanging up", "h", SIGHUP},  {"a character of three octets", "你", 0},
                              {"an arrow key", "\033OA", 0}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Shown result = run(row.keys);
    CHECK(result.same_settings);
    CHECK(result.output.find("\033[?1049h") != result.output.npos);
    CHECK(last(result.output, "\033[?1049l") > last(result.output, "\033[?1049h"));
    CHECK(last(result.output, "\033[?2004l") > last(result.output, "\033[?2004h"));
    CHECK(last(result.output, "1000l") > last(result.output, "1000h"));
    CHECK(WIFSIGNALED(result.status) == (row.signal != 0));
    CHECK((row.signal != 0 ? WTERMSIG(result.status) : WEXITSTATUS(result.status)) == (row.signal != 0 ? row.signal : 7));
  }
}

TEST_CASE("screen terminal: without colour no colour is sent, and bold and reverse still are") {
  const std::string output = run("\x03", {.colour = false, .mouse = false}).output;
  for (const char* colour : {"\033[31m", "\033[32m", "\033[35m", "\033[36m", "\033[39;49m"}) {
    CAPTURE(colour + 1);
    CHECK(output.find(colour) == output.npos);
  }
  CHECK(output.find("\033[0;1m") != output.npos);
  CHECK(output.find("\033[0;7m") != output.npos);
  CHECK(output.find("1000h") == output.npos);
  CHECK(run("\x03").output.find("\033[36m") != output.npos);
}
