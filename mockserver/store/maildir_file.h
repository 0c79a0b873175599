// A message that lies in a Maildir as a file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "mailbox/folder.h"
#include "mockserver/store/files.h"
#include "mockserver/store/uid_list.h"

namespace store {

// Not open where it cannot be: errno says why. What is no file is none here: reading a pipe would wait for ever.
File open_message(const std::string& path);

// REQUIRES: the file is open. path: for errors. size: with CRLF at the end of every line, as the list has it; 0: not known.
std::unique_ptr<mailbox::Content> content_of(File file, std::string path, mailbox::Lines lines, std::uint64_t size);

// The size of a message that somebody else has put there, and the time of its file. Reads it whole, piece by piece. Nothing: it
// has gone, or cannot be read, so that it is no message for us.
std::optional<Known> measure(const std::string& path, const std::string& name);

}  // namespace store
