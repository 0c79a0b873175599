#include "imap/search_answer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "imap/folder_answers.h"
#include "imap/search.h"

namespace imap {
namespace {

// "$" has become the messages that were saved, or nothing at all (RFC 5182 §2.1).
void put_saved(SearchKey& key, const std::vector<std::uint32_t>& saved_uids) {
  const auto put_all = [&](std::vector<SearchKey>& keys) {
    for (SearchKey& one : keys) put_saved(one, saved_uids);
  };
  if (auto* const list = std::get_if<SearchAnd>(&key.is)) return put_all(list->keys);
  if (auto* const list = std::get_if<SearchOr>(&key.is)) return put_all(list->keys);
  if (auto* const list = std::get_if<SearchNot>(&key.is)) return put_all(list->keys);
  auto* const messages = std::get_if<SearchMessages>(&key.is);
  if (messages == nullptr || !messages->set.is_saved()) return;
  const auto set = SequenceSet::parse(set_text(saved_uids));
  if (set) {
    key.is = SearchMessages{*set, true};
  } else {
    key.is = SearchNot{{SearchKey{SearchAll{}}}};
  }
}

std::vector<std::uint32_t> uid_numbers(const Selected& selected, const std::vector<std::uint32_t>& messages) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(messages.size());
  for (const std::uint32_t index : messages) numbers.push_back(selected.listing().entries[index].uid.value);
  return numbers;
}

// As the client counts them.
std::vector<std::uint32_t> told_numbers(const Selected& selected, const std::vector<std::uint32_t>& found, bool by_uid) {
  if (by_uid) return uid_numbers(selected, found);
  std::vector<std::uint32_t> numbers;
  numbers.reserve(found.size());
  for (const std::uint32_t index : found) numbers.push_back(index + 1);
  return numbers;
}

// esearch-response (RFC 4731 §3.1)
std::string esearch(const Command& command, const SearchReturn& wanted, const std::vector<std::uint32_t>& numbers) {
  std::string line = "ESEARCH (TAG \"" + command.tag + "\")";
  if (command.by_uid) line += " UID";
  if (wanted.min && !numbers.empty()) line += " MIN " + std::to_string(numbers.front());
  if (wanted.max && !numbers.empty()) line += " MAX " + std::to_string(numbers.back());
  if (wanted.count) line += " COUNT " + std::to_string(numbers.size());
  if (wanted.all && !numbers.empty()) line += " ALL " + set_text(numbers);
  return line;
}

// Of a search for the ends alone, only these (RFC 5182 §2.4).
std::vector<std::uint32_t> returned(const SearchReturn& wanted, std::vector<std::uint32_t> found) {
  const bool only_ends = (wanted.min || wanted.max) && !wanted.all && !wanted.count;
  if (only_ends && !found.empty()) {
    std::vector<std::uint32_t> ends;
    if (wanted.min) ends.push_back(found.front());
    if (wanted.max && (ends.empty() || found.back() != ends.back())) ends.push_back(found.back());
    return ends;
  }
  return found;
}

// The greatest mod-sequence of what is returned (RFC 7162 §3.1.5, §3.1.10); empty: nothing is.
std::string mod_sequence_text(const Selected& selected, const std::vector<std::uint32_t>& messages) {
  std::uint64_t greatest = 0;
  for (const std::uint32_t index : messages) greatest = std::max(greatest, selected.listing().entries[index].mod_sequence);
  return messages.empty() ? "" : "MODSEQ " + std::to_string(greatest);
}

}  // namespace

Answer search_answer(Selected& selected, const Command& command, bool rev2) {
  const auto& words = command.words<SearchWords>();
  SearchProgram program = words.program;
  if (words.takes_saved) put_saved(program.key, uid_numbers(selected, selected.saved()));
  const auto found = search({selected.folder(), selected.listing(), selected.recent_uids()}, program);
  if (!found) {
    if (words.wanted && words.wanted->save) selected.save({});
    if (found.error().id == "bad-charset")
      return no("this charset is not known, or the text is not of it", "BADCHARSET (US-ASCII UTF-8)");
    return failed(found.error());
  }
  Answer answer = ok("SEARCH completed");
  const std::vector<std::uint32_t> numbers = told_numbers(selected, *found, command.by_uid);
  SearchReturn wanted = words.wanted.value_or(SearchReturn{.all = true});
  if (wanted.save) selected.save(selected.uids(returned(wanted, *found)));
  const std::string changed = words.by_mod_sequence ? mod_sequence_text(selected, returned(wanted, *found)) : "";
  if (words.wanted || rev2) {
    const bool only_saves = wanted.save && !wanted.min && !wanted.max && !wanted.all && !wanted.count;
    if (!only_saves) answer.data.push_back(esearch(command, wanted, numbers) + (changed.empty() ? "" : " " + changed));
    return answer;
  }
  std::string line = "SEARCH";
  for (const std::uint32_t number : numbers) line += " " + std::to_string(number);
  if (!changed.empty()) line += " (" + changed + ")";
  answer.data.push_back(std::move(line));
  return answer;
}

}  // namespace imap
