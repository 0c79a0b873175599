#include "mockserver/scenario/protocol_words.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "mockserver/scenario/condition.h"
#include "mockserver/scenario/way.h"
#include "protocol/known.h"

namespace scenario {
namespace {

using protocol::Protocol;
using Words = std::vector<std::string_view>;

void add_once(std::string_view word, Words& to) {
  if (!word.empty() && std::find(to.begin(), to.end(), word) == to.end()) to.push_back(word);
}

// Something that a client says and that no verb stands for.
bool has_only_name(const protocol::InputRow& row) { return row.verb.empty() && row.role == protocol::Role::kOther; }

struct Kind {
  std::string_view name;
  Words (*words)(const Protocol&);
  bool is_everywhere = false;  // whichever protocol it is about, those of all
};

constexpr std::array kKinds{
    Kind{"(states)",
         [](const Protocol& protocol) {
           Words words;
           for (const protocol::StateRow& row : protocol.states()) add_once(row.name.en, words);
           return words;
         }},
    Kind{"(hellos)",
         [](const Protocol& protocol) {
           Words words{kNoName};
           for (const protocol::InputRow& row : protocol.inputs()) {
             if (row.role == protocol::Role::kHello) add_once(row.verb, words);
           }
           return words;
         }},
    Kind{"(verbs)",
         [](const Protocol& protocol) {
           Words words;
           for (const protocol::InputRow& row : protocol.inputs()) add_once(row.verb, words);
           for (const protocol::InputRow& row : protocol.inputs()) add_once(has_only_name(row) ? row.name : "", words);
           return words;
         }},
    Kind{"(quirks)",
         [](const Protocol& protocol) {
           Words words;
           for (const protocol::QuirkRow& row : protocol.quirks()) add_once(row.name, words);
           return words;
         }},
    Kind{"(stages)",
         [](const Protocol& protocol) {
           Words words;
           for (const StageRow& row : way_of(protocol).stages) add_once(row.stage, words);
           return words;
         }},
    Kind{"(protocols)", [](const Protocol& protocol) { return Words{protocol.name()}; }, true},
};

// Those of the first one before what the others add.
std::string all_words(const Kind& kind, std::span<const Protocol* const> protocols) {
  Words words;
  for (const Protocol* const protocol : kind.is_everywhere ? protocol::known() : protocols) {
    for (const std::string_view word : kind.words(*protocol)) add_once(word, words);
  }
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : "|").append(word);
  return text;
}

}  // namespace

std::vector<std::string_view> words_of(const Protocol& protocol, std::string_view kind) {
  const auto* const hit = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& one) { return one.name == kind; });
  return hit == kKinds.end() ? Words() : hit->words(protocol);
}

std::string with_protocol_words(std::string_view allowed, std::span<const Protocol* const> protocols) {
  std::string text(allowed);
  for (const Kind& kind : kKinds) {
    if (text.find(kind.name) != std::string::npos)
      text = core::replace_all(text, std::string(kind.name), all_words(kind, protocols));
  }
  return text;
}

std::optional<protocol::Input> input_named(const Protocol& protocol, std::string_view word) {
  if (const auto command = protocol.find_command(word)) return command->verb() == word ? command : std::nullopt;
  const auto input = protocol.find_input(word);
  return input && has_only_name(input->row()) ? input : std::nullopt;
}

std::string_view starttls_word(const Protocol& protocol) {
  const auto rows = protocol.inputs();
  const auto hit = std::find_if(rows.begin(), rows.end(),
                                [](const protocol::InputRow& row) { return row.role == protocol::Role::kStartTls; });
  return hit == rows.end() ? std::string_view() : hit->verb;
}

}  // namespace scenario
