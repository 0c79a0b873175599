#include "dialogue/text_lines.h"

#include <string_view>

#include "core/show.h"

namespace dialogue {
namespace {

std::vector<std::string> wire_lines(const std::string& prefix, std::string_view octets, std::string_view no_line_end) {
  std::vector<std::string> lines;
  while (!octets.empty()) {
    const std::size_t lf = octets.find('\n');
    const std::string_view line = octets.substr(0, lf == std::string_view::npos ? octets.size() : lf + 1);
    octets.remove_prefix(line.size());
    if (line.ends_with("\r\n")) {
      lines.push_back(prefix + core::show_bytes(line.substr(0, line.size() - 2)));
    } else {
      lines.push_back(prefix + core::show_bytes(line));
      if (!line.ends_with('\n')) lines.back().append(" ").append(no_line_end);
    }
  }
  return lines;
}

// What happened, when it is not on the wire: "connected", "closed by the server"; nothing for a note, which says it all.
std::string happening(const Event& event) {
  if (event.kind == Kind::kNote) return {};
  if (event.kind != Kind::kClosed) return std::string(name(event.kind));
  return event.closed_by == ClosedBy::kFailure ? "closed by a failure" : "closed by the " + std::string(name(event.closed_by));
}

std::string aside(const Event& event) {
  std::string text = happening(event);
  if (!event.note.empty()) text += (text.empty() ? "" : ": ") + core::show_bytes(event.note);
  if (!event.failure.empty()) text.append(" [").append(core::show_bytes(event.failure)).append("]");
  for (const smtp::Remark& remark : event.remarks) text.append(" [").append(smtp::id(remark.kind)).append("]");
  return "-- " + text;
}

}  // namespace

std::vector<std::string> text_lines(const Event& event, TextOptions options) {
  const std::string octets = options.show_secrets ? event.bytes : core::mask(event.bytes, event.secrets);
  switch (event.kind) {
    case Kind::kClient: return wire_lines("C: ", octets, options.no_line_end);
    case Kind::kServer: return wire_lines("S: ", octets, options.no_line_end);
    case Kind::kConnected:
    case Kind::kSecured:
    case Kind::kNote:
    case Kind::kClosed: break;
  }
  return {aside(event)};
}

}  // namespace dialogue
