// Invariant: any octets are read as a pasted text, or as nothing, never a crash; the words that decide stand in bounds, on a
// line that was pasted; what is meant is known; what is printed holds nothing that a terminal obeys.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "client/commands/explain_pasted.h"
#include "client/explain/finding.h"
#include "mockserver/scenario/catalogue.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

const knowledge::Knowledge& tables() {
  static const auto& kTables = knowledge::Knowledge::embedded();
  demand(kTables.has_value());
  return *kTables;
}

const explain::Reader& reader() {
  static const explain::Phrases kPhrases(tables());
  static const explain::Vocabulary kVocabulary(scenario::Catalogue::embedded(), tables(), kPhrases);
  static const explain::Reader kReader(tables(), kPhrases, kVocabulary);
  return kReader;
}

void check_printed(const explain::Finding& finding) {
  for (const core::Language language : {core::Language::kEnglish, core::Language::kChinese}) {
    std::ostringstream out;
    commands::Printer printer(language, out);
    commands::explain_pasted(finding, tables(), false, printer);
    const std::string text = out.str();
    demand(!text.empty() && text.size() < 100'000);
    for (const char c : text) demand(c == '\n' || c < 0 || (c >= ' ' && c != 0x7F));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto finding = reader().read(input);
  if (!finding) return 0;
  demand(finding->line >= 1 && finding->line <= finding->lines);
  demand(finding->words.size() <= 2 * explain::kLongestLine);
  for (const std::string& id : finding->means) {
    demand(tables().mistake(id) != nullptr || tables().failure(id) != nullptr || tables().cause(id) != nullptr);
  }
  for (const explain::Match& match : finding->said_by)
    demand(match.known != nullptr && match.known->entry.explanation != nullptr);
  check_printed(*finding);
  return 0;
}
