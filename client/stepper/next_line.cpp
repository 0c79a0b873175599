#include "client/stepper/next_line.h"

#include <chrono>
#include <string>

#include "client/stepper/purpose.h"
#include "core/secret.h"
#include "core/show.h"

namespace stepper {
namespace {

using client::Word;

std::string shown_end(protocol::LineEnd end) {
  switch (end) {
    case protocol::LineEnd::kCrlf: return "␍␊";
    case protocol::LineEnd::kLf: return "␊";
    case protocol::LineEnd::kNone: break;
  }
  return {};
}

std::string shown(const Proposal& proposal, const View& view, const scenario::Scenario* scenario, const Display& display) {
  if (proposal.connects()) return connection_shown(proposal.server, scenario, display.language);
  if (proposal.form == Form::kMessage) return core::show_bytes(proposal.text);
  if (proposal.form == Form::kChunk) return core::show_bytes(proposal.octets(view.protocol));
  const std::string end = shown_end(proposal.line_end);
  if (display.hides(proposal.is_secret || (view.session.next_is_secret() && proposal.text != "*")))
    return std::string(core::kMask) + end;
  if (display.show_secrets) return core::show_bytes(proposal.text) + end;
  return core::show_masked(proposal.text, view.protocol.read_line(proposal.text).secrets) + end;
}

std::string why(const Proposal& proposal, const View& view, const knowledge::Knowledge& knowledge, core::Language language) {
  if (!proposal.why.empty()) return proposal.why.in(language);
  return purpose_of(proposal, view.protocol, view.session, view.log, knowledge, language);
}

}  // namespace

screen::NextLine next_line(const Moment& now, const scenario::Scenario* scenario, const knowledge::Knowledge& knowledge,
                           const Display& display) {
  screen::NextLine line;
  const bool is_connecting = !now.view.is_open && !now.view.is_closed;
  if (is_connecting || now.next == nullptr) return line;
  line.text = shown(*now.next, now.view, scenario, display);
  const auto pause = std::chrono::ceil<std::chrono::seconds>(now.pause()).count();
  if (pause > 0) line.why = display.word(Word::kNotYet) + " " + std::to_string(pause) + ". ";
  line.why += why(*now.next, now.view, knowledge, display.language);
  return line;
}

}  // namespace stepper
