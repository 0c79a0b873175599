// Events as the tests of the sinks need them.
#pragma once

#include <string>
#include <utility>

#include "dialogue/event.h"
#include "dialogue/log.h"
#include "smtp/door.h"
#include "smtp/neutral.h"

namespace test {

// What a client says in command mode.
inline dialogue::Event client_line(std::string line) {
  const smtp::StreamLimits limits;
  smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
  stream.receive(line);
  const smtp::Said said = stream.next().value();
  return dialogue::from_said(smtp::neutral(said), core::in_one_piece(line.substr(0, said.octets), {}));
}

// What a client says inside a SASL exchange.
inline dialogue::Event response_line(std::string line, bool secret) {
  smtp::Said said;
  said.input = smtp::Input::kAuthResponse;
  said.line_end = line.ends_with("\r\n") ? smtp::LineEnd::kCrlf : smtp::LineEnd::kLf;
  said.bytes = std::move(line);
  if (secret) said.secrets.push_back({0, said.line().size()});
  said.octets = said.bytes.size();
  return dialogue::from_said(smtp::neutral(said), core::in_one_piece(said.bytes, {}));
}

inline dialogue::Event octets(dialogue::Kind kind, std::string bytes) {
  dialogue::Event event;
  event.kind = kind;
  event.bytes = std::move(bytes);
  return event;
}

inline dialogue::Event note(dialogue::Kind kind, std::string text) {
  dialogue::Event event;
  event.kind = kind;
  event.note = std::move(text);
  return event;
}

inline dialogue::Event server_reply(int code, std::vector<std::string> lines, smtp::Input answers = smtp::Input::kMail) {
  const smtp::Reply reply{smtp::ReplyCode(code), std::move(lines)};
  const smtp::StateChange change{smtp::State::kReady, smtp::State::kMail, "RFC 5321 §4.1.1.2"};
  return dialogue::from_answer(smtp::neutral(reply), smtp::serialise(reply), answers, smtp::neutral(change));
}

}  // namespace test
