// Everything that can move an IMAP session: the client's commands and the moments that are no command. One row a command
// (input_table.h): its name, the states in which it may come, and the capability that brings it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "imap/input_row.h"
#include "imap/input_table.h"
#include "protocol/input.h"

namespace imap {

inline constexpr std::size_t kInputCount = kInputs.size();

constexpr const InputRow& row(Input input) { return kInputs[static_cast<std::size_t>(input)]; }

// What everybody sees of a row that does not know the protocol.
constexpr protocol::Role role_of(Input input) {
  switch (input) {
    case Input::kLogin: return protocol::Role::kPassword;
    case Input::kAppend: return protocol::Role::kContent;
    case Input::kStarttls: return protocol::Role::kStartTls;
    case Input::kAuthenticate: return protocol::Role::kLogin;
    case Input::kAuthResponse: return protocol::Role::kLoginLine;
    case Input::kConnect: return protocol::Role::kConnect;
    case Input::kUnknown: return protocol::Role::kUnknown;
    case Input::kLogout: return protocol::Role::kQuit;
    default: return protocol::Role::kOther;
  }
}

// In the order of Input.
inline constexpr auto kInputRows = [] {
  std::array<protocol::InputRow, kInputCount> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const InputRow& from = kInputs[i];
    rows[i] = {.protocol = "imap",
               .name = from.name,
               .verb = from.verb,
               .grammar = from.grammar,
               .rule = from.rule,
               .stage = from.stage,
               .argument = from.sample,
               .role = role_of(from.input),
               .is_aside = from.input == Input::kNoop || from.input == Input::kCapability || from.input == Input::kId,
               .lists_offers = from.input == Input::kCapability,
               .asks_for_content = from.input == Input::kAppend};
  }
  return rows;
}();

// protocol::Input is made from it.
constexpr const protocol::InputRow& input_row(Input input) { return kInputRows[static_cast<std::size_t>(input)]; }
// And back. REQUIRES: it is one of these.
constexpr Input input_of(protocol::Input input) { return static_cast<Input>(&input.row() - kInputRows.data()); }

// The command that `verb` names in any letter case, or nothing.
std::optional<Input> find_command(std::string_view verb);

}  // namespace imap
