// What a server of IMAP says, as values: for clients that read a mailbox (RFC 3501 §7, RFC 9051 §7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace imap::response {

enum class Condition : std::uint8_t { kOk, kNo, kBad, kPreauth, kBye };

// "a1 OK [READ-ONLY] done", "* BYE later".
struct Status {
  std::string tag = {};  // empty: "*"
  Condition condition = Condition::kOk;
  std::string code = {};   // response code without its brackets: "UIDVALIDITY 1"; empty: none
  std::string text = {};   // what people read
  std::string words = {};  // all of it behind the condition, as it stands there

  bool operator==(const Status&) const = default;
};

// "+ text": go on.
struct Continuation {
  std::string text;
  bool operator==(const Continuation&) const = default;
};

// "* CAPABILITY IMAP4rev1 …", names as they stand there; also in the code of a Status, see capabilities_in().
struct Capabilities {
  std::vector<std::string> names;
  bool operator==(const Capabilities&) const = default;
};

// "* 23 EXISTS", "* 4 EXPUNGE", "* 0 RECENT".
struct Count {
  std::string name;  // upper case
  std::uint32_t number = 0;
  bool operator==(const Count&) const = default;
};

// "* SEARCH 2 3 6"
struct Found {
  std::vector<std::uint32_t> numbers;
  bool operator==(const Found&) const = default;
};

// "* LIST (\HasNoChildren) "/" INBOX", also of LSUB.
struct Listed {
  std::vector<std::string> flags;
  std::string delimiter;  // empty: NIL
  std::string name;       // as on the wire, modified UTF-7 or UTF-8
  bool operator==(const Listed&) const = default;
};

// Octets of a message, up to the bound of the stream.
struct Octets {
  std::string kept;
  std::uint64_t size = 0;  // that there were
  bool operator==(const Octets&) const = default;
};

// "* 12 FETCH (UID 5 FLAGS (\Seen) BODY[] {3} …)": what is not named here is passed over.
struct Fetched {
  std::uint32_t number = 0;
  std::optional<std::uint32_t> uid = {};
  std::optional<std::vector<std::string>> flags = {};
  std::optional<std::uint64_t> size = {};  // RFC822.SIZE
  std::optional<std::string> internal_date = {};
  std::optional<Octets> message = {};  // BODY[] or RFC822; nothing where it is NIL
  bool operator==(const Fetched&) const = default;
};

// Data that is none of these, or breaks its grammar.
struct Other {
  std::string name;  // the first word, upper case
  bool operator==(const Other&) const = default;
};

using Response = std::variant<Status, Continuation, Capabilities, Count, Found, Listed, Fetched, Other>;

// One response as it came, its literals by themselves.
struct Raw {
  std::string text;              // without its line end; a literal is "{3}" CRLF in it
  std::vector<Octets> literals;  // in their order
};

// Nothing where it is no response. Reads anything, in time that grows with its length.
[[nodiscard]] std::optional<Response> parse(Raw raw);

// Of the response code CAPABILITY ("CAPABILITY IMAP4rev1 ID"); none where it is another one.
[[nodiscard]] std::vector<std::string> capabilities_in(std::string_view code);
// "17" of "UIDVALIDITY 17"; nothing where the code is another one.
[[nodiscard]] std::optional<std::uint32_t> number_of(std::string_view code, std::string_view name);

// What can end in a literal: data that is no status. begin: of a response, up to a line end.
[[nodiscard]] bool may_hold_literals(std::string_view begin);

}  // namespace imap::response
