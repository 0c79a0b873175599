#include "imap_judge/arguments.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "core/text.h"
#include "imap_judge/mailbox_names.h"
#include "imap_judge/search_form.h"

namespace imap_judge {
namespace {

using findings::Sight;
using imap::Input;

core::Span span_or_end(const Scan& words, std::size_t index, std::size_t end) {
  return index < words.words.size() ? words.words[index].where : core::Span{end, end};
}

// Where a set of messages has to stand: index of the word.
std::optional<std::size_t> place_of_set(const Line& line) {
  const std::size_t behind_verb = line.parsed.by_uid ? 3 : 2;
  switch (line.parsed.verb) {
    case Input::kFetch:
    case Input::kStore:
    case Input::kCopy:
    case Input::kMove: return behind_verb;
    case Input::kExpunge: return line.parsed.by_uid ? std::optional(behind_verb) : std::nullopt;
    default: return std::nullopt;
  }
}

// Nothing was found, and the command was put together all the same: "FETCH  (FLAGS)", "FETCH ,1 FLAGS".
std::optional<Sight> wrong_set(const Line& line, const Scan& words) {
  const auto place = place_of_set(line);
  if (!place) return std::nullopt;
  const std::string_view text = line.text();
  const core::Span where = span_or_end(words, *place, text.size());
  const std::string_view set = text.substr(where.begin, where.end - where.begin);
  if (imap::SequenceSet::parse(set)) return std::nullopt;
  const bool is_list = *place < words.words.size() && words.words[*place].kind == Word::Kind::kList;
  const bool is_empty =
      set.empty() || is_list || set == "\"\"" || set.find_first_not_of("0123456789,:*") == std::string_view::npos;
  // The items of FETCH where the set should be: "FETCH FLAGS", with two blanks or one.
  const bool has_gap = *place > 0 && *place < words.words.size() && where.begin > words.words[*place - 1].where.end + 1;
  if (set == "0") return std::nullopt;  // told with the numbers
  return Sight{is_empty || has_gap ? "empty-or-descending-set" : "imap-no-set", where, true, core::same("1:*")};
}

// "FETCH 1 FLAGS UID"
std::optional<Sight> items_without_brackets(const Line& line, const Scan& words) {
  const std::size_t first = line.parsed.by_uid ? 4 : 3;
  if (line.parsed.verb != Input::kFetch || words.words.size() <= first + 1) return std::nullopt;
  const bool are_atoms = std::all_of(words.words.begin() + static_cast<std::ptrdiff_t>(first), words.words.end(),
                                     [](const Word& word) { return word.kind == Word::Kind::kAtom; });
  if (!are_atoms || line.text()[words.words[first + 1].where.begin] == '[') return std::nullopt;
  const core::Span all{words.words[first].where.begin, words.words.back().where.end};
  return Sight{"fetch-items-without-brackets", all, true,
               core::same("(" + std::string(line.text().substr(all.begin, all.end - all.begin)) + ")")};
}

}  // namespace

std::vector<Sight> arguments_of(const Line& line, const Scan& words, const Known& known) {
  std::vector<Sight> sights;
  const auto add = [&](const std::optional<Sight>& sight) {
    if (sight && sights.empty()) sights.push_back(*sight);
  };
  add(wrong_set(line, words));
  add(items_without_brackets(line, words));
  add(wrong_name(line, words, known));
  add(wrong_search(line, words, known));
  return sights;
}

}  // namespace imap_judge
