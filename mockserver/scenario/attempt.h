// A way through a dialogue as its choices: what is tried to make a server say one of its replies.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mockserver/scenario/scenario.h"

namespace scenario {

// The parts of a dialogue, in their order.
enum class Reach : std::uint8_t { kNothing, kHello, kStarttls, kHelloAgain, kLogin, kMail, kRcpt, kData, kMessage };

struct Attempt {
  std::string hello = "EHLO {client}";  // a line, as the next ones; empty: nobody introduces himself
  bool starttls = false;
  std::vector<std::string> login = {};
  std::string mail = "MAIL FROM:<{user}>";
  std::string rcpt = "RCPT TO:<{user}>";
  std::string message = "From: <{user}>\nTo: <{user}>\nSubject: A test\n\nHello\n";
  bool is_raw = false;                               // the message goes out as these octets
  std::size_t messages = 1;                          // so many of them, one behind the other
  Reach up_to = Reach::kMessage;                     // this much is said first …
  std::vector<std::vector<std::string>> turns = {};  // … and then these lines; a list that begins with AUTH is a login
};

// Its steps without codes, each with the words that the guided dialogue has for such a step.
[[nodiscard]] std::vector<Step> steps_of(const Attempt& attempt, const protocol::Protocol& protocol);

// What to try so that the server gives the reply by a rule like this one: the likelier ones first; empty where nothing that a
// client says brings it about. REQUIRES: the scenario has an account.
[[nodiscard]] std::vector<Attempt> attempts_for(const Rule& rule, const Scenario& scenario);

}  // namespace scenario
