// What decides in a pasted text: the reply that counts, or the words of a program, and what else was looked at.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "client/explain/candidates.h"
#include "client/explain/pasted.h"
#include "client/explain/phrases.h"
#include "client/explain/vocabulary.h"
#include "core/span.h"
#include "knowledge/knowledge.h"

namespace explain {

// A number that was not taken, and why.
struct Ignored {
  std::string code;
  std::size_t line = 1;  // as pasted
  Against against = Against::kNothing;
};

struct Finding {
  std::optional<Code> code;         // of the reply that decides; nothing when the text has none
  std::string detail;               // of its words; see detail_of()
  std::string words;                // the decisive words, without the code; lines separated by LF
  std::vector<core::Span> secrets;  // in words
  std::size_t line = 1;             // where they stand, as pasted
  std::size_t lines = 1;            // how many were pasted
  std::vector<Match> said_by;       // replies of providers with these words, the best first
  bool is_certain = false;          // that the first of them said it: named in the text, or the words fit no other
  std::vector<std::string> means;   // ids of failures, mistakes and causes, the likeliest first; may be empty
  std::string from;                 // whose words they are, when no server's: "OpenSSL"
  std::string program;              // which program printed the text; may be empty
  std::vector<Ignored> ignored;
  std::optional<std::string> expected;  // the code that the program waited for, when another one came that is no refusal
  bool is_success = false;              // nothing in the text was refused; code and words are those of the last reply
};

class Reader {
 public:
  // All three outlive it.
  Reader(const knowledge::Knowledge& knowledge, const Phrases& phrases, const Vocabulary& vocabulary);

  // Nothing when nothing in the text is known. gap: of a text whose middle is not there (explain::take_in).
  [[nodiscard]] std::optional<Finding> read(std::string_view text, Gap gap = {}) const;

 private:
  struct Read;  // what is gathered of one text

  void decide(Read& read) const;
  [[nodiscard]] bool knows(const Candidate& candidate) const;
  void take_reply(Read& read, const Candidate& candidate) const;
  bool take_detail(Read& read) const;
  bool take_words(Read& read) const;
  void interpret(Read& read) const;
  bool take_phrase(Read& read, int least) const;
  bool take_success(Read& read) const;
  void add_context(Read& read) const;

  const knowledge::Knowledge& knowledge_;
  const Phrases& phrases_;
  const Vocabulary& vocabulary_;
};

}  // namespace explain
