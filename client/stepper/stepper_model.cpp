// The model of the step screen: what Stepper keeps and the log, put into words and panes.
#include <algorithm>
#include <string>

#include "client/stepper/bench.h"
#include "client/stepper/meaning.h"
#include "client/stepper/panes.h"
#include "client/stepper/stepper.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

std::string shown_end(smtp::LineEnd end) {
  switch (end) {
    case smtp::LineEnd::kCrlf: return "␍␊";
    case smtp::LineEnd::kLf: return "␊";
    case smtp::LineEnd::kNone: break;
  }
  return {};
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

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
      overlay.cursor = characters(core::show_bytes(line.substr(0, field.cursor() - begin)));
    }
    overlay.lines.push_back({{Role::kPlain, core::show_bytes(line)}});
    if (lf == std::string_view::npos) return overlay;
    begin += lf + 1;
    rest.remove_prefix(lf + 1);
  }
}

}  // namespace

screen::StepScreen Stepper::model(const View& view, bool all_panes_shown) const {
  screen::StepScreen out;
  out.title = scenario_ != nullptr ? scenario_->title.in(language_) : view.address;
  out.status = status(view);
  out.dialogue_title = word(Word::kDialogue);
  out.dialogue = dialogue_items(view.log, show_secrets_);
  out.selected = out.dialogue.empty() ? 0 : std::min(selected_, out.dialogue.size() - 1);
  Meaning meaning;
  if (const dialogue::Event* event = selected_event(view)) meaning = meaning_of(*event, knowledge_, {language_, show_secrets_, Detail::kFull});
  out.meaning = meaning_pane(meaning, language_);
  out.where = where_pane(view, language_);
  out.memory = memory_pane(view, language_);
  out.small_pane = pane_;
  out.next = next_line(view);
  out.notice = notice_.empty() && guide_.has_steps() && guide_.is_finished() ? word(Word::kGuideEnd) : notice_;
  out.keys = key_bar(view, all_panes_shown);
  out.overlay = overlay(view);
  return out;
}

std::string Stepper::status(const View& view) const {
  std::string text = view.is_mock ? word(Word::kMock) + " " : "";
  text += view.address + " · " + word(Word::kPlainText);
  if (view.is_closed) return text + " · " + word(Word::kClosedNow);
  if (!view.is_open) return text + " · " + word(Word::kConnecting);
  if (guide_.has_steps()) {
    text += " · " + word(Word::kStep) + " " + std::to_string(std::min(guide_.position() + 1, guide_.length())) + "/" + std::to_string(guide_.length());
  }
  return text;
}

screen::NextLine Stepper::next_line(const View& view) const {
  screen::NextLine next;
  next.prompt = "C▸";
  if (const auto* editing = std::get_if<Editing>(&mode_)) {
    next.editing = true;
    next.text = editing->field.shown();
    next.cursor = editing->field.shown_cursor();
    return next;
  }
  if (!view.is_open) return next;
  const std::optional<Proposal> proposal = this->proposal(view);
  if (!proposal) return next;
  if (proposal->is_message) {
    next.text = core::show_bytes(proposal->text);
  } else if (proposal->is_secret && !show_secrets_) {
    next.text = std::string(core::kMask) + shown_end(proposal->line_end);
  } else {
    next.text = core::show_bytes(proposal->text) + shown_end(proposal->line_end);
  }
  next.why = proposal->guided ? proposal->why.in(language_) : word(Word::kJustLegal);
  return next;
}

std::vector<screen::KeyHint> Stepper::key_bar(const View& view, bool all_panes_shown) const {
  const auto hint = [&](std::string_view key, Word label) { return screen::KeyHint{std::string(key), word(label), true}; };
  if (std::holds_alternative<Editing>(mode_)) {
    return {hint("Enter", Word::kEditorEnter), hint("Esc", Word::kEditorLeave), hint("^R", Word::kEditorCr), hint("^L", Word::kEditorLf)};
  }
  if (std::holds_alternative<MessageEditing>(mode_)) {
    return {hint("^D", Word::kEditorDone), hint("Esc", Word::kEditorLeave), hint("^E", Word::kEditorOutside)};
  }
  if (std::holds_alternative<Choosing>(mode_)) return {hint("↑↓ Enter", Word::kChoose), hint("Esc", Word::kClose)};
  if (!std::holds_alternative<std::monostate>(mode_)) return {hint("Esc", Word::kClose)};
  std::vector<screen::KeyHint> keys;
  for (const KeyRow& row : kKeymap) {
    if (const auto key = shown_key(row, all_panes_shown)) keys.push_back({std::string(*key), word(row.label), !obstacle(row.act, view)});
  }
  return keys;
}

std::optional<screen::Overlay> Stepper::overlay(const View& view) const {
  if (const auto* message = std::get_if<MessageEditing>(&mode_)) {
    screen::Overlay overlay = text_overlay(message->field);
    overlay.title = word(Word::kMessageTitle);
    overlay.footer = "^D " + word(Word::kEditorDone) + " · Esc " + word(Word::kEditorLeave) + " · ^E " + word(Word::kEditorOutside);
    return overlay;
  }
  if (const auto* choosing = std::get_if<Choosing>(&mode_)) {
    screen::Overlay overlay;
    overlay.title = word(Word::kMistakesTitle);
    for (const Mistake& mistake : choosing->mistakes) {
      overlay.lines.push_back({{Role::kPlain, word(mistake.label) + "  "}, {Role::kDim, core::show_bytes(std::string_view(mistake.bytes).substr(0, 60))}});
    }
    overlay.selected = choosing->selected;
    overlay.footer = "Enter " + word(Word::kChoose) + " · Esc " + word(Word::kClose);
    return overlay;
  }
  if (const auto* bench = std::get_if<Bench>(&mode_)) {
    screen::Overlay overlay;
    overlay.title = word(Word::kBenchTitle);
    overlay.lines.push_back({{Role::kPlain, bench->field.shown()}});
    overlay.lines.push_back({{Role::kDim, word(Word::kBenchType)}});
    const std::vector<screen::Line> lines = bench_lines(bench->field.text(), language_);
    overlay.lines.insert(overlay.lines.end(), lines.begin(), lines.end());
    overlay.selected = 0;
    overlay.cursor = bench->field.shown_cursor();
    overlay.footer = "Esc " + word(Word::kClose);
    return overlay;
  }
  if (const auto* reading = std::get_if<Reading>(&mode_)) {
    return reading->title == Word::kWireTitle ? wire_overlay(view, *reading) : help_overlay(*reading);
  }
  return std::nullopt;
}

screen::Overlay Stepper::wire_overlay(const View& view, const Reading& reading) const {
  screen::Overlay overlay;
  overlay.title = word(Word::kWireTitle);
  overlay.scroll = reading.scroll;
  overlay.footer = "Esc " + word(Word::kClose);
  const dialogue::Event* const event = selected_event(view);
  if (event == nullptr) return overlay;
  const std::string bytes = show_secrets_ ? event->bytes : core::mask(event->bytes, event->secrets);
  for (std::string& row : core::hex_rows(bytes)) overlay.lines.push_back({{Role::kPlain, std::move(row)}});
  std::string chunks = word(Word::kChunks);
  for (const std::size_t chunk : event->chunks) chunks += " " + std::to_string(chunk);
  overlay.lines.push_back({{Role::kDim, chunks + " " + word(Word::kOctets)}});
  overlay.scroll = std::min(overlay.scroll, overlay.lines.size() - 1);
  return overlay;
}

screen::Overlay Stepper::help_overlay(const Reading& reading) const {
  screen::Overlay overlay;
  overlay.title = word(Word::kHelpTitle);
  const auto row = [&](std::string_view key, Word label) {
    overlay.lines.push_back({{Role::kStrong, std::string(key) + "  "}, {Role::kPlain, word(label)}});
  };
  for (const KeyRow& key : kKeymap) row(key.shown, key.label);
  row("↑ ↓ PgUp PgDn Home End", Word::kScroll);
  overlay.lines.push_back({{Role::kPlain, word(Word::kHelpTyping)}});
  overlay.scroll = std::min(reading.scroll, overlay.lines.size() - 1);
  overlay.footer = "Esc " + word(Word::kClose);
  return overlay;
}

}  // namespace stepper
