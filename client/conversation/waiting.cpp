#include "client/conversation/waiting.h"

#include <algorithm>
#include <string>

namespace client {
Wait wait_for(smtp::Input input) {
  if (input == smtp::Input::kConnect) return Wait::kGreeting;
  if (input == smtp::Input::kMail) return Wait::kMail;
  if (input == smtp::Input::kRcpt) return Wait::kRcpt;
  if (input == smtp::Input::kData) return Wait::kData;
  return input == smtp::Input::kMessage ? Wait::kEndOfData : Wait::kOtherReply;
}

Deadlines deadlines(Wait wait, std::optional<std::chrono::milliseconds> patience) {
  const std::chrono::milliseconds end = patience ? *patience : row(wait).time;
  return {std::min(kRemarkedSilence, end / 2), end};
}

std::string seconds(std::chrono::milliseconds time) {
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(time);
  const auto tenths = (time - whole).count() / 100;
  return std::to_string(whole.count()) + (tenths > 0 ? "." + std::to_string(tenths) : "") + " s";
}

core::Error silence_error(Wait wait, std::chrono::milliseconds time) {
  const core::Text what =
      core::phrase(row(wait).en, row(wait).zh, {core::Text{seconds(time), core::replace_all(seconds(time), " s", " 秒")}});
  return {core::Blame::kPeer, what, row(wait).rule, {}, std::string(row(wait).failure)};
}

}  // namespace client
