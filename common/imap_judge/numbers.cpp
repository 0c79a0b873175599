#include "imap_judge/numbers.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/text.h"

namespace imap_judge {
namespace {

using findings::Sight;
using imap::Input;
using imap::SequenceSet;

core::Span span_of_set(const Line& line) {
  const std::string_view text = line.text();
  std::size_t at = 0;
  for (std::size_t blanks = line.parsed.by_uid ? 3 : 2; blanks > 0 && at != std::string_view::npos; --blanks) {
    at = text.find_first_not_of(' ', std::min(text.find(' ', at), text.size()));
  }
  if (at == std::string_view::npos) return {0, text.size()};
  return {at, std::min(text.find(' ', at), text.size())};
}

// A number that no message has. What is said together with "*" is not counted (RFC 9051 §9: seq-range).
std::optional<std::uint32_t> beyond(const SequenceSet& set, std::uint32_t exists) {
  for (const SequenceSet::Range& range : set.ranges()) {
    const bool has_star = range.first == SequenceSet::kLast || range.last == SequenceSet::kLast;
    if (exists == 0) return std::max(range.first, range.last);
    if (!has_star && std::max(range.first, range.last) > exists) return std::max(range.first, range.last);
  }
  return std::nullopt;
}

// All UIDs that SEARCH has found, and they cannot be taken for the numbers from 1 on.
bool are_found_uids(const std::vector<std::uint32_t>& numbers, const Mailbox& mailbox) {
  const Found* const found = mailbox.found();
  if (numbers.empty() || found == nullptr || !found->by_uid || mailbox.has_searched_by_number()) return false;
  const bool is_counted =
      !found->numbers.empty() && found->numbers.front() == 1 && found->numbers.back() == found->numbers.size();
  return !is_counted && std::all_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) { return found->has(number); });
}

std::optional<Sight> no_such_number(const Line& line, const Mailbox& mailbox) {
  const SequenceSet* const set = line.messages();
  if (set == nullptr || set->is_saved() || !mailbox.exists()) return std::nullopt;
  const core::Span where = span_of_set(line);
  const std::vector<std::uint32_t> numbers = single_numbers(*set);
  const auto number = beyond(*set, *mailbox.exists());
  if (!number) {
    if (are_found_uids(numbers, mailbox)) return Sight{"uid-used-as-number", where, false, core::same("UID …")};
    return std::nullopt;
  }
  const bool is_uid = *number > 0 && (mailbox.is_known_uid(*number) || are_found_uids({*number}, mailbox));
  if (is_uid) return Sight{"uid-used-as-number", where, true, core::same("UID …")};
  if (*number > 0 && *number <= mailbox.had() && mailbox.has_moved(*number)) return Sight{"numbers-after-expunge", where};
  return Sight{"fetch-zero-or-beyond", where, true, core::same("1 … " + std::to_string(*mailbox.exists()))};
}

}  // namespace

bool is_by_number(const Line& line) {
  const Input verb = line.parsed.verb;
  const bool names_messages = verb == Input::kFetch || verb == Input::kStore || verb == Input::kCopy || verb == Input::kMove;
  return line.is_command() && names_messages && !line.parsed.by_uid;
}

std::vector<std::uint32_t> single_numbers(const SequenceSet& set) {
  std::vector<std::uint32_t> numbers;
  for (const SequenceSet::Range& range : set.ranges()) {
    if (range.first == range.last && range.first != SequenceSet::kLast) numbers.push_back(range.first);
  }
  return numbers;
}

std::optional<Sight> wrong_number(const Line& line, const Known& known) {
  if (!known.mailbox || !is_by_number(line)) return std::nullopt;
  const core::Span where = span_of_set(line);
  const std::string_view set = line.text().substr(where.begin, where.end - where.begin);
  if (set == "0") return Sight{"fetch-zero-or-beyond", where, true, core::same("1 …")};
  return no_such_number(line, *known.mailbox);
}

std::optional<Sight> numbers_as_uids(const Turn& turn, const Known& known, bool knew_uids) {
  const Line& line = turn.line;
  const SequenceSet* const set = line.messages();
  if (knew_uids || !known.mailbox || set == nullptr || !line.parsed.by_uid) return std::nullopt;
  const Found* const found = known.mailbox->found();
  const std::vector<std::uint32_t> numbers = single_numbers(*set);
  const bool are_found = found != nullptr && !found->by_uid && !numbers.empty() && numbers.size() == set->ranges().size() &&
                         std::all_of(numbers.begin(), numbers.end(), [&](std::uint32_t one) { return found->has(one); });
  if (!are_found) return std::nullopt;
  return Sight{"uid-used-as-number", span_of_set(line), turn.heard->fetched == 0, core::same("UID SEARCH …")};
}

}  // namespace imap_judge
