#include "dialogue/text_reader.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/show.h"
#include "core/text.h"

namespace dialogue {
namespace {

using std::chrono::microseconds;

constexpr microseconds kStep{1000};  // from a line to the next
constexpr std::string_view kNoLineEnd = "(no line end)";

std::optional<int> hex_value(char c) {
  if (core::is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// The octets for which core::show_bytes gives this.
std::string octets_of(std::string_view shown) {
  std::string octets = core::replace_all(shown, "␍", "\r");
  octets = core::replace_all(octets, "␊", "\n");
  octets = core::replace_all(octets, "␉", "\t");
  std::string out;
  for (std::size_t at = 0; at < octets.size(); ++at) {
    const bool is_escape = octets[at] == '\\' && at + 3 < octets.size() && octets[at + 1] == 'x';
    const auto high = is_escape ? hex_value(octets[at + 2]) : std::nullopt;
    const auto low = is_escape ? hex_value(octets[at + 3]) : std::nullopt;
    if (!high || !low) {
      out += octets[at];
      continue;
    }
    out += static_cast<char>(*high * 16 + *low);
    at += 3;
  }
  return out;
}

std::string line_of(std::string_view shown) {
  if (shown.ends_with(kNoLineEnd)) {
    shown.remove_suffix(kNoLineEnd.size());
    if (shown.ends_with(' ')) shown.remove_suffix(1);
    return octets_of(shown);
  }
  std::string line = octets_of(shown);
  if (!line.ends_with('\n')) line += "\r\n";
  return line;
}

// "2.5 s later", as microseconds.
std::optional<microseconds> pause_of(std::string_view note) {
  constexpr std::string_view kLater = " s later";
  if (!note.ends_with(kLater)) return std::nullopt;
  note.remove_suffix(kLater.size());
  std::int64_t value = 0;
  std::int64_t unit = 1'000'000;
  bool is_fraction = false;
  for (const char c : note) {
    if (c == '.' && !is_fraction) {
      is_fraction = true;
    } else if (core::is_digit(c) && value < 1'000'000'000'000) {
      value = value * 10 + (c - '0');
      if (is_fraction) unit /= 10;
    } else {
      return std::nullopt;
    }
  }
  return microseconds(value * unit);
}

// The last line of a reply: three digits, and no hyphen behind them (RFC 5321 §4.2.1).
bool ends_reply(std::string_view octets) {
  if (!octets.ends_with('\n')) return false;
  octets.remove_suffix(1);
  const std::size_t begin = octets.rfind('\n') == std::string_view::npos ? 0 : octets.rfind('\n') + 1;
  const std::string_view line = octets.substr(begin);
  return line.size() < 4 || line[3] != '-';
}

class Reader {
 public:
  core::Result<std::vector<Event>> read(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!take(line)) {
        return core::fail(core::Blame::kInput,
                          core::phrase("line {0} is neither C:, S: nor --: {1}", "第 {0} 行不以 C:、S: 或 -- 开头：{1}",
                                       {number, core::show_bytes(line)}),
                          {}, {"C: what the client says, S: what the server says", "C: 客户端说的话，S: 服务器说的话"});
      }
    }
    end_reply();
    return std::move(events_);
  }

 private:
  bool take(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return true;
    if (line.starts_with("-- ")) return take_note(line.substr(3));
    const bool is_client = line.starts_with("C:");
    if (!is_client && !line.starts_with("S:")) return false;
    line.remove_prefix(2);
    if (line.starts_with(' ')) line.remove_prefix(1);
    now_ += kStep;
    const std::string octets = line_of(line);
    if (is_client) {
      add(Kind::kClient, octets).pieces.push_back({octets.size(), now_});
    } else {
      reply_.bytes += octets;
      reply_.pieces.push_back({octets.size(), now_});
      if (ends_reply(reply_.bytes)) end_reply();
    }
    return true;
  }

  bool take_note(std::string_view note) {
    if (const auto pause = pause_of(note)) {
      now_ += *pause;
      return true;
    }
    end_reply();
    if (note.starts_with("connected")) {
      now_ = microseconds(0);
      add(Kind::kConnected, {});
    } else if (note.starts_with("secured")) {
      add(Kind::kSecured, {});
    } else if (note.starts_with("closed")) {
      Event& event = add(Kind::kClosed, {});
      if (note.starts_with("closed by the client")) event.closed_by = ClosedBy::kClient;
      if (note.starts_with("closed by a failure")) event.closed_by = ClosedBy::kFailure;
      const std::size_t open = note.find('[');
      if (open != std::string_view::npos) event.failure = note.substr(open + 1, note.find(']', open) - open - 1);
    } else {
      add(Kind::kNote, {}).note = std::string(note);
    }
    return true;
  }

  void end_reply() {
    if (reply_.bytes.empty()) return;
    Event reply = std::exchange(reply_, {});
    Event& event = add(Kind::kServer, reply.bytes);
    event.pieces = std::move(reply.pieces);
    event.at = event.pieces.back().at;
  }

  Event& add(Kind kind, std::string octets) {
    if (events_.empty() && kind != Kind::kConnected) add(Kind::kConnected, {});
    Event& event = events_.emplace_back();
    event.number = events_.size();
    event.at = now_;
    event.kind = kind;
    event.bytes = std::move(octets);
    return event;
  }

  std::vector<Event> events_;
  microseconds now_{};
  Event reply_;  // of which lines are still to come
};

}  // namespace

core::Result<std::vector<Event>> events_from_text(std::string_view text) { return Reader().read(text); }

}  // namespace dialogue
