// Every reply that the providers of a catalogue are known to give, and whose words a text has.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/explain/code.h"
#include "client/explain/phrases.h"
#include "core/result.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace explain {

struct KnownReply {
  std::string provider;        // the name of its folder: "netease", "netease-pop3"
  std::string company;         // the same for all protocols that it speaks: "netease"
  core::Text title;            // what the provider is called
  bool is_software = false;    // a mail server that anybody may run
  std::size_t rank = 0;        // smaller: our users meet it more often
  scenario::ReplyEntry entry;  // its explanation is never null
  Code code;                   // as it stands in the entry
};

// Somebody whose replies are known.
struct KnownProvider {
  std::string name;     // of its folder
  std::string company;  // as in KnownReply
  core::Text title;
  bool is_software = false;
  std::vector<std::string> signs;  // what gives its servers away (scenario::Scenario); of none: a server that nobody runs
};

// How well a reply fits.
struct Match {
  const KnownReply* known = nullptr;
  double score = 0;        // 1: every word of both
  std::size_t weight = 0;  // letters that are alike: how much that says
  std::size_t begin = 0;   // where in the text the first of them stands
  bool is_whole = false;   // the words are its words; otherwise they are like them
};

// What is known beside the words.
struct Circumstances {
  std::optional<Code> code;
  std::string detail;                         // see detail_of()
  std::set<std::string, std::less<>> hinted;  // companies that the text around names
  std::string sense;                          // what the words mean in general: an id of Phrases; may be empty
};

class Vocabulary {
 public:
  // From the providers of `catalogue`; the order of Knowledge::providers() is their rank. phrases is used here only.
  Vocabulary(const scenario::Catalogue& catalogue, const knowledge::Knowledge& knowledge, const Phrases& phrases);

  // The replies whose words stand in `text`, the best first. Addresses, numbers and ids may differ, the end may be cut off,
  // and words may be others where code, enhanced code and sense or provider are the same. Another code of the same class
  // counts against a reply, one of another class rules it out.
  [[nodiscard]] std::vector<Match> matching(std::string_view text, const Circumstances& around) const;

  // The best reply whose words stand in `text` without a code, of which so many letters are alike that it is no chance.
  [[nodiscard]] std::optional<Match> find_words(std::string_view text, const Circumstances& around) const;

  // All with this code, by rank.
  [[nodiscard]] std::vector<const KnownReply*> with_code(const Code& code) const;

  // "qq#login-fail"; null when there is none.
  [[nodiscard]] const KnownReply* with_id(std::string_view id) const;

  // Replies in whose words `text` stands, letter case ignored, by rank, at most `most`: what somebody may have meant.
  [[nodiscard]] std::vector<const KnownReply*> containing(std::string_view text, std::size_t most) const;

  [[nodiscard]] const std::vector<KnownProvider>& providers() const { return providers_; }

  // Why a file could not be read, one for each.
  [[nodiscard]] const std::vector<core::Error>& failures() const { return failures_; }

 private:
  // A reply's words, without placeholders and codes.
  struct Template {
    std::vector<std::string> words;
    std::size_t weight = 0;
    std::string detail;
    std::string sense;
  };

  [[nodiscard]] std::optional<Match> match(std::size_t index, const std::vector<std::string>& words,
                                           const Circumstances& around) const;
  [[nodiscard]] std::vector<std::size_t> likely(const std::vector<std::string>& words, const Circumstances& around) const;
  void add(const scenario::Scenario& scenario, const knowledge::MarkEntry* mark, std::string_view provider, std::size_t rank);

  std::vector<KnownProvider> providers_;
  std::vector<KnownReply> replies_;
  std::vector<Template> templates_;  // of the reply with the same index
  std::map<std::string, std::vector<std::size_t>, std::less<>> with_word_;
  std::vector<core::Error> failures_;
};

}  // namespace explain
