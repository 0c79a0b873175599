#include "imap_judge/mailbox_names.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/text.h"
#include "imap/cursor.h"
#include "imap/mailbox_name.h"

namespace imap_judge {
namespace {

using findings::Sight;
using imap::Input;

// Which word is a name, and how many there may be in a row.
struct Place {
  std::size_t first = 2;
  std::size_t count = 1;
  bool may_go_on = false;  // words that are no name may follow: a list, a date, a literal
};

bool takes_pattern(Input verb) { return verb == Input::kList || verb == Input::kLsub || verb == Input::kXlist; }

std::optional<Place> place_of_names(const Line& line) {
  switch (line.parsed.verb) {
    case Input::kSelect:
    case Input::kExamine:
    case Input::kStatus:
    case Input::kAppend: return Place{2, 1, true};
    case Input::kCreate:
    case Input::kDelete:
    case Input::kSubscribe:
    case Input::kUnsubscribe: return Place{};
    case Input::kRename: return Place{2, 2};
    case Input::kCopy:
    case Input::kMove: return Place{static_cast<std::size_t>(line.parsed.by_uid ? 4 : 3)};
    case Input::kList:
    case Input::kLsub:
    case Input::kXlist: return Place{2, 2, true};
    default: return std::nullopt;
  }
}

std::string name_in(std::string_view word) {
  imap::Cursor cursor(word);
  if (auto name = cursor.take_list_mailbox()) return std::move(*name);
  return std::string(word);
}

// A word too much where a name should have ended: "SELECT Sent Messages".
std::optional<Sight> not_quoted(const Line& line, const Scan& words, const Place& place) {
  const std::size_t behind = place.first + place.count;
  if (takes_pattern(line.parsed.verb) || words.words.size() <= behind) return std::nullopt;
  const bool is_atom = words.words[behind].kind == Word::Kind::kAtom;
  if (!is_atom || (place.count == 2 && words.words.size() != behind + 1)) return std::nullopt;
  const std::string_view text = line.text();
  std::size_t last = behind;
  while (last + 1 < words.words.size() && words.words[last + 1].kind == Word::Kind::kAtom) ++last;
  const core::Span where{words.words[place.first].where.begin, words.words[last].where.end};
  return Sight{"mailbox-not-quoted", where, true,
               core::same("\"" + std::string(text.substr(where.begin, where.end - where.begin)) + "\"")};
}

// In letters that travel as &…- only, or & where none of it begins.
std::optional<Sight> wrong_letters(std::string_view name, core::Span where, const Known& known) {
  const bool is_high = std::any_of(name.begin(), name.end(), core::is_high);
  const bool is_broken = !is_high && name.find('&') != std::string_view::npos && name.find('*') == std::string_view::npos &&
                         name.find('%') == std::string_view::npos &&
                         !imap::parse_mailbox_name(name, imap::NameForm::kUtf7).has_value();
  if (known.utf8 || (!is_high && !is_broken)) return std::nullopt;
  return Sight{"mailbox-utf8-name", where, true, core::same("&XfJT0ZAB-")};
}

}  // namespace

std::optional<Sight> wrong_name(const Line& line, const Scan& words, const Known& known) {
  const auto place = place_of_names(line);
  if (!place || words.words.size() <= place->first) return std::nullopt;
  const std::string_view text = line.text();
  if (auto wrong = not_quoted(line, words, *place)) return wrong;
  const bool is_pattern = takes_pattern(line.parsed.verb);
  for (std::size_t i = place->first; i < words.words.size() && i < place->first + place->count; ++i) {
    if (words.words[i].kind == Word::Kind::kList || words.words[i].kind == Word::Kind::kLiteral) continue;
    const std::string name = name_in(words.words[i].in(text));
    const core::Span where = words.words[i].where;
    if (auto wrong = wrong_letters(name, where, known)) return wrong;
    if (is_pattern) continue;
    const bool is_cut = known.delimiters.contains(name) || name.find('"') != std::string::npos;
    if (is_cut) return Sight{"list-reply-split-badly", where};
    const bool opens =
        line.parsed.verb == Input::kSelect || line.parsed.verb == Input::kExamine || line.parsed.verb == Input::kStatus;
    if (opens && known.not_selectable.contains(name)) return Sight{"select-noselect", where};
  }
  return std::nullopt;
}

}  // namespace imap_judge
