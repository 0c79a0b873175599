#include "client/stepper/panes.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

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

constexpr std::size_t kMostLines = 12;  // of data, before the middle of it is left out
constexpr std::size_t kLastLines = 3;
constexpr std::size_t kShownPaths = 4;  // recipients listed before "and n more"

Role role_of(const dialogue::Event& event) {
  if (event.kind == dialogue::Kind::kClient) return Role::kClient;
  if (event.kind != dialogue::Kind::kServer) return Role::kDim;
  if (!event.reply) return Role::kServer;
  switch (event.reply->outcome) {
    case protocol::Outcome::kOk: return Role::kPositive;
    case protocol::Outcome::kMore: return Role::kMore;
    case protocol::Outcome::kRefusedForNow: return Role::kTemporary;
    case protocol::Outcome::kRefused: return Role::kPermanent;
    case protocol::Outcome::kNews: break;
  }
  return Role::kServer;
}

std::string decoded_beside(const dialogue::Event& event, bool show_secrets) {
  if (event.decoded.empty()) return {};
  if (!event.decoded_is_secret || show_secrets) return "  ⟨" + core::show_bytes(event.decoded) + "⟩";
  const std::size_t end = event.decoded.find_last_not_of("\r\n") + 1;
  return "  ⟨" + std::string(core::kMask) + core::show_bytes(std::string_view(event.decoded).substr(end)) + "⟩";
}

// What is data and no answer may be a whole message.
void fold(const dialogue::Event& event, core::Language language, std::vector<Line>& lines) {
  const bool is_data = !event.reply || event.reply->outcome == protocol::Outcome::kNews;
  if (event.kind != dialogue::Kind::kServer || !is_data || lines.size() <= kMostLines) return;
  const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(kMostLines - kLastLines - 1);
  const auto end = lines.end() - static_cast<std::ptrdiff_t>(kLastLines);
  const std::string left_out = std::to_string(end - begin) + " " + std::string(client::word(Word::kMoreLines, language));
  *begin = {{Role::kDim, "… " + left_out}};
  lines.erase(begin + 1, end);
}

std::string join(const std::vector<std::string>& paths) {
  std::string text;
  for (std::size_t i = 0; i < paths.size() && i < kShownPaths; ++i) text += (i > 0 ? " " : "") + core::show_bytes(paths[i]);
  if (paths.size() > kShownPaths) text += " +" + std::to_string(paths.size() - kShownPaths);
  return text;
}

std::string shown(const protocol::FactValue& value, const protocol::FactWords& words, core::Language language) {
  if (const auto* const is = std::get_if<bool>(&value))
    return std::string(client::word(*is ? Word::kYes : Word::kNo, language));
  if (const auto* const number = std::get_if<std::size_t>(&value))
    return std::to_string(*number) + " " + std::string(words.unit.in(language));
  if (const auto* const text = std::get_if<std::string>(&value)) return core::show_bytes(*text);
  const auto* const texts = std::get_if<std::vector<std::string>>(&value);
  return texts == nullptr ? std::string(words.absent.in(language)) : join(*texts);
}

}  // namespace

std::vector<screen::DialogueItem> dialogue_items(const dialogue::Log& log, core::Language language, bool show_secrets,
                                                 const std::vector<std::uint64_t>& marked) {
  std::vector<screen::DialogueItem> items;
  std::size_t number = 0;
  for (const dialogue::Event& event : log.events()) {
    screen::DialogueItem item;
    const Role role = role_of(event);
    const bool from_client = event.kind == dialogue::Kind::kClient;
    if (from_client) item.number = std::to_string(++number);
    item.speaker = from_client ? "C" : event.kind == dialogue::Kind::kServer ? "S" : "·";
    if (item.speaker == "·") {
      item.lines.push_back({{role, aside_text(event, language)}});
    } else {
      // "C: " and "S: " stand in a column of their own here.
      for (const std::string& text : dialogue::text_lines(
               event, {show_secrets, client::word(Word::kNoLineEnd, language), client::word(Word::kOctets, language)}))
        item.lines.push_back({{role, text.substr(3)}});
      fold(event, language, item.lines);
    }
    if (!item.lines.empty()) {
      if (std::string beside = decoded_beside(event, show_secrets); !beside.empty())
        item.lines.back().push_back({Role::kDim, std::move(beside)});
      const bool is_wrong = !event.remarks.empty() || std::binary_search(marked.begin(), marked.end(), event.number);
      if (is_wrong && from_client) item.lines.back().push_back({Role::kWarning, "  !"});
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
  screen::Pane pane{std::string(client::word(Word::kServerRemembers, language)), {}};
  if (!view.is_mock) pane.title += " (" + std::string(client::word(Word::kInferred, language)) + ")";
  std::size_t label_width = 0;
  for (const protocol::FactRow& fact : view.protocol.facts())
    label_width = std::max(label_width, screen::width(fact.words.label.in(language)));
  for (const protocol::FactRow& fact : view.protocol.facts()) {
    if (fact.words.label.empty()) continue;
    const std::string label(fact.words.label.in(language));
    pane.lines.push_back({{Role::kDim, label + std::string(label_width - screen::width(label) + 2, ' ')},
                          {Role::kPlain, shown(view.memory.fact(fact.name), fact.words, language)}});
  }
  return pane;
}

}  // namespace stepper
