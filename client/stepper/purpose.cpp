#include "client/stepper/purpose.h"

#include "client/base/words.h"
#include "client/stepper/refused.h"
#include "smtp/command.h"

namespace stepper {
namespace {

using client::Word;

smtp::Input input_of(const Proposal& proposal, const smtp::ClientSession& session) {
  if (proposal.connects()) return smtp::Input::kConnect;
  if (proposal.form == Form::kMessage) return smtp::Input::kMessage;
  if (proposal.form == Form::kChunk) return smtp::Input::kBdat;
  if (session.mode() == smtp::Mode::kAuth) return smtp::Input::kAuthResponse;
  const smtp::ParsedCommand parsed = smtp::parse_command(proposal.text, {true, true, true, true});
  return parsed.command ? parsed.command->verb : parsed.command.error().verb;
}

}  // namespace

std::string purpose_of(const Proposal& proposal, const smtp::ClientSession& session, const dialogue::Log& log,
                       const knowledge::Knowledge& knowledge, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  if (session.mode() == smtp::Mode::kData && proposal.text == ".") return say(Word::kFinalDot);
  if (session.mode() == smtp::Mode::kAuth && proposal.text == "*") return say(Word::kCancelsLogin);
  const smtp::Input input = input_of(proposal, session);
  const auto* const entry = knowledge.command(input);
  std::string purpose = entry != nullptr ? entry->purpose.in(language) : say(Word::kJustLegal);
  const auto code = code_of_refusal(log, input);
  if (!code) return purpose;
  const bool in_chinese = language == core::Language::kChinese;
  return std::to_string(*code) + (in_chinese ? "：" : ": ") + say(Word::kRefusedBefore) + (in_chinese ? "。" : ". ") + purpose;
}

}  // namespace stepper
