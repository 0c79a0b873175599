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

// In GB 2312, what Chinese is written in, both octets of a character are above 127.
bool looks_like_gb(std::string_view octets) {
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (!is_high(octets[i])) continue;
    if (i + 1 == octets.size() || !is_high(octets[i + 1])) return false;
    ++i;
  }
  return true;
}

bool is_of_ascii(std::string_view charset) {
  return charset.empty() || core::equals_ignoring_case(charset, "us-ascii") || core::equals_ignoring_case(charset, "utf-8") ||
         core::equals_ignoring_case(charset, "utf8") || core::equals_ignoring_case(charset, "ascii");
}

std::optional<std::string> converted_from(std::string_view octets, std::string_view charset) {
  if (charset.empty() || charset.find('\0') != std::string_view::npos) return std::nullopt;
  const char* const known = g_mime_charset_iconv_name(std::string(charset).c_str());
  return converted(octets, known == nullptr ? std::string(charset) : known);
}

}  // namespace

std::string to_utf8(std::string_view octets, std::string_view charset) {
  start_library();
  if (!is_of_ascii(charset)) {
    if (auto text = converted_from(octets, charset)) return std::move(*text);
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
