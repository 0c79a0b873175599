#include "client/stepper/purpose.h"

#include "client/base/words.h"
#include "client/stepper/refused.h"
#include "core/text.h"

namespace stepper {
namespace {

using client::Word;

protocol::Input input_of(const Proposal& proposal, const protocol::Protocol& spoken, const protocol::ClientSession& session) {
  if (proposal.connects()) return spoken.input(protocol::Role::kConnect);
  if (proposal.form == Form::kMessage) return spoken.input(protocol::Role::kContent);
  if (proposal.is_line() && session.mode() == protocol::Mode::kLogin) return spoken.input(protocol::Role::kLoginLine);
  // Of a chunk it is the line before it.
  const std::string octets = proposal.octets(spoken);
  const std::string_view line = core::without_line_end(std::string_view(octets).substr(0, octets.find('\n')));
  return spoken.read_line(line).command.value_or(spoken.input(protocol::Role::kUnknown));
}

}  // namespace

std::string purpose_of(const Proposal& proposal, const protocol::Protocol& spoken, const protocol::ClientSession& session,
                       const dialogue::Log& log, const knowledge::Knowledge& knowledge, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  if (session.mode() == protocol::Mode::kContent && proposal.text == ".") return say(Word::kFinalDot);
  if (session.mode() == protocol::Mode::kLogin && proposal.text == "*") return say(Word::kCancelsLogin);
  const protocol::Input input = input_of(proposal, spoken, session);
  const auto* const entry = knowledge.command(input);
  std::string purpose = entry != nullptr ? entry->purpose.in(language) : say(Word::kJustLegal);
  const auto code = code_of_refusal(log, input);
  if (!code) return purpose;
  const bool in_chinese = language == core::Language::kChinese;
  return *code + (in_chinese ? "：" : ": ") + say(Word::kRefusedBefore) + (in_chinese ? "。" : ". ") + purpose;
}

}  // namespace stepper
