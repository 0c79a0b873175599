// What is typed over the dialogue: a line, a message, base64.
#include <utility>

#include "client/stepper/bench.h"
#include "client/stepper/modes.h"
#include "core/show.h"
#include "core/text.h"

namespace stepper {
namespace {

using client::Word;
using screen::Key;
using screen::KeyName;
using screen::Role;

// A text with line breaks as lines of an overlay, and the line and column of the cursor in it.
screen::Overlay text_overlay(const TextField& field) {
  screen::Overlay overlay;
  std::string_view rest = field.text();
  std::size_t begin = 0;
  while (true) {
    const std::size_t lf = rest.find('\n');
    const std::string_view line = rest.substr(0, lf);
    if (field.cursor() >= begin && field.cursor() <= begin + line.size()) {
      overlay.selected = overlay.lines.size();
      overlay.cursor = core::code_points(core::show_bytes(line.substr(0, field.cursor() - begin)));
    }
    overlay.lines.push_back({{Role::kPlain, core::show_bytes(line)}});
    if (lf == std::string_view::npos) return overlay;
    begin += lf + 1;
    rest.remove_prefix(lf + 1);
  }
}

}  // namespace

void LineMode::paste(std::string_view text) {
  field_.insert(core::replace_all(text, "\n", "\r\n"));
  in_turn_ = in_turn_ || text.find('\n') != std::string_view::npos;
}

Pressed LineMode::press(const Key& key, const Display& /*display*/, const View& /*view*/) {
  if (key.name == KeyName::kEnter)
    return {.is_over = true, .sends = Sending{field_.text(), in_turn_ ? Way::kInTurn : Way::kOwn}};
  if (key.name == KeyName::kEscape) return {.is_over = true};
  if (key.is_control("r")) {
    field_.insert("\r");
  } else if (key.is_control("l")) {
    field_.insert("\n");
  } else if (key.name == KeyName::kPaste) {
    paste(key.text);
  } else {
    field_.press(key);
  }
  return {};
}

std::vector<screen::KeyHint> LineMode::hints(const Display& display) const {
  return {display.hint("Enter", Word::kEditorEnter), display.hint("Esc", Word::kEditorLeave),
          display.hint("^R", Word::kEditorCr), display.hint("^L", Word::kEditorLf)};
}

std::optional<screen::NextLine> LineMode::line(const Display& display) const {
  screen::NextLine line;
  line.editing = true;
  line.text = field_.shown(display.hides(is_secret_));
  line.cursor = field_.shown_cursor(display.hides(is_secret_));
  return line;
}

Pressed MessageMode::press(const Key& key, const Display& /*display*/, const View& view) {
  if (key.is_control("d")) {
    Proposal message;
    message.text = field_.text();
    message.form = form_;
    return {.is_over = true, .sends = Sending{message.octets(view.protocol)}, .meant = field_.text()};
  }
  if (key.is_control("e")) return {.requests = {OpenEditor{field_.text()}}};
  if (key.name == KeyName::kEscape) return {.is_over = true};
  if (key.name == KeyName::kEnter) {
    field_.insert("\n");
  } else if (key.name == KeyName::kPaste) {
    field_.insert(key.text);
  } else {
    field_.press(key);
  }
  return {};
}

std::vector<screen::KeyHint> MessageMode::hints(const Display& display) const {
  return {display.hint("^D", Word::kEditorDone), display.hint("Esc", Word::kEditorLeave),
          display.hint("^E", Word::kEditorOutside)};
}

std::optional<screen::Overlay> MessageMode::overlay(const Display& display, const View& /*view*/) const {
  screen::Overlay overlay = text_overlay(field_);
  overlay.title = display.word(Word::kMessageTitle);
  overlay.footer = "^D " + display.word(Word::kEditorDone) + " · Esc " + display.word(Word::kEditorLeave) + " · ^E " +
                   display.word(Word::kEditorOutside);
  return overlay;
}

Pressed BenchMode::press(const Key& key, const Display& /*display*/, const View& /*view*/) {
  if (key.name == KeyName::kEscape || key.name == KeyName::kEnter) return {.is_over = true};
  field_.press(key);
  return {};
}

std::vector<screen::KeyHint> BenchMode::hints(const Display& display) const { return {display.hint("Esc", Word::kClose)}; }

std::optional<screen::Overlay> BenchMode::overlay(const Display& display, const View& /*view*/) const {
  screen::Overlay overlay;
  overlay.title = display.word(Word::kBenchTitle);
  overlay.lines = bench_lines(field_.text(), display.language);
  overlay.lines.insert(overlay.lines.begin(),
                       {{{Role::kPlain, field_.shown()}}, {{Role::kDim, display.word(Word::kBenchType)}}});
  overlay.selected = 0;
  overlay.cursor = field_.shown_cursor();
  overlay.footer = "Esc " + display.word(Word::kClose);
  return overlay;
}

}  // namespace stepper
