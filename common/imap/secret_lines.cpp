#include "imap/secret_lines.h"

#include <algorithm>
#include <optional>

#include "core/text.h"
#include "imap/literal.h"

namespace imap {
namespace {

// Neither a command nor one that lacks its tag.
bool is_no_command(std::string_view line, const ParsedCommand& parsed) {
  const bool has_verb = !parsed.tag.empty() && parsed.verb != Input::kUnknown;
  return !has_verb && !line.empty() && !find_command(line.substr(0, line.find(' ')));
}

// It begins a login, or looks like that of another protocol.
bool begins_login(const ParsedCommand& parsed) { return row(parsed.verb).begins_login || !parsed.secrets.empty(); }

}  // namespace

std::vector<core::Span> SecretLines::of_command(std::string_view command, const ParsedCommand& parsed) {
  if (after_login_ && is_no_command(command, parsed)) return {{0, command.size()}};
  if (!command.empty()) after_login_ = begins_login(parsed);
  return parsed.secrets;
}

std::vector<core::Span> SecretLines::of_line(std::string_view line, bool is_secret) {
  if (is_secret) return {{0, line.size()}};
  const ParsedCommand parsed = parse_command(line);
  after_login_ = after_login_ || !parsed.secrets.empty();
  return parsed.secrets;
}

std::vector<core::Span> SecretLines::of_untold(std::string_view octets, std::string_view begun) {
  const bool is_in_login = !begun.empty() && begins_login(parse_command(core::without_line_end(begun)));
  if (is_in_login && !octets.empty()) return {{0, octets.size()}};
  std::vector<core::Span> secrets;
  for (std::size_t at = 0; at < octets.size();) {
    const std::size_t end = std::min(octets.find('\n', at), octets.size());
    const std::string_view line = core::without_line_end(octets.substr(at, end - at));
    const ParsedCommand parsed = parse_command(line);
    for (const core::Span& span : of_command(line, parsed)) secrets.push_back({at + span.begin, at + span.end});
    at = std::min(end + 1, octets.size());
    if (!begins_login(parsed) || !literal_mark(line)) continue;
    // What it announces, and what stands behind that: the end of the command, if all went well.
    if (at < octets.size()) secrets.push_back({at, octets.size()});
    break;
  }
  return secrets;
}

}  // namespace imap
