#include "client/explain/code.h"

#include <algorithm>

#include "client/explain/characters.h"
#include "core/text.h"
#include "protocol/known.h"

namespace explain {
namespace {

constexpr std::size_t kLongestCode = 7;  // octets: "PREAUTH"
constexpr std::string_view kDigits = "0123456789.";

// "[AUTH] …", "[SYS/TEMP]": in capitals, since servers write ids of their own in brackets, too.
std::string_view response_code(std::string_view words) {
  const std::size_t end = words.find_first_of(" ]");
  if (!words.starts_with('[') || end == std::string_view::npos || words.find(']') == std::string_view::npos) return {};
  const std::string_view code = words.substr(1, end - 1);
  const bool is_one = !code.empty() && is_upper(code.front()) &&
                      std::all_of(code.begin(), code.end(), [](char c) { return is_upper(c) || c == '-' || c == '/'; });
  return is_one ? code : std::string_view();
}

}  // namespace

bool Code::is_number() const { return is_digit(text.front()); }

int Code::number() const {
  int value = 0;
  for (const char c : text) value = is_digit(c) ? value * 10 + (c - '0') : value;
  return value;
}

std::optional<Code> code_of(std::string_view text) {
  for (const protocol::Protocol* const one : protocol::known()) {
    if (const auto outcome = one->outcome_of(text)) return Code{one, std::string(text), *outcome};
  }
  return std::nullopt;
}

std::optional<Code> code_in_front(std::string_view text) {
  for (std::size_t length = std::min(text.size(), kLongestCode); length > 0; --length) {
    if (length < text.size() && is_word(text[length])) continue;
    if (auto code = code_of(text.substr(0, length))) return code;
  }
  return std::nullopt;
}

const protocol::Protocol& spoken_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && is_word(text[at - 1])) continue;
    const std::optional<Code> code = code_in_front(text.substr(at));
    if (code && code->text.size() > 1) return *code->protocol;
  }
  return *protocol::known().front();
}

std::string detail_of(std::string_view words) {
  const std::size_t start = std::min(words.find_first_not_of(" \t\n"), words.size());
  if (const std::string_view code = response_code(words.substr(start)); !code.empty()) return std::string(code);
  const std::size_t first = std::min(words.find_first_not_of(" \t\n([#"), words.size());
  const std::size_t last = words.find("(#");
  for (const std::size_t begin : {first, last == std::string_view::npos ? last : last + 2}) {
    if (begin == std::string_view::npos) continue;
    const std::string_view number = words.substr(begin);
    const auto code = protocol::enhanced_code(number.substr(0, number.find_first_not_of(kDigits)));
    if (!code.empty()) return std::string(code);
  }
  return {};
}

}  // namespace explain
