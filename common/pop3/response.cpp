#include "pop3/response.h"

namespace pop3 {
namespace {

RemarkKind kind_of(sasl::ResponseFlaw flaw) {
  switch (flaw) {
    case sasl::ResponseFlaw::kNotBase64: return RemarkKind::kNotBase64;
    case sasl::ResponseFlaw::kNoPadding: return RemarkKind::kBase64NoPadding;
    case sasl::ResponseFlaw::kPythonLiteral: return RemarkKind::kBase64PythonLiteral;
    case sasl::ResponseFlaw::kOfNewline: return RemarkKind::kBase64OfNewline;
    case sasl::ResponseFlaw::kPlainFormat: return RemarkKind::kAuthPlainFormat;
    case sasl::ResponseFlaw::kCancelled: break;
  }
  return RemarkKind::kAuthCancelled;
}

}  // namespace

void remark_response(std::string_view base64, sasl::ResponsePlace place, std::size_t offset, bool plain,
                     std::vector<Remark>& remarks) {
  for (const sasl::ResponseFlaw flaw : sasl::flaws_of_response(base64, place, plain))
    remarks.push_back({kind_of(flaw), {offset, offset + base64.size()}});
}

}  // namespace pop3
