#include "core/domain.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"

namespace core {
namespace {

constexpr std::size_t kMaxDomain = 255;  // RFC 5321 §4.5.3.1.2
constexpr std::size_t kMaxLabel = 63;    // RFC 1035 §2.3.4

bool is_label(std::string_view label, bool allow_utf8) {
  const auto letter = [&](char c) { return is_alnum(c) || (allow_utf8 && is_high(c)); };
  return !label.empty() && label.size() <= kMaxLabel && letter(label.front()) && letter(label.back()) &&
         std::all_of(label.begin(), label.end(), [&](char c) { return letter(c) || c == '-'; });
}

}  // namespace

bool is_domain(std::string_view text, bool allow_utf8) {
  if (text.empty() || text.size() > kMaxDomain) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot), allow_utf8)) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace core
