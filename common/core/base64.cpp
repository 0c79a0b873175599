#include "core/base64.h"

#include <algorithm>
#include <array>

#include "core/show.h"

namespace core {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNotInAlphabet = 64;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNotInAlphabet);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

Failure bad(Text text, std::size_t octet) {
  return fail(Blame::kPeer, std::move(text), phrase("octet {0} of the base64", "base64 的第 {0} 个字节", {octet + 1}));
}

}  // namespace

std::string base64_encode(std::string_view octets) {
  std::string out;
  out.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, octets.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < have ? static_cast<unsigned char>(octets[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= have ? kAlphabet[group >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return out;
}

Result<std::string> base64_decode(std::string_view text) {
  const std::size_t length = text.find('=') == std::string_view::npos ? text.size() : text.find('=');
  std::string out;
  out.reserve(length / 4 * 3 + 2);
  std::uint32_t group = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint8_t value = kValues[static_cast<unsigned char>(text[i])];
    if (value == kNotInAlphabet) {
      return bad(phrase("'{0}' is not a base64 character", "'{0}' 不是 base64 字符", {show_bytes(text.substr(i, 1))}), i);
    }
    group = group << 6 | value;
    if (i % 4 != 0) out += static_cast<char>(group >> (6 - i % 4 * 2) & 0xFFU);
  }
  const std::size_t rest = length % 4;
  const std::size_t padding = text.size() - length;
  if (text.find_first_not_of('=', length) != std::string_view::npos)
    return bad({"characters after the padding '='", "填充 '=' 后面还有字符"}, length);
  if (rest == 1 || (length + padding) % 4 != 0 || padding > 2) {
    return bad(
        {"the length is not a multiple of four: padding '=' is missing or too much", "长度不是 4 的倍数：填充 '=' 少了或多了"},
        text.size());
  }
  if (rest != 0 && (group & (rest == 2 ? 15U : 3U)) != 0)
    return bad({"the last character has bits that belong to no octet", "最后一个字符里有不属于任何字节的位"}, length - 1);
  return out;
}

}  // namespace core
