// The messages of one user as a POP3 session sees them: a snapshot of INBOX, taken when the client has logged in, and the
// exclusive lock on it (RFC 1939 §4). What is delivered meanwhile belongs to the next session.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "core/result.h"
#include "mailbox/folder.h"
#include "pop3/source.h"

namespace pop3 {

// Numbers of messages that are marked to be deleted. One that names no message counts for nothing.
using Marks = std::set<std::uint32_t>;

class Maildrop {
 public:
  // An empty one, of nobody.
  Maildrop() = default;
  // Locks the folder and lists it. Error with id "in-use": another session holds it; others are those of the folder.
  static core::Result<Maildrop> open(std::shared_ptr<mailbox::Folder> folder);

  [[nodiscard]] std::uint32_t count() const;
  [[nodiscard]] bool has(std::uint32_t number) const { return number >= 1 && number <= count(); }
  // Octets with CRLF for every line end. REQUIRES: has(number).
  [[nodiscard]] std::uint64_t octets(std::uint32_t number) const;
  // RFC 1939 §7: 1 to 70 characters from 0x21 to 0x7E, the same in every session. REQUIRES: has(number).
  [[nodiscard]] std::string unique_id(std::uint32_t number) const;

  // Of all messages that are not marked.
  [[nodiscard]] std::uint32_t count_without(const Marks& marks) const;
  [[nodiscard]] std::uint64_t octets_without(const Marks& marks) const;

  // REQUIRES: has(number). Errors: those of the folder; it may have been taken away by another program.
  core::Result<std::unique_ptr<mailbox::Content>> content(std::uint32_t number) const;
  // The scan listing of LIST, or what UIDL says: a line for each message that is not marked. The marks outlive the source.
  enum class Column : std::uint8_t { kOctets, kUniqueId };
  [[nodiscard]] std::unique_ptr<Source> listing(Column column, const Marks& marks) const;
  // Takes the marked messages away (the UPDATE state). After an error some may be left.
  core::Result<void> remove(const Marks& marks);

 private:
  [[nodiscard]] const mailbox::Entry& entry(std::uint32_t number) const { return snapshot_->entries[number - 1]; }

  std::shared_ptr<mailbox::Folder> folder_;
  std::shared_ptr<const mailbox::Lock> lock_;  // keeps the folder, which it must not outlive
  mailbox::Snapshot snapshot_;
};

}  // namespace pop3
