// The examples of the RFCs: client session against server session in memory. tests/golden/pop3 holds what they say to each
// other, written as the RFCs write it; UPDATE_GOLDEN=1 in the environment rewrites the files.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "pop3/client_session.h"
#include "pop3/server_session.h"
#include "tests/pop3/folder.h"

namespace {

std::filesystem::path folder() { return std::filesystem::path(SMTPLAB_SOURCE) / "tests" / "golden" / "pop3"; }

// What a server says in place of what is proposed, to the first line that fits.
struct Override {
  std::string line;  // a glob over the client's line
  pop3::Outcome outcome;
  std::string text;
};

struct Dialogue {
  std::string name;
  std::vector<std::string> client;  // each is sent when everything before was answered
  std::string server = "dbc.mtview.ca.us";
  std::vector<std::string> capabilities = {"USER", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE"};
  std::vector<std::string> capabilities_tls = {};
  std::vector<Override> overrides = {};
};

// Of 120 and 200 octets, as in RFC 1939.
std::vector<std::string> two_messages() {
  std::string one = "From: mrose@example.org\r\nSubject: one\r\n\r\n";
  std::string two = "From: mrose@example.org\r\nSubject: two\r\n\r\n.hidden\r\n";
  one += std::string(118 - one.size(), '1') + "\r\n";
  two += "first line\r\n" + std::string(198 - two.size() - 12, '2') + "\r\n";
  return {one, two};
}

std::string prefixed(const std::string& who, std::string_view octets) {
  std::string out;
  while (!octets.empty()) {
    const std::size_t length = std::min(octets.find('\n'), octets.size() - 1) + 1;
    out += who + ": " + core::show_bytes(core::without_line_end(octets.substr(0, length))) + "\n";
    octets.remove_prefix(length);
  }
  return out;
}

class Pair {
 public:
  explicit Pair(const Dialogue& dialogue)
      : dialogue_(dialogue),
        folder_(std::make_shared<pop3_test::Folder>(two_messages())),
        config_(config_of(dialogue)),
        server_(config_, "1896.697170952") {
    settle();
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void send(const std::string& line) {
    transcript_ += "C: " + line + "\n";
    client_.send(line + "\r\n");
    settle();
  }

  [[nodiscard]] std::string finish() const { return transcript_ + (closed_ ? "" : "(the connection stays open)\n"); }

 private:
  static pop3::ServerConfig config_of(const Dialogue& dialogue) {
    pop3::ServerConfig config;
    config.name = dialogue.server;
    config.capabilities = pop3::Capabilities::from_lines(dialogue.capabilities);
    if (!dialogue.capabilities_tls.empty()) config.capabilities_tls = pop3::Capabilities::from_lines(dialogue.capabilities_tls);
    return config;
  }

  void decide(pop3::Turn& turn) {
    const std::map<std::string, std::string> passwords{{"mrose", "tanstaaf"}, {"test", "test"}, {"tim", "tanstaaftanstaaf"}};
    if (turn.claim) {
      const auto known = passwords.find(turn.claim->user);
      if (known != passwords.end() && turn.claim->proves(known->second)) server_.open_maildrop(turn, folder_);
    }
    if (turn.updates) server_.update(turn);
    for (const Override& one : dialogue_.overrides) {
      if (!core::matches_glob(turn.said.line(), one.line)) continue;
      turn.proposed.outcome = one.outcome;
      turn.proposed.code.clear();
      turn.proposed.text = one.text;
      break;
    }
  }

  void settle() {
    for (bool moved = true; moved;) {
      moved = false;
      for (const core::Action& action : client_.take_actions()) {
        moved = true;
        if (const auto* const send = std::get_if<core::Send>(&action)) server_.receive(send->bytes);
        if (std::holds_alternative<core::StartTls>(action)) begin_tls();
      }
      while (auto turn = server_.next_turn()) {
        moved = true;
        decide(*turn);
        server_.answer(std::move(turn->proposed));
        take_server_actions();
        while (server_.is_sending()) hear(*server_.next_piece());
        take_server_actions();
      }
    }
  }

  void take_server_actions() {
    for (const core::Action& action : server_.take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) hear(send->bytes);
      closed_ = closed_ || std::holds_alternative<core::Close>(action);
    }
  }

  void begin_tls() {
    transcript_ += "(TLS negotiation)\n";
    server_.secured();
    client_.secured();
  }

  void hear(const std::string& octets) {
    unread_ += octets;
    const std::size_t whole = unread_.rfind('\n') + 1;  // 0 when there is none
    transcript_ += prefixed("S", unread_.substr(0, whole));
    unread_.erase(0, whole);
    client_.receive(octets);
    for (auto event = client_.next_event(); event && *event; event = client_.next_event()) {
    }
  }

  const Dialogue& dialogue_;
  std::shared_ptr<pop3_test::Folder> folder_;
  pop3::ServerConfig config_;
  pop3::ServerSession server_;
  pop3::ClientSession client_;
  std::string transcript_;
  std::string unread_;  // a line of the server without its end so far
  bool closed_ = false;
};

constexpr auto kOk = pop3::Outcome::kOk;
constexpr auto kRefused = pop3::Outcome::kRefused;
const std::string kApop = "APOP mrose c4c9334bac560ecc979e58001b3e22fb";

// RFC 2595 §6 and RFC 5034 §6 name a server BlurdyBlurp.
const std::vector<std::string> kBlurdy{"SASL DIGEST-MD5 GSSAPI ANONYMOUS PLAIN", "STLS",
                                       "IMPLEMENTATION BlurdyBlurp POP3 server"};
const std::vector<std::string> kBlurdyTls{"SASL PLAIN DIGEST-MD5 GSSAPI ANONYMOUS", "IMPLEMENTATION BlurdyBlurp POP3 server"};
const std::vector<Override> kBlurdyWords{{"", kOk, "pop.example.com BlurdyBlurp POP3 server ready"},
                                         {"CAPA", kOk, "List of capabilities follows"},
                                         {"STLS", kOk, "Begin TLS negotiation now"},
                                         {"AUTH PLAIN d*", kOk, "Maildrop locked and ready"},
                                         {"dGVz*", kOk, "Maildrop locked and ready"}};

const std::vector<Dialogue> kDialogues{
    {"rfc1939-section-10", {kApop, "STAT", "LIST", "RETR 1", "DELE 1", "RETR 2", "DELE 2", "QUIT"}},
    {"rfc1939-section-4-quit", {"QUIT"}, "dewey"},
    {"rfc1939-section-5",
     {kApop, "STAT", "LIST", "LIST 2", "LIST 3", "RETR 1", "DELE 1", "DELE 2", "DELE 2", "NOOP", "RSET", "STAT"}},
    {"rfc1939-section-6", {kApop, "QUIT"}},
    {"rfc1939-section-7",
     {"USER frated", "USER mrose", "PASS secret", "USER mrose", "PASS tanstaaf", "TOP 1 10", "TOP 100 3", "UIDL", "UIDL 2",
      "UIDL 3"},
     "dbc.mtview.ca.us",
     {"USER", "TOP", "UIDL"},
     {},
     {{"USER frated", kRefused, "sorry, no mailbox for frated here"},
      {"USER mrose", kOk, "mrose is a real hoopy frood"},
      {"PASS secret", kRefused, "maildrop already locked"}}},
    {"rfc2449-section-5",
     {"CAPA", "QUIT"},
     "mock.example",
     {"TOP", "USER", "SASL CRAM-MD5 KERBEROS_V4", "RESP-CODES", "LOGIN-DELAY 900", "PIPELINING", "EXPIRE 60", "UIDL",
      "IMPLEMENTATION Shlemazle-Plotz-v302"}},
    {"rfc2449-section-8",
     {"USER mrose", "PASS tanstaaf", "QUIT"},
     "mock.example",
     {"USER", "RESP-CODES"},
     {},
     {{"PASS *", kRefused, "[IN-USE] Do you have another POP session running?"}}},
    {"rfc2595-section-4", {"STLS", "STLS"}, "mock.example", {"STLS", "USER"}},
    {"rfc5034-section-6-initial-response",
     {"CAPA", "STLS", "CAPA", "AUTH PLAIN dGVzdAB0ZXN0AHRlc3Q="},
     "mock.example",
     kBlurdy,
     kBlurdyTls,
     kBlurdyWords},
    {"rfc5034-section-6-without",
     {"STLS", "CAPA", "AUTH PLAIN", "dGVzdAB0ZXN0AHRlc3Q="},
     "mock.example",
     kBlurdy,
     kBlurdyTls,
     kBlurdyWords},
    {"rfc5034-cancelled", {"AUTH PLAIN", "*", "AUTH PLAIN =", "AUTH FOO"}, "mock.example", {"SASL PLAIN"}},
};

}  // namespace

TEST_CASE("pop3 dialogues: the examples of RFC 1939, 2449, 2595 and 5034") {
  std::set<std::string> known;
  for (const Dialogue& dialogue : kDialogues) {
    CAPTURE(dialogue.name);
    known.insert(dialogue.name + ".txt");
    Pair pair(dialogue);
    for (const std::string& line : dialogue.client) pair.send(line);
    const std::string got = pair.finish();
    const std::filesystem::path path = folder() / (dialogue.name + ".txt");
    if (const char* const update = std::getenv("UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") {
      std::ofstream(path, std::ios::binary) << got;
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    INFO(path.string() << ": UPDATE_GOLDEN=1 rewrites it");
    REQUIRE(file.good());
    const std::string want{std::istreambuf_iterator<char>(file), {}};
    CHECK(want == got);
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder())) CHECK(known.count(entry.path().filename()) == 1);
}
