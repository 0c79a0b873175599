#include "client/commands/reply_rows.h"

#include <cstdlib>
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

void first_digit_row(int digit, const knowledge::Knowledge& knowledge, Printer& printer) {
  if (const auto* const entry = knowledge.first_digit(digit)) printer.row(entry->code, printer.in(entry->meaning));
}

void code_rows(const explain::Code& code, bool with_fix, const knowledge::Knowledge& knowledge, Printer& printer) {
  const int first = code.number() / 100;
  if (code.is_number()) {
    first_digit_row(first, knowledge, printer);
    const auto* const second = knowledge.second_digit(code.number() / 10 % 10);
    if (second != nullptr) printer.row(second->code, printer.in(second->meaning));
  }
  const knowledge::CodeEntry* entry = knowledge.code(code.text);
  printer.row(code.text, entry != nullptr ? printer.in(entry->meaning) : printer.say(Word::kCodeUnknown));
  if (entry == nullptr) entry = knowledge.first_digit(first);
  if (entry == nullptr) return;
  if (with_fix) printer.row(Word::kDo, printer.in(entry->fix));
  printer.row("", entry->rfc);
}

void detail_rows(std::string_view detail, const knowledge::Knowledge& knowledge, Printer& printer) {
  const auto* const entry = knowledge.detail(detail);
  const bool is_enhanced = !protocol::enhanced_code(detail).empty();
  if (is_enhanced) {
    const int subject = std::atoi(std::string(detail.substr(2)).c_str());
    for (const knowledge::CodeEntry* const part :
         {knowledge.enhanced_class(detail.front() - '0'), knowledge.enhanced_subject(subject)}) {
      if (part != nullptr) printer.row(part->code, printer.in(part->meaning));
    }
  } else if (entry == nullptr) {
    return;  // of this server alone
  }
  const std::string name = is_enhanced ? std::string(detail) : "[" + std::string(detail) + "]";
  printer.row(name, entry != nullptr ? printer.in(entry->meaning) : printer.say(Word::kEnhancedUnknown));
  if (entry == nullptr) return;
  printer.row(Word::kDo, printer.in(entry->fix));
  std::string usual;
  for (const int basic : entry->basic) usual += (usual.empty() ? "" : ", ") + std::to_string(basic);
  printer.row(Word::kComesWith, usual);
  printer.row("", entry->text.empty() ? entry->rfc : entry->text + ", " + entry->rfc);
}

}  // namespace commands
