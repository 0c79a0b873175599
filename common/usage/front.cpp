#include "usage/front.h"

#include "usage/help.h"
#include "usage/manual.h"
#include "usage/parse.h"

namespace usage {

std::optional<std::string> about_itself(const Program& program, std::span<const std::string> words, core::Language language,
                                        std::string_view version, const Scenarios& scenarios) {
  if (!words.empty() && words[0] == "--complete") return complete(program, words.subspan(1), scenarios, language);
  if (!words.empty() && words[0] == "--manual") return manual(program, version, language);
  const auto parsed = parse(program, words, language);
  if (parsed && parsed->has("--help")) return help(program, parsed->command(), language);
  if (parsed && parsed->has("--version")) return std::string(version) + "\n";
  return std::nullopt;
}

}  // namespace usage
