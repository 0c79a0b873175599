// Addresses as they stand in a header field, with the names people put before them (RFC 5322 §3.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace mime {

// One mailbox of a header field.
struct Address {
  std::string name;     // UTF-8, decoded; empty when there is none
  std::string mailbox;  // local part "@" domain, without brackets
  bool operator==(const Address&) const = default;
};

// Reads `text` (UTF-8): "a@b.example, Alice <alice@b.example>". Groups give their members. Errors (Blame::kInput): something
// in it is no address, or there is none. Whether a mailbox is a legal one is left to whoever sends to it.
[[nodiscard]] core::Result<std::vector<Address>> parse_addresses(std::string_view text);

}  // namespace mime
