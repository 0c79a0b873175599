#include "mockserver/scenario/message_remarks.h"

#include "mime/flaws.h"

namespace scenario {
namespace {

smtp::RemarkKind kind_of(mime::Flaw flaw) {
  switch (flaw) {
    case mime::Flaw::kNulInText: return smtp::RemarkKind::kNulInText;
    case mime::Flaw::kCharsetMismatch: return smtp::RemarkKind::kCharsetMismatch;
    case mime::Flaw::kMultipartBoundary: return smtp::RemarkKind::kMultipartBoundary;
    case mime::Flaw::kNoBlankLine: return smtp::RemarkKind::kNoBlankLine;
    case mime::Flaw::kMboxFromLine: return smtp::RemarkKind::kMboxFromLine;
    case mime::Flaw::kEncodedWordCut: return smtp::RemarkKind::kEncodedWordCut;
    case mime::Flaw::kAddressInEncodedWord: return smtp::RemarkKind::kAddressInEncodedWord;
  }
  return smtp::RemarkKind::kNulInText;
}

}  // namespace

std::vector<smtp::Remark> message_remarks(std::string_view message) {
  std::vector<smtp::Remark> remarks;
  for (const mime::Flaw flaw : mime::flaws_in(message)) remarks.push_back({kind_of(flaw), {}});
  return remarks;
}

}  // namespace scenario
