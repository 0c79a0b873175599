// Prints a dialogue with its meanings as plain lines: no redraw, no box, each change a line of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/stepper/findings_told.h"
#include "client/stepper/meaning.h"
#include "core/text.h"
#include "dialogue/auth_turn.h"
#include "dialogue/event.h"
#include "findings/verdicts.h"
#include "knowledge/knowledge.h"
#include "protocol/protocol.h"

namespace lines {

class Printer {
 public:
  // spoken: the protocol of the dialogue. out and knowledge outlive the printer.
  Printer(std::ostream& out, const protocol::Protocol& spoken, const knowledge::Knowledge& knowledge, core::Language language,
          bool show_secrets)
      : out_(out), protocol_(&spoken), knowledge_(knowledge), language_(language), show_secrets_(show_secrets) {}

  // A line at the margin.
  void line(std::string_view text);
  // "3. " and why this step is taken.
  void step(std::size_t number, std::string_view text);
  // What the lesson says of what stands above it.
  void comment(std::string_view text);
  // What was on the wire, and below it, indented, what was done wrong there, and what it means; a failure is explained once.
  // turn: where it stands in a login (dialogue::auth_turn). wrong: what was done wrong there, of `all`.
  void event(const dialogue::Event& event, const std::optional<dialogue::AuthTurn>& turn = std::nullopt,
             const stepper::Wrong& wrong = {}, const findings::Verdicts* all = nullptr);
  // What only silence made sure.
  void finding(const findings::Verdict& verdict, const findings::Verdicts& all);

 private:
  void paragraphs(const stepper::Meaning& meaning);
  void paragraph(std::string_view label, std::string_view text, std::size_t indent);

  std::ostream& out_;
  const protocol::Protocol* protocol_;  // of the connection; an event that begins one may name another
  const knowledge::Knowledge& knowledge_;
  core::Language language_;
  bool show_secrets_;
  std::set<std::string, std::less<>> explained_;  // failures
};

}  // namespace lines
