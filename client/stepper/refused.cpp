#include "client/stepper/refused.h"

#include <algorithm>

namespace stepper {
namespace {

// Follows what is refused, and what what came before had begun.
class Refusals {
 public:
  void look_at(const dialogue::Event& event) {
    if (event.kind == dialogue::Kind::kConnected || event.kind == dialogue::Kind::kSecured) {
      refused_.clear();
      begun_.reset();
    }
    if (event.kind != dialogue::Kind::kServer || !event.reply || !event.input) return;
    if (event.reply->is_positive() && !event.input->row().is_aside) refused_.clear();
    if (event.reply->is_more() && !event.input->verb().empty()) begun_ = event.input;
    if (!event.reply->is_negative()) return;
    if (const std::optional<protocol::Input> input = command_of(*event.input)) refuse(*input, event.reply->code);
  }

  std::vector<Refused> take() { return std::move(refused_); }

 private:
  // The command that a refusal of this input refuses; nothing where it refuses none that could be sent again.
  [[nodiscard]] std::optional<protocol::Input> command_of(protocol::Input input) const {
    if (!input.verb().empty()) return input;
    return input.is_of_login() || input.is(protocol::Role::kContent) ? begun_ : std::nullopt;
  }

  void refuse(protocol::Input input, const std::string& code) {
    const auto same = std::find_if(refused_.begin(), refused_.end(), [&](const Refused& one) { return one.input == input; });
    if (same != refused_.end()) refused_.erase(same);
    refused_.push_back({input, code});
  }

  std::vector<Refused> refused_;
  std::optional<protocol::Input> begun_;  // what the server asked for more of, last: a login, a message
};

}  // namespace

std::vector<Refused> refused_now(const dialogue::Log& log) {
  Refusals refusals;
  for (const dialogue::Event& event : log.events()) refusals.look_at(event);
  return refusals.take();
}

std::optional<std::string> code_of_refusal(const dialogue::Log& log, protocol::Input input) {
  for (const Refused& one : refused_now(log)) {
    if (one.input == input) return one.code;
  }
  return std::nullopt;
}

}  // namespace stepper
