// Where the phrases and marks of scenarios/knowledge stand in a text.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/explain/pasted.h"
#include "client/explain/tokens.h"
#include "knowledge/knowledge.h"

namespace explain {

// PhraseEntry::from of what a server says.
inline constexpr std::string_view kServer = "server";

// Finds any of many runs of words in a text in one pass.
class WordRuns {
 public:
  // What is found is told by `owner`. Words that begin with a code that is no number ("-ERR login fail", "NO login failed") are
  // found at the beginning of a line only.
  void add(std::string_view words, std::size_t owner);

  struct Hit {
    std::size_t owner = 0;
    std::size_t first = 0;  // index of its first token
    std::size_t count = 0;
  };
  // In the order of the text. `any` ("*") is found nowhere.
  [[nodiscard]] std::vector<Hit> find(const std::vector<std::string>& text) const;

 private:
  struct Run {
    std::vector<std::string> words;
    std::size_t owner = 0;
  };
  std::map<std::string, std::vector<Run>, std::less<>> by_first_;
};

struct PhraseHit {
  const knowledge::PhraseEntry* phrase = nullptr;
  std::size_t rank = 0;   // its place in the table
  std::size_t line = 0;   // index into the lines
  std::size_t begin = 0;  // in the text of that line
  std::size_t count = 0;  // words
};

class Phrases {
 public:
  // knowledge outlives it.
  explicit Phrases(const knowledge::Knowledge& knowledge);

  // All that stand in the lines, in the order of the text. A phrase may go on in the next line.
  [[nodiscard]] std::vector<PhraseHit> find(const std::vector<Line>& lines) const;

  // Of what servers say: the first row of the table that fits these words and this code; null when none does. code: 0 for none.
  [[nodiscard]] const knowledge::PhraseEntry* of_server(std::string_view words, int code) const;

  // The first program of the table with a mark in the lines; null when there is none.
  [[nodiscard]] const knowledge::MarkEntry* program(const std::vector<Line>& lines) const;

  // Names of the providers with a mark in the lines.
  [[nodiscard]] std::set<std::string, std::less<>> providers(const std::vector<Line>& lines) const;

 private:
  const knowledge::Knowledge& knowledge_;
  WordRuns phrases_;
  WordRuns programs_;
  WordRuns providers_;
};

}  // namespace explain
