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
#include <variant>

#include "mockserver/pieces.h"
#include "mockserver/scenario/behaviour.h"
#include "mockserver/scenario/catalogue.h"
#include "mockserver/scenario/loader.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

constexpr char kConnectsAgain = 0x1C;
constexpr char kSecondPasses = 0x1D;
constexpr char kSilence = 0x1E;
constexpr std::string_view kNotSent("\x1c\x1d\x1e");
constexpr std::size_t kMostSaid = 16 * 1024;  // of the replies below: what a client said is cut to 512 octets each time

constexpr std::string_view kEverything = R"(
subject = "content"
title = { en = "t", zh = "题" }
summary = { en = "s", zh = "句" }
[server]
ehlo_text = "{server} {client} {n} {session}"
extensions = ["PIPELINING", "SIZE 1000", "8BITMIME", "SMTPUTF8", "CHUNKING", "BINARYMIME", "ENHANCEDSTATUSCODES",
              "AUTH LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 XOAUTH2 OAUTHBEARER"]
[limits]
command_line = 256
auth_line = 512
message = 4096
recipients = 5
recipient_domains = 3
messages = 4
commands_without_mail = 60
auth_attempts = 3
[[account]]
user = "a@b.c"
password = "p"
web_password = "w"
token = "t"
[[rule]]
on = "midway"
when = { size_over = 40, sender = "drop@*", authenticated = false, tls = false }
raw = "421 {sender} {recipient}\r\n"
then = "reset"
[[rule]]
on = "midway"
when = { recipient = "second@*", nth = 2 }
reply = "421 {count}"
then = "close"
[[rule]]
on = "timeout"
when = { state = "rcpt" }
reply = ["421-{sender}", "421 {client}"]
then = "close"
[[rule]]
on = "any"
when = { order = "any", syntax = "any", client = "slow*" }
delay = 1
split_at = [1, 5]
split_every = 7
[[rule]]
on = "any"
when = { order = "wrong", syntax = "any", hello = "HELO" }
reply = "503 {command} {argument|base64}"
[[rule]]
on = "unknown"
when = { argument = '/^(?P<first>\w+)(?P<rest>.*)/' }
raw = "500-{first}\r\n500 {rest} {x*3000}\r\n"
[[rule]]
on = "VRFY"
raw = "{argument}\r\n"
[[rule]]
on = "EHLO"
when = { client = '/\.(?P<code>[2345]\d\d)$/' }
reply = "{code} {client-ip}"
[[rule]]
on = "AUTH"
when = { mechanism = "LOGIN", initial_response = true }
reply = "504 {mechanism}"
[[rule]]
on = "challenge"
when = { wants = "password", mechanism = "LOGIN" }
reply = "334 UGFzc3dvcmQ6"
[[rule]]
on = "auth"
when = { syntax = "wrong", mistake = "credentials-not-base64" }
reply = "501 {count}"
[[rule]]
on = "auth"
when = { password = "wrong", user = '/(?P<code>[2345]\d\d)/', user_known = false }
reply = "{code} {user}"
[[rule]]
on = "auth"
when = { password = "web", times = 2, per = "user" }
reply = "535 {count} {user|base64}"
[[rule]]
on = "MAIL"
when = { sender = '/^(?P<code>[2345]\d\d)@(?P<domain>.*)/' }
raw = "{code} {domain}\r\n"
[[rule]]
on = "MAIL"
when = { declared_size_over = 500, rate_over = "2/second", per = "sender" }
reply = "452 {declared-size} {count} {sender-domain}"
[[rule]]
on = "MAIL"
when = { sender_is_login = false, authenticated = true, chance = 0.5 }
reply = "550 {user} {sender}"
[[rule]]
on = "RCPT"
when = { since_first_under = 1.5, per = "triplet", recipient = "grey*" }
reply = "450 {count} {recipient-domain}"
[[rule]]
on = "RCPT"
when = { recipients_over = 2, times = 3, per = "connection" }
reply = "452 {n}"
[[rule]]
on = "RCPT"
when = { recipient_known = true, nth = 2, per = "recipient" }
reply = "550 {recipient} {queue-id}"
[[rule]]
on = "DATA"
when = { recipient = '/^(?P<code>[2345]\d\d)[@.]/', rate_over = "1/minute", per = "client-ip" }
reply = "{code} {count}"
[[rule]]
on = "BDAT"
when = { size_over = 100, argument = "*LAST" }
then = "stall"
[[rule]]
on = "message"
when = { header = ["Subject: *keep*", "To: *"] }
keep = true
[[rule]]
on = "message"
when = { eight_bit = true, line_over = 78 }
split_every = 3
[[rule]]
on = "message"
when = { header = 'Subject: /(?P<code>[2345]\d\d) (?P<word>\S+)/', from_is_sender = true }
reply = "{code} {word} {size}"
[[rule]]
on = "message"
when = { header_missing = ["Date", "From"], body = '/(?P<start>^.{3})(?P<url>https?:\S*)?/' }
reply = "550 {start} {url}"
[[rule]]
on = "message"
when = { from_is_login = false, authenticated = true }
raw = "554 {user}\r\n"
then = "close"
[[rule]]
on = "message"
when = { body = "*lottery?", header = 'From: /(?P<name>.*)</' }
raw = "550 {name}\r\n"
keep = true
[[rule]]
on = "message"
when = { syntax = "any", mistake = "bare-lf-data", from_is_sender = false }
reply = "554 {queue-id}"
)";

const scenario::Scenario& scenario_of(std::uint8_t bits) {
  static const auto kByAddress = scenario::Catalogue::embedded().load("any/by-address");
  static const auto kAsks = scenario::load_scenario("fuzz", {"fuzz.toml", kEverything}, {}, scenario::Extends::kOptional);
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
      : session_(scenario.server),
        behaviour_(scenario, history, number,
                   {{"id", "ID"}, {"session", std::to_string(number)}, {"client-ip", "192.0.2.1"}, {"server-ip", "192.0.2.2"}}),
        out_(out) {
    take_turns({});
  }

  void receive(std::string_view octets, std::chrono::milliseconds running) {
    if (is_done()) return;
    session_.receive(octets);
    take_turns(running);
    if (is_done() || !session_.is_in_message()) return;
    if (const auto decision = behaviour_.decide_midway(session_.state(), {0, running})) end_with(*decision);
  }

  void time_out(std::chrono::milliseconds running) {
    if (is_done()) return;
    if (const auto decision = behaviour_.decide_timeout(session_.state(), {0, running})) return end_with(*decision);
    out_ += session_.time_out();
  }

 private:
  [[nodiscard]] bool is_done() const { return ended_ || session_.is_over(); }

  void take_turns(std::chrono::milliseconds running) {
    while (!is_done()) {
      const auto turn = session_.next_turn();
      if (!turn) break;
      const scenario::Decision decision = behaviour_.decide(*turn, session_.state(), {0, running});
      check(decision);
      demand(!decision.reply.lines.empty() || decision.effects.then);
      if (turn->input == smtp::Input::kMessage && decision.keeps()) out_ += "kept " + turn->said.message;
      session_.answer(decision.reply, mockserver::speech_of(decision), decision.closes());
      perform(session_.take_actions());
      if (decision.effects.then) end(*decision.effects.then);
    }
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

  smtp::ServerSession session_;
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
