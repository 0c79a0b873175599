#include "mime/media_type.h"

#include <algorithm>
#include <array>

#include "core/show.h"
#include "core/text.h"

namespace mime {
namespace {

constexpr std::string_view kUnknown = "application/octet-stream";

struct TypeRow {
  std::string_view ending;
  std::string_view type;
};

// What students attach. A message/rfc822 must not go out in base64 (RFC 2046 §5.2.1), so .eml is not here.
constexpr std::array kTypes{
    TypeRow{"c", "text/plain"},
    TypeRow{"cpp", "text/plain"},
    TypeRow{"css", "text/css"},
    TypeRow{"csv", "text/csv"},
    TypeRow{"doc", "application/msword"},
    TypeRow{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    TypeRow{"gif", "image/gif"},
    TypeRow{"gz", "application/gzip"},
    TypeRow{"h", "text/plain"},
    TypeRow{"htm", "text/html"},
    TypeRow{"html", "text/html"},
    TypeRow{"java", "text/plain"},
    TypeRow{"jpeg", "image/jpeg"},
    TypeRow{"jpg", "image/jpeg"},
    TypeRow{"js", "text/javascript"},
    TypeRow{"json", "application/json"},
    TypeRow{"log", "text/plain"},
    TypeRow{"md", "text/markdown"},
    TypeRow{"mp3", "audio/mpeg"},
    TypeRow{"mp4", "video/mp4"},
    TypeRow{"pdf", "application/pdf"},
    TypeRow{"png", "image/png"},
    TypeRow{"ppt", "application/vnd.ms-powerpoint"},
    TypeRow{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    TypeRow{"py", "text/plain"},
    TypeRow{"svg", "image/svg+xml"},
    TypeRow{"tex", "text/plain"},
    TypeRow{"txt", "text/plain"},
    TypeRow{"wav", "audio/wav"},
    TypeRow{"webp", "image/webp"},
    TypeRow{"xls", "application/vnd.ms-excel"},
    TypeRow{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    TypeRow{"xml", "application/xml"},
    TypeRow{"zip", "application/zip"},
};

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = core::utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

std::string guess_type(std::string_view file_name, std::string_view octets) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return std::string(kUnknown);
  const std::string_view ending = file_name.substr(dot + 1);
  const auto row = std::find_if(kTypes.begin(), kTypes.end(),
                                [&](const TypeRow& one) { return core::equals_ignoring_case(one.ending, ending); });
  if (row == kTypes.end()) return std::string(kUnknown);
  if (!row->type.starts_with("text/")) return std::string(row->type);
  return is_utf8(octets) ? std::string(row->type) + "; charset=utf-8" : std::string(kUnknown);
}

}  // namespace mime
