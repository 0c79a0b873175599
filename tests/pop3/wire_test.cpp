// The rows of wire.txt on a client session and a server session in memory: whole, and octet by octet.
#include "tests/pop3/wire.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/show.h"
#include "core/text.h"
#include "pop3/client_session.h"
#include "sasl/hashes.h"
#include "tests/pop3/server.h"

namespace {

using pop3_test::Folder;
using pop3_test::Server;
using pop3_test::three_messages;
using pop3_test::wire_rows;
using pop3_test::WireRow;
using pop3_test::WireStep;

std::string unescaped(const std::string& text) {
  const std::map<char, char> letters{{'r', '\r'}, {'n', '\n'}, {'t', '\t'}, {'0', '\0'}, {'\\', '\\'}};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
    } else if (text[i + 1] == 'x') {
      out += static_cast<char>(std::stoi(text.substr(i + 2, 2), nullptr, 16));
      i += 3;
    } else {
      out += letters.at(text[++i]);
    }
  }
  return out;
}

// One mailbox and its connections, one after the other.
class Talk {
 public:
  explicit Talk(std::size_t chunk) : folder_(std::make_shared<Folder>(three_messages())), chunk_(chunk) { connect(); }

  void connect() {
    server_.reset();
    server_ = std::make_unique<Server>(folder_);
    client_ = std::make_unique<pop3::ClientSession>();
    lines_.clear();
    unread_.clear();
    deliver(server_->greeting());
    expect("+OK*");
    time_stamp_ = client_->state().memory().time_stamp;
  }

  void take(const WireStep& step) {
    if (step.what == "C" || step.what == "R") {
      send(unescaped(filled(step.text)) + (step.what == "C" ? "\r\n" : ""));
    } else if (step.what == "S") {
      expect(step.text);
    } else if (step.what == "closed") {
      CHECK(server_->closed());
      CHECK(lines_.empty());
    } else if (step.what == "@again") {
      connect();
    } else if (step.what == "@login") {
      for (const std::string line : {"USER alice\r\n", "PASS secret\r\n"}) {
        send(line);
        expect("+OK*");
      }
    } else {
      REQUIRE(step.what == "@tls");
      send("STLS\r\n");
      expect("+OK*");
      REQUIRE(server_->wants_tls());
      client_->secured();
      server_->secure();
    }
  }

  void finish() {
    CHECK(lines_.empty());
    CHECK(unread_.empty());
    // Both sides think the same, unless the client hears nothing of why the server closes.
    CHECK(name(client_->state().state()) == name(server_->state().state()));
    CHECK(client_->state().memory().user == server_->state().memory().user);
    CHECK(client_->state().memory().marks == server_->state().memory().marks);
    CHECK(client_->awaited() == 0);
  }

 private:
  void send(const std::string& octets) {
    for (std::size_t at = 0; at < octets.size(); at += chunk_) {
      client_->send(octets.substr(at, chunk_));
      for (const core::Action& action : client_->take_actions()) {
        if (const auto* const sent = std::get_if<core::Send>(&action)) deliver(server_->say(sent->bytes));
      }
    }
  }

  void deliver(const std::string& octets) {
    for (std::size_t at = 0; at < octets.size(); at += chunk_) {
      client_->receive(std::string_view(octets).substr(at, chunk_));
      for (auto event = client_->next_event(); event && *event; event = client_->next_event()) {
        const auto* const answer = std::get_if<pop3::AnswerEvent>(&**event);
        unread_ += answer != nullptr ? answer->received.bytes : std::get<pop3::BodyEvent>(**event).received.bytes;
        if (answer != nullptr) CHECK_FALSE(answer->unasked);
      }
    }
    for (std::size_t end = unread_.find("\r\n"); end != std::string::npos; end = unread_.find("\r\n")) {
      lines_.push_back(unread_.substr(0, end));
      unread_.erase(0, end + 2);
    }
  }

  void expect(const std::string& pattern) {
    if (pattern == "***") {
      while (!lines_.empty() && lines_.front() != ".") lines_.pop_front();
      return;
    }
    REQUIRE_MESSAGE(!lines_.empty(), "nothing came where ", pattern, " should");
    const std::string line = lines_.front();
    lines_.pop_front();
    INFO(core::show_bytes(line), " where ", pattern, " should come");
    CHECK(core::matches_glob(line, pattern));
    if (line.rfind("+ ", 0) == 0) challenge_ = core::base64_decode(line.substr(2)).value_or("");
  }

  [[nodiscard]] std::string filled(std::string text) const {
    const std::string proof = sasl::hexadecimal(sasl::hmac(sasl::Hash::kMd5, "secret", challenge_));
    const std::map<std::string, std::string> values{
        {"{user}", "alice"},
        {"{plain}", core::base64_encode(std::string("\0alice\0secret", 13))},
        {"{login}", core::base64_encode("alice")},
        {"{password}", core::base64_encode("secret")},
        {"{apop}", sasl::hexadecimal(sasl::digest(sasl::Hash::kMd5, time_stamp_ + "secret"))},
        {"{cram}", core::base64_encode("alice " + proof)},
        {"{xs}", std::string(248, 'x')}};
    for (const auto& [from, to] : values) text = core::replace_all(text, from, to);
    return text;
  }

  std::shared_ptr<Folder> folder_;
  std::size_t chunk_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<pop3::ClientSession> client_;
  std::string time_stamp_;
  std::string challenge_;
  std::deque<std::string> lines_;
  std::string unread_;
};

}  // namespace

TEST_CASE("pop3: every row of the wire table") {
  std::set<std::string> names;
  for (const WireRow& row : wire_rows()) {
    CAPTURE(row.name);
    CAPTURE(row.rule);
    CHECK(names.insert(row.name).second);
    CHECK(row.rule.rfind("RFC ", 0) == 0);
    for (const std::size_t chunk : {std::size_t{1} << 20, std::size_t{1}}) {
      CAPTURE(chunk);
      Talk talk(chunk);
      for (const WireStep& step : row.steps) {
        CAPTURE(step.what);
        CAPTURE(step.text);
        talk.take(step);
      }
      talk.finish();
    }
  }
  CHECK(names.size() >= 90);
}
