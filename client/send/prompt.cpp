#include "client/send/prompt.h"

#include <cstdio>
#include <string>
#include <utility>

#include <termios.h>
#include <unistd.h>

#include "core/show.h"

namespace send {
namespace {

// Keys come one at a time and unseen as long as it lives; Ctrl-C comes as a key, so that the terminal is always put back.
class QuietTerminal {
 public:
  QuietTerminal() {
    is_set_ = tcgetattr(STDIN_FILENO, &before_) == 0;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    is_set_ = is_set_ && tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~QuietTerminal() {
    if (is_set_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  [[nodiscard]] bool is_set() const { return is_set_; }

 private:
  termios before_{};
  bool is_set_ = false;
};

constexpr std::size_t kLongest = 4096;
constexpr char kInterrupt = 0x03;
constexpr char kEndOfInput = 0x04;
constexpr char kKillLine = 0x15;

void take_back(std::string& secret) {
  while (!secret.empty() && (static_cast<unsigned char>(secret.back()) & 0xC0U) == 0x80U) secret.pop_back();
  if (!secret.empty()) secret.pop_back();
}

// Nothing when the person gave up.
bool read_line(std::string& secret) {
  char key = 0;
  while (read(STDIN_FILENO, &key, 1) == 1) {
    if (key == '\n' || key == '\r') return true;
    if (key == kInterrupt || (key == kEndOfInput && secret.empty())) return false;
    if (key == '\b' || key == 0x7f) {
      take_back(secret);
    } else if (key == kKillLine) {
      secret.clear();
    } else if (secret.size() < kLongest && static_cast<unsigned char>(key) >= 0x20) {
      secret += key;
    }
  }
  return false;
}

}  // namespace

core::Result<core::Secret> ask_secret(std::string_view question) {
  if (isatty(STDIN_FILENO) == 0) {
    return core::Failure(core::Error{
        core::Blame::kInput,
        {"there is no password, and no terminal to ask for it", "没有密码，也没有终端可以询问"},
        {},
        {"set SMTPLAB_PASSWORD, or write \"password\" into the configuration; \"password\": \"\" sends without a login",
         "请设置 SMTPLAB_PASSWORD，或者在配置里写上 \"password\"；写 \"password\": \"\" 就不登录直接发送"},
        "password-missing"});
  }
  std::string secret;
  bool is_entered = false;
  {
    const QuietTerminal terminal;  // before the question: what is typed while it changes is dropped
    if (!terminal.is_set()) return core::fail(core::Blame::kSystem, {"the terminal cannot be made quiet", "终端关不掉回显"});
    std::fprintf(stderr, "%s: ", core::show_bytes(question).c_str());
    std::fflush(stderr);
    is_entered = read_line(secret);
  }
  std::fputc('\n', stderr);
  if (!is_entered)
    return core::Failure(
        core::Error{core::Blame::kInput, {"no password was entered", "没有输入密码"}, {}, {}, "password-missing"});
  return core::Secret(std::move(secret));
}

}  // namespace send
