#include "client/lines/keyboard.h"

#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

namespace lines {

Keyboard::Keyboard(net::Loop& loop, std::function<void(std::optional<std::string>)> typed) : typed_(std::move(typed)) {
  input_.emplace(loop, STDIN_FILENO, [this] { read(); });
}

void Keyboard::read() {
  std::array<char, 4096> octets{};
  const ssize_t count = ::read(STDIN_FILENO, octets.data(), octets.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    input_->pause();
    typed_(std::nullopt);
    return;
  }
  for (const char octet : std::string(octets.data(), static_cast<std::size_t>(count))) {
    if (octet == '\n') {
      typed_(std::exchange(begun_, {}));
    } else if (begun_.size() < kLongest) {
      begun_ += octet;
    }
  }
}

}  // namespace lines
