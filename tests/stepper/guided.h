// A guide on a dialogue in memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "client/stepper/guide.h"
#include "tests/stepper/in_memory.h"

namespace test {

// A guide on a dialogue, told of everything as the stepper tells it: what was sent after it was sent.
struct Guided {
  explicit Guided(std::string_view id) : Guided(load(id)) {}
  explicit Guided(scenario::Scenario lesson) : dialogue(std::move(lesson)), guide(dialogue.scenario) {
    guide.connected();
    dialogue.answer();
  }

  [[nodiscard]] std::vector<stepper::Proposal> proposals() const {
    return guide.proposals(dialogue.client(), !dialogue.is_closed);
  }
  [[nodiscard]] std::string next() const { return proposals().empty() ? "" : proposals().front().octets(dialogue.spoken()); }

  // Sends and gives the code that answered, none when nothing did.
  std::string send(const std::string& bytes) {
    const std::size_t before = dialogue.log->events().size();
    dialogue.send(bytes);
    guide.sent(bytes, dialogue.client());
    dialogue.answer();
    return told_since(before);
  }
  // The guide hears of the replies behind that many events; the code of the first.
  std::string told_since(std::size_t before) {
    std::string code;
    for (std::size_t i = before; i < dialogue.log->events().size(); ++i) {
      const auto& reply = dialogue.log->events()[i].reply;
      if (!reply) continue;
      guide.answered(*reply);
      if (code.empty() && reply->outcome != protocol::Outcome::kNews) code = reply->code;
    }
    return code;
  }
  std::string connect() {
    const std::size_t server = proposals().empty() ? 0 : proposals().front().server;
    if (!dialogue.is_closed) dialogue.close(dialogue::ClosedBy::kClient);
    const std::size_t before = dialogue.log->events().size();
    dialogue.connect(server);
    guide.connected();
    dialogue.answer();
    return told_since(before);
  }
  std::string follow() {
    dialogue.running += proposals().front().wait;
    return proposals().front().connects() ? connect() : send(next());
  }
  void follow(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) follow();
  }
  // Takes what is proposed until the path is done; the steps it took.
  std::size_t follow_to_end() {
    std::size_t steps = 0;
    for (; !guide.is_finished() && steps < 100; ++steps) {
      CAPTURE(next());
      REQUIRE(proposals().front().guided);
      follow();
    }
    return steps;
  }

  InMemory dialogue;
  stepper::Guide guide;
};

}  // namespace test
