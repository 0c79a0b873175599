// A mail as emails.json has it.
#pragma once

#include <string>
#include <string_view>

#include "client/fetch/attachments.h"
#include "core/result.h"

namespace fetch {

struct Mail {
  std::string json;             // an object on one line, UTF-8
  std::size_t attachments = 0;  // that were saved
};

// Reads any octets. Keys: From, To, Cc (where there is one), Date, Subject, Message-ID: decoded fields, as mime::read_fields
// has them, empty where there are none; Body: the text of mime::read_content, line ends as they stand there; Attachments: a
// list of objects with Name, Type, Size (octets) and Saved (the name of the file) where it was saved; Truncated: true where
// is_cut. What is no UTF-8 is shown by U+FFFD.
//
// folder: where attachments are saved; null: nowhere. Those of a message that is cut are not. Errors: of the folder.
core::Result<Mail> read_mail(std::string_view octets, bool is_cut, const AttachmentFolder* folder);

}  // namespace fetch
