// Lines that begin with no verb of POP3: whose they are.
#pragma once

#include <string_view>

#include "pop3/remark.h"

namespace pop3 {

// What the line shows about who speaks: kEmptyLine, kTlsOnPlainPort, kHttpRequest, kImapCommand, kTagged, kSmtpCommand, and
// kUnknownCommand when nothing of it. REQUIRES: its first word is no verb of POP3.
[[nodiscard]] RemarkKind kind_of_stranger(std::string_view line);

// These octets begin a TLS handshake: a record that holds one, of any version (RFC 8446 §5.1).
[[nodiscard]] bool begins_tls(std::string_view octets);

}  // namespace pop3
