// The mailbox that is open, as its client knows it: what a message number means changes only when the client is told so
// (RFC 9051 §7.5.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "imap/sequence_set.h"
#include "mailbox/folder.h"

namespace imap {

// "\Seen $Forwarded", in the order of the RFC.
[[nodiscard]] std::string flags_text(const mailbox::Flags& flags, bool recent);

// How a client wants to be told.
struct Manner {
  bool rev2 = false;           // IMAP4rev2: nothing of \Recent
  bool mod_sequences = false;  // with each change its mod-sequence
};

class Selected {
 public:
  // What may be told now.
  enum class Telling : std::uint8_t {
    kEverything,
    kNoExpunge,  // an answer to FETCH, STORE or SEARCH by numbers is on its way: they must go on meaning the same
  };

  // read_only: EXAMINE; nothing becomes less recent by it. Errors are those of Folder::list().
  static core::Result<Selected> open(std::shared_ptr<mailbox::Folder> folder, bool read_only);

  [[nodiscard]] mailbox::Folder& folder() const { return *folder_; }
  [[nodiscard]] const std::shared_ptr<mailbox::Folder>& shared_folder() const { return folder_; }
  [[nodiscard]] bool is_read_only() const { return read_only_; }
  // As the client knows it.
  [[nodiscard]] const mailbox::Listing& listing() const { return *told_; }
  [[nodiscard]] const mailbox::Snapshot& snapshot() const { return told_; }
  [[nodiscard]] std::uint32_t exists() const { return static_cast<std::uint32_t>(told_->entries.size()); }
  [[nodiscard]] std::uint32_t recent() const { return static_cast<std::uint32_t>(recent_.size()); }
  [[nodiscard]] bool is_recent(mailbox::Uid uid) const;
  [[nodiscard]] const std::vector<mailbox::Uid>& recent_uids() const { return recent_; }  // ascending
  struct Overview {
    std::uint32_t first_unseen = 0;          // the number of the first message without \Seen; 0: there is none
    std::vector<std::string> keywords = {};  // all that stand on a message, sorted
  };
  [[nodiscard]] Overview overview() const;

  // The messages of a set, as indices of listing().entries, ascending. Numbers that are not there are left out.
  [[nodiscard]] std::vector<std::uint32_t> messages(const SequenceSet& set, bool by_uid) const;
  // Every number of the set is that of a message, also one that is said together with "*". RFC 9051 §9, seq-number: another is
  // an error.
  [[nodiscard]] bool has_all(const SequenceSet& set) const;
  [[nodiscard]] std::vector<mailbox::Uid> uids(const std::vector<std::uint32_t>& messages) const;

  // Something has changed that the client does not know of.
  [[nodiscard]] bool has_news() const;
  // What has changed, as untagged data; from now on the client knows it. quiet: other flags of these are not told (ascending).
  // Errors are told as if all messages had gone.
  std::vector<std::string> news(Telling telling, Manner manner, const std::vector<mailbox::Uid>& quiet = {});

  // What SEARCH has saved (RFC 5182); what has gone meanwhile is not in it any more.
  void save(std::vector<mailbox::Uid> found) { saved_ = std::move(found); }
  // `set`, or the saved ones where it is "$", which are UIDs whatever by_uid says.
  [[nodiscard]] std::vector<std::uint32_t> saved() const;

 private:
  Selected(std::shared_ptr<mailbox::Folder> folder, bool read_only, mailbox::Snapshot told);

  void learn_recent(const std::vector<mailbox::Entry>& entries);
  std::size_t forget_recent(const std::vector<mailbox::Uid>& gone);

  std::shared_ptr<mailbox::Folder> folder_;
  bool read_only_ = false;
  mailbox::Snapshot told_;
  std::vector<mailbox::Uid> recent_;  // ascending
  std::vector<mailbox::Uid> saved_;   // ascending
};

}  // namespace imap
