#include "client/labs/meant_parts.h"

#include <cstddef>
#include <vector>

#include "core/text.h"
#include "mime/read.h"

namespace lab {
namespace {

constexpr std::string_view kDashes = "--";

// Of the message itself; empty: it has none.
std::string boundary_of(std::string_view message) {
  constexpr std::string_view kParameter = "boundary=";
  for (const mime::Field& field : mime::read_fields(message)) {
    if (!core::equals_ignoring_case(field.name, "Content-Type")) continue;
    const std::size_t at = core::to_lower(field.value).find(kParameter);
    if (at == std::string::npos) return {};
    const std::string_view rest = std::string_view(field.value).substr(at + kParameter.size());
    if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(core::trim(rest.substr(0, rest.find(';'))));
  }
  return {};
}

// With their ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

std::string_view text_of(std::string_view line) { return core::trim(core::without_line_end(line)); }

// What the parts are divided by; empty: by nothing that looks like it.
std::string_view delimiter_in(const std::vector<std::string_view>& lines, std::string_view boundary) {
  std::string_view dashed;
  for (const std::string_view line : lines) {
    const std::string_view text = text_of(line);
    if (line.starts_with(kDashes) && line.substr(kDashes.size()).starts_with(boundary)) return {};
    if (text == boundary) return text;
    if (dashed.empty() && text.starts_with(kDashes) && text.size() > kDashes.size()) dashed = text;
  }
  return dashed;
}

}  // namespace

std::string with_meant_boundary(std::string_view message) {
  const std::string boundary = boundary_of(message);
  const std::size_t header = message.find("\r\n\r\n");
  if (boundary.empty() || header == std::string_view::npos) return std::string(message);
  const std::vector<std::string_view> lines = lines_of(message.substr(header));
  const std::string_view delimiter = delimiter_in(lines, boundary);
  if (delimiter.empty()) return std::string(message);
  std::string meant(message.substr(0, header));
  for (const std::string_view line : lines) {
    const std::string_view text = text_of(line);
    const bool is_last = text.starts_with(delimiter) && text.substr(delimiter.size()) == kDashes;
    if (text == delimiter || is_last) {
      meant += std::string(kDashes) + boundary + (is_last ? "--" : "") + "\r\n";
    } else {
      meant += line;
    }
  }
  return meant;
}

}  // namespace lab
