#include "client/stepper/panes.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "client/base/words.h"
#include "client/screen/canvas.h"
#include "core/secret.h"
#include "core/show.h"
#include "dialogue/text_lines.h"

namespace stepper {
namespace {

using client::Word;
using screen::Line;
using screen::Role;

constexpr std::array kMemoryLabels{Word::kClientName,  Word::kAuthenticated, Word::kEncrypted,
                                   Word::kReversePath, Word::kForwardPaths,  Word::kMessage};
constexpr std::size_t kShownPaths = 4;  // recipients listed before "and n more"

Role role_of(const dialogue::Event& event) {
  if (event.kind == dialogue::Kind::kClient) return Role::kClient;
  if (event.kind != dialogue::Kind::kServer) return Role::kDim;
  if (!event.reply) return Role::kServer;
  switch (event.reply->code.first_digit()) {
    case 2: return Role::kPositive;
    case 3: return Role::kMore;
    case 4: return Role::kTemporary;
    default: return Role::kPermanent;
  }
}

std::string decoded_beside(const dialogue::Event& event, bool show_secrets) {
  if (event.decoded.empty()) return {};
  if (!event.decoded_is_secret || show_secrets) return "  ⟨" + core::show_bytes(event.decoded) + "⟩";
  const std::size_t end = event.decoded.find_last_not_of("\r\n") + 1;
  return "  ⟨" + std::string(core::kMask) + core::show_bytes(std::string_view(event.decoded).substr(end)) + "⟩";
}

std::string join(const std::vector<smtp::Path>& paths, core::Language language) {
  if (paths.empty()) return std::string(client::word(Word::kNone, language));
  std::string text;
  for (std::size_t i = 0; i < paths.size() && i < kShownPaths; ++i)
    text += (i > 0 ? " " : "") + core::show_bytes(paths[i].text());
  if (paths.size() > kShownPaths) text += " +" + std::to_string(paths.size() - kShownPaths);
  return text;
}

}  // namespace

std::vector<screen::DialogueItem> dialogue_items(const dialogue::Log& log, const knowledge::Knowledge& knowledge,
                                                 core::Language language, bool show_secrets) {
  std::vector<screen::DialogueItem> items;
  std::size_t number = 0;
  for (const dialogue::Event& event : log.events()) {
    screen::DialogueItem item;
    const Role role = role_of(event);
    const bool from_client = event.kind == dialogue::Kind::kClient;
    if (from_client) item.number = std::to_string(++number);
    item.speaker = from_client ? "C" : event.kind == dialogue::Kind::kServer ? "S" : "·";
    if (item.speaker == "·") {
      item.lines.push_back({{role, aside_text(event, knowledge, language)}});
    } else {
      // "C: " and "S: " stand in a column of their own here.
      for (const std::string& text : dialogue::text_lines(
               event, {show_secrets, client::word(Word::kNoLineEnd, language), client::word(Word::kOctets, language)}))
        item.lines.push_back({{role, text.substr(3)}});
    }
    if (!item.lines.empty()) {
      if (std::string beside = decoded_beside(event, show_secrets); !beside.empty())
        item.lines.back().push_back({Role::kDim, std::move(beside)});
      if (!event.remarks.empty() && from_client) item.lines.back().push_back({Role::kWarning, "  !"});
    }
    items.push_back(std::move(item));
  }
  return items;
}

screen::Pane meaning_pane(const Meaning& meaning, core::Language language) {
  screen::Pane pane{std::string(client::word(Word::kMeaning, language)), {}};
  for (const Paragraph& paragraph : meaning) {
    Line line;
    if (!paragraph.label.empty()) line.push_back({Role::kStrong, paragraph.label + "  "});
    line.push_back({paragraph.role, paragraph.text});
    pane.lines.push_back(std::move(line));
  }
  return pane;
}

screen::Pane memory_pane(const View& view, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  const smtp::Memory& memory = view.memory;
  screen::Pane pane{say(Word::kServerRemembers), {}};
  if (!view.is_mock) pane.title += " (" + say(Word::kInferred) + ")";
  std::size_t label_width = 0;
  for (const Word label : kMemoryLabels) label_width = std::max(label_width, screen::width(say(label)));
  const auto row = [&](Word label, std::string value) {
    const std::string text = say(label);
    pane.lines.push_back(
        {{Role::kDim, text + std::string(label_width - screen::width(text) + 2, ' ')}, {Role::kPlain, std::move(value)}});
  };
  row(Word::kClientName, memory.client_name.empty() ? say(Word::kNone) : core::show_bytes(memory.client_name));
  row(Word::kAuthenticated, memory.user.empty() ? say(Word::kNo) : core::show_bytes(memory.user));
  row(Word::kEncrypted, say(memory.encrypted ? Word::kYes : Word::kNo));
  row(Word::kReversePath, memory.reverse_path ? core::show_bytes(memory.reverse_path->text()) : say(Word::kEmpty));
  row(Word::kForwardPaths, join(memory.forward_paths, language));
  row(Word::kMessage, std::to_string(memory.message_size) + " " + say(Word::kOctets));
  return pane;
}

}  // namespace stepper
