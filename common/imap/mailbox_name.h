// Names of mailboxes as they stand in commands and answers, and the patterns of LIST.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "imap/string_form.h"
#include "mailbox/folder_name.h"

namespace imap {

// In which form a client and a server write names to each other.
struct NameForm {
  static const NameForm kUtf7;  // IMAP4rev1: modified UTF-7 (RFC 3501 §5.1.3): &U,BTFw-
  static const NameForm kUtf8;  // after ENABLE IMAP4rev2 or UTF8=ACCEPT: as it is, & too (RFC 9051 §5.1, RFC 6855 §3)

  bool is_utf8 = false;
  char separator = mailbox::FolderName::kSeparator;  // of levels; of two servers seldom the same
  bool is_quoted = false;                            // the server writes names in quotes that need none
};
inline constexpr NameForm NameForm::kUtf7{};
inline constexpr NameForm NameForm::kUtf8{.is_utf8 = true};

// What a client has written, without quotes. Strict in UTF-7: only what mailbox_name_text() gives is taken, since each name has
// one way of being written. UTF-8 is taken in either form, as clients write it that have not enabled anything, unless an & in
// it has a meaning in UTF-7. Errors are Blame::kPeer and say what is wrong: no UTF-7, or no name of a folder. Where levels are
// not separated by dots, no name has one.
[[nodiscard]] core::Result<mailbox::FolderName> parse_mailbox_name(std::string_view name, NameForm form);

// The name as the other side has to see it, not yet quoted.
[[nodiscard]] std::string mailbox_name_text(const mailbox::FolderName& name, NameForm form);
// The same as astring.
void append_mailbox_name(std::string& out, const mailbox::FolderName& name, NameForm form);

// Which names LIST and LSUB are after (RFC 9051 §6.3.9).
class ListPattern {
 public:
  // Reference and pattern together say where to look; "*" is any run of characters, "%" one without the separator.
  ListPattern(std::string_view reference, std::string_view pattern, NameForm form);

  // INBOX in any letter case. Time: the product of both lengths at most.
  [[nodiscard]] bool matches(const mailbox::FolderName& name) const;

 private:
  std::string pattern_;
  NameForm form_;
};

}  // namespace imap
