// Notes on the messages of one Maildir folder, in a file that only grows beside the mails.
//
// The file is <folder>/smtplab-notes. Its first line says what it is, in which version, for which UIDVALIDITY and of what the
// notes are made:
//   smtplab-notes 1 1764510000 imap-digest-1
// Records follow: UID and number of octets (32 bits each), a sum of both and the octets (64 bits), all of them with the lowest
// octet first, and the octets. Of two for one UID the later counts. Where the first line is another one the file is begun anew;
// from the first record on whose sum is wrong, or that is not whole, it is cut off: what it told is worked out again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailbox/notes.h"
#include "mockserver/store/files.h"

namespace store {

// Processes that use the same folder add to the same file, and know of each other's notes when they add some. In memory is
// where each note lies, and a piece of the file. What cannot be read or written is as if it had never been kept.
class NoteFile final : public mailbox::Notes {
 public:
  static constexpr std::size_t kLargest = std::size_t{1} << 20;  // of one note; a greater one is not kept
  static constexpr std::size_t kWindow = std::size_t{256} << 10;
  static constexpr std::size_t kPending = std::size_t{64} << 10;

  // folder: where the file lies or will lie. is_there: whether a message is still in the folder; what has gone is left out
  // where most of a file is of that kind.
  NoteFile(std::string folder, std::string_view format, std::uint32_t uid_validity,
           const std::function<bool(mailbox::Uid)>& is_there);
  // Writes what has been kept.
  ~NoteFile() override;

  [[nodiscard]] bool is_for(std::string_view format, std::uint32_t uid_validity) const {
    return format == format_ && uid_validity == uid_validity_;
  }

  std::optional<std::string_view> find(mailbox::Uid uid) override;
  void keep(mailbox::Uid uid, std::string_view octets) override;
  // Writes what has been kept, so that other processes see it.
  void flush();

 private:
  struct Place {
    mailbox::Uid uid;
    std::uint32_t size = 0;
    std::uint64_t at = 0;  // of the record
  };

  bool open();
  bool begin();
  void read_on();
  std::size_t read_records(std::string_view octets, std::uint64_t at);
  void tidy(const std::function<bool(mailbox::Uid)>& is_there);
  bool follow();
  void forget();
  void put(const Place& place);
  [[nodiscard]] const Place* place_of(mailbox::Uid uid) const;
  [[nodiscard]] std::string_view record_at(const Place& place);

  std::string path_;
  std::string format_;
  std::uint32_t uid_validity_;
  std::string beginning_;  // the first line
  File file_;
  std::uint64_t end_ = 0;      // of what has been read or written
  std::vector<Place> places_;  // ascending in UID; behind end_: in pending_
  std::string pending_;
  std::string window_;
  std::uint64_t window_at_ = 0;
};

}  // namespace store
