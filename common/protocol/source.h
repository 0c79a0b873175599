// Octets that are pulled piece by piece: what is long is never needed whole in memory.
#pragma once

#include <string_view>

#include "core/result.h"

namespace protocol {

class Source {
 public:
  Source() = default;
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  // The next octets, lines ending in CRLF; empty: that was all. The view holds until the next call or the end of this object.
  // Errors (Blame::kSystem): it cannot be read on.
  virtual core::Result<std::string_view> next() = 0;
};

}  // namespace protocol
