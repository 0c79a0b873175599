// Where a copy of a message was put.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace store {

struct Place {
  std::string account;                  // whose mailbox it is; empty: that of everyone who has no account
  std::string path;                     // of its file; empty: it is in memory
  std::vector<std::size_t> recipients;  // whom it is for: their places among the message's
};
using Places = std::vector<Place>;

}  // namespace store
