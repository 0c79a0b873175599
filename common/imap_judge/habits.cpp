#include "imap_judge/habits.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "imap_judge/numbers.h"

namespace imap_judge {
namespace {

using imap::FetchItem;
using imap::Input;

// It marks what it fetches as read (RFC 9051 §6.4.5; RFC 3501 for the old names).
bool sets_seen(const FetchItem& item) {
  const bool is_body = item.what == FetchItem::What::kSection || item.what == FetchItem::What::kBinary;
  return (is_body && !item.peeks) || item.what == FetchItem::What::kRfc822 || item.what == FetchItem::What::kRfc822Text;
}

bool sets_seen(const Line& line) {
  if (line.command() == nullptr || !line.is(Input::kFetch)) return false;
  const auto& items = line.command()->words<imap::FetchWords>().items;
  return std::any_of(items.begin(), items.end(), [](const FetchItem& item) { return sets_seen(item); });
}

// Reading them was no accident: the client says so, or they go.
bool means_seen(const Line& line) {
  if (line.command() == nullptr || !line.is(Input::kStore)) return false;
  const mailbox::Flags& flags = line.command()->words<imap::StoreWords>().flags;
  return flags.seen || flags.deleted;
}

}  // namespace

void Habits::said(const Line& line) {
  const Known& known = scene_->reading.known();
  knew_uids_ = known.mailbox && known.mailbox->knows_uids();
  if (means_seen(line) || line.is(Input::kMove)) wants_seen_ = true;
  if (stores_deleted(line) && !marked_)
    marked_ = scene_->finding(whole("deleted-without-expunge", line, true, core::same("EXPUNGE")), line);
  counts_on(line);
  if (line.is(Input::kClose) && known.mailbox && !known.mailbox->is_read_only()) expunges(line);
  if (line.is(Input::kLogout)) end();
}

// One after the other is marked and expunged, and the number goes up all the same: each time a message is left out.
void Habits::counts_on(const Line& line) {
  const Known& known = scene_->reading.known();
  const imap::SequenceSet* const set = line.messages();
  if (set == nullptr || !is_by_number(line) || !known.mailbox) return;
  const std::vector<std::uint32_t> numbers = single_numbers(*set);
  if (numbers.size() != 1) return;
  if (deleted_ && numbers.front() == *deleted_ + 1 && known.mailbox->has_moved(*deleted_))
    scene_->tell(whole("numbers-after-expunge", line, false), line);
  deleted_.reset();
  if (stores_deleted(line)) deleted_ = numbers.front();
}

void Habits::expunges(const Line& line) {
  const Known& known = scene_->reading.known();
  if (known.mailbox && known.mailbox->has_marks_of_others() && known.offers("UIDPLUS"))
    scene_->tell(whole("expunge-takes-others", line, true, core::same("UID EXPUNGE …")), line);
}

void Habits::answered(const Turn& turn) {
  const Known& known = scene_->reading.known();
  if (!turn.heard->is_ok()) return;
  const Line& line = turn.line;
  if (const auto sight = numbers_as_uids(turn, known, knew_uids_)) scene_->tell(*sight, line);
  const bool took_others = line.is(Input::kExpunge) && known.mailbox && known.mailbox->took_others();
  if (took_others && known.offers("UIDPLUS"))
    scene_->tell(whole("expunge-takes-others", line, true, core::same("UID EXPUNGE …")), line);
  const bool reads = known.mailbox && !known.mailbox->is_read_only() && turn.heard->fetched > 0 && sets_seen(line);
  if (reads && !seen_) seen_ = scene_->finding(whole("fetch-sets-seen", line, true, core::same("BODY.PEEK[]")), line);
}

void Habits::end() {
  if (seen_ && !wants_seen_) scene_->ledger.tell(*seen_);
  seen_.reset();
  if (marked_ && scene_->reading.known().has_marks) scene_->ledger.tell(*marked_);
  marked_.reset();
}

}  // namespace imap_judge
