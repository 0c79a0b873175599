// The protocols of this test program and their judges, in the place of common/all_protocols.cpp and common/all_judges.cpp: the
// mock, the log, the knowledge and the steps speak POP3, and nothing of SMTP is there.
#include <array>
#include <utility>

#include "findings/judge.h"
#include "pop3/door.h"
#include "pop3_judge/judge.h"
#include "protocol/known.h"

namespace protocol {

std::span<const Protocol* const> known() {
  static const std::array kAll{&pop3::door()};
  return kAll;
}

}  // namespace protocol

namespace findings {

std::unique_ptr<Judge> make_judge(std::string_view protocol, Server server) {
  return protocol == "pop3" ? pop3_judge::make(std::move(server)) : nullptr;
}

}  // namespace findings
