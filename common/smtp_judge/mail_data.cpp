#include "smtp_judge/mail_data.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/text.h"

namespace smtp_judge {
namespace {

using findings::Sight;

struct LastLine {
  std::size_t begin = 0;
  std::string_view text;  // without its end
  std::string_view end;   // "\r\n", "\n", "\r", "\n\r", "\r\n\r" …
};

bool is_end(char c) { return c == '\r' || c == '\n'; }

// The last line that has any text, with all the line ends behind it.
LastLine last_line(std::string_view data) {
  std::size_t end = data.size();
  while (end > 0 && is_end(data[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && !is_end(data[begin - 1])) --begin;
  return {begin, data.substr(begin, end - begin), data.substr(end)};
}

core::Text right_end() { return core::same("\\r\\n.\\r\\n"); }

std::optional<Sight> end_at(std::string_view data, const LastLine& line, bool silent) {
  const core::Span here{line.begin, data.size()};
  const std::string_view before = data.substr(0, line.begin);
  if (line.text == ".") {
    // Between two CRLFs it would be the end; nothing behind it yet is an end that has not come whole.
    const bool is_behind_crlf = before.empty() || before.ends_with("\r\n");
    if (is_behind_crlf && line.end.empty())
      return silent ? std::optional(Sight{"terminator-glued", here, true, right_end()}) : std::nullopt;
    const std::size_t begin = before.size() - (before.ends_with('\n') ? 1 : 0) - (before.ends_with("\r\n") ? 1 : 0);
    return Sight{"terminator-not-crlf", {begin, data.size()}, true, right_end()};
  }
  constexpr std::array<std::string_view, 3> kWritten{"\\r\\n.\\r\\n", "\\n.\\n", "\\r\\n."};
  for (const std::string_view written : kWritten) {
    if (line.text.ends_with(written))
      return Sight{"literal-backslash-crlf", {line.begin + line.text.size() - written.size(), data.size()}, true, right_end()};
  }
  if (silent && line.text.ends_with('.')) {
    const std::size_t dot = line.begin + line.text.size() - 1;
    return Sight{"terminator-glued", {dot, dot + 1}, !line.end.empty(), right_end()};
  }
  return std::nullopt;
}

struct Ends {
  std::size_t crlf = 0;
  std::size_t lf = 0;
  std::size_t first_lf = 0;
  std::size_t cr = 0;
  std::size_t first_cr = 0;
};

Ends count_ends(std::string_view text) {
  Ends ends;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_end(text[at])) {
      ++at;
    } else if (text[at] == '\n') {
      if (ends.lf++ == 0) ends.first_lf = at;
      ++at;
    } else if (at + 1 < text.size() && text[at + 1] == '\n') {
      ++ends.crlf;
      at += 2;
    } else {
      if (ends.cr++ == 0) ends.first_cr = at;
      ++at;
    }
  }
  return ends;
}

}  // namespace

std::optional<Sight> mistaken_end(std::string_view data, bool silent) {
  LastLine line = last_line(data);
  if (core::equals_ignoring_case(line.text, "QUIT") && line.begin > 0) {
    // It thinks that the message is over, so what stands before is its end.
    const std::string_view before = data.substr(0, line.begin);
    if (const auto sight = end_at(before, last_line(before), true)) return sight;
    return std::nullopt;
  }
  return silent ? end_at(data, line, true) : std::nullopt;
}

std::optional<Sight> lenient_end(std::string_view data) {
  if (data.ends_with("\r\n.\r\n") || data == ".\r\n") return std::nullopt;
  return end_at(data, last_line(data), true);
}

std::optional<Sight> undoubled_dot(std::string_view message, const std::vector<std::size_t>& dots) {
  for (const std::size_t at : dots) {
    const std::string_view rest = message.substr(at);
    if (rest.empty() || std::string_view(". \t\r\n").find(rest.front()) != std::string_view::npos) continue;
    return Sight{"dot-not-stuffed", {at, at + std::min(rest.find('\r'), rest.size())}};
  }
  return std::nullopt;
}

std::vector<Sight> line_end_flaws(std::string_view message) {
  std::vector<Sight> flaws;
  const std::size_t strict = message.find("\r\n\r\n");
  const std::size_t loose =
      std::min({message.find("\n\n"), message.find("\n\r\n"), strict == std::string_view::npos ? strict : strict + 1});
  const std::string_view header = message.substr(0, loose == std::string_view::npos ? message.size() : loose + 1);
  const Ends all = count_ends(message);
  const Ends in_header = count_ends(header);
  if (all.cr > 0) flaws.push_back({"bare-cr", {all.first_cr, all.first_cr + 1}});
  if (all.lf == 0) return flaws;
  const core::Span first{all.first_lf, all.first_lf + 1};
  const bool is_mixed_header =
      loose != std::string_view::npos && in_header.lf > 0 && in_header.crlf > 0 && all.lf == in_header.lf;
  if (is_mixed_header) {
    flaws.push_back({"header-line-end-mixed", {in_header.first_lf, in_header.first_lf + 1}});
  } else {
    flaws.push_back({"bare-lf-data", first});
  }
  const bool begins_empty = message.starts_with("\r\n");
  if (!is_mixed_header && !begins_empty && loose != std::string_view::npos && strict == std::string_view::npos)
    flaws.push_back({"blank-line-is-bare-lf", {loose, loose + 2}});
  return flaws;
}

}  // namespace smtp_judge
