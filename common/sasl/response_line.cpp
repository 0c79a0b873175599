#include "sasl/response_line.h"

#include <algorithm>

#include "core/base64.h"

namespace sasl {
namespace {

ResponseFlaw flaw_of_encoding(std::string_view base64) {
  const bool python = base64.size() > 2 && base64.front() == 'b' && (base64[1] == '\'' || base64[1] == '"');
  if (python) return ResponseFlaw::kPythonLiteral;
  const std::string padded = std::string(base64) + std::string((4 - base64.size() % 4) % 4, '=');
  return core::base64_decode(padded) ? ResponseFlaw::kNoPadding : ResponseFlaw::kNotBase64;
}

}  // namespace

core::Result<std::string> decode_response(std::string_view base64, ResponsePlace place) {
  if (base64 == "=" && place == ResponsePlace::kInitial) return std::string();
  return core::base64_decode(base64);
}

std::vector<ResponseFlaw> flaws_of_response(std::string_view base64, ResponsePlace place, bool plain) {
  if (base64 == "*" && place == ResponsePlace::kLater) return {ResponseFlaw::kCancelled};
  const auto decoded = decode_response(base64, place);
  if (!decoded) return {flaw_of_encoding(base64)};
  std::vector<ResponseFlaw> flaws;
  if (decoded->find_first_of("\r\n") != std::string::npos) flaws.push_back(ResponseFlaw::kOfNewline);
  // RFC 4616 §2: [authzid] UTF8NUL authcid UTF8NUL passwd
  if (plain && std::count(decoded->begin(), decoded->end(), '\0') != 2) flaws.push_back(ResponseFlaw::kPlainFormat);
  return flaws;
}

}  // namespace sasl
