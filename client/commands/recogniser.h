// Says of the refusals of a real server whose words they are, as far as that can be known.
#pragma once

#include <memory>
#include <string>

#include "client/explain/whose_words.h"
#include "dialogue/event.h"

namespace commands {

class Recogniser {
 public:
  // host: the name that the server was asked for by.
  explicit Recogniser(const std::string& host);

  // Looks at a reply: remembers what it says of the server and, of a refusal, adds whose words it is (explanation), or could be
  // (likenesses). What is known is read at the first refusal.
  void look_at(dialogue::Event& event);

 private:
  explain::Traces traces_;
  std::unique_ptr<const explain::Vocabulary> known_;
};

}  // namespace commands
