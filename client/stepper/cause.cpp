#include "client/stepper/cause.h"

#include <algorithm>
#include <deque>

#include "client/base/words.h"

namespace stepper {

const dialogue::Event* answered_by(const dialogue::Event& reply, const dialogue::Log& log) {
  std::deque<const dialogue::Event*> open;  // what the client has said and nobody answered, the oldest first
  for (const dialogue::Event& one : log.events()) {
    if (one.kind == dialogue::Kind::kConnected) open.clear();
    if (one.kind == dialogue::Kind::kClient && one.input) open.push_back(&one);
    if (one.kind != dialogue::Kind::kServer || !one.reply) continue;
    const auto hit = std::find_if(open.begin(), open.end(), [&](const auto* said) { return said->input == one.input; });
    if (&one == &reply) return hit == open.end() ? nullptr : *hit;
    if (hit != open.end()) open.erase(open.begin(), hit + 1);
  }
  return nullptr;
}

Meaning cause_of(const dialogue::Event& event, const dialogue::Log& log, const knowledge::Knowledge& knowledge,
                 core::Language language) {
  if (!event.reply || !event.reply->is_negative()) return {};
  if (event.explanation != nullptr && !event.explanation->because.empty()) return {};
  const dialogue::Event* const said = answered_by(event, log);
  if (said == nullptr) return {};
  for (const protocol::Remark& remark : said->remarks) {
    const auto* const mistake = knowledge.mistake(remark.kind.text());
    if (mistake == nullptr || mistake->severity != knowledge::Severity::kError) continue;
    return {{"!", mistake->title.in(language), screen::Role::kWarning},
            {"", mistake->explain.in(language), screen::Role::kPlain},
            {std::string(client::word(client::Word::kDo, language)), mistake->fix.in(language), screen::Role::kPlain}};
  }
  return {};
}

}  // namespace stepper
