// What one server is like before any rule is laid over it, in words that every protocol understands its own of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/phrase.h"

namespace protocol {

// Which ends of line a server takes (scenario key server.line_ends); after the smuggling advisories of 2023
// (CVE-2023-51764, -51765, -51766).
enum class LineEnds : std::uint8_t {
  kNormalize,  // a command may end in LF alone (people type into nc); data ends at CRLF.CRLF only
  kStrict,     // LF alone is refused and the connection closed
  kLenient,    // LF alone ends commands and data: what smuggling needs, for lessons only
  // As kNormalize, and a message ends at LF.LF when everything ended in LF alone, from the DATA on: a person types into nc.
  // Exim goes by the first line too. Who smuggles needs another server in between, and that one says CRLF.
  kByHand,
};

// A number that bounds what one client may do, by its name under [limits] in a scenario.
struct LimitRow {
  std::string_view name;
  std::string_view range;  // "64..1048576"
  std::string_view about;  // one sentence
};

// Something that a server takes although the RFCs do not allow it, by its name in server.quirks.
struct QuirkRow {
  std::string_view name;
};

// Lines that a server announces: keyword and parameters.
using Offers = std::vector<std::string>;

// Some line begins with this keyword, in any letter case.
[[nodiscard]] bool offers(const Offers& lines, std::string_view keyword);

// A folder that every mailbox has from the start, in protocols that have folders.
struct FolderSetting {
  std::string name;      // UTF-8, levels separated by ServerSettings::separator
  std::string use = {};  // "\\Sent", "\\Trash" … (RFC 6154 §2); empty: none
  bool operator==(const FolderSetting&) const = default;
};

struct ServerSettings {
  std::string name = "mock.example";       // the host: in greetings, in {server}
  std::string hello_text = {};             // of the answer to a hello, first line; empty: the protocol's own
  Offers offers = {};                      // announced in clear, in this order
  std::optional<Offers> offers_tls = {};   // inside TLS; nothing: the same without the command that begins TLS
  std::optional<Offers> offers_auth = {};  // after a login; nothing: the same as before it
  std::string oauth_error = {};            // JSON that a refused token hears (RFC 7628 §3.2.2); empty: sasl's own
  LineEnds line_ends = LineEnds::kByHand;
  // Beside INBOX; these are what a server without words about it has.
  std::vector<FolderSetting> folders = {{"Sent", "\\Sent"}, {"Drafts", "\\Drafts"}, {"Trash", "\\Trash"}, {"Junk", "\\Junk"}};
  char separator = '.';                                         // of the levels of their names, as clients see them
  bool quotes_names = false;                                    // names stand in quotes also where they need none
  std::vector<std::string> quirks = {};                         // names of QuirkRows
  std::map<std::string, std::size_t, std::less<>> limits = {};  // of LimitRows; one that is not there is the protocol's own

  [[nodiscard]] bool has_quirk(std::string_view name) const;
};

}  // namespace protocol
