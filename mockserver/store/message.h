// A message with its envelope, as a store keeps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mailbox/folder_name.h"

namespace store {

// What the sender wants to hear about its delivery (RFC 3461), as written; empty where nothing was said.
struct Dsn {
  std::string ret;    // FULL or HDRS
  std::string envid;  // the sender's own name for the mail
  struct Recipient {
    std::string notify;  // NEVER, or a list of SUCCESS, FAILURE, DELAY
    std::string orcpt;   // the address before it was changed on the way
  };
  std::vector<Recipient> recipients;  // one for each of forward_paths, or none at all
};

// A message the server answers 250 for.
struct Message {
  std::string reverse_path;                // without brackets; empty: the null path
  std::vector<std::string> forward_paths;  // without brackets
  std::string body;                        // BODY of MAIL in capitals: 7BIT, 8BITMIME, BINARYMIME; may be empty
  bool smtputf8 = false;                   // MAIL said SMTPUTF8
  Dsn dsn;
  std::string user;                           // who had logged in; may be empty
  std::string mechanism;                      // how; may be empty
  bool tls = false;                           // it came encrypted
  std::string client;                         // what it called itself in HELO or EHLO; may be empty
  std::string client_address;                 // "127.0.0.1:40125"
  std::int64_t received = 0;                  // seconds since 1970
  std::optional<mailbox::FolderName> folder;  // of its recipients; nothing: INBOX
  std::string content;                        // octet for octet what was sent, unstuffed

  // Octets of memory that keeping it takes, about, with a place in the mailbox of each recipient.
  [[nodiscard]] std::size_t size() const;
};

}  // namespace store
