#include "smtp/auth_line.h"

#include <algorithm>

#include "core/base64.h"

namespace smtp {

core::Result<std::string> decode_response(std::string_view base64, ResponsePlace place) {
  if (base64 == "=" && place == ResponsePlace::kInitial) return std::string();
  return core::base64_decode(base64);
}

void remark_response(std::string_view base64, ResponsePlace place, std::size_t offset, bool plain,
                     std::vector<Remark>& remarks) {
  const core::Span where{offset, offset + base64.size()};
  if (base64 == "*" && place == ResponsePlace::kLater) {
    remarks.push_back({RemarkKind::kAuthCancelled, where});
    return;
  }
  const auto decoded = decode_response(base64, place);
  if (!decoded) {
    const bool python = base64.size() > 2 && base64.front() == 'b' && (base64[1] == '\'' || base64[1] == '"');
    // Only the padding is missing: with it the same characters would decode.
    const std::string padded = std::string(base64) + std::string((4 - base64.size() % 4) % 4, '=');
    remarks.push_back({python                        ? RemarkKind::kBase64PythonLiteral
                       : core::base64_decode(padded) ? RemarkKind::kBase64NoPadding
                                                     : RemarkKind::kCredentialsNotBase64,
                       where});
    return;
  }
  if (decoded->find_first_of("\r\n") != std::string::npos) remarks.push_back({RemarkKind::kBase64OfNewline, where});
  // RFC 4616 §2: [authzid] UTF8NUL authcid UTF8NUL passwd
  if (plain && std::count(decoded->begin(), decoded->end(), '\0') != 2)
    remarks.push_back({RemarkKind::kAuthPlainFormat, where});
}

}  // namespace smtp
