#include "client/conversation/waiting.h"

#include <algorithm>
#include <string>

#include "core/phrase.h"

namespace client {
namespace {

struct WaitRow {
  protocol::Patience patience;
  core::Phrase words;        // "no greeting for {0}", of the time that it has lasted; {1}: the verb
  std::string_view failure;  // id of scenarios/knowledge/failures.toml
};

constexpr WaitRow kHandshake{
    {std::chrono::minutes(1), ""}, {"no answer to the TLS handshake for {0}", "{0}内没有回应 TLS 握手"}, "tls-silent"};
// Other protocols name no time for it.
constexpr WaitRow kBlock{{std::chrono::minutes(3), "RFC 5321 §4.5.3.2.5"},
                         {"the message is not taken for {0}", "{0}内没有收下邮件内容"},
                         "silent-reply"};

core::Phrase words_for(protocol::Input input) {
  if (input.is(protocol::Role::kConnect)) return {"no greeting for {0}", "{0}内没有问候"};
  if (input.is(protocol::Role::kContent)) return {"no reply to the end of the message for {0}", "邮件结束后{0}内没有回复"};
  if (input.row().patience.rule.empty()) return {"no reply for {0}", "{0}内没有回复"};
  return {"no reply to {1} for {0}", "{0}内没有回复 {1}"};
}

WaitRow row_of(const Waiting& waiting) {
  switch (waiting.what) {
    case Wait::kNothing: return {{std::chrono::minutes(0), ""}, {}, {}};
    case Wait::kHandshake: return kHandshake;
    case Wait::kBlock: return kBlock;
    case Wait::kAnswer: break;
  }
  const bool is_greeting = waiting.input->is(protocol::Role::kConnect);
  return {waiting.input->row().patience, words_for(*waiting.input), is_greeting ? "silent-greeting" : "silent-reply"};
}

}  // namespace

Deadlines deadlines(const Waiting& waiting, std::optional<std::chrono::milliseconds> patience) {
  const std::chrono::milliseconds end = patience ? *patience : row_of(waiting).patience.time;
  return {std::min(kRemarkedSilence, end / 2), end};
}

std::string seconds(std::chrono::milliseconds time) {
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(time);
  const auto tenths = (time - whole).count() / 100;
  return std::to_string(whole.count()) + (tenths > 0 ? "." + std::to_string(tenths) : "") + " s";
}

core::Error silence_error(const Waiting& waiting, std::chrono::milliseconds time) {
  const WaitRow row = row_of(waiting);
  const core::Text lasted{seconds(time), core::replace_all(seconds(time), " s", " 秒")};
  const std::string_view verb = waiting.input ? waiting.input->verb() : std::string_view();
  return {core::Blame::kPeer,
          core::phrase(row.words.en, row.words.zh, {lasted, verb}),
          std::string(row.patience.rule),
          {},
          std::string(row.failure)};
}

}  // namespace client
