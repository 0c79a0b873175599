// What somebody has worked out of the messages of a folder and does not want to work out again.
#pragma once

#include <optional>
#include <string_view>

#include "mailbox/message.h"

namespace mailbox {

// Octets beside each message, whose meaning only the one knows who writes them. They may be lost at any time, some or all, and
// are then worked out again; what is there is what was kept, octet for octet. A message never changes, so they never age.
class Notes {
 public:
  Notes() = default;
  virtual ~Notes() = default;
  Notes(const Notes&) = delete;
  Notes& operator=(const Notes&) = delete;

  // Nothing: there are none (any more). The view holds until the next call. Ascending in UID it is fastest.
  virtual std::optional<std::string_view> find(Uid uid) = 0;
  // That it has not worked is nobody's business: they are lost then.
  virtual void keep(Uid uid, std::string_view octets) = 0;
};

}  // namespace mailbox
