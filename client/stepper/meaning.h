// What an event means, in words: for the pane beside the dialogue and for the plain lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/screen/screen_model.h"
#include "core/text.h"
#include "dialogue/auth_turn.h"
#include "dialogue/event.h"
#include "knowledge/knowledge.h"
#include "protocol/protocol.h"

namespace stepper {

// One paragraph: a short label ("Why", "Do", "553", a keyword) that may be empty, and its text. Safe to print.
struct Paragraph {
  std::string label;
  std::string text;
  screen::Role role = screen::Role::kPlain;
  bool operator==(const Paragraph&) const = default;
};
using Meaning = std::vector<Paragraph>;

// How much is said.
enum class Detail {
  kFull,   // the pane: digits, grammar, keywords, state change, source
  kBrief,  // plain lines: why and what to do, mistakes, what base64 says
};

struct MeaningOptions {
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
  Detail detail = Detail::kFull;
  // Findings tell what is wrong with it, and what only follows from something else is none: remarks count for nothing, but of
  // octets that have no end yet, and there only those that are not told above.
  bool is_judged = false;
  std::vector<std::string_view> told = {};  // ids of mistakes
};

// What a note or the beginning or end of a connection says, in words, safe to print.
[[nodiscard]] std::string aside_text(const dialogue::Event& event, core::Language language);

// turn: where the event stands in a login, from dialogue::auth_turn(); nothing when it stands in none. spoken: the protocol of
// the dialogue.
[[nodiscard]] Meaning meaning_of(const dialogue::Event& event, const std::optional<dialogue::AuthTurn>& turn,
                                 const protocol::Protocol& spoken, const knowledge::Knowledge& knowledge,
                                 const MeaningOptions& options);

// Why a connection failed and what to do about it; nothing for an id without an entry.
[[nodiscard]] Meaning failure_meaning(std::string_view id, const knowledge::Knowledge& knowledge, core::Language language);

}  // namespace stepper
