// The names of files and folders in a Maildir (https://cr.yp.to/proto/maildir.html).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mailbox/folder.h"

namespace store {

// An address as the name of a folder: letters, digits and @ . _ + - = stay, every other octet becomes %HH, as does a dot
// at the start. Never empty, never "other", at most 200 octets long.
[[nodiscard]] std::string folder_name(std::string_view address);

// A name for a new message: time, process and a counter, unique on one machine. Those of a process came_before() each other in
// the order in which they were made.
[[nodiscard]] std::string unique_name();

// The order of delivery, as far as names tell it: runs of digits count as numbers, so that Q9 comes before Q10.
[[nodiscard]] bool came_before(std::string_view name, std::string_view other);

// "base:2,FS": the views are into the name.
struct FileName {
  std::string_view base;
  std::string_view info;  // ":2,FS"; empty where there is none
};
[[nodiscard]] FileName split_name(std::string_view file);
// "FS" of ":2,FS"; nothing of what is written otherwise. A view into `info`.
[[nodiscard]] std::string_view letters_of(std::string_view info);

// D F R S T are flags, a to z the keywords of this folder; other letters mean nothing to IMAP.
[[nodiscard]] mailbox::Flags flags_of(std::string_view letters, const std::vector<std::string>& keywords);
// The letters after the change, sorted; those that mean nothing to IMAP stay. Keywords that are not in the list are left out.
[[nodiscard]] std::string changed_letters(std::string_view letters, mailbox::Change change, const mailbox::Flags& flags,
                                          const std::vector<std::string>& keywords);

}  // namespace store
