#include "client/labs/hand/following.h"

#include <utility>

namespace hand {
namespace {

Origin origin_of(const dialogue::Event& event, const findings::Verdicts& verdicts) {
  if (event.kind != dialogue::Kind::kClient) return Origin::kUnknown;
  if (verdicts.was_proposed(event.number)) return Origin::kProposed;
  return verdicts.is_own(event.number) ? Origin::kTyped : Origin::kUnknown;
}

}  // namespace

Following::Following(const lab::Lab& lab, const scenario::Scenario& scenario) : lab_(lab), scenario_(scenario) { begin(); }

void Following::begin() {
  gathering_ = std::make_unique<Gathering>(lab_, scenario_);
  left_ += std::exchange(connection_, 0);
  events_ = 0;
  verdicts_ = 0;
  kept_ = nullptr;
}

std::uint64_t Following::follow(const client::Conversation& conversation) {
  const auto& events = conversation.log().events();
  const auto& verdicts = conversation.verdicts().all();
  if (events.size() < events_) begin();
  const std::size_t before = events_ + verdicts_;
  for (; events_ < events.size(); ++events_) {
    if (events[events_].kind == dialogue::Kind::kConnected) ++connection_;
    if (connection_ == 0) continue;
    gathering_->take(connection_, events[events_]);
    happened_.push_back({left_ + connection_, events[events_], origin_of(events[events_], conversation.verdicts())});
  }
  for (; verdicts_ < verdicts.size(); ++verdicts_)
    gathering_->take(verdicts[verdicts_].connection, verdicts[verdicts_].finding);
  if (const auto* const kept = conversation.last_kept(); kept != nullptr && kept != kept_) {
    kept_ = kept;
    gathering_->take(connection_, std::make_shared<const store::Message>(*kept));
  }
  return before == events_ + verdicts_ ? 0 : connection_;
}

}  // namespace hand
