// What a dialogue has come to, as the server's answers show it. A server may take what the RFC forbids: what counts here is
// what it took.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pop3/capabilities.h"
#include "pop3/transitions.h"
#include "pop3_judge/turn.h"

namespace pop3_judge {

// What was refused and has not been made good since: whoever goes on as if nothing were does not read answers.
struct Refused {
  bool greeting = false;
  bool user = false;
  bool login = false;
  bool stls = false;
};

struct Known {
  bool greeted = false;
  bool has_time_stamp = false;  // in the greeting, for APOP
  bool named_user = false;      // USER was taken
  bool has_user = false;        // somebody has logged in
  bool encrypted = false;
  bool utf8 = false;
  std::optional<pop3::Capabilities> capabilities;  // as CAPA said last
  std::optional<std::uint32_t> messages;           // in the maildrop, as far as STAT or LIST have told
  std::set<std::uint32_t> marks;                   // to be deleted at QUIT
  std::vector<std::uint32_t> retrieved;            // by RETR, each once and in this order
  Refused refused;
  bool is_over = false;  // the server has said its last word

  [[nodiscard]] bool offers(std::string_view keyword) const { return capabilities && capabilities->offers(keyword); }
  [[nodiscard]] pop3::State state() const;

  void answered(const Turn& turn);
  // TLS is there; what was said in clear is forgotten, but for the greeting.
  void secured();
};

}  // namespace pop3_judge
