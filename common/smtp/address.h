// Mailboxes and paths of the envelope (RFC 5321 §4.1.2, §4.1.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "smtp/remark.h"

namespace smtp {

// Local-part "@" ( Domain / address-literal ). Cannot hold anything the grammar forbids.
class Mailbox {
 public:
  // The whole of `text` must be one mailbox. Errors (Blame::kPeer) name the octet. Octets above 127 are refused
  // unless `allow_utf8` (RFC 6531).
  static core::Result<Mailbox> parse(std::string_view text, bool allow_utf8 = false);

  // As written, quotes and backslashes kept: "\"a b\"".
  [[nodiscard]] const std::string& local_part() const { return local_part_; }
  // As written; a literal keeps its brackets: "[192.0.2.1]". Empty only for the <Postmaster> of RCPT (RFC 5321 §4.5.1).
  [[nodiscard]] const std::string& domain() const { return domain_; }
  // local_part "@" domain.
  [[nodiscard]] std::string text() const;
  // The same without the quotes that a local part does not need (RFC 5321 §4.1.2).
  [[nodiscard]] std::string plain_text() const;

  // Same mailbox: local parts equal once unquoted, domains equal ignoring case (RFC 5321 §2.4).
  [[nodiscard]] bool same_as(const Mailbox& other) const;

  bool operator==(const Mailbox&) const = default;

 private:
  friend class PathParser;
  std::string local_part_;
  std::string domain_;
};

// address-literal = "[" ( IPv4 / IPv6 / General ) "]" (RFC 5321 §4.1.3).
[[nodiscard]] bool is_address_literal(std::string_view text);

// What stands after MAIL FROM: or RCPT TO:.
struct Path {
  std::optional<Mailbox> mailbox;  // nothing: the null path <>, legal in MAIL only
  std::string as_written = {};     // instead of a mailbox: what is none, and what a server takes all the same

  // Without brackets; empty for the null path.
  [[nodiscard]] std::string address() const { return mailbox ? mailbox->text() : as_written; }
  // "<a@b>" or "<>".
  [[nodiscard]] std::string text() const;
  // The same without the quotes that a local part does not need (RFC 5321 §4.1.2).
  [[nodiscard]] std::string plain_text() const;
  bool operator==(const Path&) const = default;
};

// How far a path is read beyond the grammar. Each is a deviation some server allows; each leaves a remark.
struct PathLeniency {
  bool no_angle_brackets = false;
  bool allow_utf8 = false;
};

struct ParsedPath {
  Path path;
  std::size_t length = 0;  // octets of the argument the path took, brackets included
};

// Which command the path belongs to: MAIL may have the null path, RCPT may have <Postmaster> without a domain.
enum class PathKind : std::uint8_t { kReverse, kForward };

// What stands where a path should, up to the first ">" or blank, without its brackets: for a server that takes anything.
[[nodiscard]] Path path_as_written(std::string_view argument);

// Reads a path at the start of `argument` (source routes are read and dropped, RFC 5321 §4.1.1.3 and appendix C).
// On failure the error says where. `remarks` gets what was odd or wrong, spans counted from the start of `argument`.
core::Result<ParsedPath> parse_path(std::string_view argument, PathKind kind, PathLeniency leniency,
                                    std::vector<Remark>& remarks);

}  // namespace smtp
