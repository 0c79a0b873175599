// One client against a scenario in memory: the server's session with the scenario's behaviour over it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/action.h"
#include "core/text.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/loader.h"
#include "mockserver/scenario/step_values.h"
#include "smtp/data_reader.h"
#include "smtp/server_session.h"

namespace scenario_test {

inline constexpr std::int64_t kNow = 1513650000;  // Tue, 19 Dec 2017 02:20:00 UTC

class Talk {
 public:
  // REQUIRES: the scenario outlives it.
  explicit Talk(const scenario::Scenario& scenario)
      : session_(scenario.server),
        behaviour_(scenario, {{"id", "SESSION"}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}}) {
    greeting = listen();
  }

  // Sends the octets; gives all that came back.
  std::string say(std::string_view bytes) {
    session_.receive(bytes);
    return listen();
  }

  // One line with its end.
  std::string line(std::string_view text) { return say(std::string(text) + "\r\n"); }

  [[nodiscard]] const smtp::SessionState& state() const { return session_.state(); }
  [[nodiscard]] bool is_over() const { return session_.is_over(); }

  std::string greeting;
  scenario::Decision last;

 private:
  std::string listen() {
    std::string heard;
    while (const auto turn = session_.next_turn()) {
      last = behaviour_.decide(*turn, session_.state(), kNow);
      session_.answer(last.reply, last.bytes, last.close);
      for (const core::Action& action : session_.take_actions()) {
        if (const auto* const send = std::get_if<core::Send>(&action)) heard += send->bytes;
      }
    }
    return heard;
  }

  smtp::ServerSession session_;
  scenario::Behaviour behaviour_;
};

// What a step puts on the wire.
inline std::string octets_of(const scenario::Step& step, const scenario::Values& values) {
  if (!step.message.empty()) {
    return smtp::dot_stuff(core::replace_all(scenario::fill(step.message, values).value(), "\n", "\r\n"));
  }
  const std::string line = scenario::fill(step.send, values).value();
  switch (step.line_end) {
    case smtp::LineEnd::kCrlf: return line + "\r\n";
    case smtp::LineEnd::kLf: return line + "\n";
    case smtp::LineEnd::kNone: return line;
  }
  return line;
}

// A scenario that extends nothing, from the part that matters.
inline core::Result<scenario::Scenario> load_text(std::string_view body) {
  const std::string text =
      "subject = \"basics\"\ntitle = { en = \"t\", zh = \"题\" }\nsummary = { en = \"s\", zh = \"述\" }\n" + std::string(body);
  return scenario::load_scenario("test", {"x.toml", text}, {}, scenario::Extends::kOptional);
}

}  // namespace scenario_test
