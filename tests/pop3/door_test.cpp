// POP3 behind the door: both sides speak to each other in memory, and everything that is told of them is neutral.
#include "pop3/door.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.h"
#include "tests/pop3/server.h"

namespace {

using protocol::Outcome;

// Somebody's mailbox, which is an INBOX and nothing else.
class OneFolder final : public mailbox::Mailbox {
 public:
  explicit OneFolder(std::shared_ptr<mailbox::Folder> inbox) : inbox_(std::move(inbox)) {}

  core::Result<std::shared_ptr<mailbox::Folder>> open(const mailbox::FolderName& /*name*/) override { return inbox_; }
  core::Result<std::vector<mailbox::FolderName>> folders() override { return std::vector<mailbox::FolderName>(); }
  core::Result<void> create(const mailbox::FolderName& /*name*/) override { return {}; }
  core::Result<void> erase(const mailbox::FolderName& /*name*/) override { return {}; }
  core::Result<void> rename(const mailbox::FolderName& /*from*/, const mailbox::FolderName& /*to*/) override { return {}; }
  core::Result<std::vector<mailbox::FolderName>> subscriptions() override { return std::vector<mailbox::FolderName>(); }
  core::Result<void> subscribe(const mailbox::FolderName& /*name*/, bool /*wanted*/) override { return {}; }

 private:
  std::shared_ptr<mailbox::Folder> inbox_;
};

// A client and a server that takes every password but "wrong".
class ThroughTheDoor {
 public:
  explicit ThroughTheDoor(const protocol::ServerSettings& settings = {})
      : kind_(pop3::door().server(settings)), server_(kind_->session("1896.697170952")), client_(pop3::door().client(nullptr)) {
    serve();
  }

  // What the server answers to this line; the answers are kept.
  protocol::Received say(const std::string& line) {
    const auto said = client_->send(line + "\r\n");
    if (!said.empty()) last_said = said.back();
    perform(client_->take_actions());
    serve();
    REQUIRE_FALSE(heard.empty());
    return heard.back();
  }

  [[nodiscard]] protocol::ClientSession& client() { return *client_; }
  [[nodiscard]] protocol::ServerSession& server() { return *server_; }

  std::vector<protocol::Received> heard;
  std::optional<protocol::Said> last_said;
  std::shared_ptr<pop3_test::Folder> folder = std::make_shared<pop3_test::Folder>(pop3_test::three_messages());

 private:
  void perform(const core::Actions& actions) {
    for (const core::Action& action : actions) {
      if (const auto* const send = std::get_if<core::Send>(&action)) server_->receive(send->bytes);
    }
  }

  void hear(std::string_view octets) {
    client_->receive(octets);
    while (true) {
      auto received = client_->next();
      REQUIRE(received.has_value());
      if (!*received) return;
      heard.push_back(std::move(**received));
    }
  }

  void flush() {
    bool begins_tls = false;
    for (const core::Action& action : server_->take_actions()) {
      if (const auto* const send = std::get_if<core::Send>(&action)) hear(send->bytes);
      begins_tls = begins_tls || std::holds_alternative<core::StartTls>(action);
    }
    if (!begins_tls) return;
    server_->secured();
    client_->secured();
  }

  void serve() {
    while (auto turn = server_->next_turn()) {
      if (turn->claim && turn->claim->password.reveal() != "wrong")
        server_->welcome(*turn, [this]() -> mailbox::Mailbox& { return mailbox_; });
      server_->answer_as_proposed(*turn);
      flush();
      while (server_->is_sending()) {
        auto piece = server_->next_piece();
        REQUIRE(piece.has_value());
        hear(*piece);
        flush();
      }
    }
  }

  std::shared_ptr<const protocol::Server> kind_;
  std::unique_ptr<protocol::ServerSession> server_;
  std::unique_ptr<protocol::ClientSession> client_;
  OneFolder mailbox_{folder};
};

}  // namespace

TEST_CASE("pop3 door: mail is fetched through it") {
  ThroughTheDoor pair;
  REQUIRE(pair.heard.size() == 1);
  CHECK(pair.heard.front().answers == protocol::Input(pop3::Input::kConnect));
  CHECK(pair.heard.front().answer.lines.front() == "POP3 server ready <1896.697170952@mock.example>");
  CHECK(pair.client().state().name.en == "authorization");

  CHECK(pair.say("USER alice").answer.is_positive());
  CHECK(pair.client().text("name") == "alice");
  CHECK(pair.say("PASS wrong").answer.is_negative());
  CHECK(pair.last_said->secrets.size() == 1);
  CHECK(pair.last_said->input.is(protocol::Role::kPassword));
  pair.say("USER alice");
  CHECK(pair.say("PASS secret").answer.lines.front() == "alice's maildrop has 3 messages (112 octets)");
  CHECK(pair.server().text("logged-in") == "alice");
  CHECK(pair.client().state().name.in(core::Language::kChinese) == "处理");

  const protocol::Received list = pair.say("LIST");
  CHECK(list.answer.lines == std::vector<std::string>{"3 messages (112 octets)", "1 23", "2 38", "3 51"});
  CHECK(list.bytes == "+OK 3 messages (112 octets)\r\n1 23\r\n2 38\r\n3 51\r\n.\r\n");
  CHECK_FALSE(list.goes_on);
  const protocol::Received dots = pair.say("RETR 2");
  CHECK(dots.answer.lines == std::vector<std::string>{"38 octets", "Subject: dots", "", ".hidden", "..", ".", "end"});
  CHECK(dots.bytes.find("\r\n..hidden\r\n...\r\n..\r\nend\r\n.\r\n") != std::string::npos);

  CHECK(pair.say("DELE 1").answer.is_positive());
  CHECK(pair.client().texts("marks") == std::vector<std::string>{"1"});
  CHECK(pair.server().parting_remarks().front().kind.text() == "pop3-no-quit");
  CHECK(pair.say("QUIT").answer.is_positive());
  CHECK(pair.client().is_over());
  CHECK(pair.server().is_over());
  CHECK((*pair.folder->list())->entries.size() == 2);
}

TEST_CASE("pop3 door: a QUIT that cannot remove says what went out in the turn") {
  ThroughTheDoor pair;
  pair.say("USER alice");
  pair.say("PASS secret");
  pair.say("DELE 1");
  pair.folder->cannot_expunge = true;
  const protocol::Received bye = pair.say("QUIT");
  CHECK(bye.answer.outcome == Outcome::kRefused);
  CHECK(bye.answer.detail() == "SYS/TEMP");
}

TEST_CASE("pop3 door: what a scenario says in place of it moves both sides") {
  const auto kind = pop3::door().server({});
  const auto server = kind->session("n");
  const auto client = pop3::door().client(nullptr);
  auto turn = server->next_turn();
  REQUIRE(turn);
  server->answer(turn->proposed, std::string("+OK Welcome to coremail Mail Pop3 Server\r\n"));
  for (const core::Action& action : server->take_actions()) client->receive(std::get<core::Send>(action).bytes);
  REQUIRE((*client->next())->answer.is_positive());
  server->receive("USER bob\r\n");
  turn = server->next_turn();
  REQUIRE(turn);
  const protocol::StateChange change =
      server->answer({Outcome::kRefused, "-ERR", {"[IN-USE] busy"}}, std::string("-ERR [IN-USE] busy\r\n"));
  CHECK(change.from == change.to);
  CHECK(server->state().name.en == "authorization");
}

TEST_CASE("pop3 door: a long message comes in parts, each told with its octets") {
  ThroughTheDoor pair;
  pair.folder = std::make_shared<pop3_test::Folder>(std::vector<std::string>{});
  std::string text = "Subject: long\r\n\r\n";
  while (text.size() < 200'000) text += std::string(70, 'x') + "\r\n";
  pop3_test::Folder folder({text});
  const auto client = pop3::door().client(nullptr);
  client->receive("+OK\r\n");
  REQUIRE(*client->next());
  client->send("USER a\r\n");
  client->receive("+OK\r\n");
  REQUIRE(*client->next());
  client->send("PASS b\r\n");
  client->receive("+OK\r\n");
  REQUIRE(*client->next());
  client->send("RETR 1\r\n");
  const std::string wire = "+OK\r\n" + text + ".\r\n";
  std::string told;
  std::size_t parts = 0;
  for (std::size_t at = 0; at < wire.size(); at += 1000) {
    client->receive(std::string_view(wire).substr(at, 1000));
    while (true) {
      auto received = client->next();
      REQUIRE(received.has_value());
      if (!*received) break;
      CHECK((*received)->is_continuation == (parts > 0));
      CHECK((*received)->bytes.size() < 70'000);
      told += (*received)->bytes;
      ++parts;
      CHECK((*received)->goes_on == (told.size() < wire.size()));
    }
    CHECK(client->awaited() == (told.size() < wire.size() ? 1 : 0));
    if (told.size() == wire.size()) break;
  }
  CHECK(told == wire);
  CHECK(parts == 4);
}

TEST_CASE("pop3 door: what may come next is put into lines") {
  struct Row {
    std::vector<std::string> said;
    std::string first;
  };
  protocol::Identity identity;
  identity.credentials = sasl::Credentials{};
  identity.credentials->user = "alice";
  identity.credentials->password = core::Secret("secret");
  for (const Row& row : std::vector<Row>{{{}, "USER alice"},
                                         {{"CAPA"}, "USER alice"},
                                         {{"USER alice"}, "PASS secret"},
                                         {{"USER alice", "PASS secret"}, "STAT"},
                                         {{"USER alice", "PASS secret", "STAT"}, "RETR 1"},
                                         {{"USER alice", "PASS secret", "STAT", "RETR 1"}, "RETR 2"},
                                         {{"USER alice", "PASS secret", "STAT", "RETR 1", "RETR 2", "RETR 3"}, "QUIT"}}) {
    ThroughTheDoor pair;
    for (const std::string& line : row.said) pair.say(line);
    CAPTURE(row.first);
    const std::vector<protocol::Likely> likely = pair.client().likely(identity, sasl::ClientLogin(identity.credentials, "n"));
    REQUIRE_FALSE(likely.empty());
    CHECK(likely.front().text == row.first);
  }
}

TEST_CASE("pop3 door: lines and answers are read by their grammar") {
  const protocol::Protocol& door = pop3::door();
  CHECK(door.read_line("pass secret").secrets.size() == 1);
  CHECK(door.read_line("RETR x").fault);
  CHECK_FALSE(door.read_line("EHLO x").command);
  CHECK(door.read_line("AUTH PLAIN AGEAYg==").mechanism == "PLAIN");
  CHECK(door.outcome_of("+OK") == Outcome::kOk);
  CHECK(door.outcome_of("-ERR") == Outcome::kRefused);
  CHECK(door.outcome_of("+") == Outcome::kMore);
  CHECK_FALSE(door.outcome_of("250"));
  CHECK_FALSE(door.outcome_of("+OK x"));
  const auto answer = door.answer_from_lines({"+OK 2 lines", ".a", "b", "."});
  REQUIRE(answer.has_value());
  CHECK(door.octets_of(*answer) == "+OK 2 lines\r\n..a\r\nb\r\n.\r\n");
  CHECK_FALSE(door.answer_from_lines({"250 ok"}).has_value());
  CHECK(door.first_answer_in("-ERR [AUTH] no\r\nmore")->detail() == "AUTH");
  CHECK_FALSE(door.first_answer_in("-ERR without end"));
}

TEST_CASE("pop3 door: a password that an answer repeats is found") {
  struct Row {
    std::string answer;
    std::string hidden;
  };
  for (const Row& row : std::vector<Row>{{"-ERR unknown command 'PASS hunter2'\r\n", "hunter2"},
                                         {"-ERR pass my secret word\r\n", "my secret word"},
                                         {"-ERR AUTH PLAIN AGEAYg== is wrong\r\n", "AGEAYg== is wrong"},
                                         {"-ERR compass north\r\n", ""},
                                         {"-ERR PASS\r\n", ""},
                                         {"-ERR please USER and PASS first\r\n", "first"}}) {
    CAPTURE(row.answer);
    std::string found;
    for (const core::Span& span : pop3::door().repeated_secrets(row.answer))
      found += row.answer.substr(span.begin, span.end - span.begin);
    CHECK(found == row.hidden);
  }
}
