// What is asked, chosen and read over the dialogue.
#include <algorithm>
#include <utility>

#include "client/base/spoken.h"
#include "client/screen/draw_overlay.h"
#include "client/stepper/modes.h"
#include "client/stepper/moved.h"
#include "core/secret.h"
#include "core/show.h"

namespace stepper {
namespace {

using client::Word;
using screen::Key;
using screen::KeyName;
using screen::Role;

constexpr std::size_t kShownOfMistake = 60;  // octets of a line in the list of mistakes

// A line with its mistake, at least its end when it is a password.
std::string shown_mistake(std::string_view bytes, bool hidden) {
  if (!hidden) return core::show_bytes(bytes.substr(0, kShownOfMistake));
  return std::string(core::kMask) + core::show_bytes(bytes.substr(bytes.find_last_not_of("\r\n") + 1));
}

bool is_letter(const Key& key, std::string_view letter) { return key.name == KeyName::kText && key.text == letter; }

}  // namespace

Pressed AskingMode::press(const Key& key, const Display& /*display*/, const View& /*view*/) {
  if (!is_letter(key, "y")) return {.is_over = true};
  asked_.is_agreed = true;
  return {.is_over = true, .sends = std::move(asked_)};
}

std::vector<screen::KeyHint> AskingMode::hints(const Display& display) const {
  return {display.hint("y", Word::kSend), display.hint("Esc", Word::kEditorLeave)};
}

std::optional<screen::Overlay> AskingMode::overlay(const Display& display, const View& view) const {
  screen::Overlay overlay;
  overlay.title = display.word(Word::kAskClear);
  overlay.lines = {{{Role::kWarning, display.word(Word::kAskClearWhy)}},
                   {{Role::kPlain, client::word(Word::kAskClearInstead, view.protocol, display.language)}}};
  overlay.footer = display.word(Word::kAskClearKeys);
  return overlay;
}

Pressed MistakeMode::press(const Key& key, const Display& /*display*/, const View& /*view*/) {
  if (key.name == KeyName::kUp && selected_ > 0) --selected_;
  if (key.name == KeyName::kDown && selected_ + 1 < mistakes_.size()) ++selected_;
  if (key.name == KeyName::kEscape || is_letter(key, "q")) return {.is_over = true};
  if (key.name != KeyName::kEnter) return {};
  Mistake& mistake = mistakes_[selected_];
  Pressed pressed;
  pressed.is_over = true;
  if (!mistake.meant.empty()) pressed.meant = std::move(mistake.meant);
  pressed.next = std::make_unique<LineMode>(std::move(mistake.bytes), is_secret_);
  return pressed;
}

std::vector<screen::KeyHint> MistakeMode::hints(const Display& display) const {
  return {display.hint("↑↓ Enter", Word::kChoose), display.hint("Esc", Word::kClose)};
}

std::optional<screen::Overlay> MistakeMode::overlay(const Display& display, const View& /*view*/) const {
  screen::Overlay overlay;
  overlay.title = display.word(Word::kMistakesTitle);
  for (const Mistake& mistake : mistakes_) {
    overlay.lines.push_back({{Role::kPlain, display.word(mistake.label) + "  "},
                             {Role::kDim, shown_mistake(mistake.bytes, display.hides(is_secret_))}});
  }
  overlay.selected = selected_;
  overlay.footer = "Enter " + display.word(Word::kChoose) + " · Esc " + display.word(Word::kClose);
  return overlay;
}

Pressed ReadingMode::press(const Key& key, const Display& display, const View& view) {
  const std::size_t last = screen::last_scroll(*overlay(display, view), display.size);
  const auto to = moved(key, std::min(scroll_, last), last);
  if (!to) return {.is_over = true};
  scroll_ = *to;
  return {};
}

std::vector<screen::KeyHint> ReadingMode::hints(const Display& display) const { return {display.hint("Esc", Word::kClose)}; }

std::optional<screen::Overlay> ReadingMode::overlay(const Display& display, const View& view) const {
  screen::Pane page = page_(display, view);
  screen::Overlay overlay;
  overlay.title = std::move(page.title);
  overlay.lines = std::move(page.lines);
  overlay.scroll = scroll_;
  overlay.footer = "↑↓ Esc " + display.word(Word::kClose);
  return overlay;
}

}  // namespace stepper
