// A message in a mailbox as its folder lists it: plain values, no I/O.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mailbox/flags.h"

namespace mailbox {

// Unique in its folder for as long as UIDVALIDITY stays the same, never given twice, ascending in the order in which messages
// came (RFC 9051 §2.3.1.1). 1 and following; 0 is no message.
struct Uid {
  std::uint32_t value = 0;
  bool operator==(const Uid&) const = default;
  bool operator<(Uid other) const { return value < other.value; }
  bool operator<=(Uid other) const { return value <= other.value; }
};

// One message of a listing.
struct Entry {
  Uid uid;
  std::uint64_t size = 0;     // octets when every line ends in CRLF: RFC822.SIZE, and what POP3's LIST says
  std::int64_t received = 0;  // seconds since 1970: INTERNALDATE
  Flags flags;
  bool recent = false;  // nobody has given it flags, or taken any, yet
  std::uint64_t mod_sequence =
      1;  // grows when its flags change (RFC 7162 §3.1): no later change of the folder has a smaller one
  bool operator==(const Entry&) const = default;
};

// All messages of a folder at one moment. It never changes: a session keeps the one it has told its client about, so that
// message numbers mean the same until the client hears of a change (index + 1 is the message number of POP3 and IMAP).
struct Listing {
  std::uint32_t uid_validity = 0;
  Uid uid_next{1};                 // what comes now gets this UID or a greater one
  std::vector<Entry> entries;      // ascending in UID
  std::uint64_t mod_sequence = 1;  // at least that of each entry; survives a restart as UIDs do

  // Nothing when it is not there. O(log n).
  [[nodiscard]] const Entry* find(Uid uid) const;
  [[nodiscard]] std::uint64_t octets() const;  // of all messages together: POP3's STAT
  bool operator==(const Listing&) const = default;
};
using Snapshot = std::shared_ptr<const Listing>;

// How a later listing differs from an earlier one of the same folder, as IMAP tells it after NOOP or during IDLE.
struct Changes {
  bool everything = false;     // UIDVALIDITY is another one: nothing of what was known holds
  std::vector<Uid> expunged;   // were there, and are not any more
  std::vector<Entry> changed;  // other flags
  std::vector<Entry> added;
  [[nodiscard]] bool empty() const { return !everything && expunged.empty() && changed.empty() && added.empty(); }
};
// O(n); nothing at all to do when both are the same object.
[[nodiscard]] Changes changes_since(const Snapshot& before, const Snapshot& now);

// What POP3's UIDL says of a message (RFC 1939 §7): 16 octets, the same for ever, never used for another message of this
// folder.
[[nodiscard]] std::string unique_id(std::uint32_t uid_validity, Uid uid);

}  // namespace mailbox
