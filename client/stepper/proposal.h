// Something that could be sent now.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "core/text.h"
#include "smtp/client_stream.h"

namespace stepper {

enum class Form : std::uint8_t {
  kLine,
  kMessage,  // mail data behind 354, dots stuffed, without the final dot
  kChunk,    // the whole message behind BDAT … LAST (RFC 3030)
  kConnect,  // nothing is sent: a new connection
};

struct Proposal {
  std::string text;  // a line without its end; of a message all lines, each ended by \n or CRLF
  Form form = Form::kLine;
  bool is_secret = false;  // the whole line is a password
  smtp::LineEnd line_end = smtp::LineEnd::kCrlf;
  core::Text why;             // before it is sent; empty where it is merely legal
  core::Text then;            // guided: what there is to say when it is answered; may be empty
  std::optional<int> expect;  // guided: the code that should answer
  bool guided = false;
  std::chrono::milliseconds wait{};  // guided: what has to pass before it, since something was last said

  [[nodiscard]] bool is_line() const { return form == Form::kLine; }
  [[nodiscard]] bool is_text() const { return form == Form::kMessage || form == Form::kChunk; }
  [[nodiscard]] bool connects() const { return form == Form::kConnect; }
  // The octets that go out: a line with its end, the message with CRLFs as its form wants it, or none.
  [[nodiscard]] std::string bytes() const;
};

// The passwords in a line that is no SASL response: the initial response of AUTH where the mechanism sends one.
[[nodiscard]] std::vector<core::Span> secrets_of_command(std::string_view line);

}  // namespace stepper
