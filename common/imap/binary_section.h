// BINARY[…]: a part's body without its transfer encoding (RFC 3516, RFC 9051 §6.4.5).
#pragma once

#include <memory>
#include <optional>

#include "core/result.h"
#include "imap/fetch_item.h"
#include "imap/section.h"
#include "imap/stored_message.h"

namespace imap {

class BinarySource : public SectionSource {
 public:
  // There is a NUL among the octets, which only a literal8 may have.
  [[nodiscard]] virtual bool has_nul() const = 0;
};

// Walks through the part twice, since its size comes before it. What is no multipart and no message is decoded, what has an
// encoding that nobody knows comes as it is; the whole of a message (BINARY[]) comes as BODY[] does. A part that is not there
// is empty. The message outlives it. Errors: as of open_section().
[[nodiscard]] core::Result<std::unique_ptr<BinarySource>> open_binary(StoredMessage& message, const Section& section,
                                                                      const std::optional<Partial>& partial);

}  // namespace imap
