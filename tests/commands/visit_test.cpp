#include "client/commands/visit.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "net/listener.h"
#include "tests/commands/mock_thread.h"

using client::Security;

namespace {

struct Visit {
  int status = 0;
  std::string out;
  std::string error;
};

Visit visit(const client::StepOptions& options) {
  std::ostringstream out;
  std::ostringstream error;
  Visit done;
  done.status = commands::visit_server(options, out, error);
  done.out = out.str();
  done.error = error.str();
  return done;
}

// The mock's authority in a file, as --ca takes it.
class Authority {
 public:
  Authority() {
    name_ = (std::filesystem::temp_directory_path() / "smtplab-visit-XXXXXX").string();
    REQUIRE(mkstemp(name_.data()) >= 0);
    std::ofstream(name_) << mockserver::MockServer::authority_pem().value();
  }
  ~Authority() { std::filesystem::remove(name_); }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;
  [[nodiscard]] const std::string& file() const { return name_; }

 private:
  std::string name_;
};

// To the mock as if it were a server of somebody else. Its certificate is for mock.example, and for localhost.
client::StepOptions to(std::uint16_t port, Security security = Security::kNone) {
  client::StepOptions options;
  options.server = "localhost";
  options.port = port;
  options.security = security;
  options.patience = std::chrono::seconds(20);
  options.client_name = "client.example";
  return options;
}

void log_in(client::StepOptions& options) {
  options.user = "alice@mock.example";
  options.password = core::Secret("through-the-looking-glass");
}

void deliver(client::StepOptions& options, std::vector<std::string> recipients = {"bob@mock.example"}) {
  options.from = "alice@mock.example";
  options.to = std::move(recipients);
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("visit: the client calls itself by its name or address, never by an example's") {
  test::MockThread mock("any/accept-all");
  client::StepOptions options = to(mock.smtp());
  options.server = "127.0.0.1";
  options.client_name.clear();
  const Visit done = visit(options);
  CAPTURE(done.out);
  CHECK(done.status == client::kDone);
  CHECK(has(done.out, "C: EHLO "));
  CHECK_FALSE(has(done.out, "client.example"));
}

TEST_CASE("visit: two messages of one moment have two names") {
  std::vector<std::string> ids;
  for (int i = 0; i < 2; ++i) {
    test::MockThread mock("any/accept-all");
    client::StepOptions options = to(mock.smtp());
    deliver(options);
    CHECK(visit(options).status == client::kDone);
    REQUIRE(mock.messages().size() == 1);
    const std::string& message = mock.messages().front()->content;
    const std::size_t at = message.find("Message-ID: ");
    REQUIRE(at != std::string::npos);
    ids.push_back(message.substr(at, message.find("\r\n", at) - at));
    CHECK(ids.back().ends_with("@mock.example>"));
  }
  CHECK(ids[0] != ids[1]);
}

TEST_CASE("visit: a provider's words are explained as its own where the server gives itself away") {
  test::MockThread mock("netease/auth-required");
  client::StepOptions options = to(mock.smtp());
  deliver(options);
  const Visit done = visit(options);
  CAPTURE(done.out);
  CHECK(has(done.out, "smtp.163.com sends mail only for people who have logged in"));
  CHECK_FALSE(has(done.out, "Known from"));
}

TEST_CASE("visit: without recipients it looks and leaves") {
  test::MockThread mock("any/accept-all");
  const Visit done = visit(to(mock.smtp()));
  CAPTURE(done.out);
  CHECK(done.status == client::kDone);
  CHECK(has(done.out, "C: EHLO client.example\n"));
  CHECK(has(done.out, "C: QUIT\n"));
  CHECK_FALSE(has(done.out, "C: MAIL"));
  CHECK(mock.messages().empty());
}

TEST_CASE("visit: a small message goes out with each security, logged in with the strongest mechanism") {
  const Authority authority;
  struct Row {
    Security security;
    std::string said;
  };
  for (const Row& row : {Row{Security::kNone, "C: AUTH SCRAM-SHA-256 "}, Row{Security::kStarttls, "C: STARTTLS\n"},
                         Row{Security::kTls, "-- TLS 1."}}) {
    CAPTURE(row.said);
    test::MockThread mock("any/submission");
    client::StepOptions options = to(row.security == Security::kTls ? mock.smtps() : mock.smtp(), row.security);
    options.authority = authority.file();
    log_in(options);
    deliver(options, {"bob@mock.example", "carol@mock.example"});
    const Visit done = visit(options);
    CAPTURE(done.out);
    CAPTURE(done.error);
    CHECK(done.status == client::kDone);
    CHECK(has(done.out, row.said));
    CHECK(has(done.out, "S: 235 "));
    CHECK_FALSE(has(done.out, "through-the-looking-glass"));
    REQUIRE(mock.messages().size() == 1);
    CHECK(has(mock.messages().front()->content, "Subject: smtplab\r\n"));
    CHECK(mock.messages().front()->forward_paths.size() == 2);
  }
}

TEST_CASE("visit: STARTTLS that is not offered, or refused, ends it before anything is said in clear") {
  struct Row {
    const char* id;
    std::string said;
  };
  for (const Row& row : {Row{"faults/starttls-stripped", "STARTTLS was asked for, and the server does not offer it."},
                         Row{"faults/starttls-refused", "The server offers STARTTLS and then refuses it."}}) {
    CAPTURE(row.id);
    test::MockThread mock(row.id);
    client::StepOptions options = to(mock.smtp(), Security::kStarttls);
    log_in(options);
    deliver(options);
    const Visit done = visit(options);
    CAPTURE(done.out);
    CHECK(done.status == client::kNetwork);
    CHECK(has(done.out, row.said));
    CHECK(has(done.out, "C: QUIT\n"));
    for (const char* const line : {"C: AUTH", "C: MAIL"}) CHECK_FALSE(has(done.out, line));
    CHECK(mock.messages().empty());
  }
}

TEST_CASE("visit: a certificate that does not convince is the network's failure, and --insecure takes it") {
  for (const bool insecure : {false, true}) {
    CAPTURE(insecure);
    test::MockThread mock("any/submission");
    client::StepOptions options = to(mock.smtp(), Security::kStarttls);
    options.insecure = insecure;
    const Visit done = visit(options);
    CAPTURE(done.out);
    CHECK(done.status == (insecure ? client::kDone : client::kNetwork));
    CHECK(has(done.out, "is not trusted here") == !insecure);
  }
}

TEST_CASE("visit: a password goes out in clear only where that was wished") {
  struct Row {
    bool insecure;
    bool clear_is_wished;
  };
  for (const Row& row : {Row{false, false}, Row{true, false}, Row{false, true}}) {
    CAPTURE(row.insecure);
    CAPTURE(row.clear_is_wished);
    const bool wished = row.insecure || row.clear_is_wished;
    test::MockThread mock("netease/first-mail");
    client::StepOptions options = to(mock.smtp());
    options.insecure = row.insecure;
    options.clear_is_wished = row.clear_is_wished;
    options.user = "alice@163.com";
    options.password = core::Secret("HVKQXZDNRTLMWABC");
    deliver(options);
    options.from = "alice@163.com";
    const Visit done = visit(options);
    CAPTURE(done.out);
    CHECK(done.status == (wished ? client::kDone : client::kFailed));
    CHECK(has(done.out, "C: AUTH") == wished);
    CHECK(has(done.out, "The password was not sent") == !wished);
    CHECK_FALSE(has(done.out, "HVKQXZDNRTLMWABC"));
    CHECK(mock.messages().size() == (wished ? 2 : 0));  // 163 keeps one in the Sent folder
  }
}

TEST_CASE("visit: what is refused ends it properly, and the status says so") {
  struct Row {
    std::string name;
    const char* id;
    std::vector<std::string> recipients;
    std::vector<std::string> present;
    std::vector<std::string> absent;
  };
  for (const Row& row : {
           Row{"the sender", "netease/auth-required", {"bob@163.com"}, {"S: 553 ", "C: QUIT\n"}, {"C: RCPT", "C: DATA"}},
           Row{"every recipient",
               "any/accept-all",
               {"a..b@example.org", "b..c@example.org"},
               {"S: 501 ", "C: QUIT\n"},
               {"C: DATA"}},
       }) {
    CAPTURE(row.name);
    test::MockThread mock(row.id);
    client::StepOptions options = to(mock.smtp());
    deliver(options, row.recipients);
    const Visit done = visit(options);
    CAPTURE(done.out);
    CAPTURE(done.error);
    CHECK(done.status == client::kFailed);
    for (const std::string& part : row.present) CHECK(has(done.out, part));
    for (const std::string& part : row.absent) CHECK_FALSE(has(done.out, part));
    CHECK(mock.messages().empty());
  }
}

TEST_CASE("visit: a server that says nothing is the network's failure, with what it may mean, in both languages") {
  net::Loop never_run;  // so the connection stands, and nobody answers
  const auto listener = net::Listener::open(never_run, "127.0.0.1", 0, [](std::unique_ptr<net::Stream>) {});
  REQUIRE(listener);
  struct Row {
    Security security;
    std::string en;
    std::string zh;
  };
  for (const Row& row : {Row{Security::kNone, "the server does not greet", "服务器没有打招呼"},
                         Row{Security::kTls, "does not answer the TLS handshake", "不回应 TLS 握手"}}) {
    client::StepOptions options = to((*listener)->port(), row.security);
    options.server = "127.0.0.1";
    options.patience = std::chrono::milliseconds(200);
    const Visit english = visit(options);
    CAPTURE(english.out);
    CHECK(english.status == client::kNetwork);
    CHECK(has(english.out, row.en));
    CHECK(has(english.out, "--security "));
    options.language = core::Language::kChinese;
    const Visit chinese = visit(options);
    CAPTURE(chinese.out);
    CHECK(chinese.status == client::kNetwork);
    CHECK(has(chinese.out, row.zh));
  }
}

TEST_CASE("visit: recipients without a sender are a mistake of the command line") {
  client::StepOptions options = to(1);
  options.to = {"bob@example.org"};
  const Visit done = visit(options);
  CHECK(done.status == client::kUsage);
  CHECK(has(done.error, "smtplab: --to needs a sender"));
}

TEST_CASE("visit: an authority that cannot be read is said before anything is sent") {
  client::StepOptions options = to(1, Security::kTls);
  options.authority = "/nowhere/at/all.pem";
  const Visit done = visit(options);
  CHECK(done.status == client::kUsage);
  CHECK(has(done.error, "/nowhere/at/all.pem"));
}
