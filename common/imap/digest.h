// What is worked out of a message once and kept: the answers to ENVELOPE, BODYSTRUCTURE and where its sections lie.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "imap/message_tree.h"
#include "mailbox/folder.h"

namespace imap {

struct Digest {
  std::string envelope;  // as append_envelope gives it in ASCII, which whoever understands UTF-8 understands as well
  MessageTree tree;
  bool operator==(const Digest&) const = default;
};

// Reads the content to its end. Errors: those of the content.
[[nodiscard]] core::Result<Digest> digest_of(mailbox::Content& content);

// As octets, for whoever keeps them. Another version of the format, or of what is worked out, has another name: kDigestFormat
// stands beside what is kept, and changes with everything that makes a digest another one.
inline constexpr std::string_view kDigestFormat = "imap-digest-1";
[[nodiscard]] std::string packed(const Digest& digest);
// Nothing: these are not such octets.
[[nodiscard]] std::optional<Digest> unpacked(std::string_view octets);
// The envelope alone, a view into the octets.
[[nodiscard]] std::optional<std::string_view> packed_envelope(std::string_view octets);

}  // namespace imap
