// Addresses of a header field as ENVELOPE has them (RFC 9051 §7.5.2).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imap {

// Raw: encoded-words as they are. Without a host it is the begin of a group, whose name is the mailbox; without both its end.
struct Address {
  std::optional<std::string> name = {};
  std::optional<std::string> route = {};  // "@one,@two": source routes are obsolete
  std::optional<std::string> mailbox = {};
  std::optional<std::string> host = {};
  bool operator==(const Address&) const = default;
};

// What stands in the place of what an address lacks, as Dovecot says it: NIL would make it a group.
inline constexpr std::string_view kMissingMailbox = "MISSING_MAILBOX";
inline constexpr std::string_view kMissingHost = "MISSING_DOMAIN";

// Each octet pair "a," of a field becomes sixteen times as much in an answer, and From stands there three times.
inline constexpr std::size_t kMostAddresses = 10'000;

// At most kMostAddresses of an address-list (RFC 5322 §3.4, §4.4) and whatever else people write: one of no grammar is taken as
// far as it can be understood, the others are read all the same. Own parsing, since GMime decodes names and leaves out what it
// does not understand.
[[nodiscard]] std::vector<Address> parse_addresses(std::string_view list);

}  // namespace imap
