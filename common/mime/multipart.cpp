#include "mime/multipart.h"

#include <algorithm>
#include <optional>

#include "mime/fields.h"

namespace mime {
namespace {

// The first line, with its end.
std::string_view line_of(std::string_view text) { return text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1); }

bool is_empty_line(std::string_view line) { return line == "\r\n" || line == "\n"; }

// Fields, folded ones too, up to and with an empty line; a line that is none of these is text already.
std::size_t header_size(std::string_view entity) {
  std::size_t at = 0;
  while (at < entity.size()) {
    const std::string_view line = line_of(entity.substr(at));
    if (is_empty_line(line)) return at + line.size();
    const bool is_folded = at > 0 && (line.front() == ' ' || line.front() == '\t');
    if (!is_folded && !is_field(line)) break;
    at += line.size();
  }
  return at;
}

enum class Delimiter { kNone, kPart, kClose };

// "--" boundary ["--"] transport-padding
Delimiter delimiter_in(std::string_view line, std::string_view boundary) {
  if (!line.starts_with("--") || line.substr(2, boundary.size()) != boundary) return Delimiter::kNone;
  std::string_view rest = line.substr(2 + boundary.size());
  const bool closes = rest.starts_with("--");
  if (closes) rest.remove_prefix(2);
  if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) return Delimiter::kNone;
  return closes ? Delimiter::kClose : Delimiter::kPart;
}

// The line end before a delimiter belongs to the delimiter.
std::string_view without_line_end(std::string_view part) {
  if (part.ends_with('\n')) part.remove_suffix(1);
  if (part.ends_with('\r')) part.remove_suffix(1);
  return part;
}

}  // namespace

std::string_view header_of(std::string_view entity) { return entity.substr(0, header_size(entity)); }

bool ends_with_empty_line(std::string_view header) {
  return header.ends_with("\n\r\n") || header.ends_with("\n\n") || is_empty_line(header);
}

std::string_view body_of(std::string_view entity) { return entity.substr(header_size(entity)); }

std::string_view first_lines(std::string_view text, std::size_t most_lines, std::size_t most_octets) {
  std::size_t at = 0;
  for (; most_lines > 0 && at < text.size(); --most_lines) {
    const std::size_t length = line_of(text.substr(at)).size();
    if (at > 0 && at + length > most_octets) break;
    at += length;
  }
  return text.substr(0, std::min(at, most_octets));
}

std::vector<std::string_view> body_parts(std::string_view body, std::string_view boundary, std::size_t most) {
  std::vector<std::string_view> parts;
  std::optional<std::size_t> begin;  // of the part that has been entered
  for (std::size_t at = 0; at < body.size() && parts.size() < most;) {
    const std::string_view line = line_of(body.substr(at));
    const Delimiter delimiter = delimiter_in(line, boundary);
    if (delimiter != Delimiter::kNone && begin) parts.push_back(without_line_end(body.substr(*begin, at - *begin)));
    at += line.size();
    if (delimiter == Delimiter::kClose) return parts;
    if (delimiter == Delimiter::kPart) begin = at;
  }
  if (begin && parts.size() < most) parts.push_back(body.substr(*begin));
  return parts;
}

}  // namespace mime
