#include "client/explain/vocabulary.h"

#include <algorithm>

#include "client/explain/candidates.h"
#include "client/explain/tokens.h"
#include "core/text.h"
#include "mockserver/scenario/template_scanner.h"

namespace explain {
namespace {

constexpr std::size_t kMostWords = 300;      // of a text that is compared
constexpr std::size_t kShortestPart = 8;     // octets that say which reply is meant
constexpr std::size_t kNoChanceHinted = 14;  // where the text names the provider
constexpr std::size_t kNoChance = 22;        // letters alike without a code
constexpr std::size_t kLongPrefix = 16;      // letters of a beginning that count as the whole
constexpr double kLeastCovered = 0.8;        // of a template
constexpr double kLeastAlike = 0.3;          // of one that everything else speaks for
constexpr double kLeastOfText = 0.25;        // of what was pasted behind a code
constexpr double kOtherCode = 0.15;
constexpr double kSameWords = 0.1;
constexpr double kLeastDense = 0.5;  // letters alike among those between the first and the last of them
constexpr double kLeastScore = 0.65;

// Node names and ids differ in their digits from day to day: each run of digits counts as one.
std::string without_digits(std::string_view word) {
  std::string out;
  for (const char c : word) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) out += c;
    if (digit && !out.ends_with('0')) out += '0';
  }
  return out;
}

// Numbers, names of nodes and "Error:" are put in, changed or left out without changing what is said.
std::size_t weight_of(std::string_view word) {
  return word == "error" || word.find('0') != std::string_view::npos ? 1 : word.size();
}

// Enhanced codes are compared apart; in words they stand again at every line.
std::string without_enhanced(std::string_view text) {
  std::string out;
  bool at_word = true;
  for (std::size_t at = 0; at < text.size();) {
    if (at_word && text[at] >= '2' && text[at] <= '5') {
      const std::size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
      const std::string_view number = text.substr(at, end - at);
      if (!protocol::enhanced_code(number).empty()) {
        out.append(number.size(), ' ');
        at = end;
        continue;
      }
    }
    at_word = text[at] == ' ' || text[at] == '\n' || text[at] == '(' || text[at] == '#' || text[at] == '-';
    out += text[at++];
  }
  return out;
}

// What stands behind the code of a line and one more octet: "553 …", "250-…", "{tag} NO …"; behind the first line it may have
// none.
std::string_view behind_code(std::string_view line, std::string_view code) {
  for (const std::string_view tag : {"{tag} ", "* "}) {
    if (line.starts_with(tag)) line.remove_prefix(tag.size());
  }
  return line.starts_with(code) ? line.substr(std::min(code.size() + 1, line.size())) : line;
}

// The words of a reply without placeholders, and without an enhanced code in front.
std::string literal_words(const scenario::ReplyEntry& entry) {
  std::string out;
  for (const std::string& line : entry.lines) {
    std::string_view words = behind_code(line, entry.code.text);
    words.remove_prefix(protocol::enhanced_code(words).size());
    scenario::TemplateScanner scanner(words);
    for (auto part = scanner.next(); part && part->has_value(); part = scanner.next()) {
      // Inside a URL, which counts for nothing as a whole, a placeholder must not end it.
      const std::size_t url = out.rfind("://");
      const bool in_url = url != std::string::npos && out.find(' ', url) == std::string::npos;
      out += (*part)->is_placeholder ? std::string(1, in_url ? 'x' : ' ') : std::string((*part)->text);
    }
    out += ' ';
  }
  return without_enhanced(without_addresses(out));
}

// "netease-pop3" are the servers of "netease" that speak POP3.
std::string company_of(std::string_view provider, const protocol::Protocol& protocol) {
  const std::string ending = "-" + std::string(protocol.name());
  return std::string(provider.substr(0, provider.size() - (provider.ends_with(ending) ? ending.size() : 0)));
}

// "permission" and "permissions" are one word.
bool alike(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.size() > b.size()) std::swap(a, b);
  return a.size() >= 5 && b.size() == a.size() + 1 && b.ends_with('s') && b.starts_with(a);
}

struct Alignment {
  std::size_t weight = 0;  // of the words alike
  std::size_t first = 0;   // of them in the text
  std::size_t last = 0;    // the same
  bool is_prefix = false;  // the text ends where the template goes on, and up to there all words are alike
};

// The heaviest common subsequence of the words (as diff finds it): placeholders leave gaps in either.
Alignment align(const std::vector<std::string>& text, const std::vector<std::string>& words) {
  const std::size_t columns = words.size() + 1;
  std::vector<std::size_t> best((text.size() + 1) * columns, 0);
  for (std::size_t i = text.size(); i-- > 0;) {
    for (std::size_t j = words.size(); j-- > 0;) {
      const std::size_t skip = std::max(best[(i + 1) * columns + j], best[i * columns + j + 1]);
      const std::size_t take = alike(text[i], words[j]) ? weight_of(words[j]) + best[(i + 1) * columns + j + 1] : 0;
      best[i * columns + j] = std::max(skip, take);
    }
  }
  Alignment found;
  found.weight = best[0];
  found.first = text.size();
  for (std::size_t i = 0, j = 0; i < text.size() && j < words.size();) {
    const std::size_t here = best[i * columns + j];
    if (alike(text[i], words[j]) && here == weight_of(words[j]) + best[(i + 1) * columns + j + 1]) {
      found.first = std::min(found.first, i++);
      found.last = i - 1;
      ++j;
    } else if (here == best[i * columns + j + 1]) {
      ++j;
    } else {
      ++i;
    }
  }
  const std::size_t common = std::min(text.size(), words.size());
  std::size_t same = 0;
  while (same < common && (alike(text[same], words[same]) || (same + 1 == text.size() && words[same].starts_with(text[same]))))
    ++same;
  found.is_prefix = same == text.size() && same > 0;
  return found;
}

double total(const std::vector<std::string>& words, std::size_t first = 0, std::size_t last = std::string::npos) {
  std::size_t all = 0;
  for (std::size_t i = first; i < words.size() && i <= last; ++i) all += weight_of(words[i]);
  return static_cast<double>(std::max<std::size_t>(1, all));
}

// "gsmtp": a signature behind the words, which counts as a sign of the provider already.
std::set<std::string> single_words(const std::vector<knowledge::MarkEntry>& providers) {
  std::set<std::string> words;
  for (const knowledge::MarkEntry& provider : providers) {
    for (const std::string& mark : provider.marks) {
      const auto cut = tokens(mark, 2);
      if (cut.size() == 1) words.insert(cut.front().text);
    }
  }
  return words;
}

}  // namespace

Vocabulary::Vocabulary(const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge, const Phrases& phrases) {
  const auto& marks = knowledge.providers();
  for (const std::string& name : catalogue.provider_names()) {
    const auto scenario = catalogue.load(name);
    if (!scenario) {
      failures_.push_back(scenario.error());
      continue;
    }
    const std::string company = company_of(name, *scenario->protocol);
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](const auto& one) { return one.name == company; });
    providers_.push_back({name, company, scenario->title, mark != marks.end() && mark->is_software, scenario->signs});
    add(*scenario, mark == marks.end() ? nullptr : &*mark, name, static_cast<std::size_t>(mark - marks.begin()));
  }
  std::stable_sort(replies_.begin(), replies_.end(), [](const auto& a, const auto& b) { return a.rank < b.rank; });
  const std::set<std::string> signatures = single_words(marks);
  for (std::size_t i = 0; i < replies_.size(); ++i) {
    Template words;
    const std::string literal = literal_words(replies_[i].entry);
    words.detail = detail_of(behind_code(replies_[i].entry.lines.front(), replies_[i].code.text));
    const Code& code = replies_[i].code;
    const std::string said = code.is_number() ? literal : code.text + " " + literal;  // a phrase may begin with it
    if (const auto* const phrase = phrases.of_server(said, code.number())) words.sense = phrase->means.front();
    for (const Token& token : tokens(literal, kMostWords)) {
      if (!signatures.contains(token.text)) words.words.push_back(without_digits(token.text));
    }
    words.weight = words.words.empty() ? 0 : static_cast<std::size_t>(total(words.words));
    for (const std::string& word : words.words) {
      auto& with = with_word_[word];
      if (with.empty() || with.back() != i) with.push_back(i);
    }
    templates_.push_back(std::move(words));
  }
}

void Vocabulary::add(const scenario::Scenario& scenario, const knowledge::MarkEntry* mark, std::string_view provider,
                     std::size_t rank) {
  for (const scenario::ReplyEntry& entry : scenario.replies) {
    if (entry.explanation == nullptr || entry.explanation->because.empty() || entry.lines.empty()) continue;
    const auto outcome = scenario.protocol->outcome_of(entry.code.text).value_or(protocol::Outcome::kOk);
    replies_.push_back({std::string(provider),
                        company_of(provider, *scenario.protocol),
                        scenario.provider_title,
                        mark != nullptr && mark->is_software,
                        rank,
                        entry,
                        {scenario.protocol, entry.code.text, outcome}});
  }
}

// Those that share half of their letters with the text, whatever the order, or have its codes: few are left to be aligned.
std::vector<std::size_t> Vocabulary::likely(const std::vector<std::string>& words, const Circumstances& around) const {
  std::map<std::size_t, std::size_t> shared;
  std::set<std::string_view> seen;
  for (const std::string& word : words) {
    if (!seen.insert(word).second) continue;
    for (const std::string& form : {word, word + "s", word.ends_with('s') ? word.substr(0, word.size() - 1) : std::string()}) {
      const auto hit = form.empty() ? with_word_.end() : with_word_.find(form);
      if (hit == with_word_.end()) continue;
      for (const std::size_t index : hit->second) shared[index] += weight_of(form);
    }
  }
  std::vector<std::size_t> found;
  for (const auto& [index, weight] : shared) {
    if (2 * weight >= templates_[index].weight || weight >= kLongPrefix) found.push_back(index);
  }
  for (std::size_t i = 0; !around.detail.empty() && i < templates_.size(); ++i) {
    if (templates_[i].detail == around.detail && std::find(found.begin(), found.end(), i) == found.end()) found.push_back(i);
  }
  return found;
}

// How well one reply fits: its words first, then what speaks for it and against it beside them.
std::optional<Match> Vocabulary::match(std::size_t index, const std::vector<std::string>& words,
                                       const Circumstances& around) const {
  const KnownReply& known = replies_[index];
  const Template& own = templates_[index];
  const bool hinted = around.hinted.contains(known.company);
  const bool same_code = !around.code || *around.code == known.code;
  const bool same_detail = own.detail == around.detail;
  const bool has_detail = !own.detail.empty() && same_detail;
  const bool other_detail = !own.detail.empty() && !around.detail.empty() && !same_detail;
  if (around.code && !around.code->is_of_class(known.code)) return std::nullopt;
  if (other_detail && !hinted) return std::nullopt;
  const bool same_sense = !around.sense.empty() && own.sense == around.sense;
  const bool other_sense = !around.sense.empty() && !own.sense.empty() && !same_sense;
  const bool fits_well = same_code && ((has_detail && (hinted || same_sense)) || (hinted && same_sense));

  const Alignment aligned = align(words, own.words);
  const auto same = static_cast<double>(aligned.weight);
  const std::size_t least = fits_well ? 1 : std::min(kLongPrefix, own.weight);
  const bool prefix = aligned.is_prefix && aligned.weight >= least;
  const double covered = prefix ? 1.0 : same / static_cast<double>(std::max<std::size_t>(1, own.weight));
  const double of_text = same / total(words);
  const double dense = same / total(words, aligned.first, aligned.last);
  // Nothing but what the server fills in: the codes alone tell it.
  const bool is_bare = own.weight == 0 && same_code && has_detail;
  const bool is_whole = prefix || is_bare || (covered >= kLeastCovered && dense >= kLeastDense);
  if (!is_whole && !(fits_well && (covered >= kLeastAlike || same_sense))) return std::nullopt;
  const bool is_refusal = known.code.is_negative();
  if (is_refusal && !prefix && own.weight < kShortestPart && of_text < 0.5) return std::nullopt;
  // A few words in a long reply are somebody else's.
  if (is_refusal && !hinted && !fits_well && around.code && of_text < (same_code ? kLeastOfText : 2 * kLeastOfText))
    return std::nullopt;

  double score = is_bare ? kLeastScore : 0.55 * covered + 0.15 * dense + 0.3 * of_text;
  if (words == own.words) score += kSameWords;
  if (hinted) score += 0.15;
  if (!hinted && !around.hinted.empty() && !known.is_software) score -= 0.1;
  if (same_sense) score += 0.15;
  if (other_sense) score -= 0.05;
  if (has_detail) score += 0.05;
  if (!same_detail) score -= 0.1;
  if (!same_code) score -= kOtherCode;
  if (known.company == "rfc") score -= 0.05;
  return Match{&known, score, aligned.weight, aligned.first, is_whole && same_code};
}

std::vector<Match> Vocabulary::matching(std::string_view text, const Circumstances& around) const {
  const std::vector<Token> cut = tokens(without_enhanced(without_addresses(text)), kMostWords);
  std::vector<std::string> words;
  words.reserve(cut.size());
  for (const Token& token : cut) words.push_back(without_digits(token.text));
  std::vector<Match> found;
  for (const std::size_t index : likely(words, around)) {
    auto fits = match(index, words, around);
    if (!fits || (fits->is_whole && fits->score < kLeastScore)) continue;
    fits->begin = fits->begin < cut.size() ? cut[fits->begin].begin : 0;
    found.push_back(*fits);
  }
  std::stable_sort(found.begin(), found.end(), [](const Match& a, const Match& b) { return a.score > b.score; });
  return found;
}

std::optional<Match> Vocabulary::find_words(std::string_view text, const Circumstances& around) const {
  for (const Match& match : matching(text, around)) {
    const std::size_t least = around.hinted.contains(match.known->company) ? kNoChanceHinted : kNoChance;
    const bool is_refusal = match.known->code.is_negative() && match.known->company != "rfc";
    if (match.is_whole && is_refusal && match.weight >= least) return match;
  }
  return std::nullopt;
}

std::vector<const KnownReply*> Vocabulary::with_code(const Code& code) const {
  std::vector<const KnownReply*> found;
  for (const KnownReply& known : replies_) {
    if (known.code == code) found.push_back(&known);
  }
  return found;
}

const KnownReply* Vocabulary::with_id(std::string_view id) const {
  const auto known =
      std::find_if(replies_.begin(), replies_.end(), [&](const KnownReply& one) { return one.entry.explanation->id == id; });
  return known == replies_.end() ? nullptr : &*known;
}

std::vector<const KnownReply*> Vocabulary::containing(std::string_view text, std::size_t most) const {
  std::vector<const KnownReply*> found;
  if (text.size() < kShortestPart) return found;
  const std::string wanted = core::to_lower(text);
  for (const KnownReply& known : replies_) {
    if (found.size() >= most) break;
    const bool contains = std::any_of(known.entry.lines.begin(), known.entry.lines.end(), [&](const std::string& line) {
      return core::to_lower(line).find(wanted) != std::string::npos;
    });
    if (contains) found.push_back(&known);
  }
  return found;
}

}  // namespace explain
