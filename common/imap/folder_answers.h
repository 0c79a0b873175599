// What is answered to commands about folders: LIST, STATUS, CREATE and their kind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "imap/answer.h"
#include "imap/command.h"
#include "imap/mailbox_name.h"
#include "imap/server_config.h"
#include "mailbox/mailbox.h"

namespace imap {

// "MAILBOXID (F7)" (RFC 8474 §4): the same as long as the folder keeps its name.
[[nodiscard]] std::string mailbox_id(const mailbox::Listing& listing);

// Made for one command; what it is made of outlives it.
class FolderAnswers {
 public:
  FolderAnswers(mailbox::Mailbox& mailbox, const ServerConfig& config, NameForm names, bool rev2)
      : mailbox_(mailbox), config_(config), names_(names), rev2_(rev2), offers_(config.announced(true, true)) {}

  // Folders that a mailbox has from the start; they are subscribed to. Nothing where somebody has subscribed to any.
  void make_usual();

  [[nodiscard]] Answer list(const ListWords& words);
  [[nodiscard]] Answer lsub(const ListWords& words);
  [[nodiscard]] Answer xlist(const ListWords& words);
  [[nodiscard]] Answer status(const StatusWords& words);
  [[nodiscard]] Answer create(std::string_view name);
  [[nodiscard]] Answer erase(std::string_view name);
  [[nodiscard]] Answer rename(const TwoMailboxes& words);
  [[nodiscard]] Answer subscribe(std::string_view name, bool wanted);
  // The LIST line of one folder (RFC 9051 §6.3.2: behind SELECT).
  [[nodiscard]] std::string list_line(const mailbox::FolderName& name);

 private:
  struct Listed {
    mailbox::FolderName name;
    bool is_there = true;
    bool is_subscribed = false;
    bool has_children = false;
    bool has_subscribed_below = false;  // that the answer does not show by itself
  };

  [[nodiscard]] core::Result<std::vector<Listed>> all(bool with_subscribed);
  [[nodiscard]] std::string line_of(const Listed& one, std::string_view verb, const ListWords& words) const;
  [[nodiscard]] std::string separator_text() const;
  [[nodiscard]] std::string_view use_of(const mailbox::FolderName& name) const;
  [[nodiscard]] core::Result<std::string> status_line(const mailbox::FolderName& name, const std::vector<StatusItem>& items);

  mailbox::Mailbox& mailbox_;
  const ServerConfig& config_;
  NameForm names_;
  bool rev2_;
  Capabilities offers_;
};

// Of a store that could not do what was asked (mailbox/mailbox.h), with the response code that RFC 5530 has for it.
[[nodiscard]] Answer failed(const core::Error& error);
// Of a name that cannot be one.
[[nodiscard]] Answer bad_name(const core::Error& error);

}  // namespace imap
