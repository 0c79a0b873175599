#include "mockserver/scenario/octets.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

namespace scenario {
namespace {

std::optional<std::size_t> number_in(std::string_view digits, int base) {
  std::size_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
  return error == std::errc() && stop == end && !digits.empty() ? std::optional(number) : std::nullopt;
}

// As it has to stand in a template.
std::string literal(char octet) { return octet == '{' || octet == '}' ? std::string(2, octet) : std::string(1, octet); }

core::Failure too_long() {
  return core::fail(
      core::Blame::kInput,
      core::phrase("a repetition comes to at most {0} octets", "重复出来的内容最多 {0} 个字节", {kLongestRepetition}), {},
      {"so do several in one text, together", "同一段里的几处重复合起来也是如此"});
}

core::Result<std::string> octet(std::string_view digits) {
  const auto number = number_in(digits, 16);
  if (!number || digits.size() != 2) {
    return core::fail(core::Blame::kInput, core::phrase("'0x{0}' is no octet", "'0x{0}' 不是字节", {digits}), {},
                      {"two hexadecimal digits: {0xff}", "写两位十六进制数：{0xff}"});
  }
  return literal(static_cast<char>(*number));
}

core::Result<std::string> repetition(std::string_view what, std::string_view times) {
  const auto number = number_in(times, 10);
  if (what.empty() || !number || *number == 0) {
    return core::fail(core::Blame::kInput, core::phrase("'{0}*{1}' is no repetition", "'{0}*{1}' 不是重复", {what, times}), {},
                      {"what is repeated, a star, how often: {a*10000}", "写要重复的内容、星号、次数：{a*10000}"});
  }
  if (*number > kLongestRepetition / what.size()) return too_long();
  std::string out;
  out.reserve(what.size() * *number);
  for (std::size_t i = 0; i < *number; ++i) out += what;
  return out;
}

// "{…}": what is neither an octet nor a repetition is a placeholder and stays as it is.
core::Result<std::string> expand(std::string_view braced) {
  const std::string_view inside = braced.substr(1, braced.size() - 2);
  if (inside.starts_with("0x")) return octet(inside.substr(2));
  const std::size_t star = inside.rfind('*');
  if (star != std::string_view::npos) return repetition(inside.substr(0, star), inside.substr(star + 1));
  return std::string(braced);
}

}  // namespace

core::Result<std::string> expand_octets(std::string_view text) {
  const std::size_t most = text.size() + kLongestRepetition;  // what is no repetition never gets longer
  std::string out;
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find_first_of("{}"), text.size());
    out += text.substr(0, brace);
    text.remove_prefix(brace);
    if (text.starts_with("{{") || text.starts_with("}}")) {
      out += text.substr(0, 2);
      text.remove_prefix(2);
      continue;
    }
    const std::size_t end = text.find('}');
    if (!text.starts_with('{') || end == std::string_view::npos) {
      out += text.substr(0, 1);
      text.remove_prefix(std::min<std::size_t>(text.size(), 1));
      continue;
    }
    const core::Result<std::string> part = expand(text.substr(0, end + 1));
    if (!part) return part;
    if (part->size() > most - out.size()) return too_long();
    out += *part;
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace scenario
