#include "client/commands/reply_rows.h"

#include <string>

#include "client/base/source_text.h"

namespace commands {

using client::Word;

void known_reply_rows(const explain::KnownReply& known, Printer& printer) {
  const dialogue::Explanation& why = *known.entry.explanation;
  std::string title = printer.in(known.title) + " · " + why.id;
  if (!why.seen.empty()) title += " · " + std::string(printer.say(Word::kSeen)) + " " + why.seen;
  if (known.entry.reported) title += " · " + std::string(printer.say(Word::kReported));
  printer.heading(title);
  printer.row(Word::kWhy, printer.in(why.because));
  printer.row(Word::kDo, printer.in(why.fix));
  std::string sources;
  for (const std::string& source : why.source)
    sources += (sources.empty() ? "" : "\n") + client::source_text(source, printer.language());
  printer.row(Word::kSource, sources);
}

void digit_rows(smtp::ReplyCode code, bool with_second, const knowledge::Knowledge& knowledge, Printer& printer) {
  const int second = code.value() / 10 % 10;
  if (const auto* const entry = knowledge.first_digit(code.first_digit())) printer.row(entry->code, printer.in(entry->meaning));
  const auto* const entry = with_second ? knowledge.second_digit(second) : nullptr;
  if (entry != nullptr) printer.row(entry->code, printer.in(entry->meaning));
}

void code_rows(smtp::ReplyCode code, bool with_fix, const knowledge::Knowledge& knowledge, Printer& printer) {
  digit_rows(code, true, knowledge, printer);
  const knowledge::CodeEntry* entry = knowledge.code(std::to_string(code.value()));
  printer.row(std::to_string(code.value()), entry != nullptr ? printer.in(entry->meaning) : printer.say(Word::kCodeUnknown));
  if (entry == nullptr) entry = knowledge.first_digit(code.first_digit());
  if (entry == nullptr) return;
  if (with_fix) printer.row(Word::kDo, printer.in(entry->fix));
  printer.row("", entry->rfc);
}

void enhanced_rows(const smtp::EnhancedCode& code, const knowledge::Knowledge& knowledge, Printer& printer) {
  for (const knowledge::CodeEntry* const entry :
       {knowledge.enhanced_class(code.status), knowledge.enhanced_subject(code.subject)}) {
    if (entry != nullptr) printer.row(entry->code, printer.in(entry->meaning));
  }
  const auto* const entry = knowledge.detail(code.text());
  printer.row(code.text(), entry != nullptr ? printer.in(entry->meaning) : printer.say(Word::kEnhancedUnknown));
  if (entry == nullptr) return;
  std::string usual;
  for (const int basic : entry->basic) usual += (usual.empty() ? "" : ", ") + std::to_string(basic);
  printer.row(Word::kComesWith, usual);
  printer.row("", entry->text + ", " + entry->rfc);
}

}  // namespace commands
