#include "pop3_judge/forms.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/ascii.h"
#include "core/text.h"
#include "findings/octets.h"
#include "pop3/remark.h"
#include "pop3/words.h"

namespace pop3_judge {
namespace {

using findings::Sight;
using pop3::Input;
using pop3::RemarkKind;

constexpr std::size_t kLongestCommand = 255;  // RFC 2449 §4, line end included

// Octets that are none of a command: whatever else is wrong with the line follows from them. The first that is there counts.
constexpr std::array kStrangers{RemarkKind::kNulOctet, RemarkKind::kLiteralBackslashCrlf, RemarkKind::kControlCharacter,
                                RemarkKind::kBareCr};
// What may stand beside anything else.
constexpr std::array kAside{RemarkKind::kLeadingSpace, RemarkKind::kTrailingSpace, RemarkKind::kNumberLeadingZero};

template <std::size_t kCount>
bool is_one_of(protocol::MistakeId kind, const std::array<RemarkKind, kCount>& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

core::Text expected_at(const Line& line, protocol::MistakeId kind) {
  if (kind == RemarkKind::kDigestNotHexLower) return core::same("APOP user md5-hex(stamp password)");
  const std::string_view grammar = pop3::row(line.input).grammar;
  return grammar.empty() ? core::Text{} : core::same(grammar);
}

bool is_verb(std::string_view word) { return pop3::find_command(word).has_value(); }

// Where a second command begins that no line end separates from the first: "STATQUIT", "RETR 1DELE 1", "USER alicePASS pw".
std::optional<std::size_t> second_command(const Line& line) {
  const std::string_view text = line.text();
  std::string_view rest = text;
  const std::string_view first = pop3::take_word(rest);
  const auto begin = static_cast<std::size_t>(first.data() - text.data());
  if (line.input == Input::kUnknown) {
    for (const std::size_t length : {std::size_t{4}, std::size_t{3}}) {
      if (first.size() > length && is_verb(first.substr(0, length)) && is_verb(first.substr(length))) return begin + length;
    }
    return std::nullopt;
  }
  std::string_view behind = rest;
  const std::string_view word = pop3::take_word(behind);
  const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
  const auto at = static_cast<std::size_t>(word.data() - text.data());
  if (digits > 0 && digits < word.size() && is_verb(word.substr(digits))) return at + digits;
  const bool is_login =
      line.input == Input::kUser && word.size() > 4 && core::to_upper(word).ends_with("PASS") && !behind.empty();
  return is_login ? std::optional(at + word.size() - 4) : std::nullopt;
}

// The remarks that name what is wrong with the command, not with its octets.
void add_grammar(const Line& line, const Known& known, std::vector<Sight>& sights) {
  for (const protocol::Remark& remark : line.parsed.remarks) {
    if (findings::is_masked(line.text(), remark.where)) continue;
    if (is_one_of(remark.kind, kStrangers) || is_one_of(remark.kind, kAside)) continue;
    if (remark.kind == RemarkKind::kNotAscii && known.utf8) continue;
    const bool is_of_login = std::string_view(remark.kind.text()).starts_with("base64") ||
                             std::string_view(remark.kind.text()).starts_with("credentials") ||
                             std::string_view(remark.kind.text()).starts_with("auth-");
    if (!is_of_login) sights.push_back({remark.kind.text(), remark.where, true, expected_at(line, remark.kind)});
  }
}

}  // namespace

std::vector<Sight> forms_of(const Line& line, const Known& known) {
  if (const auto prefix = findings::length_prefix(line.bytes)) return {*prefix};
  if (const auto at = second_command(line)) return {Sight{"mailbox-no-line-end", {*at, *at}, true, core::same("\\r\\n")}};
  std::vector<Sight> sights;
  for (const RemarkKind kind : kStrangers) {
    for (const protocol::Remark& remark : line.parsed.remarks) {
      if (remark.kind == kind && sights.empty()) sights.push_back({pop3::id(kind), remark.where});
    }
  }
  const bool may_be_long = line.input == Input::kAuth;
  if (line.bytes.size() > kLongestCommand && !may_be_long) {
    // Whoever sends so much at once has sent something else; that it is no command either goes without saying.
    return {Sight{"pop3-line-too-long", {kLongestCommand, line.bytes.size()}}};
  }
  if (sights.empty()) add_grammar(line, known, sights);
  for (const protocol::Remark& remark : line.parsed.remarks) {
    if (is_one_of(remark.kind, kAside)) sights.push_back({remark.kind.text(), remark.where});
  }
  return sights;
}

bool spoils_command(const std::vector<Sight>& sights) {
  constexpr std::array<std::string_view, 10> kSpoilers{
      "pop3-unknown-command",   "pop3-tagged",        "extra-empty-line", "mailbox-no-line-end", "nul-bytes", "length-prefix",
      "literal-backslash-crlf", "control-characters", "cr-only",          "pop3-line-too-long"};
  return std::any_of(sights.begin(), sights.end(), [&](const Sight& sight) {
    return std::find(kSpoilers.begin(), kSpoilers.end(), sight.id) != kSpoilers.end();
  });
}

bool is_harmless(std::string_view id) {
  return id == "mailbox-lf-only" || id == "trailing-space" || id == "pop3-number-leading-zero" || id == "pop3-not-ascii";
}

}  // namespace pop3_judge
