#include "mime/charset.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <gmime/gmime.h>

#include "core/show.h"
#include "core/text.h"
#include "mime/library.h"

namespace mime {
namespace {

bool is_high(char c) { return static_cast<unsigned char>(c) > 127; }

// All of it or nothing: GLib would else leave out what it does not know.
std::optional<std::string> converted(std::string_view octets, const std::string& charset) {
  gsize read = 0;
  gsize written = 0;
  GError* error = nullptr;
  const std::unique_ptr<char, decltype(&g_free)> text(
      g_convert(octets.data(), static_cast<gssize>(octets.size()), "UTF-8", charset.c_str(), &read, &written, &error), g_free);
  if (error != nullptr) g_error_free(error);
  if (text == nullptr || read != octets.size()) return std::nullopt;
  return std::string(text.get(), written);
}

bool is_within(char c, unsigned char first, unsigned char last) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= first && octet <= last;
}

// GBK, two octets a character, of which most are in GB 2312: what Chinese is written in. Accented letters in another charset
// stand alone among those of ASCII.
bool looks_like_gb(std::string_view octets) {
  std::size_t pairs = 0;
  std::size_t common = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (!is_high(octets[i])) continue;
    if (i + 1 == octets.size()) return false;
    const char second = octets[i + 1];
    const bool is_pair = is_within(octets[i], 0x81, 0xFE) && (is_within(second, 0x40, 0x7E) || is_within(second, 0x80, 0xFE));
    if (!is_pair) return false;
    ++pairs;
    if (is_within(octets[i], 0xA1, 0xF7) && is_within(second, 0xA1, 0xFE)) ++common;
    ++i;
  }
  return 4 * common >= 3 * pairs;
}

// ESC $ B and ESC $ @ begin Japanese in seven bits (RFC 1468).
bool looks_like_iso_2022_jp(std::string_view octets) {
  return octets.find("\x1B$B") != std::string_view::npos || octets.find("\x1B$@") != std::string_view::npos;
}

// Those that any octets are of: what a program names that does not know better.
bool is_of_anything(std::string_view charset) {
  return core::equals_ignoring_case(charset, "iso-8859-1") || core::equals_ignoring_case(charset, "latin1") ||
         core::equals_ignoring_case(charset, "windows-1252");
}

// Who names GB 2312 or GBK mostly means its successor, which has all of it: characters of names and of Hong Kong too.
std::string meant_by(const std::string& charset) {
  for (const std::string_view old : {"gb2312", "gb_2312-80", "gb2312-80", "gbk", "x-gbk", "cp936", "euc-cn"}) {
    if (core::equals_ignoring_case(charset, old)) return "GB18030";
  }
  const char* const known = g_mime_charset_iconv_name(charset.c_str());
  return known == nullptr ? charset : known;
}

bool is_of_ascii(std::string_view charset) {
  return charset.empty() || core::equals_ignoring_case(charset, "us-ascii") || core::equals_ignoring_case(charset, "utf-8") ||
         core::equals_ignoring_case(charset, "utf8") || core::equals_ignoring_case(charset, "ascii");
}

std::optional<std::string> converted_from(std::string_view octets, std::string_view charset) {
  if (charset.empty() || charset.find('\0') != std::string_view::npos) return std::nullopt;
  return converted(octets, meant_by(std::string(charset)));
}

}  // namespace

std::string to_utf8(std::string_view octets, std::string_view charset) {
  start_library();
  const bool is_ascii = core::is_ascii(octets);
  const bool is_mistaken = is_of_anything(charset) && !is_ascii && core::is_utf8(octets);
  if (!is_of_ascii(charset) && !is_mistaken) {
    if (auto text = converted_from(octets, charset)) return std::move(*text);
  }
  if (is_ascii && looks_like_iso_2022_jp(octets)) {
    if (auto text = converted(octets, "ISO-2022-JP")) return std::move(*text);
  }
  if (core::is_utf8(octets)) return std::string(octets);
  if (looks_like_gb(octets)) {
    if (auto text = converted(octets, "GB18030")) return std::move(*text);
  }
  return std::string(octets);
}

std::optional<std::string> to_utf8_exactly(std::string_view octets, std::string_view charset) {
  start_library();
  return converted_from(octets, charset);
}

}  // namespace mime
