#include "dialogue/text_lines.h"

#include <string_view>

#include "core/show.h"

namespace dialogue {
namespace {

constexpr std::size_t kLongestShown = std::size_t{16} * 1024;  // octets of a line: nobody reads more

// "(1024 octets)".
std::string count_of(std::size_t octets, const TextOptions& options) {
  return ("(" + std::to_string(octets) + " ").append(options.octets) + ")";
}

// A line without its end, or the beginning of one that is too long.
std::string shown(std::string_view line, const TextOptions& options) {
  if (line.size() <= kLongestShown) return core::show_bytes(line);
  return core::show_bytes(line.substr(0, kLongestShown)) + " … " + count_of(line.size() - kLongestShown, options);
}

std::vector<std::string> wire_lines(const std::string& prefix, std::string_view octets, const TextOptions& options) {
  std::vector<std::string> lines;
  while (!octets.empty()) {
    const std::size_t lf = octets.find('\n');
    const std::string_view line = octets.substr(0, lf == std::string_view::npos ? octets.size() : lf + 1);
    octets.remove_prefix(line.size());
    if (line.ends_with("\r\n")) {
      lines.push_back(prefix + shown(line.substr(0, line.size() - 2), options));
    } else {
      lines.push_back(prefix + shown(line, options));
      if (!line.ends_with('\n')) lines.back().append(" ").append(options.no_line_end);
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
  if (!event.note.empty()) text += (text.empty() ? "" : ": ") + core::show_bytes(event.note.en);
  if (!event.failure.empty()) text.append(" [").append(core::show_bytes(event.failure)).append("]");
  for (const protocol::Remark& remark : event.remarks) text.append(" [").append(remark.kind.text()).append("]");
  return "-- " + text;
}

}  // namespace

std::vector<std::string> text_lines(const Event& event, const TextOptions& options) {
  if (event.dropped > 0) return {(event.kind == Kind::kClient ? "C: " : "S: ") + count_of(event.dropped, options)};
  const std::string octets = options.show_secrets ? event.bytes : core::mask(event.bytes, event.secrets);
  switch (event.kind) {
    case Kind::kClient: return wire_lines("C: ", octets, options);
    case Kind::kServer: return wire_lines("S: ", octets, options);
    case Kind::kConnected:
    case Kind::kSecured:
    case Kind::kNote:
    case Kind::kClosed: break;
  }
  return {aside(event)};
}

}  // namespace dialogue
