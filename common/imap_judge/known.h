// What a dialogue has come to, as the server's answers show it. A server may take what the RFC forbids: what counts here is
// what it took.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "imap/mailbox_name.h"
#include "imap/response.h"
#include "imap/server_config.h"
#include "imap/transitions.h"
#include "imap_judge/mailbox.h"
#include "imap_judge/turn.h"

namespace imap_judge {

// What was refused and has not been made good since: whoever goes on as if nothing were does not read answers.
struct Refused {
  bool greeting = false;
  bool login = false;
  bool starttls = false;
  bool select = false;
  bool had_mailbox = false;  // … while another one was open, which that has closed (RFC 9051 §6.3.2)
  bool seemed_ok = false;    // an untagged OK stood before the last refusal
};

struct Known {
  bool greeted = false;
  bool has_user = false;  // somebody has logged in
  bool encrypted = false;
  bool utf8 = false;                               // names and searches may be UTF-8: ENABLE UTF8=ACCEPT, IMAP4rev2
  bool said_id = false;                            // ID was sent
  bool has_marks = false;                          // \Deleted was set, and nothing expunged since
  std::optional<imap::Capabilities> capabilities;  // as they were told last
  std::optional<Mailbox> mailbox;                  // that is open
  std::set<std::string> not_selectable;            // names that LIST has shown with \Noselect or \NonExistent
  std::set<std::string> delimiters;                // that LIST has shown
  Refused refused;
  bool is_over = false;   // the server has said its last word
  bool said_bye = false;  // … without being asked to

  [[nodiscard]] bool offers(std::string_view word) const { return capabilities && capabilities->offers(word); }
  // It is known that the server does not have it.
  [[nodiscard]] bool lacks(std::string_view word) const { return capabilities && !capabilities->offers(word); }
  // Of those between commands.
  [[nodiscard]] imap::State state() const;

  // One of the data that came for `line`, or on their own.
  void learn(const Line& line, const imap::response::Response& response);
  void answered(const Turn& turn);
  // TLS is there; what was said in clear is forgotten, but for the greeting.
  void secured();

 private:
  static constexpr std::size_t kMostNames = 1000;

  void learn_code(std::string_view code);
  void logged_in(const Turn& turn);
  void opened(const Turn& turn, const std::optional<Mailbox>& before);
  void done(const Line& line, const Heard& heard);

  std::optional<Mailbox> opening_;  // what the answer to SELECT has told so far
  bool told_in_login_ = false;      // … and the one to the login: what the server has
};

}  // namespace imap_judge
