#include "client/stepper/delivered.h"

#include <algorithm>
#include <utility>

#include "client/base/words.h"
#include "core/show.h"

namespace stepper {
namespace {

using client::Word;
using screen::Role;

std::vector<std::string> shown_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t lf = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, lf);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(core::show_bytes(line));
    text.remove_prefix(std::min(lf + 1, text.size()));
  }
  return lines;
}

std::string at(const std::vector<std::string>& lines, std::size_t i) { return i < lines.size() ? lines[i] : std::string(); }

}  // namespace

std::optional<Difference> first_difference(std::string_view content, std::string_view meant) {
  const std::vector<std::string> got = shown_lines(content);
  const std::vector<std::string> wanted = shown_lines(meant);
  for (std::size_t i = 0; i < std::max(got.size(), wanted.size()); ++i) {
    if (i >= got.size() || i >= wanted.size() || got[i] != wanted[i]) return Difference{at(wanted, i), at(got, i)};
  }
  return std::nullopt;
}

std::vector<screen::Line> delivered_lines(const Delivered& message, std::string_view meant, core::Language language) {
  const auto say = [&](Word word) { return std::string(client::word(word, language)); };
  std::string recipients;
  for (const std::string& one : *message.recipients)
    recipients += (recipients.empty() ? "<" : " <") + core::show_bytes(one) + ">";
  std::vector<screen::Line> lines{
      {{Role::kDim, say(Word::kReceivedFrom) + "  "}, {Role::kPlain, "<" + core::show_bytes(message.sender) + ">"}},
      {{Role::kDim, say(Word::kReceivedTo) + "  "}, {Role::kPlain, std::move(recipients)}},
      {}};
  const std::vector<std::string> got = shown_lines(message.content);
  const std::vector<std::string> wanted = shown_lines(meant);
  const std::size_t count = wanted.empty() ? got.size() : std::max(got.size(), wanted.size());
  for (std::size_t i = 0; i < count; ++i) {
    const bool as_meant = wanted.empty() || (i < got.size() && i < wanted.size() && got[i] == wanted[i]);
    screen::Line line{{as_meant ? Role::kPlain : Role::kWarning, at(got, i)}};
    if (!as_meant)
      line.push_back({Role::kDim, "  ! " + say(Word::kMeant) + std::string(client::colon(language)) + at(wanted, i)});
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace stepper
