// The keys of the step screen: one table from which the key bar, the help and the dispatch are made. Its rows stand in
// stepper_keys.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "client/base/words.h"
#include "client/screen/key.h"
#include "client/stepper/request.h"

namespace stepper {

enum class Act : std::uint8_t {
  kSend,
  kAnotherStep,
  kNextPane,
  kEdit,
  kOwnLine,
  kWire,
  kMistake,
  kBack,
  kBench,
  kExport,
  kReceived,
  kTls,
  kRead,
  kSecrets,
  kLanguage,
  kOtherScenario,
  kHelp,
  kQuit,
};

class Stepper;
struct Moment;

// One key: from its row come its place in the key bar, its line of the help, whether it can be used now, and what it does.
struct KeyRow {
  Act act;
  screen::KeyName name;
  std::string_view text;   // of a kText key
  std::string_view shown;  // in the key bar
  client::Word label;
  Requests (*action)(Stepper&, const Moment&);
  // Why it cannot be done now; nothing when it can. Null: it always can.
  std::optional<client::Word> (*obstacle)(const Moment&) = nullptr;
};

// In the order of the key bar, whose last two are shown even where not all have room.
[[nodiscard]] std::span<const KeyRow> keymap();
[[nodiscard]] const KeyRow& key_row(Act act);

inline constexpr std::size_t kPage = 10;  // events, or lines of a text, that PageUp and PageDown move

// What `key` does; nothing for keys that move the selection or start typing. On a wide screen, where all panes are
// shown, Tab proposes another step instead of turning the pane.
[[nodiscard]] std::optional<Act> act_of(const screen::Key& key, bool all_panes_shown);

// Whether the row belongs in the key bar of this layout, and the key to show there.
[[nodiscard]] std::optional<std::string_view> shown_key(const KeyRow& row, bool all_panes_shown);

}  // namespace stepper
