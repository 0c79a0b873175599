#include "smtp_judge/forms.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/ascii.h"
#include "core/text.h"
#include "findings/octets.h"

namespace smtp_judge {
namespace {

using findings::Sight;
using smtp::Input;
using smtp::RemarkKind;

constexpr std::size_t kLongestCommand = 512;  // RFC 5321 §4.5.3.1.4, line end included

// Octets that are none of a command: whatever else is wrong with the line follows from them. The first that is there counts.
constexpr std::array kStrangers{RemarkKind::kNulBytes, RemarkKind::kReversedCrlf, RemarkKind::kLiteralBackslashCrlf,
                                RemarkKind::kControlCharacters, RemarkKind::kBareCr};

// What may stand beside anything else.
constexpr std::array kAside{RemarkKind::kLeadingSpace, RemarkKind::kTrailingSpace};

// Told elsewhere, where more is known than the line.
constexpr std::array kElsewhere{RemarkKind::kBareLfCommand, RemarkKind::kMissingCrlf};

template <std::size_t kCount>
bool is_one_of(protocol::MistakeId kind, const std::array<RemarkKind, kCount>& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Sight sight_of(const smtp::Remark& remark) { return {remark.kind.text(), remark.where}; }

bool has(const std::vector<Sight>& sights, std::string_view id) {
  return std::any_of(sights.begin(), sights.end(), [&](const Sight& sight) { return sight.id == id; });
}

// word: in capitals.
std::size_t find_ignoring_case(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = from; at + word.size() <= text.size(); ++at) {
    const bool may_begin = text[at] == word.front() || text[at] == word.front() + ('a' - 'A');  // most do not
    if (may_begin && core::equals_ignoring_case(text.substr(at, word.size()), word)) return at;
  }
  return std::string_view::npos;
}

// The same of two words with a blank between them, behind the first of the text: few lines have another blank.
std::size_t find_verb_behind(std::string_view text, std::string_view words) {
  const std::size_t first = words.find(' ');
  for (std::size_t blank = text.find(' ', 5 + first); blank != std::string_view::npos; blank = text.find(' ', blank + 1)) {
    const std::string_view here = text.substr(blank - first, words.size());
    if (core::equals_ignoring_case(here, words)) return blank - first;
  }
  return std::string_view::npos;
}

// A command behind something that is none, which had no end: "helloHELO client.example".
std::optional<Sight> glued_to_a_word(std::string_view text) {
  const std::string_view word = text.substr(0, text.find(' '));
  for (const std::string_view verb : {"HELO", "EHLO"}) {
    if (word.size() > verb.size() && word.size() < text.size() && word.ends_with(verb))
      return Sight{"missing-crlf", {word.size() - verb.size(), text.size()}};
  }
  for (const std::string_view verb : {"MAIL FROM:<", "RCPT TO:<"}) {
    const std::size_t at = text.find(verb);
    if (at != std::string_view::npos && at > 0 && core::is_alnum(text[at - 1])) return Sight{"missing-crlf", {at, text.size()}};
  }
  return std::nullopt;
}

// A second command on the line: no end stood between them.
std::optional<Sight> glued(const Line& line) {
  const std::string_view text = line.text();
  if (line.input == Input::kUnknown) return glued_to_a_word(text);
  for (const std::string_view word : {"MAIL FROM", "RCPT TO"}) {
    const std::size_t at = find_verb_behind(text, word);
    if (at != std::string_view::npos) return Sight{"missing-crlf", {at, text.size()}};
  }
  const std::size_t close = text.find('>');
  if (close == std::string_view::npos || !(line.input == Input::kMail || line.input == Input::kRcpt)) return std::nullopt;
  for (const std::string_view word : {"DATA", "QUIT", "RSET"}) {
    if (core::equals_ignoring_case(text.substr(close + 1), word)) return Sight{"missing-crlf", {close + 1, text.size()}};
  }
  return std::nullopt;
}

bool has_high(std::string_view text) { return std::any_of(text.begin(), text.end(), core::is_high); }

// RFC 6531 §3.1: letters outside ASCII stand in addresses only where SMTPUTF8 was said.
std::optional<Sight> non_ascii(const Line& line, const Known& known) {
  const bool is_envelope = line.input == Input::kMail || line.input == Input::kRcpt;
  const std::string_view text = line.text();
  if (!is_envelope || !has_high(text)) return std::nullopt;
  const auto says = [](const smtp::Command& mail) { return smtp::find_parameter(mail.parameters, "SMTPUTF8") != nullptr; };
  const bool declared = line.input == Input::kMail ? line.parsed.command && says(*line.parsed.command) : says(known.mail);
  if (declared && known.extensions.offers("SMTPUTF8")) return std::nullopt;
  const auto first = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), core::is_high) - text.begin());
  const auto last = static_cast<std::size_t>(std::find_if(text.rbegin(), text.rend(), core::is_high).base() - text.begin());
  return Sight{"non-ascii-address", {first, last}};
}

// "MAIL TO:<…>", "RCPT FROM:<…>".
std::optional<Sight> swapped(const Line& line) {
  const std::string_view text = core::trim(line.text());
  for (const std::string_view wrong : {"MAIL TO", "RCPT FROM"}) {
    if (core::starts_with_ignoring_case(text, wrong)) {
      const core::Text expected = core::same(wrong.starts_with('M') ? "MAIL FROM:<…>" : "RCPT TO:<…>");
      return Sight{"unknown-command", {0, wrong.size()}, true, expected};
    }
  }
  return std::nullopt;
}

// RFC 5321 §2.4: any letter case will do; it is only worth a word.
std::optional<Sight> small_letters(const Line& line) {
  const std::string_view text = line.text();
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::string_view verb = smtp::row(line.input).verb;
  if (verb.empty() || text.substr(begin, verb.size()) == verb) return std::nullopt;
  return Sight{"lowercase-verb", {begin, begin + verb.size()}};
}

std::optional<Sight> small_from(const Line& line) {
  if (line.input != Input::kMail && line.input != Input::kRcpt) return std::nullopt;
  const std::string_view text = line.text();
  const std::string_view word = line.input == Input::kMail ? "FROM" : "TO";
  const std::size_t at = find_ignoring_case(text, word, 4);
  if (at > 6 || text.substr(at, word.size()) == word) return std::nullopt;
  return Sight{"lowercase-verb", {at, at + word.size()}};
}

// The remarks that name what is wrong with the command, not with its octets.
void add_grammar(const Line& line, const Known& known, std::vector<Sight>& sights) {
  const auto foreign = non_ascii(line, known);
  if (foreign) sights.push_back(*foreign);
  for (const smtp::Remark& remark : line.parsed.remarks) {
    if (findings::is_masked(line.text(), remark.where)) continue;
    if (is_one_of(remark.kind, kStrangers) || is_one_of(remark.kind, kAside) || is_one_of(remark.kind, kElsewhere)) continue;
    const bool is_address = remark.kind == RemarkKind::kBadAddress || remark.kind == RemarkKind::kNonAsciiAddress;
    if (is_address && (foreign || is_local_name(line))) continue;
    sights.push_back(sight_of(remark));
  }
  if (const auto sight = swapped(line)) sights.push_back(*sight);
}

}  // namespace

bool is_foreign(std::string_view line) {
  const std::string upper = core::to_upper(line);
  constexpr std::array<std::string_view, 6> kHttp{"GET /", "POST /", "HEAD /", "PUT /", "OPTIONS ", "CONNECT "};
  constexpr std::array<std::string_view, 7> kPop3{"USER ", "PASS ", "STAT", "LIST", "RETR ", "APOP ", "UIDL"};
  constexpr std::array<std::string_view, 5> kImap{"LOGIN ", "SELECT ", "CAPABILITY", "AUTHENTICATE ", "EXAMINE "};
  const auto begins = [](std::string_view text, const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return text.starts_with(word) && (word.ends_with(' ') || word.ends_with('/') || text.size() == word.size());
    });
  };
  if (begins(std::string_view(upper), kHttp) || begins(std::string_view(upper), kPop3)) return true;
  const std::size_t space = upper.find(' ');
  if (space == 0 || space == std::string::npos) return false;
  const std::string_view tag = std::string_view(upper).substr(0, space);
  const bool is_tag = tag.size() <= 8 && std::any_of(tag.begin(), tag.end(), core::is_digit);
  return is_tag && begins(std::string_view(upper).substr(space + 1), kImap);
}

bool is_local_name(const Line& line) {
  const auto command = smtp::taken_as_written(line.text(), line.input);
  if (!command) return false;
  const std::string address = command->path.address();
  return !address.empty() &&
         std::all_of(address.begin(), address.end(),
                     [](char c) { return core::is_alnum(c) || c == '-' || c == '_' || c == '+'; }) &&
         line.text().find(address + ">") != std::string_view::npos && line.text().find('@') == std::string_view::npos;
}

std::vector<Sight> forms_of(const Line& line, const Known& known) {
  std::vector<Sight> sights;
  if (const auto prefix = findings::length_prefix(line.bytes)) return {*prefix};
  if (const auto second = glued(line)) return {*second};
  for (const RemarkKind kind : kStrangers) {
    for (const smtp::Remark& remark : line.parsed.remarks) {
      if (remark.kind == kind && sights.empty()) sights.push_back(sight_of(remark));
    }
  }
  const bool has_strangers = !sights.empty();
  if (!has_strangers) add_grammar(line, known, sights);
  for (const smtp::Remark& remark : line.parsed.remarks) {
    const bool is_gap =
        remark.kind == RemarkKind::kTrailingSpace && has(sights, "helo-no-argument");  // nothing stands before it
    if (is_one_of(remark.kind, kAside) && !is_gap) sights.push_back(sight_of(remark));
  }
  if (line.bytes.size() > kLongestCommand && line.chunk_begin == 0 && line.input != Input::kAuth)
    sights.push_back({"line-too-long-command", {kLongestCommand, line.bytes.size()}});
  if (has_strangers) return sights;
  for (const auto& sight : {small_letters(line), small_from(line)}) {
    if (sight) sights.push_back(*sight);
  }
  return sights;
}

}  // namespace smtp_judge
