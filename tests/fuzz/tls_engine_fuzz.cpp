// Invariant: whatever the peer sends, before, during or after the handshake, an engine waits, is open, has ended or has failed
// with one of its ids and a text that can be printed; what it says and holds is bounded by what it heard; whole and byte by
// byte come to the same; never a crash.
//
// The first octet chooses the engine, a server (even) or a client (odd), and what the rest is: its peer's octets from the first
// one on, or, from 128 on, changes to what an honest peer says: where (2 octets), and what to add there (XOR).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>

#include "core/show.h"
#include "tls/engine.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

// What an engine may say without anybody's wish: a handshake, and answers to attempts at another.
constexpr std::size_t kMostSaid = 32768;

struct World {
  World() {
    const std::int64_t now = std::time(nullptr);
    const auto authority = tls::Authority::make(now);
    demand(authority.has_value());
    identity = *authority->issue({"mx.example"}, tls::Flaw::kNone, now);
    trust = *tls::Trust::of_pem(authority->pem());
  }
  [[nodiscard]] std::unique_ptr<tls::Engine> server() const { return *tls::Engine::server(identity, {}); }
  [[nodiscard]] std::unique_ptr<tls::Engine> client() const { return *tls::Engine::client(trust, "mx.example", {}); }

  std::shared_ptr<const tls::Identity> identity;
  std::shared_ptr<const tls::Trust> trust;
};

const World& world() {
  static const World kMade;
  return kMade;
}

void check(const tls::Engine& engine) {
  if (engine.phase() == tls::Phase::kFailed) {
    const core::Error& error = engine.error();
    demand(error.id.substr(0, 4) == "tls-");
    for (const core::Text& text : {error.text, error.hint}) {
      demand(core::show_bytes(text.en) == text.en && core::show_bytes(text.zh) == text.zh);
      demand(text.en.size() < 2000 && text.zh.size() < 2000);
    }
  }
  const tls::Details details = engine.details();
  demand(details.chain.size() <= 10 && details.host.size() <= 255);
}

// Gives what is said and was understood; the size of both is checked.
std::size_t take(tls::Engine& engine, std::size_t heard) {
  const std::size_t said = engine.take_output().size();
  const std::size_t understood = engine.take_input().size();
  demand(said <= kMostSaid && understood <= heard);
  return understood;
}

std::string verdict(const tls::Engine& engine) {
  return engine.phase() == tls::Phase::kFailed ? engine.error().id : std::to_string(static_cast<int>(engine.phase()));
}

// Raw octets from the first one on.
std::string run_raw(std::string_view octets, bool is_client, std::size_t piece) {
  const auto engine = is_client ? world().client() : world().server();
  engine->send("held");
  take(*engine, 0);
  std::size_t understood = 0;
  for (std::size_t at = 0; at < octets.size(); at += piece) {
    engine->receive(octets.substr(at, piece));
    understood += take(*engine, octets.size());
    check(*engine);
  }
  engine->close();
  take(*engine, 0);
  return verdict(*engine) + " " + std::to_string(understood);
}

// One direction of an honest conversation in which octets get changed.
class Wire {
 public:
  explicit Wire(std::string_view changes) : changes_(changes) {}

  std::string pass(std::string octets) {
    for (std::size_t i = 0; i + 3 <= changes_.size(); i += 3) {
      const std::size_t place = static_cast<unsigned char>(changes_[i]) * 256U + static_cast<unsigned char>(changes_[i + 1]);
      if (place < at_ || place - at_ >= octets.size()) continue;
      octets[place - at_] = static_cast<char>(octets[place - at_] ^ changes_[i + 2]);
    }
    at_ += octets.size();
    return octets;
  }

 private:
  std::string_view changes_;
  std::size_t at_ = 0;
};

void run_changed(std::string_view changes, bool is_client) {
  const auto victim = is_client ? world().client() : world().server();
  const auto other = is_client ? world().server() : world().client();
  other->send("from the other");
  victim->send("from the victim");
  Wire wire(changes);
  for (int turn = 0; turn < 12; ++turn) {
    const std::string said = wire.pass(other->take_output());
    victim->receive(said);
    if (turn == 6) victim->receive(wire.pass(std::string(40, '\x17')));
    demand(victim->take_input().size() <= 100);
    check(*victim);
    const std::string answer = victim->take_output();
    demand(answer.size() <= kMostSaid);
    other->receive(answer);
    check(*other);
    if (turn == 4) other->send("again");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool is_client = (data[0] & 1U) != 0;
  const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] >= 128) {
    run_changed(octets, is_client);
    return 0;
  }
  const std::string whole = run_raw(octets, is_client, std::max<std::size_t>(octets.size(), 1));
  demand(run_raw(octets, is_client, 1) == whole);
  return 0;
}
