// A client's response as it stands on a line, in base64 (RFC 4954 §4, RFC 5034 §4), and what beginners do to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace sasl {

// Where a response stands: an empty one is "=" behind the mechanism, later an empty line is.
enum class ResponsePlace : std::uint8_t { kInitial, kLater };

// Decodes a response. The error says what is wrong with the base64.
[[nodiscard]] core::Result<std::string> decode_response(std::string_view base64, ResponsePlace place = ResponsePlace::kInitial);

enum class ResponseFlaw : std::uint8_t {
  kNotBase64,
  kNoPadding,      // with it the same characters would decode
  kPythonLiteral,  // b'…'
  kOfNewline,      // what it decodes to holds a line end
  kPlainFormat,    // of the one response of PLAIN: not two NULs (RFC 4616 §2)
  kCancelled,      // "*"
};

// The name of the mistake in scenarios/knowledge/mistakes.toml, the same in every protocol.
constexpr std::string_view id(ResponseFlaw flaw) {
  switch (flaw) {
    case ResponseFlaw::kNotBase64: return "credentials-not-base64";
    case ResponseFlaw::kNoPadding: return "base64-no-padding";
    case ResponseFlaw::kPythonLiteral: return "base64-python-literal";
    case ResponseFlaw::kOfNewline: return "base64-of-newline";
    case ResponseFlaw::kPlainFormat: return "auth-plain-format";
    case ResponseFlaw::kCancelled: break;
  }
  return "auth-cancelled";
}

// What is odd about a response. plain: it is the one response of mechanism PLAIN.
[[nodiscard]] std::vector<ResponseFlaw> flaws_of_response(std::string_view base64, ResponsePlace place, bool plain);

}  // namespace sasl
