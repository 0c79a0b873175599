// Everything the screen shows, as a value. The stepper makes it from the log; the screen draws it and keeps nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/text.h"

namespace screen {

// What a piece of text is; the screen decides how that looks (colour never carries meaning alone).
enum class Role : std::uint8_t {
  kPlain,
  kDim,     // decoded base64, hints, what cannot be used now
  kStrong,  // headings, the current state
  kClient,  // what the client says
  kServer,
  kPositive,   // 2xx
  kMore,       // 3xx
  kTemporary,  // 4xx
  kPermanent,  // 5xx
  kWarning,    // mistakes, remarks
  kSelected,
};

// Text is UTF-8 and already safe (core/show.h).
struct Run {
  Role role = Role::kPlain;
  std::string text;
  bool operator==(const Run&) const = default;
};
// One logical line; the screen wraps it. In panes and overlays the further rows hang under the text behind a short label
// ("Why   163 takes …": a label, two or more spaces, text).
using Line = std::vector<Run>;

// One item of the dialogue: a command, a reply with all its lines, a note.
struct DialogueItem {
  std::string number;   // "1", "2" … for what the client sent; empty otherwise
  std::string speaker;  // "C", "S", "·"
  std::vector<Line> lines;
};

struct Pane {
  std::string title;
  std::vector<Line> lines;
};

struct KeyHint {
  std::string key;    // "Enter"
  std::string label;  // "send"
  bool usable = true;
};

// The line that will be sent next.
struct NextLine {
  std::string prompt;      // "C▸"
  std::string text;        // with visible line end "␍␊" at its end when one will be sent
  std::size_t cursor = 0;  // in characters of text
  bool editing = false;
  std::string why;  // at the right: why this line is proposed
};

// A box over the screen: help, mistakes, base64 bench, wire view …
struct Overlay {
  std::string title;
  std::vector<Line> lines;
  std::size_t scroll = 0;               // first line shown
  std::optional<std::size_t> selected;  // a list with a chosen line
  std::optional<std::size_t> cursor;    // column of the cursor in the selected line, for text input
  std::string footer;
};

struct StepScreen {
  std::string title;   // "163 · MAIL FROM before AUTH"
  std::string status;  // "mock 127.0.0.1:40125 · plain text · step 4"
  std::string dialogue_title;
  std::vector<DialogueItem> dialogue;
  std::size_t selected = 0;  // item of the dialogue
  Pane meaning;
  Pane where;  // states and what may be sent
  Pane memory;
  std::size_t small_pane = 0;  // 80×24: which of the three is shown
  std::string more_key;        // the key that shows all of a pane, where one is cut; empty: there is none
  NextLine next;
  std::string notice;  // one sentence after a key: why it did nothing, what happened
  std::vector<KeyHint> keys;
  std::optional<Overlay> overlay;
};

struct PickerEntry {
  bool heading = false;
  bool done = false;
  std::string text;
  std::string summary;  // what it teaches, shown for the selected one
};

struct PickerScreen {
  std::string title;
  std::string filter;
  bool filtering = false;
  std::vector<PickerEntry> entries;
  std::size_t selected = 0;
  std::string notice;
  std::vector<KeyHint> keys;
  std::optional<Overlay> overlay;  // help, the form for a real server
};

}  // namespace screen
