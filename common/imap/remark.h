// What a client did that a lenient server lets pass or a strict one refuses: noticed where it is read, explained elsewhere.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocol/remark.h"

namespace imap {

enum class RemarkKind : std::uint8_t {
  kMissingLineEnd,
  kBareLf,  // a line ended by LF alone
  kTlsOnPlainPort,
  kSpeaksBeforeGreeting,
};

// The name of the mistake in the knowledge files, kebab case. In the order of RemarkKind.
inline constexpr auto kRemarkIds = std::to_array<std::string_view>({
    "mailbox-no-line-end",
    "mailbox-lf-only",
    "mailbox-tls-on-plain-port",
    "speaks-before-greeting",
});

using protocol::Remark;

constexpr std::string_view id(RemarkKind kind) { return kRemarkIds[static_cast<std::size_t>(kind)]; }

static_assert(id(RemarkKind::kSpeaksBeforeGreeting) == "speaks-before-greeting");

}  // namespace imap
