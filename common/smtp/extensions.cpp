#include "smtp/extensions.h"

#include <algorithm>

#include "core/text.h"

namespace smtp {
namespace {

// ehlo-line = ehlo-keyword *( SP ehlo-param )
std::string_view keyword_of(std::string_view line) { return line.substr(0, line.find(' ')); }

// What stands behind AUTH, or behind the AUTH= that some servers send beside it; empty on other lines.
std::string_view mechanisms_in(std::string_view line) {
  const bool is_auth = core::starts_with_ignoring_case(line, "AUTH ") || core::starts_with_ignoring_case(line, "AUTH=");
  return is_auth ? line.substr(5) : std::string_view();
}

// The next word of `list`, which is shortened by it; empty at the end.
std::string_view take_word(std::string_view& list) {
  list.remove_prefix(std::min(list.find_first_not_of(' '), list.size()));
  const std::string_view word = list.substr(0, list.find(' '));
  list.remove_prefix(word.size());
  return word;
}

// The next of these lines, which are shortened by it. REQUIRES: there is one.
std::string_view take_line(std::string_view& lines) {
  const std::string_view line = lines.substr(0, lines.find('\n'));
  lines.remove_prefix(line.size() + 1);
  return line;
}

}  // namespace

Extensions Extensions::from_reply(const Reply& reply) {
  return from_lines({reply.lines.begin() + (reply.lines.empty() ? 0 : 1), reply.lines.end()});
}

Extensions Extensions::from_lines(const std::vector<std::string>& lines) {
  std::size_t octets = 0;
  for (const std::string& line : lines) octets += line.size() + 1;
  Extensions out;
  out.text_.reserve(octets);
  for (const std::string& line : lines) out.text_.append(line).append(1, '\n');
  return out;
}

std::vector<std::string> Extensions::lines() const {
  std::vector<std::string> out;
  for (std::string_view rest = text_; !rest.empty();) out.emplace_back(take_line(rest));
  return out;
}

bool Extensions::offers(std::string_view keyword) const {
  for (std::string_view rest = text_; !rest.empty();) {
    if (core::equals_ignoring_case(keyword_of(take_line(rest)), keyword)) return true;
  }
  return false;
}

bool Extensions::brings(Input command) const {
  const std::string_view keyword = row(command).offered_by;
  return keyword.empty() || offers(keyword) || (command == Input::kAuth && !mechanisms().empty());
}

std::string_view Extensions::parameters(std::string_view keyword) const {
  for (std::string_view rest = text_; !rest.empty();) {
    const std::string_view line = take_line(rest);
    const std::string_view found = keyword_of(line);
    if (core::equals_ignoring_case(found, keyword)) return core::trim(line.substr(found.size()));
  }
  return {};
}

bool Extensions::offers_mechanism(std::string_view mechanism) const {
  for (std::string_view rest = text_; !rest.empty();) {
    std::string_view list = mechanisms_in(take_line(rest));
    for (auto word = take_word(list); !word.empty(); word = take_word(list)) {
      if (core::equals_ignoring_case(word, mechanism)) return true;
    }
  }
  return false;
}

std::vector<std::string> Extensions::mechanisms() const {
  std::vector<std::string> out;
  for (std::string_view rest = text_; !rest.empty();) {
    std::string_view list = mechanisms_in(take_line(rest));
    for (auto word = take_word(list); !word.empty(); word = take_word(list)) {
      std::string name = core::to_upper(word);
      if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
    }
  }
  return out;
}

}  // namespace smtp
