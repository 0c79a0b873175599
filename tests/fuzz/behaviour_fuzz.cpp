// Invariant: whatever a client says, over a scenario that asks for everything a rule can ask for and over any/by-address, what
// goes out is the same whole and byte by byte, time and chance being the same; it is bounded, made of whole lines without other
// control characters, and its pieces are the reply; never a crash.
//
// The first octet of the input chooses the scenario. The others are what clients say, but for three that are not sent: at 0x1C
// the next client connects, at 0x1D a second passes, at 0x1E the client has been silent for too long.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "mockserver/pieces.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/loader.h"
#include "mockserver/store/memory.h"
#include "protocol/protocol.h"
#include "protocol/server_session.h"
#include "tests/fuzz/behaviour_scenario.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

constexpr char kConnectsAgain = 0x1C;
constexpr char kSecondPasses = 0x1D;
constexpr char kSilence = 0x1E;
constexpr std::string_view kNotSent("\x1c\x1d\x1e");
// Of the replies in behaviour_scenario.h, in which what a client said is cut to 512 octets each time.
constexpr std::size_t kMostSaid = std::size_t{16} * 1024;

const scenario::Scenario& scenario_of(std::uint8_t bits) {
  static const auto kByAddress = scenario::Catalogue::embedded().load("any/by-address");
  static const auto kAsks = scenario::load_scenario("fuzz", {"fuzz.toml", fuzz::kEverything}, {}, scenario::Extends::kOptional);
  demand(kByAddress && kAsks);
  return (bits & 1U) != 0 ? *kByAddress : *kAsks;
}

void check_lines(std::string_view bytes) {
  demand(bytes.size() <= kMostSaid);
  while (!bytes.empty()) {
    const std::size_t end = bytes.find("\r\n");
    demand(end != std::string_view::npos);
    const auto is_control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; };
    demand(std::none_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), is_control));
    bytes.remove_prefix(end + 2);
  }
}

void check(const scenario::Decision& decision) {
  check_lines(decision.bytes);
  const auto pieces = mockserver::pieces_of(decision);
  demand(std::accumulate(pieces.begin(), pieces.end(), std::size_t{0}) == decision.bytes.size());
  demand(std::find(pieces.begin(), pieces.end(), std::size_t{0}) == pieces.end());
}

// What a connection does, without a network: of the actions only what they say and how they end it.
class Connection {
 public:
  Connection(const scenario::Scenario& scenario, scenario::History& history, std::uint64_t number, std::string& out)
      : server_(scenario.protocol->server(scenario.server)),
        session_(server_->session("nonce")),
        behaviour_(scenario, history, number,
                   {{"id", "ID"}, {"session", std::to_string(number)}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}},
                   [this](std::string_view) -> mailbox::Mailbox& { return store_.others(); }),
        out_(out) {
    take_turns({});
  }

  void receive(std::string_view octets, std::chrono::milliseconds running) {
    if (is_done()) return;
    session_->receive(octets);
    take_turns(running);
    if (is_done() || !session_->is_in_message()) return;
    if (const auto decision = behaviour_.decide_midway(*session_, {0, running})) end_with(*decision);
  }

  void time_out(std::chrono::milliseconds running) {
    if (is_done()) return;
    if (const auto decision = behaviour_.decide_timeout(*session_, {0, running})) return end_with(*decision);
    const auto words = session_->own_words(protocol::Occasion::kTooLate);
    session_->end();
    if (words) out_ += words->code + (words->lines.empty() ? "" : words->lines.front());
  }

 private:
  [[nodiscard]] bool is_done() const { return ended_ || session_->is_over(); }

  void take_turns(std::chrono::milliseconds running) {
    while (!is_done()) {
      auto turn = session_->next_turn();
      if (!turn) break;
      scenario::Decision decision = behaviour_.decide(*turn, *session_, {0, running});
      check(decision);
      demand(!decision.reply.lines.empty() || decision.effects.then);
      answer(*turn, decision);
      perform(session_->take_actions());
      if (decision.effects.then) end(*decision.effects.then);
    }
  }

  void answer(protocol::Turn& turn, scenario::Decision& decision) {
    if (turn.brings_message && decision.keeps()) out_ += "kept " + turn.said.message;
    if (!decision.is_proposed) {
      session_->answer(decision.reply, mockserver::speech_of(decision), decision.closes());
      return;
    }
    turn.proposed = std::move(decision.reply);
    turn.bytes = std::move(decision.bytes);
    session_->answer_as_proposed(turn, decision.closes());
  }

  void end_with(const scenario::Decision& decision) {
    check(decision);
    perform(mockserver::speech_of(decision));
    end(decision.effects.then.value_or(scenario::Then::kClose));
  }

  void end(scenario::Then then) {
    ended_ = true;
    out_ += "then " + std::to_string(static_cast<int>(then));
  }

  void perform(const core::Actions& actions) {
    for (const core::Action& action : actions) {
      if (const auto* const send = std::get_if<core::Send>(&action)) out_ += send->bytes;
      demand(!std::holds_alternative<core::StartTls>(action));  // neither scenario offers it
    }
  }

  store::Memory store_{{}, 1};
  std::shared_ptr<const protocol::Server> server_;
  std::unique_ptr<protocol::ServerSession> session_;
  scenario::Behaviour behaviour_;
  std::string& out_;
  bool ended_ = false;
};

std::string run(std::string_view input, const scenario::Scenario& scenario, std::size_t chunk) {
  scenario::History history{{}, 1, 7};
  std::string out;
  std::chrono::milliseconds running{};
  std::uint64_t number = 1;
  auto connection = std::make_unique<Connection>(scenario, history, number, out);
  while (!input.empty()) {
    if (input.front() == kConnectsAgain) {
      connection = std::make_unique<Connection>(scenario, history, ++number, out);
      input.remove_prefix(1);
    } else if (input.front() == kSecondPasses) {
      running += std::chrono::seconds(1);
      input.remove_prefix(1);
    } else if (input.front() == kSilence) {
      connection->time_out(running);
      input.remove_prefix(1);
    } else {
      const std::string_view said = input.substr(0, std::min({chunk, input.size(), input.find_first_of(kNotSent)}));
      connection->receive(said, running);
      input.remove_prefix(said.size());
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const scenario::Scenario& scenario = scenario_of(data[0]);
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  demand(run(input, scenario, 1) == run(input, scenario, input.size() + 1));
  return 0;
}
