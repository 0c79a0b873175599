#include "client/stepper/pages.h"

#include <string>
#include <utility>

#include "client/stepper/delivered.h"
#include "client/stepper/keymap.h"
#include "client/stepper/letter_view.h"
#include "core/secret.h"
#include "core/show.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

// Whether the octets of the event were inside TLS on the wire.
bool came_through_tls(const dialogue::Log& log, const dialogue::Event& event) {
  bool secured = false;
  for (const dialogue::Event& one : log.events()) {
    if (one.number >= event.number) break;
    if (one.kind == dialogue::Kind::kConnected) secured = false;
    if (one.kind == dialogue::Kind::kSecured) secured = true;
  }
  return secured;
}

}  // namespace

std::vector<screen::Line> wire_page(const dialogue::Event* event, const View& view, const Display& display) {
  std::vector<screen::Line> lines;
  if (event == nullptr) return lines;
  const std::string bytes = display.show_secrets ? event->bytes : core::mask(event->bytes, event->secrets);
  for (std::string& row : core::hex_rows(bytes)) lines.push_back({{Role::kPlain, std::move(row)}});
  std::string pieces = display.word(Word::kChunks);
  for (const core::Piece& piece : event->pieces) pieces += " " + std::to_string(piece.octets);
  lines.push_back({{Role::kDim, pieces + " " + display.word(Word::kOctets)}});
  if (came_through_tls(view.log, *event)) lines.push_back({{Role::kDim, display.word(Word::kWasEncrypted)}});
  return lines;
}

std::vector<screen::Line> letter_page(const dialogue::Event* event, const View& view, std::string_view meant,
                                      const knowledge::Knowledge& knowledge, core::Language language) {
  if (event == nullptr) return {};
  if (const auto fetched = message_up_to(view.log, event)) return letter_lines(*fetched, knowledge, language);
  if (!view.delivered) return {};
  std::vector<screen::Line> lines = delivered_lines(*view.delivered, meant, language);
  lines.emplace_back();
  for (screen::Line& line : letter_lines(view.delivered->content, knowledge, language)) lines.push_back(std::move(line));
  return lines;
}

std::vector<screen::Line> help_page(const Display& display) {
  std::vector<screen::Line> lines;
  const auto row = [&](std::string_view key, Word label) {
    lines.push_back({{Role::kStrong, std::string(key) + "  "}, {Role::kPlain, display.word(label)}});
  };
  for (const KeyRow& one : keymap()) {
    if (const auto key = shown_key(one, display.all_panes_shown)) row(*key, one.label);
  }
  row("↑ ↓ PgUp PgDn Home End", Word::kScroll);
  lines.push_back({{Role::kPlain, display.word(Word::kHelpTyping)}});
  return lines;
}

}  // namespace stepper
