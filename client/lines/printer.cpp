#include "client/lines/printer.h"

#include "client/base/words.h"
#include "client/screen/wrap.h"
#include "core/show.h"
#include "dialogue/text_lines.h"

namespace lines {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kIndent = 5;  // of a meaning, so that it stands clear of "C: " and "S: "

std::string text_of(const screen::Line& line) {
  std::string text;
  for (const screen::Run& run : line) text += run.text;
  return text;
}

}  // namespace

void Printer::line(std::string_view text) { out_ << text << '\n' << std::flush; }

void Printer::paragraph(std::string_view label, std::string_view text, std::size_t indent) {
  std::string whole(label);
  if (!whole.empty()) whole += "  ";
  whole += text;
  const screen::Line logical{{screen::Role::kPlain, whole}};
  for (const screen::Line& row : screen::wrap(logical, kColumns - indent, label.empty() ? 0 : 2)) {
    out_ << std::string(indent, ' ') << text_of(row) << '\n';
  }
}

void Printer::step(std::size_t number, std::string_view text) {
  out_ << '\n';
  paragraph(std::to_string(number) + ".", text, 0);
}

void Printer::comment(std::string_view text) {
  paragraph("", text, kIndent);
  out_ << std::flush;
}

void Printer::paragraphs(const stepper::Meaning& meaning) {
  for (const stepper::Paragraph& one : meaning) paragraph(one.label, one.text, kIndent);
}

void Printer::finding(const findings::Verdict& verdict, const findings::Verdicts& all) {
  paragraphs(stepper::finding_meaning(verdict, all, false, knowledge_, language_));
  out_ << std::flush;
}

void Printer::event(const dialogue::Event& event, const std::optional<dialogue::AuthTurn>& turn, const stepper::Wrong& wrong,
                    const findings::Verdicts* all) {
  if (event.protocol != nullptr) protocol_ = event.protocol;
  const bool was_on_the_wire = event.kind == dialogue::Kind::kClient || event.kind == dialogue::Kind::kServer;
  if (was_on_the_wire) {
    for (const std::string& row : dialogue::text_lines(event, {show_secrets_, client::word(client::Word::kNoLineEnd, language_),
                                                               client::word(client::Word::kOctets, language_)}))
      out_ << row << '\n';
  } else {
    out_ << "-- " << stepper::aside_text(event, language_) << '\n';
  }
  if (all != nullptr) paragraphs(stepper::wrong_meaning(wrong, event, *all, knowledge_, language_));
  // Of what was not on the wire only a failure has more to say than its line.
  if (was_on_the_wire || !event.failure.empty()) {
    // A silence is noted, and ends the dialogue later on: the second time only what is new is said, and that is dim.
    const bool is_told = !event.failure.empty() && !explained_.insert(event.failure).second;
    const stepper::MeaningOptions options{language_, show_secrets_, stepper::Detail::kBrief, wrong.is_judged, wrong.told()};
    for (const stepper::Paragraph& one : stepper::meaning_of(event, turn, *protocol_, knowledge_, options)) {
      if (!is_told || one.role == screen::Role::kDim) paragraph(one.label, one.text, kIndent);
    }
  }
  out_ << std::flush;
}

}  // namespace lines
