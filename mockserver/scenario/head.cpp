#include "mockserver/scenario/head.h"

#include <algorithm>
#include <utility>

#include "document/problems.h"
#include "mockserver/scenario/reading.h"
#include "mockserver/scenario/shape.h"

namespace scenario {
namespace {

// The lines before the first table that is none of the head's. They mean the same without what follows: TOML lets a table
// be written once only. A line of a text or a list that looks like such a table cuts it in two, which is no TOML any more.
std::string_view top_of(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with('[') && !rest.starts_with("[title]") && !rest.starts_with("[summary]")) break;
    const std::size_t end = rest.find('\n');
    at = end == std::string_view::npos ? text.size() : at + end + 1;
  }
  return text.substr(0, at);
}

std::optional<document::Document> skim(std::string_view text, FileKind kind) {
  auto document = document::parse_document({}, top_of(text));
  if (!document) return std::nullopt;
  document::Problems problems(*document);
  check_shape(*document, kind, keys(), problems);
  if (!problems.empty()) return std::nullopt;
  return std::move(*document);
}

}  // namespace

void read_head(const document::Node& root, Head& head) {
  head.title = text_in(root, "title").value_or(core::Text());
  head.summary = text_in(root, "summary").value_or(core::Text());
  head.subject = string_in(root, "subject").value_or("");
  head.code = code_in(root, "code").value_or("");
}

std::optional<Head> skim_scenario(std::string_view text) {
  const auto document = skim(text, FileKind::kScenario);
  if (!document) return std::nullopt;
  Head head;
  read_head(document->root, head);
  head.provider = string_in(document->root, "extends").value_or("");
  return head;
}

std::optional<core::Text> skim_provider(std::string_view text) {
  const auto document = skim(text, FileKind::kProvider);
  return document ? text_in(document->root, "title") : std::nullopt;
}

}  // namespace scenario
