#include "client/commands/known_replies.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"
#include "mockserver/scenario/template.h"
#include "mockserver/scenario/template_scanner.h"

namespace commands {
namespace {

constexpr std::size_t kShortestPart = 8;  // octets of a beginning or a middle that say which reply is meant

// Blanks at the end of a line get lost on the way through a terminal.
std::string_view without_trailing_blanks(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// The words of a line behind "553 " or "250-".
std::string_view words_of(std::string_view line) {
  return line.size() > 4 ? without_trailing_blanks(line.substr(4)) : std::string_view();
}

// Octets of the template that are no placeholder: how much a match says.
std::size_t literal_octets(std::string_view words) {
  std::size_t octets = 0;
  scenario::TemplateScanner scanner(words);
  for (auto part = scanner.next(); part && part->has_value(); part = scanner.next()) {
    if (!(*part)->is_placeholder) octets += (*part)->text.size();
  }
  return octets;
}

// What stands before the first placeholder.
std::string beginning_of(std::string_view words) {
  scenario::TemplateScanner scanner(words);
  const auto part = scanner.next();
  return part && part->has_value() && !(*part)->is_placeholder ? std::string((*part)->text) : std::string();
}

// Every run of digits as one 0: node names (smtp11, smtp13) and ports differ from day to day.
std::string without_numbers(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) out += c;
    if (digit && !out.ends_with('0')) out += '0';
  }
  return out;
}

// How well the words fit the template: the octets that are alike, nothing when they do not fit. People copy the beginning
// of a line as well as the whole.
std::optional<std::size_t> closeness(std::string_view line, std::string_view words) {
  const std::string_view actual = without_trailing_blanks(line);
  if (scenario::could_be(actual, words)) return 2 * literal_octets(words);
  const std::string about = without_numbers(actual);
  const std::string alike = without_numbers(words);
  if (scenario::could_be(about, alike)) return literal_octets(alike);
  if (about.size() >= kShortestPart && beginning_of(alike).starts_with(about)) return about.size();
  return std::nullopt;
}

// The same for whole replies, where octets that are alike are needed: 0 when there are none.
std::size_t closeness(const smtp::Reply& reply, const scenario::ReplyEntry& entry) {
  if (reply.code != entry.code) return 0;
  std::size_t all = 0;
  if (reply.lines.size() == 1) {
    for (const std::string& line : entry.lines) all = std::max(all, closeness(reply.lines.front(), words_of(line)).value_or(0));
    return all;
  }
  if (reply.lines.size() != entry.lines.size()) return 0;
  for (std::size_t i = 0; i < entry.lines.size(); ++i) {
    const auto one = closeness(reply.lines[i], words_of(entry.lines[i]));
    if (!one) return 0;
    all += *one;
  }
  return all;
}

}  // namespace

KnownReplies::KnownReplies(const scenario::Catalogue& catalogue) {
  std::vector<std::string> names = catalogue.provider_names();
  const std::size_t providers = names.size();
  // A reply of a scenario's own has a reason; most scenarios have none, and loading them all takes as long as the rest.
  const std::vector<std::string> ids = catalogue.ids_with("because");
  names.insert(names.end(), ids.begin(), ids.end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto scenario = catalogue.load(names[i]);
    if (scenario) {
      if (i < providers) providers_.push_back({names[i], scenario->title, scenario->signs});
      add(*scenario);
    } else if (std::find(failures_.begin(), failures_.end(), scenario.error()) == failures_.end()) {
      failures_.push_back(scenario.error());
    }
  }
}

void KnownReplies::add(const scenario::Scenario& scenario) {
  for (const scenario::ReplyEntry& entry : scenario.replies) {
    if (entry.explanation == nullptr || entry.explanation->because.empty()) continue;
    const bool known = std::any_of(replies_.begin(), replies_.end(), [&](const KnownReply& other) {
      return other.entry.explanation->id == entry.explanation->id;
    });
    if (!known) replies_.push_back({scenario.provider_title, entry, scenario.provider});
  }
}

std::vector<ReplyMatch> KnownReplies::matches(const smtp::Reply& reply) const {
  std::vector<ReplyMatch> hits;
  for (const KnownReply& known : replies_) {
    if (const std::size_t close = closeness(reply, known.entry); close > 0) hits.push_back({&known, close});
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const ReplyMatch& a, const ReplyMatch& b) { return a.closeness > b.closeness; });
  return hits;
}

std::vector<const KnownReply*> KnownReplies::matching(const smtp::Reply& reply) const {
  std::vector<const KnownReply*> found;
  for (const ReplyMatch& match : matches(reply)) found.push_back(match.known);
  return found;
}

std::vector<const KnownReply*> KnownReplies::with_code(smtp::ReplyCode code) const {
  std::vector<const KnownReply*> found;
  for (const KnownReply& known : replies_) {
    if (known.entry.code == code) found.push_back(&known);
  }
  return found;
}

std::vector<const KnownReply*> KnownReplies::containing(std::string_view text, std::size_t most) const {
  std::vector<const KnownReply*> found;
  if (text.size() < kShortestPart) return found;
  const std::string wanted = core::to_lower(text);
  for (const KnownReply& known : replies_) {
    const bool contains = std::any_of(known.entry.lines.begin(), known.entry.lines.end(), [&](const std::string& line) {
      return core::to_lower(line).find(wanted) != std::string::npos ||
             closeness(text, words_of(line)).value_or(0) >= kShortestPart;
    });
    if (contains && found.size() < most) found.push_back(&known);
  }
  return found;
}

}  // namespace commands
