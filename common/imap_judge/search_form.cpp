#include "imap_judge/search_form.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/ascii.h"
#include "core/text.h"
#include "imap/date_time.h"

namespace imap_judge {
namespace {

using findings::Sight;
using imap::Input;

constexpr std::array<std::string_view, 6> kDated{"SINCE", "BEFORE", "ON", "SENTSINCE", "SENTBEFORE", "SENTON"};

bool is_date(std::string_view word) {
  if (word.size() >= 2 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
  return imap::parse_date(word).has_value();
}

bool has_high(std::string_view text) { return std::any_of(text.begin(), text.end(), core::is_high); }

// No key can stand for the other word: "ON" may be what is looked for.
bool begins_date(std::string_view word, std::string_view before) {
  constexpr std::array<std::string_view, 9> kOfText{"FROM", "TO",   "CC",      "BCC",      "SUBJECT",
                                                    "BODY", "TEXT", "KEYWORD", "UNKEYWORD"};
  const auto is = [](std::string_view one) {
    return [one](std::string_view other) { return core::equals_ignoring_case(one, other); };
  };
  return std::any_of(kDated.begin(), kDated.end(), is(word)) && std::none_of(kOfText.begin(), kOfText.end(), is(before));
}

}  // namespace

std::optional<Sight> wrong_search(const Line& line, const Scan& words, const Known& known) {
  if (line.parsed.verb != Input::kSearch || !line.is_command()) return std::nullopt;
  const std::string_view text = line.text();
  bool names_charset = false;
  for (std::size_t i = 2; i < words.words.size(); ++i) {
    const std::string_view word = words.words[i].in(text);
    names_charset = names_charset || core::equals_ignoring_case(word, "CHARSET");
    if (!begins_date(word, words.words[i - 1].in(text)) || i + 1 == words.words.size()) continue;
    const core::Span where = words.words[i + 1].where;
    if (!is_date(words.words[i + 1].in(text))) return Sight{"search-date-form", where, true, core::same("30-Nov-2026")};
  }
  if (known.utf8) return std::nullopt;
  if (words.high)
    return Sight{"search-8bit-no-charset", {*words.high, text.size()}, true, core::same("SEARCH CHARSET UTF-8 … {n}")};
  for (const Word& word : words.words) {
    if (word.kind == Word::Kind::kLiteral && !names_charset && has_high(word.in(text)))
      return Sight{"search-8bit-no-charset", word.where, true, core::same("SEARCH CHARSET UTF-8 … {n}")};
  }
  return std::nullopt;
}

}  // namespace imap_judge
