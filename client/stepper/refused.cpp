#include "client/stepper/refused.h"

#include <algorithm>

namespace stepper {
namespace {

// The command that a refusal of this input refuses; kUnknown where it refuses none that could be sent again.
smtp::Input command_of(smtp::Input input) {
  if (input == smtp::Input::kAuthResponse) return smtp::Input::kAuth;
  if (input == smtp::Input::kMessage) return smtp::Input::kData;
  return smtp::row(input).verb.empty() ? smtp::Input::kUnknown : input;
}

void refuse(std::vector<Refused>& refused, smtp::Input input, int code) {
  const auto same = std::find_if(refused.begin(), refused.end(), [&](const Refused& one) { return one.input == input; });
  if (same != refused.end()) refused.erase(same);
  refused.push_back({input, code});
}

}  // namespace

std::vector<Refused> refused_now(const dialogue::Log& log) {
  std::vector<Refused> refused;
  for (const dialogue::Event& event : log.events()) {
    if (event.kind == dialogue::Kind::kConnected || event.kind == dialogue::Kind::kSecured) refused.clear();
    if (event.kind != dialogue::Kind::kServer || !event.reply || !event.input) continue;
    const smtp::Input input = command_of(*event.input);
    const smtp::ReplyCode code = event.reply->code;
    if (code.is_positive() && !smtp::row(*event.input).is_aside) refused.clear();
    if (code.is_negative() && input != smtp::Input::kUnknown) refuse(refused, input, code.value());
  }
  return refused;
}

std::optional<int> code_of_refusal(const dialogue::Log& log, smtp::Input input) {
  for (const Refused& one : refused_now(log)) {
    if (one.input == input) return one.code;
  }
  return std::nullopt;
}

}  // namespace stepper
