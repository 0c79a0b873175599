#include "client/commands/recogniser.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "mockserver/scenario/catalogue.h"

namespace commands {
namespace {

constexpr std::size_t kMostLikenesses = 3;

// As scenario::ReplyEntry names them; empty where the vocabulary has no stage for it.
std::string_view stage_of(smtp::Input answered) {
  const std::string_view stage = smtp::row(answered).stage;
  return stage == "any" ? std::string_view() : stage;
}

}  // namespace

Recogniser::Recogniser(const std::string& host) : traces_(host) {}

void Recogniser::look_at(dialogue::Event& event) {
  if (!event.reply) return;
  const smtp::Input answered = event.input.value_or(smtp::Input::kUnknown);
  if (event.explanation == nullptr && event.reply->code.is_negative()) {
    if (known_ == nullptr) known_ = std::make_unique<KnownReplies>(scenario::Catalogue::embedded());
    const Whose whose = whose_words(*known_, *event.reply, traces_, stage_of(answered));
    if (whose.known != nullptr) event.explanation = whose.known->entry.explanation;
    for (std::size_t i = 0; i < std::min(kMostLikenesses, whose.candidates.size()); ++i) {
      event.likenesses.push_back({whose.candidates[i]->provider, whose.candidates[i]->entry.explanation});
    }
  }
  for (const std::string& line : event.reply->lines) traces_.add(line);
}

}  // namespace commands
