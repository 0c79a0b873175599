#include "client/explain/phrases.h"

#include <algorithm>
#include <optional>

#include "client/explain/code.h"

namespace explain {
namespace {

constexpr std::size_t kMostTokens = 300'000;  // of a whole text

struct Place {
  std::size_t line;
  std::size_t begin;
};

// As tokens() gives them. A code that is no number ("-ERR", "NO") is one at the beginning only, and stays as it is written:
// elsewhere it is a word.
std::vector<Token> tokens_of(std::string_view text, std::size_t most) {
  std::vector<Token> all = tokens(text, most);
  const std::optional<Code> code = code_in_front(text);
  if (!all.empty() && code && code->text.size() > 1 && !code->is_number()) all.front().text = code->text;
  return all;
}

// The words of all lines in one row, and where each stands.
std::vector<std::string> words_of(const std::vector<Line>& lines, std::vector<Place>& places, bool with_addresses) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < lines.size() && words.size() < kMostTokens; ++i) {
    const std::string text = with_addresses ? lines[i].text : without_mailboxes(lines[i].text);
    for (Token& token : tokens_of(text, kMostTokens - words.size())) {
      words.push_back(std::move(token.text));
      places.push_back({i, token.begin});
    }
  }
  return words;
}

bool fits_code(const knowledge::PhraseEntry& phrase, int code) {
  return phrase.codes.empty() || std::find(phrase.codes.begin(), phrase.codes.end(), code) != phrase.codes.end();
}

}  // namespace

void WordRuns::add(std::string_view words, std::size_t owner) {
  Run run{{}, owner};
  for (Token& token : tokens_of(words, kMostTokens)) run.words.push_back(std::move(token.text));
  if (!run.words.empty()) by_first_[run.words.front()].push_back(std::move(run));
}

std::vector<WordRuns::Hit> WordRuns::find(const std::vector<std::string>& text) const {
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto runs = by_first_.find(text[i]);
    if (runs == by_first_.end()) continue;
    for (const Run& run : runs->second) {
      const bool fits = run.words.size() <= text.size() - i &&
                        std::equal(run.words.begin(), run.words.end(), text.begin() + static_cast<std::ptrdiff_t>(i));
      if (fits) hits.push_back({run.owner, i, run.words.size()});
    }
  }
  return hits;
}

Phrases::Phrases(const knowledge::Knowledge& knowledge) : knowledge_(knowledge) {
  const auto add_all = [](const auto& entries, WordRuns& runs, auto words_of_entry) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      for (const std::string& words : words_of_entry(entries[i])) runs.add(words, i);
    }
  };
  add_all(knowledge.phrases(), phrases_, [](const auto& entry) { return entry.words; });
  add_all(knowledge.programs(), programs_, [](const auto& entry) { return entry.marks; });
  add_all(knowledge.providers(), providers_, [](const auto& entry) { return entry.marks; });
}

std::vector<PhraseHit> Phrases::find(const std::vector<Line>& lines) const {
  std::vector<Place> places;
  const std::vector<std::string> words = words_of(lines, places, true);
  std::vector<PhraseHit> found;
  for (const WordRuns::Hit& hit : phrases_.find(words)) {
    const Place& place = places[hit.first];
    found.push_back({&knowledge_.phrases()[hit.owner], hit.owner, place.line, place.begin, hit.count});
  }
  return found;
}

const knowledge::PhraseEntry* Phrases::of_server(std::string_view words, int code) const {
  std::vector<std::string> cut;
  for (Token& token : tokens_of(words, kMostTokens)) cut.push_back(std::move(token.text));
  std::set<std::size_t> said;
  for (const WordRuns::Hit& hit : phrases_.find(cut)) said.insert(hit.owner);
  const auto& phrases = knowledge_.phrases();
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const bool any_words = phrases[i].words.front() == "*";
    if (phrases[i].from == kServer && (any_words ? code != 0 : said.contains(i)) && fits_code(phrases[i], code))
      return &phrases[i];
  }
  return nullptr;
}

const knowledge::MarkEntry* Phrases::program(const std::vector<Line>& lines) const {
  std::vector<Place> places;
  const auto hits = programs_.find(words_of(lines, places, true));
  const auto first = std::min_element(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.owner < b.owner; });
  return first == hits.end() ? nullptr : &knowledge_.programs()[first->owner];
}

std::set<std::string, std::less<>> Phrases::providers(const std::vector<Line>& lines) const {
  std::vector<Place> places;
  std::set<std::string, std::less<>> names;
  for (const auto& hit : providers_.find(words_of(lines, places, false))) names.insert(knowledge_.providers()[hit.owner].name);
  return names;
}

}  // namespace explain
