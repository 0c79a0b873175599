// emails.json, and what is known of it: which mails of which mailbox are in it.
//
//   emails.json        a list, the newest mail first. It is replaced as a whole, and valid at any instant
//   emails.json.uids   the mailbox it is of, its size, and the id of every mail that was put into it
//   emails.json.part   mails that have come since, one a line: id TAB object. Whoever is killed has lost the last line at most
//
// Nothing is kept of the mails themselves: memory grows by the length of an id for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "client/fetch/output.h"
#include "core/result.h"

namespace fetch {

class Archive {
 public:
  // mailbox: whose mails these are ("imap alice@163.com imap.163.com"). Of another one, or of nobody known, nothing is taken
  // over. Errors: one of the files cannot be read or written; somebody else is at it.
  static core::Result<Archive> open(const std::string& path, const std::string& mailbox);

  [[nodiscard]] bool has(const std::string& id) const { return kept_.contains(id) || come_.contains(id); }
  // Mails that have come and are not in the file yet.
  [[nodiscard]] std::size_t come() const { return come_.size(); }

  // A mail has come; nothing happens where it is known. json: an object on one line, without a line end.
  core::Result<void> add(const std::string& id, std::string_view json);

  // Puts what has come into the file, each mail in its place. ids: of the mailbox, the oldest first. A file of another mailbox
  // is set aside; its new name is set_aside() then. Once, at the end.
  core::Result<void> commit(const std::vector<std::string>& ids);
  // Instead, where nothing has come: what was made for it is gone again.
  void leave() const;
  [[nodiscard]] const std::string& set_aside() const { return set_aside_; }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  using Ranks = std::unordered_map<std::string_view, std::size_t>;  // of ids in the mailbox: a newer mail has a greater one
  // In the part.
  struct Place {
    std::uint64_t at = 0;
    std::uint64_t size = 0;
  };

  Archive(std::string path, std::string mailbox, Output part)
      : path_(std::move(path)), mailbox_(std::move(mailbox)), part_(std::move(part)) {}
  void read_ids();
  core::Result<void> read_part();
  core::Result<void> put_aside();
  [[nodiscard]] std::vector<std::string> sorted(const Ranks& ranks) const;
  [[nodiscard]] core::Result<std::uint64_t> write_mails(const Ranks& ranks, std::vector<std::string>& order) const;
  [[nodiscard]] core::Result<void> write_ids(const std::vector<std::string>& order, std::uint64_t size) const;

  std::string path_;
  std::string mailbox_;
  Output part_;
  std::uint64_t part_size_ = 0;
  bool is_ours_ = false;                         // the file is of this mailbox
  bool is_intact_ = false;                       // … and as we wrote it: its mails are those of kept_order_
  std::vector<std::string> kept_order_;          // ids that are in the file, as they stand there
  std::unordered_set<std::string> kept_;         // the same
  std::unordered_map<std::string, Place> come_;  // … and in the part
  std::string set_aside_;
};

}  // namespace fetch
