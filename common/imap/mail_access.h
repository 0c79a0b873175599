// What a client that has logged in does with its mail: carries out commands and gives their answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imap/answer.h"
#include "imap/command.h"
#include "imap/selected.h"
#include "imap/server_config.h"
#include "imap/session_state.h"
#include "mailbox/mailbox.h"

namespace imap {

// What there is to say of a folder when it is opened.
struct FolderView {
  std::size_t exists = 0;
  std::size_t recent = 0;
  std::size_t unseen = 0;  // the number of the first that has not been read; 0: there is none
  std::uint32_t uid_validity = 0;
  std::uint32_t uid_next = 0;
};

class MailAccess {
 public:
  // Both outlive it.
  MailAccess(const ServerConfig& config, const SessionState& state) : config_(config), state_(state) {}

  // The mailbox of whoever has logged in; it gets the folders that it lacks. null: nobody has.
  void open(mailbox::Mailbox* mailbox);
  // octets: of the command, where a literal of APPEND stands. For a command that may come now.
  [[nodiscard]] Answer run(const Command& command, std::string_view octets);

  // Why a message of so many octets is not taken there, before they come.
  [[nodiscard]] std::optional<Answer> refusal(const AppendWords& words, std::uint64_t octets) const;

  // The answer to this has gone out, and the state has followed it.
  void answered(Input input);

  // What the client is to be told between commands or before the answer to this one; see Selected::news().
  [[nodiscard]] bool has_news() const { return selected_ && selected_->has_news(); }
  [[nodiscard]] std::vector<std::string> news(const Command* command);

  [[nodiscard]] const std::optional<Selected>& selected() const { return selected_; }

  // The folder that is written so, as a SELECT that waits for its answer will open it; nothing: it is not there.
  [[nodiscard]] std::optional<FolderView> look_at(std::string_view name) const;
  // Every number of the command is that of a message, or at least one of its UIDs is. Nothing: it names none, or none is open.
  [[nodiscard]] std::optional<bool> has_messages(const Command& command) const;

 private:
  [[nodiscard]] Answer run_with_mailbox(const Command& command, std::string_view octets);
  [[nodiscard]] Answer run_selected(const Command& command);
  [[nodiscard]] Answer select(const Command& command);
  [[nodiscard]] Answer append(const AppendWords& words, std::string_view octets);
  [[nodiscard]] Answer close();
  [[nodiscard]] Answer expunge(const Command& command);
  [[nodiscard]] Answer store(const Command& command);
  [[nodiscard]] Answer copy(const Command& command);
  [[nodiscard]] Answer search(const Command& command);
  [[nodiscard]] Answer fetch(const Command& command);
  [[nodiscard]] std::string leave_out_changed(std::uint64_t since, bool by_uid, std::vector<mailbox::Uid>& uids) const;
  [[nodiscard]] Manner manner() const { return {state_.memory().rev2, state_.memory().mod_sequences}; }
  [[nodiscard]] std::optional<Answer> wrong_numbers(const Command& command, const SequenceSet& set) const;

  const ServerConfig& config_;
  const SessionState& state_;
  mailbox::Mailbox* mailbox_ = nullptr;
  std::optional<Selected> selected_;
  std::optional<Selected> opening_;  // of a SELECT that is not answered yet
};

}  // namespace imap
