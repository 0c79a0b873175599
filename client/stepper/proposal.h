// Something that could be sent now.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "mockserver/scenario/scenario.h"
#include "protocol/protocol.h"

namespace stepper {

using protocol::Form;

struct Proposal {
  std::string text;  // a line without its end; of a message all lines, each ended by \n or CRLF
  Form form = Form::kLine;
  bool is_secret = false;  // the whole line is a password
  protocol::LineEnd line_end = protocol::LineEnd::kCrlf;
  core::Text why;                        // before it is sent; empty where it is merely legal
  core::Text then;                       // guided: what there is to say when it is answered; may be empty
  std::optional<scenario::Code> expect;  // guided: what should answer
  bool guided = false;
  std::size_t server = 0;            // of Form::kConnect: to which one of the path
  std::chrono::milliseconds wait{};  // guided: what has to pass before it, since something was last said

  [[nodiscard]] bool is_line() const { return form == Form::kLine; }
  [[nodiscard]] bool is_text() const { return form == Form::kMessage || form == Form::kChunk; }
  [[nodiscard]] bool connects() const { return form == Form::kConnect; }
  // The octets that go out in that protocol: a line with its end, the message with CRLFs as its form wants it, or none.
  [[nodiscard]] std::string octets(const protocol::Protocol& spoken) const;
};

// What is done where it connects to that server: "(connect to imap.qq.com)" where the path of the scenario (may be null) has
// several of them.
[[nodiscard]] std::string connection_shown(std::size_t server, const scenario::Scenario* scenario, core::Language language);

}  // namespace stepper
