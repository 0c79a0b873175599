// The log holds the wire: what a recording proxy between the two has seen and what the events say are equal, octet for octet,
// whatever the client does: cuts, delays, talks out of turn, breaks off, and whatever the scenario does in its turn.
#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <random>
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
#include "tests/net/peer.h"

namespace {

using namespace std::chrono_literals;

constexpr int kDialogues = 200;

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t end) { return random_() % end; }
  bool one_in(std::size_t times) { return below(times) == 0; }
  template <typename List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 random_;
};

// What a scenario can do to a dialogue.
const std::vector<std::string> kScenarios{
    "server = { extensions = ['PIPELINING', 'AUTH LOGIN PLAIN', 'CHUNKING', 'BINARYMIME'] }\n",
    "[[rule]]\non = 'connect'\nreply = '220 slow'\ndelay = 0.01\n"
    "[[rule]]\non = 'EHLO'\nreply = ['250-one', '250-two', '250 three']\nsplit_every = 4\nsplit_pause = 0.002\n"
    "[[rule]]\non = 'any'\ndelay = 0.004\n",
    "[[rule]]\non = 'VRFY'\nreply = '250 bye'\nsplit_at = [2, 6]\nsplit_pause = 0.003\nthen = 'reset'\n"
    "[[rule]]\non = 'NOOP'\nreply = '250 bye'\ndelay = 0.005\nthen = 'close'\n"
    "[[rule]]\non = 'RSET'\nraw = '250-never'\nthen = 'close'\n"
    "[[rule]]\non = 'MAIL'\nreply = '250 ok'\ndelay = 0.003\nsplit_every = 1\nsplit_pause = 0.001\n",
    "server = { line_ends = 'lenient' }\nlimits = { idle_timeout = 0.1, silence = 0.01, message = 300, command_line = 64 }\n"
    "[[rule]]\non = 'NOOP'\nraw = ''\nthen = 'stall'\n"
    "[[rule]]\non = 'timeout'\nreply = '421 late'\ndelay = 0.01\nthen = 'close'\n",
    "server = { line_ends = 'strict' }\nlimits = { commands_without_mail = 6 }\n",
    "[[rule]]\non = 'midway'\nwhen = { size_over = 200 }\nreply = '421 enough'\ndelay = 0.005\nthen = 'close'\n",
    "[[rule]]\non = 'midway'\nwhen = { size_over = 50 }\nthen = 'reset'\n"
    "[[rule]]\non = 'message'\nraw = \"not a reply\\r\\n\"\nsplit_every = 5\nsplit_pause = 0.001\n",
};

std::string any_octets(Dice& dice, std::size_t most) {
  std::string octets;
  for (std::size_t left = dice.below(most); left > 0; --left) octets += static_cast<char>(dice.below(256));
  return octets;
}

std::string any_lines(Dice& dice) {
  constexpr std::array<std::string_view, 6> kLines{".hidden", "..", "text", "  ␍␊ \\x0d", ".\r.", "\xff\xfe\x80"};
  constexpr std::array<std::string_view, 4> kEnds{"\r\n", "\r\n", "\n", "\r"};
  std::string lines;
  for (std::size_t left = dice.below(40); left > 0; --left) lines.append(dice.of(kLines)).append(dice.of(kEnds));
  return lines;
}

// Something a client could say, sensible or not.
std::string any_words(Dice& dice) {
  static const std::vector<std::string> kCommands{"EHLO client.example\r\n",
                                                  "HELO x\n",
                                                  "MAIL FROM:<a@b.example>\r\n",
                                                  "RCPT TO:<c@d.example>\r\n",
                                                  "DATA\r\n",
                                                  "NOOP\r\n",
                                                  "VRFY a\r\n",
                                                  "RSET\r\n",
                                                  "QUIT\r\n",
                                                  "XYZZY ␍␊\r\n",
                                                  "AUTH LOGIN\r\n",
                                                  "YWxpY2U=\r\n",
                                                  "c2VjcmV0\r\n",
                                                  "\r\n",
                                                  "NOOP",
                                                  "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n",
                                                  "MAIL FROM:a@b.example\n",
                                                  "BDAT 3 LAST\r\nabc",
                                                  "BDAT 70\r\nab",
                                                  ".\r\n",
                                                  "\n.\n"};
  switch (dice.below(12)) {
    case 0: return any_octets(dice, 200);
    case 1: return std::string(50 + dice.below(6000), 'x') + "\r\n";
    case 2: return any_lines(dice);
    case 3:
    case 4: return "DATA\r\n" + any_lines(dice) + "\r\n.\r\n";
    case 5: return dice.one_in(10) ? "DATA\r\n" + std::string(400'000, 'y') + "\r\n.\r\n" : "HELP\r\nHELP\r\n";
    default: return dice.of(kCommands);
  }
}

// One client, and the proxy it speaks through.
class Dialogue {
 public:
  // is_gone: whether the mock has closed the connection from this address: what comes later has not arrived anywhere.
  Dialogue(net::Loop& loop, std::uint16_t port, unsigned seed, std::function<bool(const std::string&)> is_gone)
      : loop_(loop), dice_(seed), is_gone_(std::move(is_gone)), clock_(loop, [this] { go_on(); }) {
    words_ = {"EHLO client.example\r\n", "MAIL FROM:<a@b.example>\r\n", "RCPT TO:<c@d.example>\r\n"};
    if (dice_.one_in(4)) words_.clear();
    for (std::size_t left = dice_.below(8); left > 0; --left) words_.push_back(any_words(dice_));
    auto listening = net::Listener::open(loop, "127.0.0.1", 0, [this](std::unique_ptr<net::Stream> stream) {
      client_side_ = std::move(stream);
      client_side_->start({.on_bytes = [this](std::string_view bytes) { forward(bytes); },
                           .on_end = [this] { server_side_->finish(); },
                           .on_error = [this](const core::Error&) { break_off(); }});
    });
    REQUIRE(listening);
    listener_ = std::move(*listening);
    connecting_ = net::Stream::connect(loop, "127.0.0.1", port, [this, &loop](auto stream) {
      REQUIRE(stream);
      server_side_ = std::move(*stream);
      local = server_side_->local();
      server_side_->start({.on_bytes = [this](std::string_view bytes) { backward(bytes); },
                           .on_end = [this] { end_of_server(); },
                           .on_error = [this](const core::Error&) { end_of_server(); }});
      client_connecting_ = net::Stream::connect(loop, "127.0.0.1", listener_->port(), [this](auto own) {
        REQUIRE(own);
        client_ = std::move(*own);
        client_->start({.on_bytes = [this](std::string_view) { hear(); },
                        .on_end = [this] { leave(); },
                        .on_error = [this](const core::Error&) { client_.reset(); }});
        clock_.start(std::chrono::milliseconds(dice_.below(4)));
      });
    });
  }

  std::string local;        // of the proxy, towards the mock
  std::string from_client;  // what the mock's side of the wire has taken
  std::string from_server;

  bool is_over = false;  // no more can come from the mock

  void take_stock() { from_client.resize(std::min<std::size_t>(from_client.size(), server_side_->sent())); }

 private:
  void forward(std::string_view bytes) {
    if (server_side_->is_reset() || is_gone_(local)) return;
    from_client += bytes;
    server_side_->write(std::string(bytes));
  }

  void backward(std::string_view bytes) {
    from_server += bytes;
    if (client_side_ != nullptr) client_side_->write(std::string(bytes));
  }

  void break_off() {
    if (server_side_->is_reset()) return;
    server_side_->reset();
    end_of_server();
  }

  void end_of_server() {
    from_server += server_side_->take_arrived();
    if (client_side_ != nullptr) client_side_->finish();
    is_over = true;
    loop_.stop();
  }

  void hear() {
    if (!waits_) return;
    waits_ = false;
    clock_.start(0ms);
  }

  // Says the next thing, in pieces, and waits for something to be said back, for a while, or not at all.
  void go_on() {
    if (client_ == nullptr) return;
    if (words_.empty() && rest_.empty()) return end();
    if (rest_.empty()) rest_ = std::exchange(words_.front(), {});
    if (!words_.empty() && words_.front().empty()) words_.erase(words_.begin());
    const std::size_t piece = dice_.one_in(2) ? rest_.size() : 1 + dice_.below(rest_.size());
    client_->write(rest_.substr(0, piece));
    rest_.erase(0, piece);
    waits_ = rest_.empty() && !dice_.one_in(3);
    clock_.start(std::chrono::milliseconds(waits_ ? 15 : dice_.below(3)));
  }

  void end() {
    switch (dice_.below(3)) {
      case 0: client_->reset(); break;
      case 1: client_->finish(); break;
      default: client_->write("QUIT\r\n"); client_->finish();
    }
  }

  void leave() {
    if (!client_->is_reset()) client_->finish();
    words_.clear();
    rest_.clear();
  }

  net::Loop& loop_;
  Dice dice_;
  std::function<bool(const std::string&)> is_gone_;
  std::vector<std::string> words_;
  std::string rest_;
  bool waits_ = false;
  net::Timer clock_;
  std::unique_ptr<net::Listener> listener_;
  std::unique_ptr<net::Stream::Connecting> connecting_;
  std::unique_ptr<net::Stream::Connecting> client_connecting_;
  std::unique_ptr<net::Stream> server_side_;
  std::unique_ptr<net::Stream> client_side_;
  std::unique_ptr<net::Stream> client_;
};

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
  for (const std::string& rules : kScenarios) {
    mockserver::Options options;
    options.observer = [&, server = servers.size()](mockserver::ConnectionId id, const dialogue::Event& event, const auto&) {
      std::string& address = addresses[{server, id}];
      if (event.kind == dialogue::Kind::kConnected) address = event.note.en;
      add(nlohmann::json::parse(dialogue::json_line(event, {.show_secrets = true})), told[{server, address}]);
      if (event.kind == dialogue::Kind::kClosed) loop.stop();
    };
    servers.push_back(std::make_unique<mockserver::MockServer>(loop, test::load(rules), std::move(options)));
    REQUIRE(servers.back()->listen());
  }
  std::vector<std::unique_ptr<Dialogue>> dialogues;
  for (unsigned seed = 0; seed < kDialogues; ++seed) {
    const std::size_t server = seed % servers.size();
    const auto is_gone = [&told, server](const std::string& address) { return told[{server, address}].is_closed; };
    dialogues.push_back(std::make_unique<Dialogue>(loop, servers[server]->port(), seed, is_gone));
  }
  const auto closed = [&] {
    return std::count_if(told.begin(), told.end(), [](const auto& one) { return one.second.is_closed; });
  };
  const auto is_over = [](const auto& dialogue) { return dialogue->is_over; };
  CHECK(patience.run_until([&] { return closed() == kDialogues && std::all_of(dialogues.begin(), dialogues.end(), is_over); }));
  std::size_t octets = 0;
  for (std::size_t seed = 0; seed < dialogues.size(); ++seed) {
    CAPTURE(seed);
    Dialogue& dialogue = *dialogues[seed];
    dialogue.take_stock();
    const Told& events = told[{seed % servers.size(), dialogue.local}];
    CHECK(difference(events.client, dialogue.from_client) == "");
    CHECK(difference(events.server, dialogue.from_server) == "");
    octets += dialogue.from_client.size() + dialogue.from_server.size();
  }
  CHECK(octets > 500'000);
}

}  // namespace
