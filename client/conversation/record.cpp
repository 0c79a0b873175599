#include "client/conversation/record.h"

#include <string_view>
#include <utility>

#include "net/loop.h"

namespace client {

void Record::begin(const protocol::Protocol& spoken, findings::Server server) {
  log_ = std::make_unique<dialogue::Log>(spoken);
  for (const core::Secret& secret : manners_.secrets) log_->learn(secret.reveal());
  const std::string_view judged = manners_.findings == nullptr ? std::string_view() : spoken.name();
  verdicts_ = std::make_unique<findings::Verdicts>(judged, std::move(server));
  began_ = net::Loop::precise_now();
  write();
}

void Record::speaks(const protocol::Protocol& spoken, findings::Server server) {
  if (manners_.findings != nullptr) verdicts_->speaks(spoken.name(), std::move(server));
}

void Record::append(dialogue::Event event, bool is_proposed) {
  event.at = event.pieces.empty() ? now() : event.pieces.back().at;
  verdicts_->take(log_->append(std::move(event)), is_proposed);
  write();
  appended_();
}

void Record::note(core::Text text, std::string failure) {
  dialogue::Event event;
  event.kind = dialogue::Kind::kNote;
  event.note = std::move(text);
  event.failure = std::move(failure);
  append(std::move(event));
}

bool Record::quiet() {
  if (!verdicts_->quiet(now())) return false;
  write();
  return true;
}

void Record::write() const {
  if (manners_.transcript == nullptr) return;
  if (manners_.findings == nullptr) return manners_.transcript->follow(*log_);
  manners_.transcript->follow(*log_, Transcript::Findings{*verdicts_, *manners_.findings, manners_.language});
}

std::chrono::microseconds Record::now() const { return net::Loop::precise_now() - began_; }

}  // namespace client
