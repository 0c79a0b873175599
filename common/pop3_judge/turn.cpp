#include "pop3_judge/turn.h"

#include <charconv>

#include "core/text.h"

namespace pop3_judge {

std::optional<std::uint32_t> Line::message() const {
  const pop3::Command* const said = command();
  if (said == nullptr || said->argument.empty()) return std::nullopt;
  switch (pop3::row(said->verb).argument) {
    case pop3::Argument::kMessage:
    case pop3::Argument::kMessageOrNone:
    case pop3::Argument::kMessageAndLines: return said->message;
    case pop3::Argument::kNone:
    case pop3::Argument::kText:
    case pop3::Argument::kNameAndDigest:
    case pop3::Argument::kMechanism: break;
  }
  return std::nullopt;
}

std::string_view Heard::body() const {
  if (!has_body) return {};
  std::string_view body = std::string_view(bytes).substr(first_line());
  for (const std::string_view end : {".\r\n", ".\n"}) {
    if (body.ends_with(end)) return body.substr(0, body.size() - end.size());
  }
  return body;
}

std::optional<std::uint64_t> Heard::announced() const {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && (end == text.data() + text.size() || *end == ' ');
  return is_number ? std::optional(number) : std::nullopt;
}

std::string Heard::words() const { return core::to_lower(code + " " + text); }

}  // namespace pop3_judge
