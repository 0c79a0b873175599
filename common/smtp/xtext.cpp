#include "smtp/xtext.h"

namespace smtp {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_xchar(char c) { return c > ' ' && c < 0x7F && c != '+' && c != '='; }

}  // namespace

std::optional<std::string> decode_xtext(std::string_view xtext) {
  std::string text;
  for (std::size_t i = 0; i < xtext.size(); ++i) {
    if (is_xchar(xtext[i])) {
      text += xtext[i];
      continue;
    }
    if (xtext[i] != '+' || xtext.size() - i < 3) return std::nullopt;
    const std::size_t high = kHex.find(xtext[i + 1]);
    const std::size_t low = kHex.find(xtext[i + 2]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    text += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return text;
}

}  // namespace smtp
