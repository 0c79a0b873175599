// What a store of mail has to offer for one folder: INBOX, Sent … No I/O here: mockserver/store has two implementations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "mailbox/message.h"
#include "mailbox/notes.h"

namespace mailbox {

// In which form the octets of a message are wanted.
enum class Lines : std::uint8_t {
  kCrlf,      // as mail protocols carry them: an LF without a CR before it comes as CRLF; all else as it is
  kAsStored,  // octet for octet as they came in
};

// The octets of one message, pulled piece by piece: no message is ever needed whole in memory. What has been opened can be
// read to its end, also when the message is expunged meanwhile.
class Content {
 public:
  static constexpr std::size_t kMaxPiece = std::size_t{64} * 1024;

  Content() = default;
  virtual ~Content() = default;
  Content(const Content&) = delete;
  Content& operator=(const Content&) = delete;

  // The next octets, at most kMaxPiece; empty: that was all. The view holds until the next call or the end of this object.
  // Errors (Blame::kSystem): it cannot be read on.
  virtual core::Result<std::string_view> next() = 0;

  // Leaves out octets before the next ones without reading them, at most so many; says how many. 0: that cannot be done, and
  // they have to be read.
  virtual std::uint64_t skip(std::uint64_t /*octets*/) { return 0; }
};

// A message on its way in. What is destroyed without commit() leaves nothing behind. Does not outlive its folder.
class Incoming {
 public:
  Incoming() = default;
  virtual ~Incoming() = default;
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;

  // Errors (Blame::kSystem; id "disk-full" where it is): then nothing more may be written, and commit() fails likewise.
  virtual core::Result<void> write(std::string_view octets) = 0;
  // The message is in the folder, whole, when this returns, and survives the death of the process. Once only.
  virtual core::Result<Uid> commit() = 0;
};

// Holds a folder exclusively while it lives; does not outlive the folder.
class Lock {
 public:
  Lock() = default;
  virtual ~Lock() = default;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
};

class Folder;

// Told when something in a folder has changed through this process: a delivery, flags, an expunge.
class Listener {
 public:
  Listener() = default;
  virtual ~Listener() = default;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Runs within the call that changed it; looks with list() now or later. Must not change the folder nor add or remove
  // listeners.
  virtual void changed(Folder& folder) = 0;
};

// One folder. Other programs may deliver, mark, move and delete meanwhile: a message that was listed can be gone. Of one
// process, one thread uses it. Errors are Blame::kSystem unless said otherwise.
class Folder {
 public:
  static constexpr std::size_t kMaxKeywords = 26;  // Maildir has the letters a to z for them

  Folder() = default;
  virtual ~Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  // What is there now. Every UID in it will still mean the same message after a crash. The same object as the last time when
  // nothing has changed.
  virtual core::Result<Snapshot> list() = 0;

  // Error with id "message-gone": there is none with this UID (any more).
  virtual core::Result<std::unique_ptr<Content>> content(Uid uid, Lines lines) = 0;

  // Begins to take a message in. received: seconds since 1970; nothing: now.
  virtual core::Result<std::unique_ptr<Incoming>> append(const Flags& flags, std::optional<std::int64_t> received) = 0;

  // What is not there is left out without an error: it may have been deleted a moment ago. A keyword that is none, or for which
  // there is no room (a folder knows kMaxKeywords), is not kept.
  virtual core::Result<void> mark(const std::vector<Uid>& messages, Change change, const Flags& flags) = 0;

  // Takes the messages away for good, whatever their flags: POP3's UPDATE state, IMAP's EXPUNGE. What is gone already counts as
  // taken away. After an error some may be left.
  virtual core::Result<void> expunge(const std::vector<Uid>& messages) = 0;

  // The exclusive lock of a POP3 session (RFC 1939 §4); nothing: somebody else holds it. Mail is delivered all the same.
  virtual core::Result<std::unique_ptr<Lock>> lock() = 0;

  // Notes of this format; what was kept in another one is lost. nullptr: this folder keeps none. They live as long as the
  // folder.
  virtual Notes* notes(std::string_view /*format*/) { return nullptr; }

  // For \Recent (RFC 3501 §2.3.2): the first UID that nobody has taken this way yet; those below `upto` are taken from now on,
  // by whoever asks. How far it has come is kept as long as the folder is open in this process.
  virtual Uid take_recent(Uid upto) = 0;
  // The same without taking any.
  [[nodiscard]] virtual Uid first_recent() const = 0;

  // A listener is removed before it is destroyed.
  virtual void add(Listener& listener) = 0;
  virtual void remove(Listener& listener) = 0;
};

}  // namespace mailbox
