#include "mockserver/store/maildir.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/show.h"
#include "mockserver/envelope.h"
#include "mockserver/store/maildir_names.h"
#include "mockserver/store/memory_pool.h"
#include "smtp/facts.h"
#include "tests/mockserver/folder.h"

namespace {

using namespace std::string_view_literals;

using Names = std::vector<std::string>;

store::Message message_to(std::vector<std::string> recipients, std::string content = "Subject: x\r\n\r\nHello\r\n") {
  store::Message message;
  message.reverse_path = "alice@163.com";
  message.forward_paths = std::move(recipients);
  message.content = std::move(content);
  return message;
}

// Writes this beside every message.
store::Maildir maildir_in(const std::string& folder, Names accounts = {}, const std::string& envelope = "{}") {
  return {folder, store::Owners{std::move(accounts)}, [envelope](const store::Message&) { return envelope; }};
}

TEST_CASE("maildir: a message lies in new, octet for octet, with its envelope beside it") {
  const test::Folder folder;
  store::Maildir maildir = maildir_in(folder.path(), {"alice@163.com"}, "{}\n");
  std::string content("a\0b\r\n.\r\nno CR\n\xff\xfe"sv);
  CHECK(maildir.deliver(message_to({"alice@163.com"}, content)));
  CHECK(folder.names() == Names{"alice@163.com"});
  CHECK(folder.names("alice@163.com") == Names{"cur", "envelopes", "new", "tmp"});
  CHECK(folder.names("alice@163.com/tmp").empty());
  const Names names = folder.names("alice@163.com/new");
  REQUIRE(names.size() == 1);
  CHECK(folder.content("alice@163.com/new/" + names.front()) == content);
  CHECK(folder.names("alice@163.com/envelopes") == Names{names.front() + ".envelope"});
  CHECK(folder.content("alice@163.com/envelopes/" + names.front() + ".envelope") == "{}\n");
}

TEST_CASE("maildir: one copy for each account, one in other for everyone else") {
  struct Row {
    std::string name;
    Names recipients;
    Names folders;
  };
  const std::vector<Row> rows{
      {"one account", {"alice@163.com"}, {"alice@163.com"}},
      {"letter case does not matter", {"ALICE@163.COM"}, {"alice@163.com"}},
      {"the same twice", {"alice@163.com", "alice@163.com"}, {"alice@163.com"}},
      {"two accounts", {"bob@163.com", "alice@163.com"}, {"alice@163.com", "bob@163.com"}},
      {"nobody here", {"x@example.org", "y@example.org"}, {"other"}},
      {"both", {"x@example.org", "bob@163.com"}, {"bob@163.com", "other"}},
      {"a hostile stranger", {"../../etc/passwd@x"}, {"other"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const test::Folder folder;
    store::Maildir maildir = maildir_in(folder.path(), {"alice@163.com", "bob@163.com"});
    const auto places = maildir.deliver(message_to(row.recipients));
    REQUIRE(places);
    CHECK(folder.names() == row.folders);
    CHECK(places->size() == row.folders.size());
    std::size_t recipients = 0;
    for (const store::Place& place : *places) {
      const std::string folder_of = place.account.empty() ? "other" : place.account;
      CHECK(place.path.starts_with(folder / folder_of + "/new/"));
      CHECK(std::filesystem::is_regular_file(place.path));
      recipients += place.recipients.size();
    }
    CHECK(recipients == row.recipients.size());
    for (const std::string& mailbox : row.folders) CHECK(folder.names(mailbox + "/new").size() == 1);
  }
}

TEST_CASE("maildir: nothing is made before the first message, and DIR itself with all above it by prepare") {
  const test::Folder folder;
  store::Maildir maildir = maildir_in(folder / "a/b/c", {"alice@163.com"});
  CHECK(folder.names().empty());
  CHECK(maildir.prepare());
  CHECK(folder.names("a/b/c").empty());
  CHECK(std::filesystem::is_directory(folder / "a/b/c"));
  CHECK(maildir.prepare());  // it may exist
}

TEST_CASE("maildir: a folder that cannot be is refused with the reason") {
  const test::Folder folder;
  std::ofstream(folder / "file") << "x";
  for (const std::string& path : {folder / "file", folder / "file/below", std::string()}) {
    CAPTURE(path);
    const auto ready = maildir_in(path).prepare();
    REQUIRE_FALSE(ready);
    CHECK(ready.error().blame == core::Blame::kInput);
    CHECK(ready.error().place.en == path);
  }
}

TEST_CASE("maildir: every message has a name of its own, also in two stores over one folder") {
  const test::Folder folder;
  store::Maildir one = maildir_in(folder.path());
  store::Maildir two = maildir_in(folder.path());
  for (int i = 0; i < 200; ++i) {
    CHECK(one.deliver(message_to({"x@y"})));
    CHECK(two.deliver(message_to({"x@y"})));
  }
  CHECK(folder.names("other/new").size() == 400);
}

TEST_CASE("maildir: what cannot be stored is an error, and leaves no copy behind") {
  const test::Folder folder;
  store::Maildir maildir = maildir_in(folder.path(), {"alice@163.com", "bob@163.com"});
  CHECK(maildir.deliver(message_to({"alice@163.com", "bob@163.com"})));
  // A file where a folder should be: this fails for root, too.
  std::filesystem::remove_all(folder / "bob@163.com/tmp");
  std::ofstream(folder / "bob@163.com/tmp") << "x";
  const auto kept = maildir.deliver(message_to({"alice@163.com", "bob@163.com"}));
  REQUIRE_FALSE(kept);
  CHECK(kept.error().blame == core::Blame::kSystem);
  CHECK(kept.error().text.en.find("cannot create the file: ") == 0);
  CHECK(folder.names("alice@163.com/new").size() == 1);
  CHECK(folder.names("alice@163.com/envelopes").size() == 1);
  CHECK(folder.names("alice@163.com/tmp").empty());
}

TEST_CASE("maildir: a move that fails takes back the copies already in place") {
  const test::Folder folder;
  store::Maildir maildir = maildir_in(folder.path(), {"alice@163.com", "bob@163.com"});
  CHECK(maildir.deliver(message_to({"alice@163.com", "bob@163.com"})));
  std::filesystem::remove_all(folder / "bob@163.com/new");
  const auto kept = maildir.deliver(message_to({"alice@163.com", "bob@163.com"}));
  REQUIRE_FALSE(kept);
  CHECK(kept.error().text.en.find("cannot move the file to its place: ") == 0);
  CHECK(folder.names("alice@163.com/new").size() == 1);
  CHECK(folder.names("bob@163.com/tmp").empty());
}

TEST_CASE("maildir: the name of a folder is safe whatever the address") {
  struct Row {
    std::string name;
    std::string address;
    std::string folder;
  };
  const std::vector<Row> rows{
      {"ordinary", "alice.b+c_d-e=f@163.com", "alice.b+c_d-e=f@163.com"},
      {"slash", "a/../b@c", "a%2F..%2Fb@c"},
      {"dot dot", "..", "%2E."},
      {"dot", ".", "%2E"},
      {"hidden", ".a@b", "%2Ea@b"},
      {"NUL and controls", std::string("a\0\n\x1b"sv), "a%00%0A%1B"},
      {"quoted", "\"a b\"@c", "%22a%20b%22@c"},
      {"percent", "a%2F@b", "a%252F@b"},
      {"UTF-8", "é@b", "%C3%A9@b"},
      {"empty", "", "%"},
      {"the folder of all others", "other", "%6Fther"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(store::folder_name(row.address) == row.folder);
  }
}

TEST_CASE("maildir: long addresses give bounded names that still differ") {
  std::set<std::string> names;
  for (const char last : {'a', 'b', 'c'}) {
    const std::string name = store::folder_name(std::string(100'000, '/') + last);
    CHECK(name.size() <= 200);
    names.insert(name);
  }
  CHECK(names.size() == 3);
}

TEST_CASE("memory pool: keeps the newest messages within its bound") {
  const std::size_t one = message_to({"x@y"}, std::string(1000, 'x')).size();
  store::MemoryPool memory(10 * one);
  for (int i = 0; i < 10; ++i) memory.keep(message_to({"x@y"}, std::to_string(i) + std::string(999, 'x')));
  CHECK(memory.messages().size() == 10);
  memory.keep(message_to({"x@y"}, "A" + std::string(999, 'x')));
  CHECK(memory.messages().size() == 8);
  CHECK(memory.messages().front()->content.front() == '3');
  CHECK(memory.messages().back()->content.front() == 'A');
  memory.keep(message_to({"x@y"}, std::string(20 * one, 'x')));  // more than all that is allowed
  REQUIRE(memory.messages().size() == 1);
  CHECK(memory.messages().back()->content.size() == 20 * one);
}

TEST_CASE("memory pool: keeps no room that a message does not fill") {
  store::MemoryPool memory;
  store::Message message = message_to({"x@y"}, std::string(200'000, 'x'));
  message.content.reserve(800'000);
  memory.keep(std::move(message));
  CHECK(memory.messages().back()->content == std::string(200'000, 'x'));
  CHECK(memory.messages().back()->content.capacity() <= 400'000);
}

TEST_CASE("envelope: JSON with everything that was said about the message") {
  store::Message message = message_to({"bob@163.com", "x@y"});
  message.user = "alice";
  message.client = "hostile\xff\n";
  message.client_address = "127.0.0.1:40125";
  message.received = 1700000000;
  CHECK(mockserver::envelope_json(message) == R"({
  "reverse_path": "alice@163.com",
  "forward_paths": [
    "bob@163.com",
    "x@y"
  ],
  "body": "",
  "smtputf8": false,
  "user": "alice",
  "mechanism": "",
  "tls": false,
  "client": "hostile\\xff␊",
  "client_address": "127.0.0.1:40125",
  "received": "2023-11-14T22:13:20Z"
}
)");
}

TEST_CASE("envelope: whatever was said, it is JSON, written as a JSON library writes it") {
  const std::string hostile = "quote\" back\\slash {\x01\x1f\x7f\t\r\n} \xe4\xbd\xa0 \xff\xc0\x80 \xe2\x80\xae";
  for (const bool with_recipients : {false, true}) {
    store::Message message = message_to({hostile, ""});
    message.reverse_path = message.user = message.client = message.mechanism = message.dsn.envid = hostile;
    if (with_recipients) message.dsn.recipients = {{hostile, ""}, {"", hostile}};
    const std::string text = mockserver::envelope_json(message);
    CAPTURE(text);
    const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
    REQUIRE_FALSE(json.is_discarded());
    CHECK(json.dump(2) + "\n" == text);
    CHECK(json.at("client") == core::show_bytes(hostile));
    CHECK(json.at("forward_paths").at(0) == core::show_bytes(hostile));
    CHECK(json.at("dsn").at("recipients").size() == (with_recipients ? 2U : 0U));
  }
}

// What a session with this memory knows between two turns.
class Remembers : public protocol::Knows {
 public:
  explicit Remembers(const smtp::Memory& memory) : memory_(memory) {}

  [[nodiscard]] protocol::FactValue fact(std::string_view name) const override {
    return smtp::fact(smtp::Known(memory_), name);
  }

 private:
  const smtp::Memory& memory_;
};

TEST_CASE("envelope: parameters of MAIL and RCPT are in it") {
  const auto parsed = [](const char* line) {
    const auto command = smtp::parse_command(line, {.allow_utf8 = true}).command;
    REQUIRE_MESSAGE(command.has_value(), line);
    return *command;
  };
  smtp::Memory memory;
  const smtp::Command mail = parsed("MAIL FROM:<alice@例子.example> body=8bitmime SMTPUTF8 SIZE=5 RET=hdrs ENVID=QQ+20x");
  memory.reverse_path = mail.path;
  memory.mail_parameters = mail.parameters;
  for (const char* const rcpt : {"RCPT TO:<x@y.example>", "RCPT TO:<z@y.example> NOTIFY=success,failure ORCPT=rfc822;Z@Y"}) {
    const smtp::Command command = parsed(rcpt);
    memory.forward_paths.push_back(command.path);
    memory.rcpt_parameters.push_back(command.parameters);
  }
  memory.encrypted = true;
  memory.user = "alice";
  memory.client_name = "client.example";
  store::Message message = mockserver::message_from(Remembers(memory));
  message.mechanism = "PLAIN";
  CHECK(mockserver::envelope_json(message) == R"({
  "reverse_path": "alice@例子.example",
  "forward_paths": [
    "x@y.example",
    "z@y.example"
  ],
  "body": "8BITMIME",
  "smtputf8": true,
  "dsn": {
    "ret": "HDRS",
    "envid": "QQ+20x",
    "recipients": [
      {
        "notify": "",
        "orcpt": ""
      },
      {
        "notify": "SUCCESS,FAILURE",
        "orcpt": "rfc822;Z@Y"
      }
    ]
  },
  "user": "alice",
  "mechanism": "PLAIN",
  "tls": true,
  "client": "client.example",
  "client_address": "",
  "received": "1970-01-01T00:00:00Z"
}
)");
  memory.rcpt_parameters = {{}, {}};
  memory.mail_parameters.clear();
  message = mockserver::message_from(Remembers(memory));
  CHECK(message.dsn.recipients.empty());
  CHECK(mockserver::envelope_json(message).find("dsn") == std::string::npos);
}

}  // namespace
