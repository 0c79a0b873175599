// BODY[…]: which octets of a message a client means, and those octets (RFC 9051 §6.4.5).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "imap/fetch_item.h"
#include "imap/message_tree.h"
#include "imap/stored_message.h"
#include "protocol/source.h"

namespace imap {

// The section under the name that RFC822, RFC822.HEADER and RFC822.TEXT have today; of BODY[…] and BINARY[…] the one it says.
[[nodiscard]] Section section_of(const FetchItem& item);

// Where it lies; of HEADER.FIELDS the whole header. Nothing: the message has no such part. Part 1 of what is no multipart is
// its body, and its MIME header that of the message (RFC 9051 §6.4.5.1).
[[nodiscard]] std::optional<Extent> find_section(const MessageTree& tree, const Section& section);

// The part that these numbers name; null: there is none.
[[nodiscard]] const Part* find_part(const MessageTree& tree, const std::vector<std::uint32_t>& numbers);

// So many octets from there on, of which the whole has `size`.
[[nodiscard]] Extent part_of(std::uint64_t size, const std::optional<Partial>& partial);

// The fields of these names, or all but these, folded lines with them, and the empty line at the end where there is one. What
// is no field goes with all but these.
[[nodiscard]] std::string filtered_header(std::string_view header, const Section& section);

// The octets, as many as size() says. NUL, which no literal may have, comes as 0x80, the octet that Dovecot takes for it.
class SectionSource : public protocol::Source {
 public:
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

// Of fields no more than this of a header is looked at.
inline constexpr std::uint64_t kLongestFilteredHeader = std::uint64_t{1} << 20;

// Reads no more of the message than it must. A part that is not there is empty, as in Dovecot; so is what begins behind the
// end. Errors: those of the message; while it is read also that it has become shorter (Blame::kSystem).
[[nodiscard]] core::Result<std::unique_ptr<SectionSource>> open_section(StoredMessage& message, const Section& section,
                                                                        const std::optional<Partial>& partial);

}  // namespace imap
