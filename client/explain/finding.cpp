#include "client/explain/finding.h"

#include <algorithm>
#include <utility>

#include "client/explain/characters.h"
#include "client/explain/pasted_message.h"
#include "client/explain/said_secrets.h"
#include "client/explain/secrets.h"
#include "core/text.h"

namespace explain {
namespace {

constexpr int kStrong = 9;  // a reply beyond doubt: an enhanced code, or "said:"
constexpr int kAsGood = 6;  // candidates within so much of the best count as much: then the first one decides
constexpr std::size_t kMostIgnored = 4;
constexpr double kEqual = 0.08;  // scores closer than this do not tell who spoke
constexpr double kFits = 0.85;
constexpr std::string_view kOutOfStep = "replies-off-by-one";
constexpr std::string_view kNoBlankLine = "no-blank-line";
constexpr std::string_view kBytes = "bytes-compared-with-str";

bool is_refusal(const Candidate& candidate) { return candidate.weight >= kLeastWeight && candidate.code.is_negative(); }

// What asks for what a server offers, and HELP, VRFY and EXPN, may be refused without harm: the client goes on. What an IMAP
// server says behind "*" is a warning (RFC 9051 §7.1.2).
bool is_harmless(const std::vector<Line>& lines, const Candidate& candidate) {
  if (!candidate.code.is_number() && std::string_view(lines[candidate.line].text).substr(0, candidate.at).ends_with("* "))
    return true;
  for (std::size_t i = candidate.line; i-- > 0;) {
    if (lines[i].speaker != Speaker::kClient) continue;
    const std::string_view text = core::trim(std::string_view(lines[i].text).substr(lines[i].begins));
    const auto command = candidate.code.protocol->find_command(text.substr(0, text.find(' ')));
    return command && (command->row().lists_offers || command->row().is_aside);
  }
  return false;
}

// The first refusal decides, unless it stands out as a number that is something else.
const Candidate* first_refusal(const std::vector<Line>& lines, const std::vector<Candidate>& candidates) {
  int best = 0;
  std::size_t refusals = 0;
  for (const Candidate& one : candidates) {
    if (!is_refusal(one)) continue;
    best = std::max(best, one.weight);
    ++refusals;
  }
  const Candidate* harmless = nullptr;
  for (const Candidate& one : candidates) {
    if (!is_refusal(one) || one.weight < std::max(kLeastWeight, best - kAsGood)) continue;
    if (refusals == 1 || !is_harmless(lines, one)) return &one;
    if (harmless == nullptr) harmless = &one;
  }
  return harmless;
}

std::optional<std::string> expected_code(const std::vector<Candidate>& candidates) {
  for (const Candidate& one : candidates) {
    if (one.against == Against::kExpected) return one.code.text;
  }
  return std::nullopt;
}

// "b'220 ready'": what Python prints of a reply that was not decoded.
bool prints_bytes(const std::vector<Line>& lines, const Candidate& candidate) {
  const std::string_view text = lines[candidate.line].text;
  return candidate.at >= 2 && text[candidate.at - 2] == 'b' &&
         (text[candidate.at - 1] == '\'' || text[candidate.at - 1] == '"');
}

// What a delivery report says of itself: "dsn=4.4.1", "Status: 5.1.1".
std::string status_of_report(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    for (const std::string_view key : {"dsn=", "Status: "}) {
      const std::size_t at = line.text.find(key);
      if (at == std::string::npos) continue;
      const std::string_view rest = std::string_view(line.text).substr(at + key.size());
      const auto code = protocol::enhanced_code(rest.substr(0, rest.find_first_not_of("0123456789.")));
      if (!code.empty() && !code.starts_with('2')) return std::string(code);
    }
  }
  return {};
}

// "4.7.0 …" or "[AUTH] …" at `at`, of a refusal: its code. Empty: none stands there.
std::string detail_at(std::string_view text, std::size_t at, const knowledge::Knowledge& knowledge) {
  if (text[at] == '[') {  // programs write their own words in brackets, too: "[ERROR]"
    std::string code = detail_of(text.substr(at));
    return code.empty() || is_digit(code.front()) || knowledge.detail(code) == nullptr ? std::string() : code;
  }
  const bool begins = at == 0 || std::string_view(" :([#'\"").find(text[at - 1]) != std::string_view::npos;
  if (!begins || (text[at] != '4' && text[at] != '5')) return {};
  const std::size_t end = std::min(text.find_first_not_of("0123456789.", at), text.size());
  return std::string(protocol::enhanced_code(text.substr(at, end - at)));
}

// From `at` to the quote that closes what a quote right before it opened; to the end where there is none.
std::string_view quoted_from(std::string_view text, std::size_t at) {
  const bool is_quoted = at > 0 && (text[at - 1] == '\'' || text[at - 1] == '"');
  const std::size_t end = is_quoted ? text.find(text[at - 1], at) : std::string_view::npos;
  return text.substr(at, end == std::string_view::npos ? end : end - at);
}

// With what phrases are compared: the code too, where it is no number, since a phrase may begin with it ("-ERR [IN-USE]").
std::string said(const std::optional<Code>& code, std::string_view words) {
  return (code && !code->is_number() ? code->text + " " : std::string()) + std::string(words);
}

// Of one provider beyond doubt: the text names it, or nobody else has such words. Services run mail servers that anybody may
// run, so between the two it is the server's own words.
bool is_certain(const std::vector<Match>& matches, const Circumstances& around) {
  if (matches.empty() || !matches.front().is_whole || matches.front().score < kFits) return false;
  const KnownReply& first = *matches.front().known;
  if (first.company == "rfc" || first.company == "any") return false;  // nobody's, or of a server that the source does not name
  if (around.hinted.contains(first.company)) return true;
  if (!around.hinted.empty()) return false;
  return std::none_of(matches.begin(), matches.end(), [&](const Match& other) {
    if (other.known->provider == first.provider || (first.is_software && !other.known->is_software)) return false;
    return other.score > matches.front().score - kEqual;
  });
}

}  // namespace

struct Reader::Read {
  std::vector<Line> lines;
  std::vector<Candidate> candidates;
  std::vector<PhraseHit> phrases;
  Circumstances around;
  Finding finding;
  bool is_found = false;
};

Reader::Reader(const knowledge::Knowledge& knowledge, const Phrases& phrases, const Vocabulary& vocabulary)
    : knowledge_(knowledge), phrases_(phrases), vocabulary_(vocabulary) {}

std::optional<Finding> Reader::read(std::string_view text, Gap gap) const {
  Read read;
  read.lines = read_lines(text, gap);
  read.finding.lines = read.lines.back().number;
  if (text.ends_with('\n') && read.finding.lines > 1) --read.finding.lines;  // behind the last LF there is no line
  read.candidates = find_candidates(read.lines, knowledge_);
  read.phrases = phrases_.find(read.lines);
  read.around.hinted = phrases_.providers(read.lines);
  decide(read);
  if (!read.is_found) return std::nullopt;
  add_context(read);
  read.finding.secrets = find_secrets(read.finding.words);
  const std::vector<core::Span> repeated =
      find_repeated(read.lines, read.finding.words, read.finding.code ? *read.finding.code->protocol : spoken_in(text));
  read.finding.secrets.insert(read.finding.secrets.end(), repeated.begin(), repeated.end());
  return std::move(read.finding);
}

// In this order: a reply beyond doubt; words behind a code of the second kind ("5.7.8", "[AUTH]"); words that name the cause; a
// provider's words alone; a reply that may be one; words that leave a choice; and only when nothing was refused, success.
void Reader::decide(Read& read) const {
  const Candidate* const refusal = first_refusal(read.lines, read.candidates);
  if (refusal != nullptr && (refusal->weight >= kStrong || knows(*refusal))) return take_reply(read, *refusal);
  if (take_detail(read) || take_phrase(read, 3) || take_words(read)) return;
  if (refusal != nullptr) return take_reply(read, *refusal);
  if (take_phrase(read, 2) || take_success(read)) return;
  (void)take_phrase(read, 1);
}

// Whether the words behind the code are those of a server.
bool Reader::knows(const Candidate& candidate) const {
  const std::string first = candidate.words.substr(0, candidate.words.find('\n'));
  const auto* const phrase = phrases_.of_server(said(candidate.code, first), 0);
  return phrase != nullptr || !vocabulary_.matching(candidate.words, {candidate.code, candidate.detail, {}, {}}).empty();
}

void Reader::take_reply(Read& read, const Candidate& candidate) const {
  Finding& finding = read.finding;
  finding.code = candidate.code;
  finding.detail = candidate.detail;
  finding.words = candidate.words;
  finding.line = read.lines[candidate.line].number;
  interpret(read);
}

// What the words mean in general, and whose they are. What a program knows of the situation ("command: 'AUTH PLAIN'") goes
// before what the words say when it has weight 3, and behind it with less.
void Reader::interpret(Read& read) const {
  Finding& finding = read.finding;
  const int code = finding.code ? finding.code->number() : 0;
  const knowledge::PhraseEntry* phrase = phrases_.of_server(said(finding.code, finding.words), code);
  for (const PhraseHit& hit : read.phrases) {
    const auto& codes = hit.phrase->codes;
    if (hit.phrase->from == kServer || std::find(codes.begin(), codes.end(), code) == codes.end()) continue;
    if (phrase == nullptr || hit.phrase->weight == 3 || phrase->weight < 3) phrase = hit.phrase;
  }
  if (phrase != nullptr) finding.means = phrase->means;
  read.around.code = finding.code;
  read.around.detail = finding.detail;
  read.around.sense = finding.means.empty() ? std::string() : finding.means.front();
  finding.said_by = vocabulary_.matching(finding.words, read.around);
  if (!finding.code) std::erase_if(finding.said_by, [](const Match& match) { return !match.known->code.is_negative(); });
  // Without their code words may mean anything; the code with which they are known tells.
  if (phrase == nullptr && !finding.code && !finding.said_by.empty()) {
    const Code& usual = finding.said_by.front().known->code;
    phrase = phrases_.of_server(said(usual, finding.words), usual.number());
    if (phrase != nullptr) finding.means = phrase->means;
  }
  finding.is_certain = is_certain(finding.said_by, read.around);
  read.is_found = true;
}

// An enhanced code or a response code whose reply code the program left out, with a server's words behind it.
bool Reader::take_detail(Read& read) const {
  for (std::size_t i = 0; i < read.lines.size(); ++i) {
    const std::string_view text = read.lines[i].text;
    for (std::size_t at = 0; at + 5 <= text.size(); ++at) {
      const std::string code = detail_at(text, at, knowledge_);
      if (code.empty()) continue;
      std::string words(quoted_from(text, at));
      if (words.size() == text.size() - at && i + 1 < read.lines.size()) words += "\n" + read.lines[i + 1].text;
      const std::vector<Match> matches = vocabulary_.matching(words, {{}, code, {}, {}});
      const bool is_refusal =
          std::any_of(matches.begin(), matches.end(), [](const Match& match) { return match.known->code.is_negative(); });
      if (phrases_.of_server(words, 0) == nullptr && !is_refusal) continue;
      read.finding.detail = code;
      read.finding.words = std::move(words);
      read.finding.line = read.lines[i].number;
      interpret(read);
      return true;
    }
  }
  return false;
}

// A provider's words without any code.
bool Reader::take_words(Read& read) const {
  std::optional<Match> best;
  for (const Line& line : read.lines) {
    const auto match = vocabulary_.find_words(line.text, read.around);
    if (!match || (best && match->score <= best->score)) continue;
    best = match;
    read.finding.line = line.number;
    const std::size_t begin = std::min(match->begin, line.text.size());
    read.finding.words = line.text.substr(begin > 0 && line.text[begin - 1] == '[' ? begin - 1 : begin);
  }
  if (best) interpret(read);
  return best.has_value();
}

bool Reader::take_phrase(Read& read, int least) const {
  const PhraseHit* best = nullptr;
  for (const PhraseHit& hit : read.phrases) {
    const knowledge::PhraseEntry& phrase = *hit.phrase;
    const bool is_server = phrase.from == kServer;
    // One word of a server's is too little without its code; rows with codes need one.
    if (phrase.weight < least || (!is_server && !phrase.codes.empty()) || (is_server && (hit.count < 2 || least == 3)))
      continue;
    if (best == nullptr || phrase.weight > best->phrase->weight ||
        (phrase.weight == best->phrase->weight && hit.rank < best->rank)) {
      best = &hit;
    }
  }
  if (best == nullptr) return false;
  Finding& finding = read.finding;
  finding.words = read.lines[best->line].text;
  finding.line = read.lines[best->line].number;
  finding.means = best->phrase->means;
  if (best->phrase->from != kServer) finding.from = best->phrase->from;
  finding.detail = detail_of(finding.words);
  if (finding.detail.empty()) finding.detail = status_of_report(read.lines);
  read.is_found = true;
  return true;
}

// Every reply in the text is 2xx or 3xx. When one came where another one was expected, client and server are out of step.
bool Reader::take_success(Read& read) const {
  const Candidate* last = nullptr;
  for (const Candidate& one : read.candidates) {
    if (one.weight >= kLeastWeight && !one.code.is_negative()) last = &one;
  }
  if (last == nullptr) return false;
  take_reply(read, *last);
  read.finding.means.clear();
  if (const auto expected = expected_code(read.candidates); expected && *expected != last->code.text) {
    read.finding.means = {std::string(kOutOfStep)};
    read.finding.expected = expected;
    // "Accepted" tells nothing, "Message accepted for delivery" which command was answered.
    if (!read.finding.is_certain) read.finding.said_by.clear();
    read.finding.is_certain = false;
  } else {
    read.finding.is_success = true;
  }
  return true;
}

void Reader::add_context(Read& read) const {
  Finding& finding = read.finding;
  if (const auto* const program = phrases_.program(read.lines)) finding.program = program->name;
  // Where the message stands in the text, what is wrong with it goes before what the refusal may mean.
  if (const auto end = end_of_unseparated(read.lines); end && !finding.is_success && finding.code && finding.line >= *end) {
    std::erase(finding.means, kNoBlankLine);
    finding.means.insert(finding.means.begin(), std::string(kNoBlankLine));
  }
  // The textbook's check compares bytes with a string: what it printed above shows that the reply was right.
  if (!finding.means.empty() && finding.means.front() == kBytes) {
    const bool shown = std::any_of(read.candidates.begin(), read.candidates.end(), [&](const Candidate& one) {
      return one.against != Against::kExpected && prints_bytes(read.lines, one);
    });
    if (shown) finding.means = {std::string(kBytes)};
  }
  for (const Candidate& one : read.candidates) {
    if (one.against == Against::kNothing || one.weight >= kLeastWeight || finding.ignored.size() >= kMostIgnored) continue;
    const Ignored ignored{one.code.text, read.lines[one.line].number, one.against};
    const bool said = std::any_of(finding.ignored.begin(), finding.ignored.end(), [&](const Ignored& other) {
      return other.code == ignored.code && other.against == ignored.against;
    });
    if (!said) finding.ignored.push_back(ignored);
  }
}

}  // namespace explain
