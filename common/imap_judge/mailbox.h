// What a client can know of the mailbox that it has open: as much as the server has told it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "imap/response.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// Numbers that SEARCH has found.
struct Found {
  std::vector<std::uint32_t> numbers;  // ascending
  bool by_uid = false;

  [[nodiscard]] bool has(std::uint32_t number) const;
};

class Mailbox {
 public:
  Mailbox() = default;
  explicit Mailbox(bool read_only) : read_only_(read_only) {}

  // One of the data in the answer to `line`, or on their own (the connection's line stands for none).
  void learn(const Line& line, const imap::response::Response& response);
  // The whole answer, which is OK.
  void answered(const Line& line);

  [[nodiscard]] bool is_read_only() const { return read_only_; }
  [[nodiscard]] const std::optional<std::uint32_t>& exists() const { return exists_; }
  // It had so many before messages went.
  [[nodiscard]] std::uint32_t had() const { return had_; }
  // The last EXPUNGE that was told took away this number, or one below it, and nothing was searched for since.
  [[nodiscard]] bool has_moved(std::uint32_t number) const { return lowest_gone_ > 0 && lowest_gone_ <= number; }
  // Of the last SEARCH; null: there was none, or its answer had another form.
  [[nodiscard]] const Found* found() const { return found_ ? &*found_ : nullptr; }
  [[nodiscard]] bool has_searched_by_number() const { return has_searched_by_number_; }
  // The client has learnt UIDs in some way.
  [[nodiscard]] bool knows_uids() const { return knows_uids_; }
  [[nodiscard]] bool is_known_uid(std::uint32_t number) const { return uids_.contains(number); }
  // Messages carry \Deleted, or have gone with EXPUNGE, that this client did not mark.
  [[nodiscard]] bool has_marks_of_others() const { return !others_.empty() && !is_unsure_; }
  [[nodiscard]] bool took_others() const { return took_others_; }

 private:
  // Numbers that are kept: whoever has more is not looked at so closely.
  static constexpr std::size_t kMostMarks = 1000;
  static constexpr std::size_t kMostUids = 20000;

  void learn_count(const Line& line, const imap::response::Count& count);
  void learn_fetched(const Line& line, const imap::response::Fetched& fetched);
  void gone(const Line& line, std::uint32_t number);
  void mark(std::uint32_t number);

  bool read_only_ = false;
  std::optional<std::uint32_t> exists_;
  std::uint32_t had_ = 0;
  std::uint32_t lowest_gone_ = 0;
  std::optional<Found> found_;
  bool has_searched_by_number_ = false;
  bool knows_uids_ = false;
  std::set<std::uint32_t> uids_;
  std::set<std::uint32_t> own_;     // marked \Deleted by this client, by number …
  std::set<std::uint32_t> others_;  // … by somebody else
  bool is_unsure_ = false;          // which of them these are
  bool took_others_ = false;
};

// STORE that marks messages to be expunged; to_delete: or, if false, that takes the marks away.
[[nodiscard]] bool stores_deleted(const Line& line, bool to_delete = true);

}  // namespace imap_judge
