// What a dialogue has come to, as the server's replies show it. A server may take what the RFC forbids: what counts here is
// what it took.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smtp/command.h"
#include "smtp/extensions.h"
#include "smtp/transitions.h"
#include "smtp_judge/turn.h"

namespace smtp_judge {

enum class Hello : std::uint8_t { kNone, kHelo, kEhlo };

// What was refused and has not been made good since: whoever goes on as if nothing were does not read replies.
struct Refused {
  bool greeting = false;
  bool hello = false;
  bool login = false;
  bool mail = false;
  bool data = false;
};

struct Known {
  bool greeted = false;
  Hello hello = Hello::kNone;
  smtp::Extensions extensions;
  bool encrypted = false;
  bool upgraded = false;  // inside TLS since STARTTLS, and nobody has said EHLO there yet
  bool has_user = false;
  std::string user;  // as far as it can be read
  bool mail_open = false;
  smtp::Command mail;
  std::vector<smtp::Path> recipients;  // that were taken
  std::vector<std::string> named;      // all that were named in RCPT, without brackets
  std::size_t refused_recipients = 0;
  std::size_t messages = 0;  // accepted
  Refused refused;
  bool said_quit = false;
  bool is_over = false;  // the server has said its last word: 221 or 421

  [[nodiscard]] bool pipelining() const { return extensions.offers("PIPELINING"); }
  [[nodiscard]] smtp::State state() const;

  // The server has answered the turn. user: who logs in by it.
  void answered(const Turn& turn, std::string_view user);
  // TLS is there; what was said in clear is forgotten, but for what came before the greeting.
  void secured();
};

}  // namespace smtp_judge
