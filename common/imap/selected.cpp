#include "imap/selected.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

namespace imap {
namespace {

using mailbox::Entry;
using mailbox::Listing;
using mailbox::Snapshot;
using mailbox::Uid;

bool comes_before(const Entry& entry, Uid uid) { return entry.uid < uid; }

// `now` with those of `before` that have gone: the client goes on counting them.
Snapshot with_gone(const Snapshot& before, const Snapshot& now) {
  auto merged = std::make_shared<Listing>();
  merged->uid_validity = now->uid_validity;
  merged->uid_next = now->uid_next;
  merged->mod_sequence = now->mod_sequence;
  merged->entries.reserve(before->entries.size() + now->entries.size());
  // Where both have a message the one of `now` is taken: it comes from the first range.
  std::set_union(now->entries.begin(), now->entries.end(), before->entries.begin(), before->entries.end(),
                 std::back_inserter(merged->entries), [](const Entry& a, const Entry& b) { return a.uid < b.uid; });
  return merged;
}

// Of a folder that is no more.
Snapshot nothing_left(const Snapshot& before) {
  auto nothing = std::make_shared<Listing>();
  nothing->uid_validity = before->uid_validity;
  nothing->uid_next = before->uid_next;
  nothing->mod_sequence = before->mod_sequence;
  return nothing;
}

}  // namespace

std::string flags_text(const mailbox::Flags& flags, bool recent) {
  std::string text;
  const auto add = [&](std::string_view flag) {
    if (!text.empty()) text += ' ';
    text += flag;
  };
  if (flags.answered) add("\\Answered");
  if (flags.flagged) add("\\Flagged");
  if (flags.deleted) add("\\Deleted");
  if (flags.seen) add("\\Seen");
  if (flags.draft) add("\\Draft");
  if (recent) add("\\Recent");
  for (const std::string& keyword : flags.keywords) add(keyword);
  return text;
}

Selected::Selected(std::shared_ptr<mailbox::Folder> folder, bool read_only, Snapshot told)
    : folder_(std::move(folder)), read_only_(read_only), told_(std::move(told)) {
  learn_recent(told_->entries);
}

core::Result<Selected> Selected::open(std::shared_ptr<mailbox::Folder> folder, bool read_only) {
  auto listing = folder->list();
  if (!listing) return core::Failure(std::move(listing.error()));
  return Selected(std::move(folder), read_only, std::move(*listing));
}

void Selected::learn_recent(const std::vector<Entry>& entries) {
  const Uid first = read_only_ ? folder_->first_recent() : folder_->take_recent(told_->uid_next);
  for (auto entry = std::lower_bound(entries.begin(), entries.end(), first, comes_before); entry != entries.end(); ++entry) {
    if (entry->recent && !is_recent(entry->uid)) recent_.push_back(entry->uid);
  }
}

std::size_t Selected::forget_recent(const std::vector<Uid>& gone) {
  return std::erase_if(recent_, [&](Uid uid) { return std::binary_search(gone.begin(), gone.end(), uid); });
}

bool Selected::is_recent(Uid uid) const { return std::binary_search(recent_.begin(), recent_.end(), uid); }

// A walk through a large mailbox costs what it touches: so there is one.
Selected::Overview Selected::overview() const {
  Overview seen;
  std::set<std::string> keywords;
  const std::vector<Entry>& entries = told_->entries;
  for (const Entry& entry : entries) {
    if (!entry.flags.seen && seen.first_unseen == 0)
      seen.first_unseen = static_cast<std::uint32_t>(&entry - entries.data()) + 1;
    keywords.insert(entry.flags.keywords.begin(), entry.flags.keywords.end());
  }
  seen.keywords.assign(keywords.begin(), keywords.end());
  return seen;
}

std::vector<std::uint32_t> Selected::messages(const SequenceSet& set, bool by_uid) const {
  if (set.is_saved()) return saved();
  const std::vector<Entry>& entries = told_->entries;
  std::vector<std::uint32_t> found;
  if (entries.empty()) return found;
  const std::uint32_t greatest = by_uid ? entries.back().uid.value : exists();
  for (const SequenceSet::Range& range : set.resolved(greatest)) {
    std::size_t at =
        by_uid ? static_cast<std::size_t>(std::lower_bound(entries.begin(), entries.end(), Uid{range.first}, comes_before) -
                                          entries.begin())
               : std::size_t{range.first} - 1;
    for (; at < entries.size(); ++at) {
      if ((by_uid ? entries[at].uid.value : at + 1) > range.last) break;
      found.push_back(static_cast<std::uint32_t>(at));
    }
  }
  return found;
}

bool Selected::has_all(const SequenceSet& set) const {
  if (set.is_saved()) return true;
  return exists() > 0 && set.top(exists()) <= exists();
}

std::vector<Uid> Selected::uids(const std::vector<std::uint32_t>& messages) const {
  std::vector<Uid> uids;
  uids.reserve(messages.size());
  for (const std::uint32_t index : messages) uids.push_back(told_->entries[index].uid);
  return uids;
}

std::vector<std::uint32_t> Selected::saved() const {
  std::vector<std::uint32_t> found;
  const std::vector<Entry>& entries = told_->entries;
  for (const Uid uid : saved_) {
    const auto at = std::lower_bound(entries.begin(), entries.end(), uid, comes_before);
    if (at != entries.end() && at->uid == uid) found.push_back(static_cast<std::uint32_t>(at - entries.begin()));
  }
  return found;
}

bool Selected::has_news() const {
  const auto now = folder_->list();
  return !now || *now != told_;
}

std::vector<std::string> Selected::news(Telling telling, Manner manner, const std::vector<Uid>& quiet) {
  const auto listed = folder_->list();
  Snapshot now = listed ? *listed : nothing_left(told_);
  std::vector<std::string> lines;
  if (now == told_) return lines;
  mailbox::Changes changes = mailbox::changes_since(told_, now);
  if (changes.everything) {
    for (const Entry& entry : told_->entries) changes.expunged.push_back(entry.uid);
    lines.push_back("OK [UIDVALIDITY " + std::to_string(now->uid_validity) + "] The mailbox is another one now");
  }
  if (telling == Telling::kNoExpunge && !changes.expunged.empty()) {
    if (changes.everything) return {};
    now = with_gone(told_, now);
    changes.expunged.clear();
  }
  const std::vector<Entry>& known = told_->entries;
  for (std::size_t left = changes.expunged.size(); left-- > 0;) {
    const auto at = std::lower_bound(known.begin(), known.end(), changes.expunged[left], comes_before);
    lines.push_back(std::to_string(at - known.begin() + 1) + " EXPUNGE");
  }
  told_ = std::move(now);
  bool recent_changes = forget_recent(changes.expunged) > 0;
  if (!changes.added.empty()) {
    const std::size_t before = recent_.size();
    learn_recent(changes.added);
    recent_changes = recent_changes || recent_.size() != before;
    lines.push_back(std::to_string(exists()) + " EXISTS");
  }
  if (recent_changes && !manner.rev2) lines.push_back(std::to_string(recent()) + " RECENT");
  for (const Entry& entry : changes.changed) {
    if (std::binary_search(quiet.begin(), quiet.end(), entry.uid)) continue;
    const auto at = std::lower_bound(told_->entries.begin(), told_->entries.end(), entry.uid, comes_before);
    lines.push_back(std::to_string(at - told_->entries.begin() + 1) + " FETCH (FLAGS (" +
                    flags_text(entry.flags, !manner.rev2 && is_recent(entry.uid)) + ")" +
                    (manner.mod_sequences ? " MODSEQ (" + std::to_string(entry.mod_sequence) + ")" : "") + ")");
  }
  return lines;
}

}  // namespace imap
