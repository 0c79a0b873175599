#include "knowledge/terms.h"

#include <algorithm>
#include <optional>

#include "core/text.h"

namespace knowledge {
namespace {

constexpr std::string_view kBetween = " ()";

// "BODY.PEEK[HEADER.FIELDS (DATE)]<0.100>" asks for BODY.PEEK[].
std::string without_section(std::string_view word) {
  const std::size_t open = word.find('[');
  if (open == std::string_view::npos || open == 0) return std::string(word);
  return std::string(word.substr(0, open)) + "[]";
}

// "{310}", "{310+}": so many octets follow.
bool announces_octets(std::string_view word) {
  const std::size_t end = word.find_first_not_of("0123456789", 1);
  return word.starts_with('{') && end > 1 && end != std::string_view::npos &&
         (word.substr(end) == "}" || word.substr(end) == "+}");
}

// Words one after the other; a section and a response code are parts of a word, a quoted string is none.
class TermCutter {
 public:
  explicit TermCutter(std::string_view line) : rest_(line.substr(0, line.find_first_of("\r\n"))) {}

  std::optional<std::string_view> next() {
    while (true) {
      rest_.remove_prefix(std::min(rest_.find_first_not_of(kBetween), rest_.size()));
      if (rest_.empty()) return std::nullopt;
      if (rest_.front() != '"') break;
      const std::size_t end = rest_.find('"', 1);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    }
    std::size_t end = 0;
    bool is_inside = false;
    for (; end < rest_.size(); ++end) {
      if (rest_[end] == '[') is_inside = true;
      if (rest_[end] == ']') is_inside = false;
      if (!is_inside && kBetween.find(rest_[end]) != std::string_view::npos) break;
    }
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::vector<Term> terms_in(const Knowledge& knowledge, std::string_view protocol, std::string_view line, std::size_t most) {
  std::vector<Term> found;
  const auto add = [&](const Term& term) {
    if (std::find(found.begin(), found.end(), term) == found.end()) found.push_back(term);
  };
  TermCutter words(line);
  while (found.size() < most) {
    const auto word = words.next();
    if (!word) break;
    if (word->starts_with('[')) {
      const std::string_view code = word->substr(1, word->find(']') - 1);
      if (const auto* const entry = knowledge.detail(code)) add({entry->code, entry->meaning, entry->rfc});
      break;
    }
    const std::string name = announces_octets(*word) ? "{n}" : without_section(*word);
    if (const auto* const entry = knowledge.term(protocol, name)) add({name, entry->meaning, entry->rfc});
  }
  return found;
}

}  // namespace knowledge
