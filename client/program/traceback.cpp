#include "client/program/traceback.h"

#include <array>

#include "client/explain/finding.h"
#include "client/explain/phrases.h"
#include "client/explain/vocabulary.h"
#include "core/show.h"

namespace program {
namespace {

constexpr std::size_t kLongestRepeated = 300;  // octets of what was printed

// How the report of an error begins that nobody has caught.
constexpr std::array<std::string_view, 7> kBeginnings{"Traceback (most recent call last):",
                                                      "  File \"",             // Python; a syntax error has no first line
                                                      "Exception in thread ",  // Java
                                                      "Uncaught ",
                                                      "throw er",  // Node.js
                                                      "panic: ",
                                                      "fatal error: "};  // Go

}  // namespace

std::string_view last_traceback(std::string_view said) {
  std::size_t begin = std::string_view::npos;
  for (const std::string_view beginning : kBeginnings) {
    const std::size_t at = said.rfind(beginning);
    // The frames of a traceback belong to it.
    if (at == std::string_view::npos || (beginning.starts_with("  File") && begin != std::string_view::npos)) continue;
    if (begin == std::string_view::npos || at > begin) begin = at;
  }
  return begin == std::string_view::npos ? std::string_view() : said.substr(begin);
}

std::optional<Stumble> read_traceback(std::string_view said, const knowledge::Knowledge& knowledge,
                                      const scenario::Catalogue& catalogue) {
  const std::string_view report = last_traceback(said);
  if (report.empty()) return std::nullopt;
  const explain::Phrases phrases(knowledge);
  const explain::Vocabulary vocabulary(catalogue, knowledge, phrases);
  const auto finding = explain::Reader(knowledge, phrases, vocabulary).read(report);
  if (!finding || finding->is_success) return std::nullopt;
  std::string words = core::show_bytes(core::mask(finding->words, finding->secrets).substr(0, kLongestRepeated));
  if (finding->code) words = finding->code->text + (words.empty() ? "" : " ") + words;
  return Stumble{std::move(words), finding->means.empty() ? std::string() : finding->means.front()};
}

}  // namespace program
