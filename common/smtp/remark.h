// What a client did that a lenient server lets pass or a strict one refuses: noticed where it is read, explained elsewhere.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/remark.h"

namespace smtp {

enum class RemarkKind : std::uint8_t {
  kMissingCrlf,           // a line whose end never came
  kBareLfCommand,         // ended by LF alone
  kBareCr,                // CR that no LF follows
  kReversedCrlf,          // LF CR
  kLiteralBackslashCrlf,  // the four characters \r\n instead of the two octets
  kStrayEmptyLine,
  kNulBytes,
  kControlCharacters,
  kNonAsciiAddress,
  kLeadingSpace,
  kTrailingSpace,
  kLineTooLong,
  kUnknownCommand,
  kHeloNoArgument,
  kHeloIsAddress,
  kHeloSeveralWords,
  kHeloNotFqdn,
  kNoColon,
  kSpaceAfterColon,
  kNoAngleBrackets,
  kDisplayNameInEnvelope,
  kSeveralRecipientsInOneRcpt,
  kEmptyAddress,
  kBadAddress,
  kSourceRoute,
  kCredentialsNotBase64,
  kBase64NoPadding,
  kBase64PythonLiteral,
  kBase64OfNewline,
  kBase64ExtraNewline,
  kAuthPlainFormat,
  kAuthCancelled,
  kLoginIsOver,
  kHeloThenAuth,
  kStarttlsWithoutEhlo,
  kExtensionNotOffered,
  kBadSequence,
  kNestedMail,
  kNoHelo,
  kRecipientRefusedIgnored,
  kSendsBeforeReply,
  kTalksBeforeGreeting,
  kBodyBefore354,
  kTerminatorNotCrlf,
  kBareLfData,
  kWaitsInsideData,
  kWaitsInsideChunk,
  kPlaintextBehindStarttls,
  kHeloBadLiteral,
  kHeloNotAscii,
  // What shows when a finished message is read; mime/flaws.h finds it.
  kNulInText,
  kCharsetMismatch,
  kMultipartBoundary,
  kNoBlankLine,
  kMboxFromLine,
  kEncodedWordCut,
  kAddressInEncodedWord,
};

// The name of the mistake in scenarios/knowledge/mistakes.toml, kebab case. In the order of RemarkKind.
inline constexpr auto kRemarkIds = std::to_array<std::string_view>({
    "missing-crlf",
    "bare-lf-command",
    "bare-cr",
    "reversed-crlf",
    "literal-backslash-crlf",
    "stray-empty-line",
    "nul-bytes",
    "control-characters",
    "non-ascii-address",
    "leading-space",
    "trailing-space",
    "line-too-long-command",
    "unknown-command",
    "helo-no-argument",
    "helo-is-address",
    "helo-several-words",
    "helo-not-fqdn",
    "no-colon",
    "space-after-colon",
    "no-angle-brackets",
    "display-name-in-envelope",
    "several-recipients-in-one-rcpt",
    "empty-address",
    "bad-address",
    "source-route",
    "credentials-not-base64",
    "base64-no-padding",
    "base64-python-literal",
    "base64-of-newline",
    "base64-extra-newline",
    "auth-plain-format",
    "auth-cancelled",
    "login-is-over",
    "helo-then-auth",
    "starttls-without-new-ehlo",
    "extension-not-offered",
    "bad-sequence",
    "nested-mail",
    "no-helo",
    "recipient-refused-ignored",
    "sends-before-reply",
    "talks-before-greeting",
    "body-before-354",
    "terminator-not-crlf",
    "bare-lf-data",
    "waits-inside-data",
    "waits-inside-chunk",
    "plaintext-behind-starttls",
    "helo-bad-literal",
    "helo-not-ascii",
    "nul-in-text",
    "charset-mismatch",
    "multipart-boundary",
    "no-blank-line",
    "mbox-from-line",
    "encoded-word-cut",
    "address-in-encoded-word",
});

using protocol::Remark;

constexpr std::string_view id(RemarkKind kind) { return kRemarkIds[static_cast<std::size_t>(kind)]; }

static_assert(id(RemarkKind::kPlaintextBehindStarttls) == "plaintext-behind-starttls" &&
              id(RemarkKind::kBadAddress) == "bad-address" && id(RemarkKind::kAuthCancelled) == "auth-cancelled" &&
              id(RemarkKind::kNoHelo) == "no-helo" && id(RemarkKind::kAddressInEncodedWord) == "address-in-encoded-word");

}  // namespace smtp
