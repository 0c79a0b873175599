#include "client/commands/recogniser.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "client/explain/phrases.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"

namespace commands {
namespace {

constexpr std::size_t kMostLikenesses = 3;

// As scenario::ReplyEntry names them; empty where the vocabulary has no stage for it.
std::string_view stage_of(const std::optional<protocol::Input>& answered) {
  const std::string_view stage = answered ? answered->row().stage : std::string_view();
  return stage == "any" ? std::string_view() : stage;
}

// Tables that are broken are told of elsewhere (commands::explain); here nobody's words are known then.
std::unique_ptr<const explain::Vocabulary> vocabulary() {
  const knowledge::Knowledge knowledge = knowledge::Knowledge::embedded().value_or(knowledge::Knowledge());
  return std::make_unique<const explain::Vocabulary>(scenario::Catalogue::embedded(), knowledge, explain::Phrases(knowledge));
}

}  // namespace

Recogniser::Recogniser(const std::string& host) : traces_(host) {}

void Recogniser::look_at(dialogue::Event& event) {
  if (!event.reply) return;
  if (event.explanation == nullptr && event.reply->is_negative()) {
    if (known_ == nullptr) known_ = vocabulary();
    const explain::Whose whose = explain::whose_words(*known_, *event.reply, traces_, stage_of(event.input));
    if (whose.known != nullptr) event.explanation = whose.known->entry.explanation;
    for (std::size_t i = 0; i < std::min(kMostLikenesses, whose.candidates.size()); ++i) {
      event.likenesses.push_back({whose.candidates[i]->title, whose.candidates[i]->entry.explanation});
    }
  }
  for (const std::string& line : event.reply->lines) traces_.add(line);
}

}  // namespace commands
