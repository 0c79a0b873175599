// The log holds the wire: what a recording proxy between the two has seen and what the events say are equal, octet for octet,
// whatever the client does: cuts, delays, talks out of turn, breaks off, and whatever the scenario does in its turn; in each
// protocol, and inside TLS.
#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/show.h"
#include "dialogue/json_lines.h"
#include "mockserver/mock_server.h"
#include "tests/mockserver/json_octets.h"
#include "tests/mockserver/scene.h"
#include "tests/mockserver/wire_dialogue.h"
#include "tests/net/peer.h"

namespace {

using test::Dialogue;

constexpr unsigned kDialogues = 270;
constexpr unsigned kAtOnce = 54;

// What the events of one connection say, each way.
struct Told {
  std::string client;
  std::string server;
  std::map<std::string, double> last;  // when the last piece went this way
  bool is_closed = false;
};

// Which server, and from which address: towards another server the same port may be used again.
using Place = std::pair<std::size_t, std::string>;

// Where one begins to be another than the other.
std::string difference(const std::string& told, const std::string& seen) {
  if (told == seen) return {};
  const auto [one, other] = std::mismatch(told.begin(), told.end(), seen.begin(), seen.end());
  const auto at = static_cast<std::size_t>(one - told.begin());
  return std::to_string(at) + ": " + core::show_bytes(told.substr(at, 60)) + " instead of " +
         core::show_bytes(seen.substr(at, 60));
}

void add(const nlohmann::json& event, Told& told) {
  const std::string kind = event["kind"];
  if (kind == "closed") told.is_closed = true;
  const std::string octets = test::octets_of(event);
  std::size_t sum = 0;
  for (const auto& chunk : event.value("chunks", nlohmann::json::array())) sum += chunk.get<std::size_t>();
  CHECK(sum == octets.size());
  (kind == "client" ? told.client : told.server) += octets;
  for (const auto& time : event.value("times", nlohmann::json::array({event["at"]}))) {
    if (octets.empty()) break;
    CHECK(told.last[kind] <= time.get<double>());
    told.last[kind] = time.get<double>();
  }
}

TEST_CASE("mock server: the events are what a proxy saw on the wire, octet for octet") {
  net::Loop loop;
  test::Patience patience(loop);
  std::map<Place, Told> told;
  std::map<std::pair<std::size_t, mockserver::ConnectionId>, std::string> addresses;  // by server and connection
  std::vector<std::unique_ptr<mockserver::MockServer>> servers;
  for (const test::Served& one : test::served()) {
    mockserver::Options options;
    options.tls_port = 0;
    options.observer = [&, server = servers.size()](mockserver::ConnectionId id, const dialogue::Event& event, const auto&) {
      std::string& address = addresses[{server, id}];
      if (event.kind == dialogue::Kind::kConnected) address = event.note.en;
      add(nlohmann::json::parse(dialogue::json_line(event, {.show_secrets = true})), told[{server, address}]);
      if (event.kind == dialogue::Kind::kClosed) loop.stop();
    };
    servers.push_back(std::make_unique<mockserver::MockServer>(
        loop, test::load("protocol = '" + one.protocol + "'\n" + one.rules), std::move(options)));
    REQUIRE(servers.back()->listen());
  }
  std::size_t octets = 0;
  unsigned whole = 0;  // dialogues of which every octet is compared
  for (unsigned first = 0; first < kDialogues; first += kAtOnce) {
    told.clear();
    addresses.clear();
    std::vector<std::unique_ptr<Dialogue>> dialogues;
    for (unsigned seed = first; seed < first + kAtOnce; ++seed) {
      const std::size_t server = seed % servers.size();
      const auto is_gone = [&told, server](const std::string& address) { return told[{server, address}].is_closed; };
      const test::Served& served = test::served()[server];
      const std::uint16_t port = served.in_tls ? servers[server]->tls_port() : servers[server]->port();
      dialogues.push_back(std::make_unique<Dialogue>(loop, served, port, seed, is_gone));
    }
    const auto open = [&] {
      std::string which;
      for (std::size_t i = 0; i < kAtOnce; ++i) {
        const bool is_closed = told[{(first + i) % servers.size(), dialogues[i]->local}].is_closed;
        if (!is_closed || !dialogues[i]->is_over) which += " " + std::to_string(first + i);
      }
      return which;
    };
    if (!patience.run_until([&] { return open().empty(); })) FAIL_CHECK("still open:" << open());
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      const std::size_t seed = first + i;
      CAPTURE(seed);
      CAPTURE(test::served()[seed % servers.size()].protocol);
      Dialogue& dialogue = *dialogues[i];
      dialogue.take_stock();
      const Told& events = told[{seed % servers.size(), dialogue.local}];
      // In TLS a last word may be on its way when the mock has closed already: what arrived is then the beginning of it all.
      const bool is_late = test::served()[seed % servers.size()].in_tls && dialogue.from_client.size() > events.client.size();
      dialogue.is_cut_short = dialogue.is_cut_short || is_late;
      if (dialogue.is_cut_short) {
        dialogue.from_client.resize(std::min(dialogue.from_client.size(), events.client.size()));
        dialogue.from_server.append(events.server.substr(std::min(dialogue.from_server.size(), events.server.size())));
      }
      CHECK(difference(events.client, dialogue.from_client) == "");
      CHECK(difference(events.server, dialogue.from_server) == "");
      whole += dialogue.is_cut_short ? 0 : 1;
      octets += dialogue.from_client.size() + dialogue.from_server.size();
    }
  }
  CHECK(octets > 500'000);
  CHECK(whole > 200);
}

}  // namespace
