#include "dialogue/text_lines.h"

#include <string_view>

#include "core/show.h"

namespace dialogue {
namespace {

std::vector<std::string> wire_lines(const std::string& prefix, std::string_view octets) {
  std::vector<std::string> lines;
  while (!octets.empty()) {
    const std::size_t lf = octets.find('\n');
    const std::string_view line = octets.substr(0, lf == std::string_view::npos ? octets.size() : lf + 1);
    octets.remove_prefix(line.size());
    if (line.ends_with("\r\n")) {
      lines.push_back(prefix + core::show_bytes(line.substr(0, line.size() - 2)));
    } else {
      lines.push_back(prefix + core::show_bytes(line) + (line.ends_with('\n') ? "" : " (no line end)"));
    }
  }
  return lines;
}

std::string aside(const Event& event) {
  std::string line = "-- ";
  if (event.kind != Kind::kNote) line += name(event.kind);
  if (!event.note.empty()) line += (event.kind != Kind::kNote ? ": " : "") + core::show_bytes(event.note);
  for (const smtp::Remark& remark : event.remarks) line += " [" + std::string(smtp::id(remark.kind)) + "]";
  return line;
}

}  // namespace

std::vector<std::string> text_lines(const Event& event, TextOptions options) {
  const std::string octets = options.show_secrets ? event.bytes : core::mask(event.bytes, event.secrets);
  switch (event.kind) {
    case Kind::kClient: return wire_lines("C: ", octets);
    case Kind::kServer: return wire_lines("S: ", octets);
    case Kind::kConnected:
    case Kind::kNote:
    case Kind::kClosed: break;
  }
  return {aside(event)};
}

}  // namespace dialogue
