// Client session against server session in memory. tests/golden/dialogues holds what they say to each other, written as
// in the RFCs; UPDATE_GOLDEN=1 in the environment rewrites the files.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "core/text.h"
#include "smtp/client_session.h"
#include "smtp/server_session.h"

namespace {

std::filesystem::path folder() { return std::filesystem::path(SMTPLAB_SOURCE) / "tests" / "golden" / "dialogues"; }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// The lines of both in order, "- " before what only `want` has and "+ " before what only `got` has.
std::string diff(const std::string& want, const std::string& got) {
  const std::vector<std::string> a = lines_of(want);
  const std::vector<std::string> b = lines_of(got);
  std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t k = b.size(); k-- > 0;) {
      common[i][k] = a[i] == b[k] ? common[i + 1][k + 1] + 1 : std::max(common[i + 1][k], common[i][k + 1]);
    }
  }
  std::string out = "\n";
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() || k < b.size()) {
    if (i < a.size() && k < b.size() && a[i] == b[k]) {
      out += "  " + a[i++] + "\n";
      ++k;
    } else if (k == b.size() || (i < a.size() && common[i + 1][k] >= common[i][k + 1])) {
      out += "- " + a[i++] + "\n";
    } else {
      out += "+ " + b[k++] + "\n";
    }
  }
  return out;
}

void compare_with_golden(const std::string& name, const std::string& got) {
  const std::filesystem::path path = folder() / (name + ".txt");
  if (const char* const update = std::getenv("UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary) << got;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  INFO(path.string() << ": UPDATE_GOLDEN=1 rewrites it");
  REQUIRE(file.good());
  const std::string want{std::istreambuf_iterator<char>(file), {}};
  INFO("- wanted, + got:" << diff(want, got));
  CHECK(want == got);
}

// What a server says in place of the proposed reply, to the first line that fits.
struct Override {
  std::string line;  // a glob over the client's line
  int code;
  std::vector<std::string> lines;
};

struct Dialogue {
  std::string name;
  std::vector<std::string> client;  // each is sent when everything before was answered
  std::string server_name = "mock.example";
  std::vector<std::string> extensions = {"8BITMIME", "SIZE 10000000", "PIPELINING"};
  std::vector<Override> overrides = {};
  std::vector<std::string> extensions_tls = {};
};

smtp::Reply decide(const Dialogue& dialogue, const smtp::Turn& turn) {
  if (turn.claim && turn.claim->user == "alice" && turn.claim->proves("secret"))
    return {smtp::ReplyCode(235), {"Authentication successful"}};
  for (const Override& one : dialogue.overrides) {
    if (core::matches_glob(turn.said.line(), one.line)) return {smtp::ReplyCode(one.code), one.lines};
  }
  return turn.proposed;
}

// Lines as the RFCs print dialogues; a line end that is not CRLF shows.
std::string prefixed(const std::string& who, std::string_view octets) {
  std::string out;
  for (std::size_t at = 0; at < octets.size();) {
    const std::size_t end = std::min(octets.find('\n', at), octets.size() - 1) + 1;
    const std::string_view line = octets.substr(at, end - at);
    out +=
        who + ": " + (line.ends_with("\r\n") ? core::show_bytes(core::without_line_end(line)) : core::show_bytes(line)) + "\n";
    at = end;
  }
  return out;
}

smtp::ServerConfig config_of(const Dialogue& dialogue) {
  smtp::ServerConfig config;
  config.name = dialogue.server_name;
  config.extensions = smtp::Extensions::from_lines(dialogue.extensions);
  if (!dialogue.extensions_tls.empty()) config.extensions_tls = smtp::Extensions::from_lines(dialogue.extensions_tls);
  return config;
}

// Both sessions with a wire of `chunk` octets at a time between them.
class Pair {
 public:
  Pair(const Dialogue& dialogue, std::size_t chunk)
      : dialogue_(dialogue), chunk_(chunk), config_(config_of(dialogue)), server_(config_) {
    settle();
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void send(const std::string& bytes) {
    transcript_ += prefixed("C", bytes);
    client_.send(bytes);
    settle();
  }

  [[nodiscard]] std::string finish() const { return transcript_ + (closed_ ? "" : "(the connection stays open)\n"); }
  [[nodiscard]] const smtp::ClientSession& client() const { return client_; }

 private:
  void settle() {
    for (bool moved = true; moved;) {
      moved = false;
      for (const core::Action& action : client_.take_actions()) {
        if (std::holds_alternative<core::StartTls>(action)) {
          begin_tls();
          continue;
        }
        deliver(std::get<core::Send>(action).bytes, [&](std::string_view part) {
          server_.receive(part);
          take_turns();
        });
        moved = true;
      }
      take_turns();
      for (const core::Action& action : std::exchange(from_server_, {})) {
        moved = true;
        if (std::holds_alternative<core::Close>(action)) {
          closed_ = true;
          continue;
        }
        if (std::holds_alternative<core::StartTls>(action)) {
          server_wants_tls_ = true;
          continue;
        }
        const std::string& bytes = std::get<core::Send>(action).bytes;
        transcript_ += prefixed("S", bytes);
        deliver(bytes, [&](std::string_view part) {
          client_.receive(part);
          take_replies();
        });
      }
    }
    check_agreement();
  }

  // The client asks for it last: it waits for the 220.
  void begin_tls() {
    CHECK(server_wants_tls_);
    server_wants_tls_ = false;
    transcript_ += "(TLS begins)\n";
    CHECK(server_.secured() == client_.secured());
  }

  template <typename Sink>
  void deliver(std::string_view bytes, Sink sink) const {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(chunk_, bytes.size()))) sink(bytes.substr(0, chunk_));
  }

  void take_turns() {
    while (const auto turn = server_.next_turn()) {
      server_.answer(decide(dialogue_, *turn));
      for (core::Action& action : server_.take_actions()) from_server_.push_back(std::move(action));
    }
  }

  void take_replies() {
    while (true) {
      const auto event = client_.next_reply();
      REQUIRE(event.has_value());
      if (!event->has_value()) return;
      CHECK_FALSE((*event)->unasked);
    }
  }

  // What the client infers from the replies is what the server knows.
  void check_agreement() const {
    const smtp::Memory& ours = client_.state().memory();
    const smtp::Memory& theirs = server_.state().memory();
    CHECK(smtp::name(client_.state().state()) == smtp::name(server_.state().state()));
    CHECK(ours.client_name == theirs.client_name);
    CHECK(ours.extended == theirs.extended);
    CHECK(ours.extensions == theirs.extensions);
    CHECK(ours.encrypted == theirs.encrypted);
    CHECK(ours.mail_parameters == theirs.mail_parameters);
    CHECK(ours.rcpt_parameters == theirs.rcpt_parameters);
    CHECK(ours.message_size == theirs.message_size);
    CHECK(ours.user == theirs.user);
    CHECK(ours.reverse_path == theirs.reverse_path);
    CHECK(ours.forward_paths == theirs.forward_paths);
    CHECK(ours.messages == theirs.messages);
    CHECK(client_.awaited() == 0);
  }

  const Dialogue& dialogue_;
  std::size_t chunk_;
  smtp::ServerConfig config_;
  smtp::ServerSession server_;
  smtp::ClientSession client_;
  core::Actions from_server_;
  std::string transcript_;
  bool closed_ = false;
  bool server_wants_tls_ = false;
};

const std::vector<Dialogue> kDialogues{
    // RFC 5321 appendix D.1: a typical transaction, one of three recipients refused.
    {"rfc5321-d1-typical",
     {"EHLO bar.com\r\n", "MAIL FROM:<Smith@bar.com>\r\n", "RCPT TO:<Jones@foo.com>\r\n", "RCPT TO:<Green@foo.com>\r\n",
      "RCPT TO:<Brown@foo.com>\r\n", "DATA\r\n", "Blah blah blah...\r\n...etc. etc. etc.\r\n.\r\n", "QUIT\r\n"},
     "foo.com",
     {"8BITMIME", "SIZE", "DSN", "HELP"},
     {{"RCPT TO:<Green@foo.com>", 550, {"No such user here"}}}},
    // Appendix D.2: the client gives up after a refused recipient.
    {"rfc5321-d2-aborted",
     {"EHLO bar.com\r\n", "MAIL FROM:<Smith@bar.com>\r\n", "RCPT TO:<Jones@foo.com>\r\n", "RCPT TO:<Green@foo.com>\r\n",
      "RSET\r\n", "QUIT\r\n"},
     "foo.com",
     {"8BITMIME", "SIZE", "DSN", "HELP"},
     {{"RCPT TO:<Green@foo.com>", 550, {"No such user here"}}}},
    // Appendix D.3: relayed mail, first to the relay, with a source route, and then to its end.
    {"rfc5321-d3-relayed-1",
     {"EHLO bar.com\r\n", "MAIL FROM:<JQP@bar.com>\r\n", "RCPT TO:<@foo.com:Jones@XYZ.COM>\r\n", "DATA\r\n",
      "Date: Thu, 21 May 1998 05:33:29 -0700\r\nFrom: John Q. Public <JQP@bar.com>\r\nSubject: The Next Meeting of the "
      "Board\r\n"
      "To: Jones@xyz.com\r\n\r\nBill:\r\nThe next meeting of the board of directors will be\r\non Tuesday.\r\nJohn.\r\n.\r\n",
      "QUIT\r\n"},
     "foo.com"},
    {"rfc5321-d3-relayed-2",
     {"EHLO foo.com\r\n", "MAIL FROM:<JQP@bar.com>\r\n", "RCPT TO:<Jones@XYZ.COM>\r\n", "DATA\r\n",
      "Received: from bar.com by foo.com ; Thu, 21 May 1998\r\n 05:33:29 -0700\r\nDate: Thu, 21 May 1998 05:33:22 -0700\r\n"
      "From: John Q. Public <JQP@bar.com>\r\nSubject:  The Next Meeting of the Board\r\nTo: Jones@xyz.com\r\n\r\nBill:\r\n"
      "The next meeting of the board of directors will be\r\non Tuesday.\r\nJohn.\r\n.\r\n",
      "QUIT\r\n"},
     "xyz.com"},
    // Appendix D.4: verifying, then sending.
    {"rfc5321-d4-verifying",
     {"EHLO bar.com\r\n", "VRFY Crispin\r\n", "MAIL FROM:<EAK@bar.com>\r\n", "RCPT TO:<Admin.MRC@foo.com>\r\n", "DATA\r\n",
      "Blah blah blah...\r\n...etc. etc. etc.\r\n.\r\n", "QUIT\r\n"},
     "foo.com",
     {"8BITMIME", "SIZE", "DSN", "VRFY", "HELP"},
     {{"VRFY Crispin", 250, {"Mark Crispin <Admin.MRC@foo.com>"}}}},
    {"helo-then-mail",
     {"HELO alice.example\r\n", "MAIL FROM:<alice@a.example>\r\n", "RCPT TO:<bob@b.example>\r\n", "DATA\r\n", "Hello\r\n.\r\n",
      "QUIT\r\n"}},
    {"auth-login",
     {"EHLO client.example\r\n", "AUTH LOGIN\r\n", "YWxpY2U=\r\n", "d3Jvbmc=\r\n", "AUTH LOGIN\r\n", "YWxpY2U=\r\n",
      "c2VjcmV0\r\n", "MAIL FROM:<alice@a.example>\r\n", "QUIT\r\n"},
     "mock.example",
     {"AUTH LOGIN PLAIN"}},
    {"auth-plain",
     {"EHLO client.example\r\n", "AUTH PLAIN\r\n", "*\r\n", "AUTH PLAIN\r\n", "not base64\r\n",
      "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n", "AUTH LOGIN\r\n", "QUIT\r\n"},
     "mock.example",
     {"AUTH LOGIN PLAIN", "ENHANCEDSTATUSCODES"}},
    {"pipelining",
     {"EHLO client.example\r\n", "MAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nRCPT TO:<bad>\r\nDATA\r\n",
      "..a dot\r\n.\r\nRSET\r\nMAIL FROM:<>\r\nRCPT TO:<Postmaster>\r\nDATA\r\n", ".\r\n", "QUIT\r\n"}},
    {"out-of-order",
     {"MAIL FROM:<a@a.example>\r\n", "EHLO client.example\r\n", "RCPT TO:<b@b.example>\r\n", "DATA\r\n",
      "MAIL FROM:<a@a.example>\r\n", "MAIL FROM:<c@c.example>\r\n", "DATA\r\n", "AUTH LOGIN\r\n", "EHLO again.example\r\n",
      "DATA\r\n", "STARTTLS\r\n", "HELLO\r\n", "\r\n", "QUIT now\r\n", "QUIT\r\n"}},
    {"line-ends",
     {"EHLO client.example\n", "MAIL FROM:<a@a.example>\n", "RCPT TO:<b@b.example>\n", "DATA\n", "one\ntwo\r\n.\n",
      "three\r\n.\r\n", "QUIT\n"}},
    {"starttls",
     {"EHLO client.example\r\n", "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n", "STARTTLS\r\n", "MAIL FROM:<alice@a.example>\r\n",
      "EHLO client.example\r\n", "STARTTLS\r\n", "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n", "MAIL FROM:<alice@a.example>\r\n",
      "QUIT\r\n"},
     "mock.example",
     {"STARTTLS"},
     {},
     {"AUTH PLAIN"}},
    {"starttls-refused",
     {"EHLO client.example\r\n", "STARTTLS\r\n", "MAIL FROM:<alice@a.example>\r\n", "STARTTLS\r\n", "RSET\r\n", "QUIT\r\n"},
     "mock.example",
     {"STARTTLS"},
     {{"STARTTLS", 454, {"TLS not available due to temporary reason"}}}},
    // RFC 3030 §4.2: chunks, pipelined.
    {"bdat",
     {"EHLO client.example\r\n", "MAIL FROM:<ned@ymir.claremont.edu>\r\n", "RCPT TO:<gvaudre@cnri.reston.va.us>\r\n",
      "BDAT 12\r\nSubject: x\r\n", "BDAT 2\r\n\r\nBDAT 7\r\nHello\r\nBDAT 0 LAST\r\n", "BDAT 4 LAST\r\nno\r\n", "QUIT\r\n"},
     "cnri.reston.va.us",
     {"PIPELINING", "CHUNKING", "8BITMIME"}},
    {"bdat-binary",
     {"EHLO client.example\r\n", "MAIL FROM:<a@a.example> BODY=BINARYMIME\r\n", "RCPT TO:<b@b.example>\r\n", "DATA\r\n",
      std::string("BDAT 6 LAST\r\n\0\n\r\xff.\n", 19), "QUIT\r\n"},
     "mock.example",
     {"CHUNKING", "BINARYMIME", "8BITMIME"}},
    {"bdat-refused",
     {"EHLO client.example\r\n", "MAIL FROM:<a@a.example>\r\n", "RCPT TO:<b@b.example>\r\n", "BDAT 3\r\nabcBDAT 3 LAST\r\ndef",
      "MAIL FROM:<a@a.example>\r\n", "QUIT\r\n"},
     "mock.example",
     {"PIPELINING", "CHUNKING"},
     {{"BDAT 3", 452, {"Insufficient system storage"}}}},
    // Nothing tells the client before the reply how the server reads what stands behind BDAT.
    {"bdat-not-offered",
     {"EHLO client.example\r\n", "MAIL FROM:<a@a.example>\r\n", "RCPT TO:<b@b.example>\r\n", "BDAT 6\r\nNOOP\r\n", "DATA\r\n",
      "Hello\r\n.\r\n", "QUIT\r\n"}},
    {"bdat-after-helo",
     {"HELO client.example\r\n", "MAIL FROM:<a@a.example>\r\n", "RCPT TO:<b@b.example>\r\n", "BDAT 6 LAST\r\nNOOP\r\n",
      "DATA\r\n", "Hello\r\n.\r\n", "QUIT\r\n"},
     "mock.example",
     {"CHUNKING"}},
    // The submission in the example of RFC 3461.
    {"dsn",
     {"EHLO Example.ORG\r\n", "MAIL FROM:<Alice@Example.ORG> RET=HDRS ENVID=QQ314159\r\n",
      "RCPT TO:<Bob@Example.COM> NOTIFY=SUCCESS ORCPT=rfc822;Bob@Example.COM\r\n",
      "RCPT TO:<Carol@Ivory.EDU> NOTIFY=FAILURE ORCPT=rfc822;Carol@Ivory.EDU\r\n",
      "RCPT TO:<Dana@Ivory.EDU> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Dana@Ivory.EDU\r\n",
      "RCPT TO:<Eric@Bombs.AF.MIL> NOTIFY=FAILURE ORCPT=rfc822;Eric@Bombs.AF.MIL\r\n",
      "RCPT TO:<Fred@Bombs.AF.MIL> NOTIFY=NEVER,FAILURE\r\n", "RCPT TO:<George@Tax-ME.GOV> NOTIFY=FAILURE ORCPT=George\r\n",
      "DATA\r\n", "(message goes here)\r\n.\r\n", "QUIT\r\n"},
     "Example.ORG",
     {"DSN"}},
    {"smtputf8",
     {"EHLO client.example\r\n", "MAIL FROM:<\xe5\xbc\xa0\xe4\xb8\x89@a.example>\r\n",
      "MAIL FROM:<\xe5\xbc\xa0\xe4\xb8\x89@a.example> BODY=8BITMIME SMTPUTF8\r\n",
      "RCPT TO:<\xe6\x9d\x8e\xe5\x9b\x9b@\xe4\xbe\x8b\xe5\xad\x90.\xe4\xb8\xad\xe5\x9b\xbd>\r\n", "DATA\r\n",
      "Subject: \xe4\xbd\xa0\xe5\xa5\xbd\r\n.\r\n", "VRFY \xe5\xbc\xa0\xe4\xb8\x89\r\n",
      "VRFY \xe5\xbc\xa0\xe4\xb8\x89 SMTPUTF8\r\n", "QUIT\r\n"},
     "mock.example",
     {"8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"}},
    {"size",
     {"EHLO client.example\r\n", "MAIL FROM:<a@a.example> SIZE=99999999999\r\n", "MAIL FROM:<a@a.example> SIZE=1O\r\n",
      "MAIL FROM:<a@a.example> SIZE=10\r\n", "RSET\r\n", "MAIL FROM:<a@a.example> SIZE=1 SIZE=2\r\n", "QUIT\r\n"}},
};

}  // namespace

TEST_CASE("smtp dialogue: client and server understand each other, in the words of the golden files") {
  for (const Dialogue& dialogue : kDialogues) {
    CAPTURE(dialogue.name);
    const auto run = [&](std::size_t chunk) {
      Pair pair(dialogue, chunk);
      for (const std::string& bytes : dialogue.client) pair.send(bytes);
      return pair.finish();
    };
    const std::string whole = run(1 << 20);
    CHECK(run(1) == whole);
    CHECK(run(7) == whole);
    compare_with_golden(dialogue.name, whole);
  }
}

TEST_CASE("smtp dialogue: every golden file belongs to a dialogue") {
  std::set<std::string> names;
  for (const Dialogue& dialogue : kDialogues) names.insert(dialogue.name + ".txt");
  CHECK(names.size() == kDialogues.size());
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    CAPTURE(entry.path().string());
    CHECK(names.count(entry.path().filename().string()) == 1);
  }
}
