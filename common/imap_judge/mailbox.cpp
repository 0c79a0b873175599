#include "imap_judge/mailbox.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/text.h"

namespace imap_judge {
namespace {

using imap::Input;

bool has_flag(const std::vector<std::string>& flags, std::string_view flag) {
  return std::any_of(flags.begin(), flags.end(), [&](const std::string& one) { return core::equals_ignoring_case(one, flag); });
}

// Without the message that has gone, and as the others are numbered now.
void move_down(std::set<std::uint32_t>& numbers, std::uint32_t gone) {
  std::set<std::uint32_t> moved;
  for (const std::uint32_t number : numbers) {
    if (number != gone) moved.insert(number > gone ? number - 1 : number);
  }
  numbers = std::move(moved);
}

}  // namespace

bool Found::has(std::uint32_t number) const { return std::binary_search(numbers.begin(), numbers.end(), number); }

bool stores_deleted(const Line& line, bool to_delete) {
  if (line.command() == nullptr || !line.is(Input::kStore)) return false;
  const auto& words = line.command()->words<imap::StoreWords>();
  const bool takes_away = words.change == mailbox::Change::kRemove;
  if (words.change == mailbox::Change::kReplace) return words.flags.deleted == to_delete;
  return words.flags.deleted && takes_away != to_delete;
}

void Mailbox::learn(const Line& line, const imap::response::Response& response) {
  if (const auto* const count = std::get_if<imap::response::Count>(&response)) return learn_count(line, *count);
  if (const auto* const fetched = std::get_if<imap::response::Fetched>(&response)) return learn_fetched(line, *fetched);
  const auto* const found = std::get_if<imap::response::Found>(&response);
  if (found == nullptr || !line.is(Input::kSearch)) return;
  found_ = Found{found->numbers, line.parsed.by_uid};
  std::sort(found_->numbers.begin(), found_->numbers.end());
  lowest_gone_ = 0;
  if (found_->by_uid) {
    knows_uids_ = true;
  } else {
    has_searched_by_number_ = true;
  }
}

void Mailbox::learn_count(const Line& line, const imap::response::Count& count) {
  if (count.name == "EXISTS") {
    exists_ = count.number;
    had_ = std::max(had_, count.number);
  }
  if (count.name == "EXPUNGE") gone(line, count.number);
}

void Mailbox::gone(const Line& line, std::uint32_t number) {
  if (exists_ && *exists_ > 0) --*exists_;
  lowest_gone_ = lowest_gone_ == 0 ? number : std::min(lowest_gone_, number);
  const bool is_own = own_.contains(number);
  if (line.is(Input::kExpunge) && !line.parsed.by_uid && !is_own && !is_unsure_) took_others_ = true;
  move_down(own_, number);
  move_down(others_, number);
}

void Mailbox::learn_fetched(const Line& line, const imap::response::Fetched& fetched) {
  if (fetched.uid) {
    knows_uids_ = true;
    if (uids_.size() < kMostUids) uids_.insert(*fetched.uid);
  }
  if (!fetched.flags) return;
  if (!has_flag(*fetched.flags, "\\Deleted")) {
    own_.erase(fetched.number);
    others_.erase(fetched.number);
  } else if (stores_deleted(line)) {
    mark(fetched.number);
  } else if (!own_.contains(fetched.number) && others_.size() < kMostMarks) {
    others_.insert(fetched.number);
  }
}

void Mailbox::mark(std::uint32_t number) {
  others_.erase(number);
  if (own_.size() < kMostMarks) {
    own_.insert(number);
  } else {
    is_unsure_ = true;
  }
}

void Mailbox::answered(const Line& line) {
  if (line.is(Input::kSearch) && !line.parsed.by_uid) has_searched_by_number_ = true;
  if (stores_deleted(line, false) || !stores_deleted(line)) return;
  const auto& words = line.command()->words<imap::StoreWords>();
  if (words.set.is_saved() || (line.parsed.by_uid && words.silent)) {
    is_unsure_ = true;
    return;
  }
  if (line.parsed.by_uid) return;  // the answer has named them
  for (const imap::SequenceSet::Range& range : words.set.resolved(exists_.value_or(0))) {
    for (std::uint32_t number = range.first; number <= range.last && !is_unsure_; ++number) mark(number);
  }
}

}  // namespace imap_judge
