#include "client/program/typed_streams.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace program {
namespace {

constexpr char kEndOfInput = 4;  // Ctrl-D

// What is typed is not repeated, and lines that are written stay as they are.
bool make_quiet(int terminal) {
  termios modes{};
  if (tcgetattr(terminal, &modes) != 0) return false;
  modes.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  modes.c_oflag &= ~static_cast<tcflag_t>(OPOST);
  modes.c_cc[VEOF] = kEndOfInput;
  return tcsetattr(terminal, TCSANOW, &modes) == 0;
}

}  // namespace

TypedStreams::TypedStreams(net::Loop& loop, std::optional<int> input, std::optional<std::size_t> most,
                           std::function<void()> too_much)
    : input_(input), most_(most), too_much_(std::move(too_much)), nowhere_(open("/dev/null", O_WRONLY | O_CLOEXEC)) {
  Descriptor master(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
  std::array<char, 128> name{};
  if (grantpt(master.number()) != 0 || unlockpt(master.number()) != 0 ||
      ptsname_r(master.number(), name.data(), name.size()) != 0)
    return;
  Descriptor terminal(open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (terminal.number() < 0 || !make_quiet(terminal.number())) return;
  master_ = std::move(master);
  terminal_ = std::move(terminal);
  relay_ = std::make_unique<Relay>(loop, master_.number(), nowhere_.number(), [this](std::size_t octets) {
    written_ += octets;
    if (!most_ || written_ <= *most_) return octets;
    if (const auto tell = std::exchange(too_much_, nullptr)) tell();
    return std::size_t{0};
  });
}

int TypedStreams::input() const { return input_.value_or(terminal_.number()); }

// Its end stays open here: a program that has ended leaves what it wrote to be read.
void TypedStreams::begin() {}

void TypedStreams::drain() {
  if (relay_) relay_->drain();
}

std::string TypedStreams::said() const { return relay_ ? relay_->kept() : std::string(); }

void TypedStreams::type(std::string_view line) { send(std::string(line) + "\n"); }

void TypedStreams::type_end() { send(std::string(1, kEndOfInput)); }

void TypedStreams::send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t put = write(master_.number(), octets.data(), octets.size());
    if (put <= 0) return;  // its buffer is full: nobody reads it
    octets.remove_prefix(static_cast<std::size_t>(put));
  }
}

}  // namespace program
