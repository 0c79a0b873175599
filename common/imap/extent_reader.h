// Pieces of one message, one behind the other, in one walk through it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "imap/message_tree.h"
#include "imap/stored_message.h"

namespace imap {

// The message outlives it.
class ExtentReader {
 public:
  explicit ExtentReader(StoredMessage& message) : message_(&message) {}

  // Its octets, at most `most` of them; less where the message ends. One that begins behind the last that was read goes on
  // there, another one from the start. Errors: those of the message.
  core::Result<std::string> read(Extent extent, std::uint64_t most);

 private:
  StoredMessage* message_;
  std::unique_ptr<mailbox::Content> content_;
  std::uint64_t at_ = 0;   // where `rest_` begins
  std::string_view rest_;  // of the piece that came last
};

}  // namespace imap
