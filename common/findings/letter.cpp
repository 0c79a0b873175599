#include "findings/letter.h"

#include <algorithm>
#include <cstddef>

#include "findings/entity.h"
#include "findings/header.h"
#include "findings/parts.h"
#include "mime/fields.h"
#include "mime/flaws.h"
#include "mime/multipart.h"

namespace findings {
namespace {

constexpr std::size_t kLongestLine = 998;  // RFC 5321 §4.5.3.1.6, without the line end

// Those of mime/flaws.h that are told here under their own names.
std::string_view id_of(mime::Flaw flaw) {
  switch (flaw) {
    case mime::Flaw::kNulInText: return "nul-in-text";
    case mime::Flaw::kMboxFromLine: return "mbox-from-line";
    case mime::Flaw::kEncodedWordCut: return "encoded-word-cut";
    case mime::Flaw::kAddressInEncodedWord: return "address-in-encoded-word";
    case mime::Flaw::kCharsetMismatch:
    case mime::Flaw::kMultipartBoundary:
    case mime::Flaw::kNoBlankLine: break;
  }
  return {};
}

// Of those. Most messages have neither a zero nor an encoded-word: they need not be looked through once more.
bool may_have_flaws(std::string_view message, const Entity& letter) {
  return message.find('\0') != std::string_view::npos || message.starts_with("From ") ||
         letter.header.find("=?") != std::string_view::npos;
}

void add_long_line(std::string_view message, std::vector<Sight>& sights) {
  for (std::size_t at = 0; at < message.size();) {
    // Behind the last line that ends in time; most of them are passed at once.
    const std::size_t near = message.substr(at, kLongestLine + 2).rfind('\n');
    if (near != std::string_view::npos) {
      at += near + 1;
      continue;
    }
    const std::size_t end = std::min(message.find('\n', at), message.size());
    if (end - at > kLongestLine + 1) return sights.push_back({"line-too-long", {at + kLongestLine, end}});
    at = end + 1;
  }
}

}  // namespace

std::vector<Sight> letter_flaws(std::string_view message, const Entity& letter, const Announced& announced) {
  std::vector<Sight> sights;
  for (const mime::Flaw flaw : may_have_flaws(message, letter) ? mime::flaws_in(message) : std::vector<mime::Flaw>()) {
    if (const std::string_view id = id_of(flaw); !id.empty()) sights.push_back({id, {}});
  }
  const std::size_t before = message.size() - letter.whole.size();
  std::vector<Sight> found = header_shape(letter);
  const bool has_header = !letter.fields.empty() && (found.empty() || found.front().id != "body-taken-as-header");
  if (has_header) {
    for (Sight& sight : header_fields(letter, announced)) found.push_back(std::move(sight));
  }
  for (Sight& sight : part_flaws(letter, announced)) found.push_back(std::move(sight));
  for (Sight& sight : found) {
    const bool is_somewhere = sight.where.end > 0;
    if (is_somewhere) sight.where = {sight.where.begin + before, sight.where.end + before};
    sights.push_back(std::move(sight));
  }
  add_long_line(message, sights);
  return sights;
}

}  // namespace findings
