#include "client/send/config.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.h"
#include "tests/core/chinese.h"

namespace {

using client::Security;

// A configuration in which one part is another.
std::string with(std::string_view from, std::string_view to) {
  const std::string text =
      "{\n"
      "  \"sender\": \"alice@163.com\",\n"
      "  \"receiver\": \"bob@qq.com\",\n"
      "  \"subject\": \"hi\",\n"
      "  \"body\": \"text\",\n"
      "  \"smtp_server\": \"smtp.163.com\",\n"
      "  \"password\": \"code\"\n"
      "}\n";
  if (from.empty()) return text;
  REQUIRE(text.find(from) != std::string::npos);
  return core::replace_all(text, from, to);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "smtplab-send-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string write(const std::string& name, const std::string& octets) const {
    std::ofstream(path / name, std::ios::binary) << octets;
    return (path / name).string();
  }

  std::filesystem::path path;
};

}  // namespace

TEST_CASE("send config: the file that students write") {
  const auto config = send::parse_config("email_config.json", with("", ""));
  REQUIRE(config.has_value());
  CHECK(config->sender == mime::Address{"", "alice@163.com"});
  CHECK(config->receivers == std::vector<mime::Address>{{"", "bob@qq.com"}});
  CHECK(config->subject == "hi");
  CHECK(config->body == "text");
  CHECK(config->host == "smtp.163.com");
  CHECK(config->port == 465);
  CHECK(config->security == Security::kTls);
  CHECK(!config->security_is_named);
  CHECK(config->user == "alice@163.com");
  REQUIRE(config->password);
  CHECK(config->password->reveal() == "code");
  CHECK(config->authority.empty());
}

TEST_CASE("send config: everything that may stand there") {
  const auto config = send::parse_config("work/email_config.json", R"({
    "sender": "Alice <alice@163.com>", "receiver": ["bob@qq.com", "王 <carol@example.org>, dave@example.org"],
    "subject": "作业", "body": "a\nb", "smtp_server": "smtp.163.com", "smtp_port": 587, "security": "starttls",
    "password": "", "user": "alice", "ehlo": "[192.0.2.1]", "attachments": ["a.pdf", "/tmp/b.png"], "ca": "ca.pem",
    "imap_url": "imap.163.com", "imap_port": 993})");
  REQUIRE(config.has_value());
  CHECK(config->sender == mime::Address{"Alice", "alice@163.com"});
  CHECK(config->receivers ==
        std::vector<mime::Address>{{"", "bob@qq.com"}, {"王", "carol@example.org"}, {"", "dave@example.org"}});
  CHECK(config->user == "alice");
  REQUIRE(config->password);
  CHECK(config->password->empty());
  REQUIRE(config->attachments.size() == 2);
  CHECK(config->attachments[0].path == "work/a.pdf");
  CHECK(config->attachments[1].path == "/tmp/b.png");
  CHECK(config->attachments[1].place == "work/email_config.json:4:86");
  CHECK(config->client_name == "[192.0.2.1]");
  CHECK(config->authority == "work/ca.pem");
  CHECK(config->security_is_named);
}

TEST_CASE("send config: server, port and security make up for one another") {
  struct Row {
    std::string server;  // what stands behind "smtp_server":
    std::string host;
    std::uint16_t port;
    Security security;
  };
  const std::vector<Row> rows{
      {"\"mx.example\"", "mx.example", 465, Security::kTls},
      {"\"mx.example:465\"", "mx.example", 465, Security::kTls},
      {"\"mx.example:587\"", "mx.example", 587, Security::kStarttls},
      {"\"mx.example:25\"", "mx.example", 25, Security::kNone},
      {"\"mx.example:2525\"", "mx.example", 2525, Security::kTls},
      {"\"mx.example:2525\", \"security\": \"none\"", "mx.example", 2525, Security::kNone},
      {"\" mx.example \", \"smtp_port\": 587", "mx.example", 587, Security::kStarttls},
      {"\"mx.example\", \"smtp_port\": 25", "mx.example", 25, Security::kNone},
      {"\"mx.example\", \"security\": \"none\"", "mx.example", 25, Security::kNone},
      {"\"mx.example\", \"security\": \"starttls\"", "mx.example", 587, Security::kStarttls},
      {"\"mx.example\", \"security\": \"tls\"", "mx.example", 465, Security::kTls},
      {"\"mx.example:25\", \"security\": \"starttls\"", "mx.example", 25, Security::kStarttls},
      {"\"mx.example:25\", \"smtp_port\": 25", "mx.example", 25, Security::kNone},
      {"\"localhost:29502\"", "localhost", 29502, Security::kTls},
      {"\"[::1]:587\"", "::1", 587, Security::kStarttls},
      {"\"[::1]\"", "::1", 465, Security::kTls},
      {"\"::1\"", "::1", 465, Security::kTls},
  };
  for (const Row& row : rows) {
    CAPTURE(row.server);
    const auto config = send::parse_config("c.json", with("\"smtp.163.com\"", row.server));
    REQUIRE(config.has_value());
    CHECK(config->host == row.host);
    CHECK(config->port == row.port);
    CHECK(config->security == row.security);
  }
}

TEST_CASE("send config: what is wrong is told with its place and a way out") {
  struct Row {
    std::string name;
    std::string from;
    std::string to;
    std::string error;  // its first line
    std::string hint;   // a part of the rest
  };
  const std::vector<Row> rows{
      {"a misspelt key", "\"subject\"", "\"subjekt\"", "c.json:4:3: unknown key 'subjekt'", "did you mean 'subject'?"},
      {"another letter case", "\"sender\"", "\"Sender\"", "c.json:2:3: unknown key 'Sender'", "did you mean 'sender'?"},
      {"a missing key", "  \"smtp_server\": \"smtp.163.com\",\n", "", "c.json:1:1: the key 'smtp_server' is missing",
       "--example"},
      {"a port in quotes", "\"hi\"", "\"hi\", \"smtp_port\": \"465\"",
       "c.json:4:33: 'smtp_port' has to be a whole number from 1 to 65535, not text", "without quotation marks"},
      {"port 0", "\"hi\"", "\"hi\", \"smtp_port\": 0",
       "c.json:4:33: 'smtp_port' has to be a whole number from 1 to 65535, not 0", ""},
      {"a port with a point", "\"hi\"", "\"hi\", \"smtp_port\": 25.5",
       "c.json:4:33: 'smtp_port' has to be a whole number from 1 to 65535, not a number", ""},
      {"null for a text", "\"text\"", "null", "c.json:5:11: 'body' has to be a text, not null", "write \"…\" around it"},
      {"null in a list", "\"bob@qq.com\"", "[null]", "c.json:3:16: 'receiver' has to be a list of texts, and this is null", ""},
      {"a name for EHLO that is none", "\"hi\"", "\"hi\", \"ehlo\": \"我的电脑\"",
       "c.json:4:28: '我的电脑' is no name for EHLO", "[192.0.2.1]"},
      {"a number for a text", "\"hi\"", "1", "c.json:4:14: 'subject' has to be a text, not a whole number",
       "write \"…\" around it"},
      {"a number in a list", "\"bob@qq.com\"", "[\"bob@qq.com\", 1]",
       "c.json:3:30: 'receiver' has to be a list of texts, and this is a whole number", ""},
      {"nobody", "\"bob@qq.com\"", "[]", "c.json:3:15: 'receiver' names nobody", ""},
      {"empty", "\"bob@qq.com\"", "\"\"", "c.json:3:15: '' is no mail address", "alice@example.org"},
      {"no address", "\"bob@qq.com\"", "\"bob\"", "c.json:3:15: 'bob' is no mail address", "alice@example.org"},
      {"half an address", "\"bob@qq.com\"", "\"bob@\"", "c.json:3:15: 'bob@' is no mail address", ""},
      {"a full-width comma", "\"bob@qq.com\"", "\"bob@qq.com，c@qq.com\"", "c.json:3:15: '，' is full-width punctuation",
       "separated by ,"},
      {"two senders", "\"alice@163.com\"", "\"alice@163.com, b@163.com\"", "c.json:2:13: 'sender' has to be one address", ""},
      {"a URL", "\"smtp.163.com\"", "\"https://smtp.163.com\"", "c.json:6:18: 'https://smtp.163.com' is no server",
       "write smtp.163.com"},
      {"an address as server", "\"smtp.163.com\"", "\"a@163.com\"", "c.json:6:18: 'a@163.com' is no server",
       "write smtp.163.com"},
      {"a port beyond", "\"smtp.163.com\"", "\"smtp.163.com:70000\"", "c.json:6:18: 'smtp.163.com:70000' is no server", ""},
      {"a URL with a password", "\"smtp.163.com\"", "\"smtps://alice:S3cret@h\"",
       "c.json:6:18: 'smtps://alice:********@h' is no server", ""},
      {"two ports", "\"smtp.163.com\"", "\"smtp.163.com:25\", \"smtp_port\": 26",
       "c.json:6:50: 'smtp_server' has another port already", "say the port once"},
      {"an unknown security", "\"hi\"", "\"hi\", \"security\": \"ssl\"", "c.json:4:32: 'ssl' is no security",
       "none, starttls, tls"},
      {"a comment", "\"hi\",", "\"hi\", // mine", "c.json:4:20: JSON has no comments", "delete the comment"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto config = send::parse_config("c.json", with(row.from, row.to));
    REQUIRE(!config.has_value());
    CHECK(config.error().blame == core::Blame::kInput);
    CHECK(first_line(config.error().text.en).substr(0, row.error.size()) == row.error);
    CHECK(config.error().text.en.find(row.hint) != std::string::npos);
    test::check_chinese(config.error());
  }
}

TEST_CASE("send config: null for what may be missing is as if it were missing") {
  const auto config =
      send::parse_config("c.json", with("\"code\"", "null, \"smtp_port\": null, \"ehlo\": null, \"attachments\": null"));
  REQUIRE(config.has_value());
  CHECK_FALSE(config->password.has_value());
  CHECK(config->port == 465);
  CHECK(config->client_name.empty());
  CHECK(config->attachments.empty());
}

// A configuration that is broken in one way, and its password.
TEST_CASE("send config: no message shows the password, however the file is broken") {
  const std::string secret = "HVKQXZDNRTLMWABC";
  const std::vector<std::string> rows{
      R"({"password": "SECRET",})",
      R"({"password": "SECRET" "user": "a"})",
      R"({"password": "SECRET)",
      R"({"password: "SECRET", "user": "a"})",
      R"({"password": SECRET", "user": "a"})",
      R"({"password": "SECRET"， "user": "a"})",
      R"({"password"： "SECRET"})",
      R"({“password”: “SECRET”})",
      R"({'password': 'SECRET'})",
      R"({password: "SECRET"})",
      R"({"password" "SECRET"})",
      R"({"password" = "SECRET"})",
      R"({"password": SECRET})",
      R"({"password": "SEC\RET", "user": "a"})",
      R"({"password": "SECRET\"})",
      R"({"password": ["SECRET"]})",
      R"({"password": {"is": "SECRET"}})",
      R"({"password": "SECRET", "password": "SECRET"})",
      R"({"user": "a" // the password is SECRET
})",
      R"({"user": "a", # SECRET
})",
      R"({"user": "SECRET, "subject": "a"})",
      R"({"smtp_server": "alice:SECRET@smtp.163.com", "password": "x"})",
      R"({"smtp_server": "smtps://alice:SECRET@smtp.163.com:465",})",
      R"({"body": "she said "SECRET" to me"})",
      R"({"sender": "a@b.example", "SECRET"})",
      R"({"attachments": ["a.txt"], "pass": "SECRET", ,})",
      "{\"password\":\n\"SECRET\",\n}",
      "{\"password\":\n\"SECRET\n\"}",
      "{\"user\": \"a\",\n\"password\": \"SECRET\"\n\"subject\": \"b\"}",
      "{\"password\": \"SECRET\", \"user\": \"\xC4\xE3\"}",
      R"(password = SECRET)",
      R"(SECRET)",
      R"(["SECRET"])",
      R"({"passwort": "SECRET"})",
      R"({"Password": "SECRET"})",
      R"({"pass": "SECRET"})",
      R"({"pwd": "SECRET"})",
      R"({"passwd": "SECRET"})",
      R"({"密码": "SECRET"})",
      R"({"authcode": "SECRET"})",
      R"({"auth_code": "SECRET"})",
      R"({"授权码": "SECRET"})",
      R"({"anything": "SECRET"})",
      R"({"smtp": {"password": "SECRET"}})",
  };
  for (const std::string& row : rows) {
    CAPTURE(row);
    std::string text = row;
    for (std::size_t at = text.find("SECRET"); at != std::string::npos; at = text.find("SECRET")) text.replace(at, 6, secret);
    for (std::size_t at = text.find("SEC\\RET"); at != std::string::npos; at = text.find("SEC\\RET"))
      text.replace(at, 7, "HVKQ\\XZDN");
    const auto config = send::parse_config("c.json", text);
    REQUIRE(!config.has_value());
    CAPTURE(config.error().text.en);
    CHECK(config.error().text.en.find("HVKQ") == std::string::npos);
    CHECK(config.error().text.en.find("XZDN") == std::string::npos);
    CHECK(config.error().text.zh.find("HVKQ") == std::string::npos);
    CHECK(config.error().text.zh.find("XZDN") == std::string::npos);
    CHECK(config.error().text.en.starts_with("c.json:"));
  }
}

TEST_CASE("send config: the place of a mistake beside the password is shown") {
  const auto message = [](std::string_view text) { return send::parse_config("c.json", text).error().text.en; };
  CHECK(message("{\n  \"password\": \"HVKQXZDNRTLMWABC\",\n}")
            .starts_with("c.json:2:33: a comma behind the last value\n"
                         "  \"password\": \"********\",\n"
                         "                        ^\n"));
  CHECK(message("{\n  \"passwort\": \"HVKQ\"\n}")
            .find("c.json:2:3: unknown key 'passwort'\n"
                  "  \"passwort\": \"********\"\n"
                  "  ^\n"
                  "hint: did you mean 'password'?") != std::string::npos);
  CHECK(message("{\"password\": \"HV\\KQ\", \"user\": \"a\"}")
            .find("\n{\"password\": \"********\", \"user\": \"a\"}\n"
                  "              ^\n") != std::string::npos);
  CHECK(message("{\"user\": \"alice\", \"subject\": 1}").find("\n{\"user\": \"alice\", \"subject\": 1}\n") !=
        std::string::npos);
}

TEST_CASE("send config: all that is wrong is told at once") {
  const auto config = send::parse_config("c.json", R"({"sender": 1, "recipient": "bob", "smtp_port": true})");
  REQUIRE(!config.has_value());
  for (const std::string part :
       {"'sender' has to be", "unknown key 'recipient'", "'smtp_port' has to be", "'receiver' is missing",
        "'subject' is missing", "'body' is missing", "'smtp_server' is missing"}) {
    CAPTURE(part);
    CHECK(config.error().text.en.find(part) != std::string::npos);
  }
}

TEST_CASE("send config: the example is a configuration") {
  const auto config = send::parse_config("c.json", send::example_config());
  REQUIRE(config.has_value());
  CHECK(config->receivers.size() == 2);
}

TEST_CASE("send config: files are read from the folder of the configuration") {
  const Folder folder;
  (void)folder.write("a.txt", "hello");
  const std::string path = folder.write("c.json", with("\"hi\"", R"("hi", "attachments": "a.txt")"));
  const auto config = send::read_config(path);
  REQUIRE(config.has_value());
  const auto attachments = send::look_at(config->attachments);
  REQUIRE(attachments.has_value());
  REQUIRE(attachments->files.size() == 1);
  CHECK(attachments->parts.front().name == "a.txt");
  CHECK(attachments->files.front().size == 5);
}

TEST_CASE("send config: a text is one when all of it is UTF-8, also beyond the first piece that is read") {
  struct Row {
    std::string name;
    std::string octets;
    std::string type;
  };
  const std::string edge(65535, 'x');  // a character across two pieces
  for (const Row& row : {Row{"ASCII", "hello", "text/plain; charset=utf-8"}, Row{"empty", "", "text/plain; charset=utf-8"},
                         Row{"across", edge + "你好", "text/plain; charset=utf-8"},
                         Row{"GBK behind", edge + "xx\xC4\xE3", "application/octet-stream"},
                         Row{"cut at the end", "\xE4\xBD", "application/octet-stream"}}) {
    CAPTURE(row.name);
    const Folder folder;
    const auto attachments = send::look_at({{folder.write("a.txt", row.octets), "c.json:1:1"}});
    REQUIRE(attachments.has_value());
    CHECK(attachments->parts.front().type == row.type);
    CHECK(attachments->files.front().size == row.octets.size());
  }
}

TEST_CASE("send config: a file that cannot be read is an error with its name") {
  const Folder folder;
  const auto missing = send::read_config((folder.path / "none.json").string());
  REQUIRE(!missing.has_value());
  CHECK(missing.error().id == "file-unreadable");
  CHECK(missing.error().place.en == (folder.path / "none.json").string());
  CHECK(!send::read_config(folder.path.string()).has_value());  // a folder is no file
  const auto attachment = send::look_at({{(folder.path / "none.pdf").string(), "c.json:4:7"}});
  REQUIRE(!attachment.has_value());
  CHECK(attachment.error().id == "file-unreadable");
  CHECK(attachment.error().place.en == "c.json:4:7");
}

TEST_CASE("send config: attachments have a limit together") {
  const Folder folder;
  const std::string half(send::kMaxAttachments / 2, 'x');
  const send::NamedFile file{folder.write("half.bin", half), "c.json:1:1"};
  CHECK(send::look_at({file, file}).has_value());
  const send::NamedFile more{folder.write("more.bin", "x"), "c.json:1:2"};
  const auto attachments = send::look_at({file, file, more});
  REQUIRE(!attachments.has_value());
  CHECK(attachments.error().place.en == "c.json:1:2");
}
