#include "mockserver/patient_output.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <sys/poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mockserver {
namespace {

// A pipe that can be written to takes so much without waiting (POSIX write, PIPE_BUF).
constexpr std::size_t kAtOnce = PIPE_BUF;

}  // namespace

PatientOutput::~PatientOutput() {
  if (owned_ && descriptor_ >= 0) close(descriptor_);
}

void PatientOutput::open(int descriptor, bool owned) {
  descriptor_ = descriptor;
  owned_ = owned;
  struct stat what {};
  waits_ = fstat(descriptor, &what) != 0 || !S_ISREG(what.st_mode);
}

bool PatientOutput::takes_more(int patience_ms) const {
  if (!waits_) return true;
  pollfd wanted{descriptor_, POLLOUT, 0};
  // A reader that has gone is an error of write(); it does not make us wait.
  return poll(&wanted, 1, patience_ms) > 0;
}

bool PatientOutput::write(std::string_view line) {
  if (!is_open()) return false;
  go_on();
  if (kept() + line.size() > kMostKept && kept() > 0) {
    ++dropped_;
    return false;
  }
  if (kept() == 0 && in_line_) kept_ = "\n";  // the rest of an earlier line was lost
  kept_.append(line);
  const std::uint64_t before = dropped_;
  go_on();
  return dropped_ == before;
}

void PatientOutput::go_on() {
  while (kept() > 0 && takes_more(0)) {
    const std::size_t most = waits_ ? kAtOnce : kept();
    const ssize_t written = ::write(descriptor_, kept_.data() + begin_, std::min(kept(), most));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EAGAIN) break;
    if (written < 0) {
      failure_ = errno;
      return lose();
    }
    begin_ += static_cast<std::size_t>(written);
    in_line_ = kept_[begin_ - 1] != '\n';
  }
  if (kept() > 0 && begin_ < kMostKept) return;
  kept_.erase(0, begin_);
  begin_ = 0;
}

// A LF at the beginning ends a line that is there already.
void PatientOutput::lose() {
  const std::string_view left = std::string_view(kept_).substr(begin_);
  dropped_ += static_cast<std::uint64_t>(std::count(left.begin(), left.end(), '\n')) - (left.starts_with('\n') ? 1U : 0U);
  kept_.clear();
  begin_ = 0;
}

void PatientOutput::finish(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  go_on();
  while (kept() > 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0 || !takes_more(static_cast<int>(left))) break;
    go_on();
  }
  if (kept() > 0) lose();
}

}  // namespace mockserver
