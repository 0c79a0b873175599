// What a client did that a lenient server lets pass or a strict one refuses: noticed where it is read, explained elsewhere.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "protocol/remark.h"

namespace pop3 {

enum class RemarkKind : std::uint8_t {
  // The octets of a line.
  kMissingLineEnd,
  kBareLf,  // ended by LF alone
  kBareCr,  // CR that no LF follows
  kLiteralBackslashCrlf,
  kEmptyLine,
  kNulOctet,
  kControlCharacter,
  kNotAscii,  // without UTF8 (RFC 6856 §2)
  kLeadingSpace,
  kTrailingSpace,
  kLineTooLong,  // RFC 2449 §4
  // What somebody else speaks.
  kUnknownCommand,
  kTagged,       // "a1 STAT"
  kImapCommand,  // "a1 LOGIN …"
  kSmtpCommand,  // "EHLO …"
  kHttpRequest,  // "GET / HTTP/1.1"
  kTlsOnPlainPort,
  // Arguments.
  kArgumentMissing,
  kArgumentNotTaken,
  kNoNumber,
  kNumberLeadingZero,
  kNumberNotThere,     // 0, or above the count
  kNumberDeleted,      // of a message that is marked
  kTopWithoutLines,    // one number only
  kDigestNotHexLower,  // APOP
  // Logging in.
  kNotBase64,
  kBase64NoPadding,
  kBase64PythonLiteral,
  kBase64OfNewline,
  kBase64ExtraNewline,
  kAuthPlainFormat,
  kAuthCancelled,
  kLoginIsOver,
  // Order.
  kSpeaksBeforeGreeting,
  kSendsBeforeAnswer,
  kPassBeforeUser,
  kNotLoggedIn,
  kLoggedInAlready,
  kBadSequence,
  kNotOffered,
  kStlsInTls,
  kPlaintextBehindStls,
  kStlsAfterUtf8,
  kSecondSession,
  kNoQuit,  // the connection ended behind a DELE
};

// The name of the mistake in the knowledge files, kebab case. In the order of RemarkKind.
inline constexpr auto kRemarkIds = std::to_array<std::string_view>({
    "mailbox-no-line-end",
    "mailbox-lf-only",
    "cr-only",
    "literal-backslash-crlf",
    "extra-empty-line",
    "nul-bytes",
    "control-characters",
    "pop3-not-ascii",
    "leading-space",
    "trailing-space",
    "pop3-line-too-long",
    "pop3-unknown-command",
    "pop3-tagged",
    "imap-client-on-pop3-port",
    "smtp-client-on-pop3-port",
    "http-client-on-pop3-port",
    "mailbox-tls-on-plain-port",
    "pop3-argument-missing",
    "pop3-argument-not-taken",
    "pop3-no-number",
    "pop3-number-leading-zero",
    "pop3-number-zero",
    "pop3-last-list-number-as-count",
    "pop3-top-one-argument",
    "pop3-digest-form",
    "credentials-not-base64",
    "base64-no-padding",
    "base64-python-literal",
    "base64-of-newline",
    "base64-extra-newline",
    "auth-plain-format",
    "auth-cancelled",
    "login-is-over",
    "speaks-before-greeting",
    "all-commands-at-once",
    "pop3-pass-before-user",
    "pop3-not-logged-in",
    "pop3-logged-in-already",
    "pop3-bad-sequence",
    "pop3-not-offered",
    "pop3-stls-in-tls",
    "plaintext-behind-stls",
    "pop3-stls-after-utf8",
    "pop3-second-session",
    "pop3-no-quit",
});

using protocol::Remark;

constexpr std::string_view id(RemarkKind kind) { return kRemarkIds[static_cast<std::size_t>(kind)]; }

static_assert(id(RemarkKind::kNoQuit) == "pop3-no-quit" && id(RemarkKind::kDigestNotHexLower) == "pop3-digest-form" &&
              id(RemarkKind::kNotBase64) == "credentials-not-base64" &&
              id(RemarkKind::kPassBeforeUser) == "pop3-pass-before-user");

}  // namespace pop3
