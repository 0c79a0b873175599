// Whose words a reply is. Many providers say the same, so what is known of the server decides; where nothing is, they are
// candidates, and no more than that.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/explain/vocabulary.h"
#include "protocol/answer.h"

namespace explain {

// What a server has shown of itself.
class Traces {
 public:
  // host: the name that was asked for; may be empty.
  explicit Traces(std::string_view host = {}) { add(host); }

  // Something it said: a banner, a reply, or a text in which one stands. Mail addresses in it say nothing of the server.
  void add(std::string_view said);

  // How much speaks for a server with these signs; 0: nothing. A domain counts more than a word, a longer one more than a
  // shorter one.
  [[nodiscard]] std::size_t weight(const std::vector<std::string>& signs) const;

 private:
  std::string text_;                // lower case
  std::vector<std::string> hosts_;  // the names in it
};

struct Whose {
  const KnownReply* known = nullptr;          // this provider's; null: nobody can say
  std::vector<const KnownReply*> candidates;  // when nobody can: who is known to say so, programs first, each one once
};

// traces: of the server, before this reply; the words of the reply itself count too. stage: as scenario::ReplyEntry has it;
// empty: not known. A server that is known to be another one has no candidates: then only what the standard says holds.
[[nodiscard]] Whose whose_words(const Vocabulary& vocabulary, const protocol::Answer& reply, Traces traces,
                                std::string_view stage = {});

}  // namespace explain
