// The keys of the step screen: one table from which the key bar, the help and the dispatch are made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "client/base/words.h"
#include "client/screen/key.h"

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

struct KeyRow {
  Act act;
  screen::KeyName name;
  std::string_view text;   // of a kText key
  std::string_view shown;  // in the key bar
  client::Word label;
};

// In the order of the key bar, whose last two are shown even where not all have room.
inline constexpr std::array kKeymap{
    KeyRow{Act::kSend, screen::KeyName::kEnter, "", "Enter", client::Word::kSend},
    KeyRow{Act::kNextPane, screen::KeyName::kTab, "", "Tab", client::Word::kNextPane},
    KeyRow{Act::kAnotherStep, screen::KeyName::kText, "n", "n", client::Word::kAnotherStep},
    KeyRow{Act::kEdit, screen::KeyName::kText, "e", "e", client::Word::kEdit},
    KeyRow{Act::kOwnLine, screen::KeyName::kText, ":", ":", client::Word::kOwnLine},
    KeyRow{Act::kWire, screen::KeyName::kText, "w", "w", client::Word::kWire},
    KeyRow{Act::kMistake, screen::KeyName::kText, "m", "m", client::Word::kMistake},
    KeyRow{Act::kBack, screen::KeyName::kText, "z", "z", client::Word::kBack},
    KeyRow{Act::kBench, screen::KeyName::kText, "b", "b", client::Word::kBase64},
    KeyRow{Act::kExport, screen::KeyName::kText, "x", "x", client::Word::kExport},
    KeyRow{Act::kReceived, screen::KeyName::kText, "v", "v", client::Word::kReceived},
    KeyRow{Act::kOtherScenario, screen::KeyName::kText, "o", "o", client::Word::kOtherScenario},
    KeyRow{Act::kLanguage, screen::KeyName::kText, "L", "L", client::Word::kLanguage},
    KeyRow{Act::kSecrets, screen::KeyName::kText, "s", "s", client::Word::kSecrets},
    KeyRow{Act::kTls, screen::KeyName::kText, "t", "t", client::Word::kTlsDetails},
    KeyRow{Act::kRead, screen::KeyName::kText, "r", "r", client::Word::kReadPane},
    KeyRow{Act::kHelp, screen::KeyName::kText, "?", "?", client::Word::kAllKeys},
    KeyRow{Act::kQuit, screen::KeyName::kText, "q", "q", client::Word::kQuit},
};

inline constexpr std::size_t kPage = 10;  // events, or lines of a text, that PageUp and PageDown move

// What `key` does; nothing for keys that move the selection or start typing. On a wide screen, where all panes are
// shown, Tab proposes another step instead of turning the pane.
[[nodiscard]] std::optional<Act> act_of(const screen::Key& key, bool all_panes_shown);

// Whether the row belongs in the key bar of this layout, and the key to show there.
[[nodiscard]] std::optional<std::string_view> shown_key(const KeyRow& row, bool all_panes_shown);

}  // namespace stepper
