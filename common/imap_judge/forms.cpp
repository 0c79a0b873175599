#include "imap_judge/forms.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "core/text.h"
#include "findings/octets.h"
#include "imap/cursor.h"
#include "imap_judge/arguments.h"
#include "imap_judge/login_form.h"

namespace imap_judge {
namespace {

using findings::Sight;
using imap::Input;

std::string_view word_at(std::string_view text, const Scan& words, std::size_t index) {
  return index < words.words.size() ? words.words[index].in(text) : std::string_view();
}

bool is_verb(std::string_view word) { return imap::find_command(word).has_value(); }

// Octets that are none of a command, whatever else is wrong with the line.
std::optional<Sight> strange_octets(std::string_view text, const Scan& words) {
  const std::size_t nul = text.find('\0');
  if (words.control && nul == *words.control) return Sight{"nul-bytes", {nul, nul + 1}};
  for (const std::string_view typed : {"\\r\\n", "\\n"}) {
    if (text.ends_with(typed)) return Sight{"literal-backslash-crlf", {text.size() - typed.size(), text.size()}};
  }
  if (!words.control) return std::nullopt;
  return Sight{text[*words.control] == '\r' ? "cr-only" : "control-characters", {*words.control, *words.control + 1}};
}

// "LOGIN alice secret", "NOOP": the verb stands where the tag has to be. A tag may have the name of a command, and then a
// command follows it.
std::optional<Sight> wrong_tag(std::string_view text, const Scan& words) {
  const std::string_view first = word_at(text, words, 0);
  const std::string_view second = word_at(text, words, 1);
  if (is_verb(first) && !is_verb(second))
    return Sight{"missing-tag", words.words[0].where, true, core::same("a1 " + std::string(first) + " …")};
  const bool is_uid = core::equals_ignoring_case(first, "UID") && is_verb(second) && !is_verb(word_at(text, words, 2));
  if (is_uid && words.words.size() > 2 && imap::SequenceSet::parse(word_at(text, words, 2)))
    return Sight{"missing-tag", words.words[0].where, false, core::same("a1 UID …")};
  if (!imap::is_tag(first) && is_verb(second)) return Sight{"imap-bad-tag", words.words[0].where, true, core::same("a1")};
  return std::nullopt;
}

std::optional<Sight> brackets(const Line& line, const Scan& words) {
  const std::string_view text = line.text();
  if (words.behind_literal) return Sight{"literal-length-wrong", {*words.behind_literal, text.size()}};
  if (!words.unended || line.input == Input::kLiteral) return std::nullopt;
  return Sight{"unbalanced-brackets", {*words.unended, text.size()}};
}

// A command that we do not know and the server does: it offers the extension that brings it.
bool is_of_extension(std::string_view verb, const Known& known) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kBrought{
      {{"GETQUOTA", "QUOTA"}, {"GETQUOTAROOT", "QUOTA"}, {"GETACL", "ACL"}, {"MYRIGHTS", "ACL"}, {"GETMETADATA", "METADATA"}}};
  const auto is_it = [&](const auto& one) { return core::equals_ignoring_case(one.first, verb) && known.offers(one.second); };
  if (!known.capabilities || verb.empty()) return false;
  if (std::any_of(kBrought.begin(), kBrought.end(), is_it)) return true;
  const auto& offered = known.capabilities->words();  // COMPRESS=DEFLATE brings COMPRESS
  return std::any_of(offered.begin(), offered.end(), [&](const std::string& one) {
    return core::equals_ignoring_case(std::string_view(one).substr(0, one.find('=')), verb);
  });
}

}  // namespace

std::vector<Sight> forms_of(const Line& line, const Known& known) {
  const std::string_view text = line.text();
  if (const auto prefix = findings::length_prefix(line.bytes)) return {*prefix};
  if (text.empty()) return {Sight{"extra-empty-line", {0, line.bytes.size()}}};
  const Scan words = scan(text);
  if (words.words.empty()) return {Sight{"extra-empty-line", {0, line.bytes.size()}}};
  if (const auto strange = strange_octets(text, words)) return {*strange};
  if (core::equals_ignoring_case(core::trim(text), "DONE")) return {Sight{"done-without-idle", {0, text.size()}}};
  if (const auto tag = wrong_tag(text, words)) return {*tag};
  const bool is_login = core::equals_ignoring_case(word_at(text, words, 1), "LOGIN");
  if (is_login) {
    if (const auto wrong = login_form(line)) return {*wrong};
  }
  if (const auto open = brackets(line, words)) return {*open};
  if (line.is(Input::kUnknown)) {
    if (is_of_extension(word_at(text, words, 1), known)) return {};
    const core::Span where = words.words.size() > 1 ? words.words[1].where : core::Span{0, text.size()};
    return {Sight{"wrong-command-word", where}};
  }
  return is_login ? std::vector<Sight>() : arguments_of(line, words, known);
}

std::optional<Sight> refused_form(const Line& line) {
  const bool has_fault = line.is_command() && line.parsed.verb != Input::kUnknown && line.parsed.fault.has_value();
  if (!has_fault) return std::nullopt;
  return Sight{"imap-arguments", {0, line.text().size()}, true, core::same(imap::row(line.parsed.verb).grammar)};
}

bool spoils_command(const std::vector<Sight>& sights) {
  constexpr std::array<std::string_view, 9> kSpoilers{
      "missing-tag", "imap-bad-tag",           "extra-empty-line",   "wrong-command-word", "nul-bytes",
      "cr-only",     "literal-backslash-crlf", "control-characters", "length-prefix"};
  return std::any_of(sights.begin(), sights.end(), [&](const Sight& sight) {
    return std::find(kSpoilers.begin(), kSpoilers.end(), sight.id) != kSpoilers.end();
  });
}

bool is_harmless(std::string_view id) { return id == "mailbox-lf-only" || id == "tag-reused"; }

}  // namespace imap_judge
