#include "client/program/standard_streams.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

namespace program {
namespace {

constexpr int kOutput = 1;
constexpr int kError = 2;

bool is_same_file(int one, int other) {
  struct stat first {};
  struct stat second {};
  return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

void set_nonblocking(int descriptor) { fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK); }

}  // namespace

StandardStreams::StandardStreams(net::Loop& loop, int input, bool is_in_front, std::optional<std::size_t> most,
                                 std::function<void()> too_much)
    : loop_(loop),
      most_(most),
      too_much_(std::move(too_much)),
      input_(input),
      has_keyboard_(is_in_front && isatty(input) != 0 && isatty(kOutput) != 0) {
  const bool out = isatty(kOutput) != 0;
  const bool err = isatty(kError) != 0;
  const bool is_one = is_same_file(kOutput, kError);
  if (out || err) open_terminal(out, err);
  if (!out && (most || is_one)) output_ = open_pipe(kOutput);
  if (!err) error_ = is_one ? output_ : open_pipe(kError);
  if (heard_ == nullptr && !relays_.empty()) heard_ = relays_.back().get();
}

void StandardStreams::open_terminal(bool out, bool err) {
  sized_by_ = out ? kOutput : kError;
  Descriptor master(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  std::array<char, 128> name{};
  if (grantpt(master.number()) != 0 || unlockpt(master.number()) != 0 ||
      ptsname_r(master.number(), name.data(), name.size()) != 0) {
    has_keyboard_ = false;
    return;
  }
  Descriptor slave(open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  termios modes{};
  if (slave.number() < 0 || tcgetattr(sized_by_, &modes) != 0) {
    has_keyboard_ = false;
    return;
  }
  // The real one alone ends lines, unless it hands everything on as it is.
  if (!has_keyboard_) modes.c_oflag &= ~static_cast<tcflag_t>(OPOST);
  tcsetattr(slave.number(), TCSANOW, &modes);
  set_nonblocking(master.number());
  master_ = std::move(master);
  copy_size();
  if (has_keyboard_) input_ = slave.number();
  if (out) output_ = slave.number();
  if (err) error_ = slave.number();
  lent_.push_back(std::move(slave));
  relays_.push_back(
      std::make_unique<Relay>(loop_, master_.number(), sized_by_, [this](std::size_t octets) { return allow(octets); }));
  if (err) heard_ = relays_.back().get();
}

// The program's end; the target itself where there is none.
int StandardStreams::open_pipe(int target) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return target;
  set_nonblocking(ends[0]);
  kept_.emplace_back(ends[0]);
  lent_.emplace_back(ends[1]);
  relays_.push_back(std::make_unique<Relay>(loop_, ends[0], target, [this](std::size_t octets) { return allow(octets); }));
  if (target == kError) heard_ = relays_.back().get();
  return ends[1];
}

void StandardStreams::copy_size() const {
  winsize size{};
  if (ioctl(sized_by_, TIOCGWINSZ, &size) == 0) ioctl(master_.number(), TIOCSWINSZ, &size);
}

std::size_t StandardStreams::allow(std::size_t octets) {
  if (!most_) return octets;
  const std::size_t allowed = std::min(octets, *most_);
  *most_ -= allowed;
  if (allowed < octets) {
    if (const auto tell = std::exchange(too_much_, nullptr)) tell();
  }
  return allowed;
}

void StandardStreams::begin() {
  lent_.clear();
  if (master_.number() >= 0) resized_.emplace(loop_, SIGWINCH, [this] { copy_size(); });
  if (has_keyboard_) keyboard_ = std::make_unique<Relay>(loop_, STDIN_FILENO, master_.number());
}

void StandardStreams::pause_keyboard() {
  if (keyboard_) keyboard_->pause();
}

void StandardStreams::resume_keyboard() {
  if (keyboard_) keyboard_->resume();
}

void StandardStreams::drain() {
  keyboard_.reset();
  for (const auto& relay : relays_) relay->drain();
}

std::string StandardStreams::said() const { return heard_ == nullptr ? std::string() : heard_->kept(); }

}  // namespace program
