#include "pop3/repeated_secrets.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/text.h"

namespace pop3 {
namespace {

constexpr std::string_view kEnds = "\r\n\"'`";

struct Words {
  std::string_view verb;
  std::size_t before;  // words between the verb and the secret
};
constexpr std::array kWords{Words{"PASS", 0}, Words{"APOP", 1}, Words{"AUTH", 1}};

// Where the secret begins behind a verb that ends at `at`; npos when nothing stands there.
std::size_t secret_behind(std::string_view answer, std::size_t at, std::size_t words) {
  for (std::size_t left = words + 1; left > 0; --left) {
    if (at >= answer.size() || answer[at] != ' ') return std::string_view::npos;
    ++at;
    if (left == 1) return at;
    at = answer.find_first_of(" \r\n\"'`", at);
    if (at == std::string_view::npos) return at;
  }
  return at;
}

}  // namespace

std::vector<core::Span> repeated_secrets(std::string_view answer) {
  std::vector<core::Span> spans;
  for (std::size_t at = 0; at + 4 < answer.size(); ++at) {
    if (at > 0 && core::is_alnum(answer[at - 1])) continue;
    for (const Words& words : kWords) {
      if (!core::equals_ignoring_case(answer.substr(at, words.verb.size()), words.verb)) continue;
      const std::size_t begin = secret_behind(answer, at + words.verb.size(), words.before);
      if (begin >= answer.size()) continue;
      const std::size_t end = std::min(answer.find_first_of(kEnds, begin), answer.size());
      if (end > begin) spans.push_back({begin, end});
    }
  }
  return spans;
}

}  // namespace pop3
