// Invariant: any text as a scenario file is either loaded, and then every template in it can be filled, its patterns can be
// asked and a client gets answers, or refused with a message that is safe to print and names the file; never a crash.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/show.h"
#include "core/text.h"
#include "mockserver/pieces.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/loader.h"
#include "mockserver/scenario/step_values.h"
#include "mockserver/scenario/template.h"
#include "mockserver/store/memory.h"
#include "protocol/protocol.h"
#include "protocol/server_session.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

// Of everything a rule can be on, and with something for each condition to look at.
constexpr std::string_view kSaid =
    "EHLO client.example\r\nAUTH PLAIN AGFAeC5leGFtcGxlAHA=\r\nAUTH LOGIN\r\nYUB4LmV4YW1wbGU=\r\ndw==\r\nNONSENSE a\r\nDATA\r\n"
    "VRFY a\r\nMAIL FROM:<a@x.example> SIZE=99\r\nRCPT TO:<b@x.example>\r\nRCPT TO:a\r\nDATA\r\n"
    "From: A <a@x.example>\r\nSubject: =?utf-8?B?5L2g5aW9?=\r\n\r\nhttp://x.example/ \xff\r\n.\r\nQUIT\r\n";

void talk_to(const scenario::Scenario& scenario) {
  scenario::History history{{}, 1, 0};
  store::Memory store{{}, 1};
  const auto server = scenario.protocol->server(scenario.server);
  const auto session = server->session("nonce");
  scenario::Behaviour behaviour(scenario, history, 1, {{"id", "ID"}, {"client-ip", "192.0.2.1"}},
                                [&store](std::string_view) -> mailbox::Mailbox& { return store.others(); });
  session->receive(kSaid);
  std::chrono::milliseconds running{};
  while (auto turn = session->next_turn()) {
    const scenario::Decision decision = behaviour.decide(*turn, *session, {0, running += std::chrono::seconds(1)});
    const core::Actions speech = mockserver::speech_of(decision);
    demand(decision.bytes.empty() == speech.empty());
    session->answer(decision.reply, speech, decision.closes());
  }
  (void)behaviour.decide_timeout(*session, {0, running});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const scenario::Source file{"fuzz.toml", text};
  const auto loaded = scenario::load_scenario("fuzz", file, {}, scenario::Extends::kOptional);
  if (!loaded) {
    const std::string said = core::describe(loaded.error(), core::Language::kEnglish);
    demand(said.find("fuzz.toml") != std::string::npos);
    demand(core::show_bytes(said) == core::replace_all(said, "\n", "␊"));
    return 0;
  }
  const scenario::Values values = scenario::step_values(*loaded);
  for (const scenario::Step& step : loaded->steps) {
    demand(scenario::fill(step.send, values).has_value());
    demand(scenario::fill(step.message, values).has_value());
  }
  talk_to(*loaded);
  return 0;
}
