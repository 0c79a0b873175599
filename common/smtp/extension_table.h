// The extensions that the core implements, as data: what each keyword of EHLO brings (RFC 5321 §2.2). Which commands it brings
// stands in their rows: input.h.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "smtp/input.h"

namespace smtp {

struct ExtensionRow {
  std::string_view keyword;  // as announced in the answer to EHLO, upper case
  std::string_view rule;     // the document that defines it
};

inline constexpr std::array kExtensions{
    ExtensionRow{"PIPELINING", "RFC 2920"},    ExtensionRow{"SIZE", "RFC 1870"},
    ExtensionRow{"8BITMIME", "RFC 6152"},      ExtensionRow{"BINARYMIME", "RFC 3030"},
    ExtensionRow{"CHUNKING", "RFC 3030"},      ExtensionRow{"SMTPUTF8", "RFC 6531"},
    ExtensionRow{"DSN", "RFC 3461"},           ExtensionRow{"ENHANCEDSTATUSCODES", "RFC 2034"},
    ExtensionRow{"LIMITS", "RFC 9422"},        ExtensionRow{"AUTH", "RFC 4954"},
    ExtensionRow{"STARTTLS", "RFC 3207"},      ExtensionRow{"HELP", "RFC 5321 §4.1.1.8"},
    ExtensionRow{"VRFY", "RFC 5321 §4.1.1.6"}, ExtensionRow{"EXPN", "RFC 5321 §4.1.1.7"},
    ExtensionRow{"ETRN", "RFC 1985"},
};

// The grammar of a parameter's value.
enum class ValueKind : std::uint8_t {
  kNone,    // there is no value
  kSize,    // 1*20DIGIT (RFC 1870 §3)
  kBody,    // 7BIT / 8BITMIME / BINARYMIME (RFC 6152 §2, RFC 3030 §3)
  kAuth,    // a mailbox as xtext, or <> (RFC 4954 §5)
  kRet,     // FULL / HDRS (RFC 3461 §4.3)
  kEnvid,   // xtext (RFC 3461 §4.4)
  kNotify,  // NEVER / 1#( SUCCESS / FAILURE / DELAY ) (RFC 3461 §4.1)
  kOrcpt,   // addr-type ";" xtext (RFC 3461 §4.2)
};

// A parameter of a command, and the extension that must have been announced; otherwise it is 555 (RFC 5321 §4.1.1.11).
struct ParameterRow {
  Input command;
  std::string_view keyword;
  std::string_view extension;
  ValueKind value;
};

inline constexpr std::array kParameters{
    ParameterRow{Input::kMail, "SIZE", "SIZE", ValueKind::kSize},
    ParameterRow{Input::kMail, "BODY", "8BITMIME", ValueKind::kBody},
    ParameterRow{Input::kMail, "BODY", "BINARYMIME", ValueKind::kBody},
    ParameterRow{Input::kMail, "SMTPUTF8", "SMTPUTF8", ValueKind::kNone},
    ParameterRow{Input::kMail, "AUTH", "AUTH", ValueKind::kAuth},
    ParameterRow{Input::kMail, "RET", "DSN", ValueKind::kRet},
    ParameterRow{Input::kMail, "ENVID", "DSN", ValueKind::kEnvid},
    ParameterRow{Input::kRcpt, "NOTIFY", "DSN", ValueKind::kNotify},
    ParameterRow{Input::kRcpt, "ORCPT", "DSN", ValueKind::kOrcpt},
    ParameterRow{Input::kVrfy, "SMTPUTF8", "SMTPUTF8", ValueKind::kNone},
    ParameterRow{Input::kExpn, "SMTPUTF8", "SMTPUTF8", ValueKind::kNone},
};

}  // namespace smtp
