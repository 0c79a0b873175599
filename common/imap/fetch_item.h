// What FETCH asks of a message (RFC 9051 §6.4.5): items that fit their grammar.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace imap {

// Which octets of a message, or of a part of it, BODY[…] names.
struct Section {
  enum class What : std::uint8_t {
    kAll,              // BODY[], BODY[1.2]: of a part its body, undecoded
    kHeader,           // with the empty line behind it
    kHeaderFields,     // of these names only, likewise
    kHeaderFieldsNot,  // all but these
    kText,             // what stands behind the header
    kMime,             // the header of a part; never without a part number
  };

  std::vector<std::uint32_t> part = {};  // 1 and following each; empty: the message
  What what = What::kAll;
  std::vector<std::string> fields = {};  // as the client wrote them, at least one; of kHeaderFields and kHeaderFieldsNot

  bool operator==(const Section&) const = default;
};

// <offset.size> behind a section: so many octets from there on, as many as there are. An offset behind the end gives none.
struct Partial {
  std::uint64_t offset = 0;
  std::uint64_t size = 1;  // never 0
  bool operator==(const Partial&) const = default;
};

struct FetchItem {
  enum class What : std::uint8_t {
    kUid,
    kFlags,
    kInternalDate,
    kRfc822Size,
    kModSequence,  // RFC 7162 §3.1.4
    kEnvelope,
    kBody,           // the structure without extension data
    kBodyStructure,  // … with them
    kSection,        // BODY[…], BODY.PEEK[…]
    kRfc822,         // BODY[] under its old name, as are the next two (RFC 3501 §6.4.5)
    kRfc822Header,   // peeks
    kRfc822Text,
    kBinary,      // BINARY[…]: a part's body without its transfer encoding (RFC 3516); of Section only `part` counts
    kBinarySize,  // octets of that
    kGmailId,     // X-GM-EXT-1: what clients of Gmail ask of every message
    kGmailThread,
    kGmailLabels,
    kEmailId,  // OBJECTID (RFC 8474)
    kThreadId,
  };

  What what = What::kUid;
  Section section = {};  // of kSection, kBinary, kBinarySize
  std::optional<Partial> partial = {};
  bool peeks = false;  // it does not set \Seen

  bool operator==(const FetchItem&) const = default;
};

}  // namespace imap
