// What keys do while something is typed, chosen, asked or read over the dialogue.
#include <algorithm>
#include <utility>

#include "client/screen/draw_overlay.h"
#include "client/stepper/lines_of.h"
#include "client/stepper/stepper.h"

namespace stepper {
namespace {

using screen::Key;
using screen::KeyName;

}  // namespace

Requests Stepper::press_editing(const Key& key, const View& view) {
  Editing& editing = std::get<Editing>(mode_);
  TextField& field = editing.field;
  if (key.name == KeyName::kEnter) return send(field.text(), view, editing.in_turn ? Way::kInTurn : Way::kOwn);
  if (key.name == KeyName::kEscape) {
    mode_ = std::monostate{};
  } else if (key.is_control("r")) {
    field.insert("\r");
  } else if (key.is_control("l")) {
    field.insert("\n");
  } else if (key.name == KeyName::kPaste) {
    paste(key.text);
  } else {
    field.press(key);
  }
  return {};
}

// Asked once: who has said yes knows what it means.
Requests Stepper::press_asking(const Key& key) {
  Asking asking = std::move(std::get<Asking>(mode_));
  mode_ = std::monostate{};
  if (key.name != KeyName::kText || key.text != "y") return {};
  clear_agreed_ = true;
  if (asking.way == Way::kInTurn) return {SendInTurn{lines_of(asking.bytes)}};
  return {SendBytes{std::move(asking.bytes), {}, asking.way == Way::kProposed}};
}

Requests Stepper::press_message(const Key& key, const View& view) {
  TextField& field = std::get<MessageEditing>(mode_).field;
  if (key.is_control("d")) {
    Proposal message;
    message.text = field.text();
    message.form = std::get<MessageEditing>(mode_).form;
    meant_ = message.text;
    return send(message.octets(view.protocol), view);
  }
  if (key.is_control("e")) return {OpenEditor{field.text()}};
  if (key.name == KeyName::kEscape) {
    mode_ = std::monostate{};
  } else if (key.name == KeyName::kEnter) {
    field.insert("\n");
  } else if (key.name == KeyName::kPaste) {
    field.insert(key.text);
  } else {
    field.press(key);
  }
  return {};
}

Requests Stepper::press_choosing(const Key& key) {
  Choosing& choosing = std::get<Choosing>(mode_);
  if (key.name == KeyName::kUp && choosing.selected > 0) --choosing.selected;
  if (key.name == KeyName::kDown && choosing.selected + 1 < choosing.mistakes.size()) ++choosing.selected;
  if (key.name == KeyName::kEscape || (key.name == KeyName::kText && key.text == "q")) mode_ = std::monostate{};
  // The line is shown with its mistake before it goes: Enter once more sends it.
  if (key.name == KeyName::kEnter) {
    Mistake mistake = std::move(choosing.mistakes[choosing.selected]);
    if (!mistake.meant.empty()) meant_ = std::move(mistake.meant);
    mode_ = Editing{TextField(std::move(mistake.bytes)), choosing.is_secret};
  }
  return {};
}

Requests Stepper::press_bench(const Key& key) {
  TextField& field = std::get<Bench>(mode_).field;
  if (key.name == KeyName::kEscape || key.name == KeyName::kEnter) {
    mode_ = std::monostate{};
  } else {
    field.press(key);
  }
  return {};
}

Requests Stepper::press_reading(const Key& key, const View& view, bool all_panes_shown) {
  Reading& reading = std::get<Reading>(mode_);
  const std::size_t last = screen::last_scroll(reading_overlay(view, reading, all_panes_shown), size_);
  reading.scroll = std::min(reading.scroll, last);
  switch (key.name) {
    case KeyName::kUp:
    case KeyName::kWheelUp: reading.scroll -= std::min<std::size_t>(reading.scroll, 1); break;
    case KeyName::kDown:
    case KeyName::kWheelDown: reading.scroll = std::min(reading.scroll + 1, last); break;
    case KeyName::kPageUp: reading.scroll -= std::min(reading.scroll, kPage); break;
    case KeyName::kPageDown: reading.scroll = std::min(reading.scroll + kPage, last); break;
    case KeyName::kHome: reading.scroll = 0; break;
    case KeyName::kEnd: reading.scroll = last; break;
    case KeyName::kText:
    case KeyName::kPaste:
    case KeyName::kEnter:
    case KeyName::kTab:
    case KeyName::kBackTab:
    case KeyName::kEscape:
    case KeyName::kBackspace:
    case KeyName::kDelete:
    case KeyName::kLeft:
    case KeyName::kRight:
    case KeyName::kControl:
    case KeyName::kResize: mode_ = std::monostate{}; break;
  }
  return {};
}

}  // namespace stepper
