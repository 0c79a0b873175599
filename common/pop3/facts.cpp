#include "pop3/facts.h"

#include <algorithm>
#include <array>
#include <string>

#include "pop3/words.h"
#include "protocol/rows.h"

namespace pop3 {
namespace {

using protocol::FactValue;

// All there is to look at.
struct Known {
  const Memory& memory;
  const Turn* turn;
  std::string_view mechanism;

  // The line that is being answered.
  [[nodiscard]] std::string_view line() const { return turn == nullptr ? std::string_view() : turn->said.line(); }
};

FactValue text(std::string_view value) {
  if (value.empty()) return std::monostate();
  return std::string(value);
}

template <typename Number>
FactValue number(const std::optional<Number>& value) {
  if (!value) return std::monostate();
  return static_cast<std::size_t>(*value);
}

FactValue marks(const Marks& all) {
  if (all.empty()) return std::monostate();
  std::vector<std::string> numbers;
  for (const std::uint32_t one : all) numbers.push_back(std::to_string(one));
  return numbers;
}

std::string_view argument_of(const Known& known) {
  if (known.turn != nullptr && known.turn->said.command) return known.turn->said.command->argument;
  std::string_view rest = known.line();
  take_word(rest);
  return rest;
}

// One fact: what is told of it, where anything is, and where it stands.
struct Row {
  std::string_view name;
  std::string_view about = {};
  FactValue (*value)(const Known&);
  protocol::FactWords words = {};
};

constexpr core::Phrase kUnknownYet{"(unknown yet)", "（还不知道）"};

constexpr std::array kFacts{
    Row{.name = "name",
        .about = "",
        .value = [](const Known& known) { return text(known.memory.name); },
        .words = {.label = {"name given", "报上的用户名"}, .absent = {"(none)", "（无）"}}},
    Row{.name = "user",
        .about = "who logs in or has logged in",
        .value =
            [](const Known& known) {
              const bool logs_in = known.turn != nullptr && known.turn->claim;
              if (logs_in) return text(known.turn->claim->user);
              const bool names_one = known.turn != nullptr && known.turn->said.command;
              if (names_one && !known.turn->said.command->user.empty()) return text(known.turn->said.command->user);
              return text(known.memory.user.empty() ? known.memory.name : known.memory.user);
            },
        .words = {}},
    Row{.name = "logged-in",
        .about = "",
        .value = [](const Known& known) { return text(known.memory.user); },
        .words = {.label = {"authenticated", "已登录"}, .absent = {"no", "否"}}},
    Row{.name = "mechanism", .about = "of the AUTH command", .value = [](const Known& known) { return text(known.mechanism); }},
    Row{.name = "tls",
        .about = "",
        .value = [](const Known& known) { return FactValue(known.memory.encrypted); },
        .words = {.label = {"encrypted", "已加密"}}},
    Row{.name = "messages",
        .about = "messages in the maildrop when the session began",
        .value = [](const Known& known) { return number(known.memory.messages); },
        .words = {.label = {"maildrop", "邮箱里"}, .absent = kUnknownYet, .unit = {"messages", "封"}}},
    Row{.name = "octets",
        .about = "octets of them",
        .value = [](const Known& known) { return number(known.memory.octets); },
        .words = {.label = {"size", "大小"}, .absent = kUnknownYet, .unit = {"octets", "字节"}}},
    Row{.name = "marks",
        .about = "",
        .value = [](const Known& known) { return marks(known.memory.marks); },
        .words = {.label = {"to be deleted at QUIT", "QUIT 时删除"}, .absent = {"(none)", "（无）"}}},
    Row{.name = "retrieved",
        .about = "how many messages were retrieved",
        .value = [](const Known& known) { return FactValue(static_cast<std::size_t>(known.memory.retrieved)); },
        .words = {.label = {"retrieved", "已取"}, .unit = {"messages", "封"}}},
    Row{.name = "command",
        .about = "the verb as the client wrote it",
        .value =
            [](const Known& known) {
              std::string_view line = known.line();
              return text(take_word(line));
            }},
    Row{.name = "argument",
        .about = "what the client wrote behind it",
        .value = [](const Known& known) { return text(argument_of(known)); }},
    Row{.name = "number",
        .about = "the number of the message that the command names",
        .value =
            [](const Known& known) {
              const bool names_one =
                  known.turn != nullptr && known.turn->said.command && known.turn->said.command->message != 0;
              return names_one ? text(std::to_string(known.turn->said.command->message)) : FactValue();
            }},
    Row{.name = "size",
        .about = "octets of that message",
        .value =
            [](const Known& known) {
              const bool names_one = known.turn != nullptr && known.turn->octets != 0;
              return names_one ? FactValue(static_cast<std::size_t>(known.turn->octets)) : FactValue();
            }},
};

constexpr auto kTold = protocol::told_of(kFacts);

}  // namespace

std::span<const protocol::FactRow> facts() { return kTold; }

FactValue fact(const Memory& memory, const Turn* turn, std::string_view mechanism, std::string_view name) {
  const auto* const row = std::find_if(kFacts.begin(), kFacts.end(), [&](const Row& one) { return one.name == name; });
  return row == kFacts.end() ? FactValue() : row->value({memory, turn, mechanism});
}

}  // namespace pop3
