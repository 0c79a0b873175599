#include "client/stepper/obstacles.h"

#include <algorithm>

#include "client/stepper/letter_view.h"
#include "client/stepper/mistakes.h"

namespace stepper {

using client::Word;

std::optional<Word> obstacle_to_sending(Act act, const Moment& now) {
  const View& view = now.view;
  if (view.is_closed && view.is_replaying) return Word::kWhyWaiting;
  if (view.is_closed && act != Act::kSend) return Word::kWhyClosed;
  if (!view.is_open && !view.is_closed) return Word::kConnecting;
  if (view.is_securing) return Word::kWhySecuring;
  if (view.is_replaying || (act == Act::kSend && !view.is_settled && !view.is_closed)) return Word::kWhyWaiting;
  if (act == Act::kSend && now.pause().count() > 0) return Word::kNotYet;
  if (act == Act::kSend && view.is_open && view.session.mode() == protocol::Mode::kChunk) return Word::kWhyInChunk;
  if (act == Act::kSend && now.proposals.empty()) return Word::kWhyClosed;  // said goodbye: nothing is legal any more
  if (act == Act::kAnotherStep && now.proposals.size() < 2) return Word::kWhyOnlyStep;
  if (act != Act::kMistake) return std::nullopt;
  const bool has_some = now.next != nullptr && !mistakes_for(*now.next, view.protocol, view.session.mode()).empty();
  return has_some ? std::nullopt : std::optional(Word::kWhyNoMistake);
}

std::optional<Word> obstacle_to_going_back(const Moment& now) {
  if (!now.view.is_mock) return Word::kWhyRealServer;
  const auto& events = now.view.log.events();
  const auto connections = std::count_if(events.begin(), events.end(),
                                         [](const dialogue::Event& event) { return event.kind == dialogue::Kind::kConnected; });
  const bool acted = connections > 1 || std::any_of(events.begin(), events.end(), [](const dialogue::Event& event) {
                       return event.kind == dialogue::Kind::kClient;
                     });
  return acted || now.view.is_replaying ? std::nullopt : std::optional(Word::kWhyFirst);
}

std::optional<Word> obstacle_to_the_wire(const Moment& now) {
  const bool has_octets = now.selected != nullptr && !now.selected->bytes.empty();
  return has_octets ? std::nullopt : std::optional(Word::kWhyNothingSelected);
}

std::optional<Word> obstacle_to_the_letter(const Moment& now) {
  if (message_up_to(now.view.log, now.selected)) return std::nullopt;
  if (!now.view.is_mock) return Word::kWhyMailboxHidden;
  return now.view.delivered ? std::nullopt : std::optional(Word::kWhyNothingReceived);
}

}  // namespace stepper
