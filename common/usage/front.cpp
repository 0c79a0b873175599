#include "usage/front.h"

#include <utility>

#include "usage/help.h"
#include "usage/manual.h"

namespace usage {

Begun begin(const Program& program, std::span<const std::string> words, core::Language language, std::string_view version,
            const Scenarios& scenarios) {
  Begun begun;
  if (!words.empty() && words[0] == "--complete") {
    begun.out = complete(program, words.subspan(1), scenarios, language);
    return begun;
  }
  if (!words.empty() && words[0] == "--manual") {
    begun.out = manual(program, version, language);
    return begun;
  }
  auto parsed = parse(program, words);
  if (!parsed) {
    begun.error = complaint(program, words, parsed.error(), language);
  } else if (parsed->has("--help")) {
    begun.out = help(program, parsed->command(), language);
  } else if (parsed->has("--version")) {
    begun.out = std::string(version) + "\n";
  } else {
    begun.said = std::move(*parsed);
  }
  return begun;
}

}  // namespace usage
