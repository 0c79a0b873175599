// Values of the SMTP core as short text, so that a failing check shows what it saw.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/show.h"
#include "smtp/client_stream.h"
#include "smtp/remark.h"
#include "smtp/reply.h"

namespace test {

// "bare-lf-command no-helo", in alphabetical order; "" for none.
inline std::string describe(const std::vector<smtp::Remark>& remarks) {
  std::vector<std::string> ids;
  for (const smtp::Remark& remark : remarks) ids.emplace_back(remark.kind.text());
  std::sort(ids.begin(), ids.end());
  std::string out;
  for (const std::string& one : ids) out += (out.empty() ? "" : " ") + one;
  return out;
}

inline bool has(const std::vector<smtp::Remark>& remarks, smtp::RemarkKind kind) {
  return std::any_of(remarks.begin(), remarks.end(), [&](const smtp::Remark& remark) { return remark.kind == kind; });
}

// Every span lies within `length` octets.
inline bool spans_fit(const std::vector<smtp::Remark>& remarks, std::size_t length) {
  return std::all_of(remarks.begin(), remarks.end(), [&](const smtp::Remark& remark) {
    return remark.where.begin <= remark.where.end && remark.where.end <= length;
  });
}

inline bool spans_fit(const std::vector<core::Span>& spans, std::size_t length) {
  return std::all_of(spans.begin(), spans.end(),
                     [&](const core::Span& span) { return span.begin <= span.end && span.end <= length; });
}

// "250[first|second]".
inline std::string describe(const smtp::Reply& reply) {
  std::string out = std::to_string(reply.code.value()) + "[";
  for (std::size_t i = 0; i < reply.lines.size(); ++i) out += (i == 0 ? "" : "|") + core::show_bytes(reply.lines[i]);
  return out + "]";
}

// Everything in it, on one line: `mail "MAIL FROM:<a@b>␍␊" crlf ok`.
inline std::string describe(const smtp::Said& said) {
  std::string out(smtp::name(said.input));
  out += " \"" + core::show_bytes(said.bytes) + "\"";
  out += said.line_end == smtp::LineEnd::kCrlf ? " crlf" : said.line_end == smtp::LineEnd::kLf ? " lf" : " no-end";
  if (said.command) out += " ok";
  if (said.fault) {
    out += said.fault->fault == smtp::CommandFault::kUnknownVerb ? " unknown"
           : said.fault->fault == smtp::CommandFault::kSyntax    ? " syntax"
                                                                 : " too-long";
  }
  if (said.input == smtp::Input::kMessage) out += " message \"" + core::show_bytes(said.message) + "\"";
  if (said.too_large) out += " too-large";
  if (!said.remarks.empty()) out += " (" + describe(said.remarks) + ")";
  for (const core::Span& span : said.secrets) {
    out += " secret " + std::to_string(span.begin) + "-" + std::to_string(span.end);
  }
  return out;
}

}  // namespace test
