#include "client/fetch/archive.h"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/fetch/folder.h"

namespace {

using fetch::Archive;
using fetch_test::Folder;
using nlohmann::json;

constexpr const char* kMailbox = "imap alice@163.com imap.163.com";

std::string object(const std::string& subject) { return json{{"Subject", subject}}.dump(); }

// Subjects in the order of the file.
std::vector<std::string> subjects(const Folder& folder) {
  std::vector<std::string> out;
  for (const json& one : json::parse(folder.read("emails.json"))) out.push_back(one["Subject"]);
  return out;
}

Archive open(const Folder& folder, const std::string& mailbox = kMailbox) {
  auto archive = Archive::open(folder.at("emails.json"), mailbox);
  REQUIRE(archive.has_value());
  return std::move(*archive);
}

// One run that gets these, by ids, and ends as it should.
void run(const Folder& folder, const std::vector<std::string>& come, const std::vector<std::string>& mailbox) {
  Archive archive = open(folder);
  for (const std::string& id : come) REQUIRE(archive.add(id, object(id)).has_value());
  REQUIRE(archive.commit(mailbox).has_value());
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("fetch archive: the newest mail stands first, whatever order they came in") {
  const Folder folder;
  run(folder, {"b", "c", "a"}, {"a", "b", "c"});
  CHECK(subjects(folder) == Names{"c", "b", "a"});
  CHECK_FALSE(folder.has("emails.json.part"));
  run(folder, {"d", "e"}, {"a", "b", "c", "d", "e"});
  CHECK(subjects(folder) == Names{"e", "d", "c", "b", "a"});
}

TEST_CASE("fetch archive: what is there is known, and nothing new leaves the file alone") {
  const Folder folder;
  run(folder, {"a"}, {"a"});
  const std::string before = folder.read("emails.json");
  Archive archive = open(folder);
  CHECK(archive.has("a"));
  CHECK_FALSE(archive.has("b"));
  REQUIRE(archive.add("a", object("again")).has_value());
  REQUIRE(archive.commit({"a"}).has_value());
  CHECK(folder.read("emails.json") == before);
}

TEST_CASE("fetch archive: an empty mailbox is an empty list, which fills later") {
  const Folder folder;
  run(folder, {}, {});
  CHECK(folder.read("emails.json") == "[]\n");
  run(folder, {"a"}, {"a"});
  CHECK(subjects(folder) == Names{"a"});
}

TEST_CASE("fetch archive: who is killed goes on where it was") {
  const Folder folder;
  run(folder, {"a"}, {"a"});
  {
    Archive killed = open(folder);
    REQUIRE(killed.add("c", object("c")).has_value());
  }
  CHECK(subjects(folder) == Names{"a"});
  const std::string part = folder.read("emails.json.part");
  for (const std::string& torn : {std::string(), std::string("b"), std::string("b\t{\"Subj")}) {
    CAPTURE(torn);
    folder.write("emails.json.part", part + torn);
    Archive next = open(folder);
    CHECK(next.has("c"));
    CHECK_FALSE(next.has("b"));
  }
  run(folder, {"b", "d"}, {"a", "b", "c", "d"});
  CHECK(subjects(folder) == Names{"d", "c", "b", "a"});
}

// Each file as it is between two steps of commit().
TEST_CASE("fetch archive: who is killed between two renames has each mail once") {
  const Folder folder;
  run(folder, {"a"}, {"a"});
  {
    Archive killed = open(folder);
    REQUIRE(killed.add("b", object("b")).has_value());
  }
  const std::string part = folder.read("emails.json.part");
  const std::string old_ids = folder.read("emails.json.uids");
  run(folder, {}, {"a", "b"});
  const std::string new_ids = folder.read("emails.json.uids");
  SUBCASE("before the ids are there") {
    folder.write("emails.json.uids", old_ids);
    folder.write("emails.json.uids.new", new_ids);
  }
  SUBCASE("before the part is gone") {}
  folder.write("emails.json.part", part);
  Archive next = open(folder);
  CHECK(next.has("b"));
  CHECK(next.come() == 0);
  REQUIRE(next.commit({"a", "b"}).has_value());
  CHECK(subjects(folder) == Names{"b", "a"});
}

TEST_CASE("fetch archive: a draft of ids that was never put in place counts for nothing") {
  const Folder folder;
  run(folder, {"a"}, {"a"});
  folder.write("emails.json.uids.new", "{\"mailbox\":\"" + std::string(kMailbox) + "\",\"size\":1}\na\nb\n");
  CHECK_FALSE(open(folder).has("b"));
}

TEST_CASE("fetch archive: a file of somebody else is set aside, not written over") {
  const Folder folder;
  folder.write("emails.json", "[{\"Subject\": \"mine\"}]");
  run(folder, {"a"}, {"a"});
  CHECK(subjects(folder) == Names{"a"});
  CHECK(folder.read("emails.json.before") == "[{\"Subject\": \"mine\"}]");
  Archive other = open(folder, "pop3 bob@qq.com pop.qq.com");
  CHECK_FALSE(other.has("a"));
  REQUIRE(other.add("x", object("x")).has_value());
  REQUIRE(other.commit({"x"}).has_value());
  CHECK(other.set_aside() == folder.at("emails.json.before-2"));
  CHECK(subjects(folder) == Names{"x"});
}

TEST_CASE("fetch archive: a file that was edited by hand stays as it was") {
  const Folder folder;
  run(folder, {"a", "b"}, {"a", "b"});
  folder.write("emails.json", "\xEF\xBB\xBF [ {\"Subject\":\"edited\"} ]\n");
  run(folder, {"c"}, {"a", "b", "c"});
  CHECK(subjects(folder) == Names{"c", "edited"});
  folder.write("emails.json", "[{\"Subject\": ");
  run(folder, {"a"}, {"a"});
  CHECK(subjects(folder) == Names{"a"});
  CHECK(folder.read("emails.json.before") == "[{\"Subject\": ");
}

TEST_CASE("fetch archive: without the file everything is fetched anew") {
  const Folder folder;
  run(folder, {"a"}, {"a"});
  std::filesystem::remove(folder.path / "emails.json");
  CHECK_FALSE(open(folder).has("a"));
}

TEST_CASE("fetch archive: two at once do not mix") {
  const Folder folder;
  const Archive first = open(folder);
  const auto second = Archive::open(folder.at("emails.json"), kMailbox);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().id == "file-busy");
}

TEST_CASE("fetch archive: a folder that is not there is an error") {
  const auto archive = Archive::open("/no/such/folder/emails.json", kMailbox);
  REQUIRE_FALSE(archive.has_value());
  CHECK(archive.error().id == "file-unwritable");
}

TEST_CASE("fetch archive: what is older and comes later stands in its place") {
  const Folder folder;
  const Names mailbox{"a", "b", "c", "d", "e", "f", "g"};
  run(folder, {"f", "c"}, mailbox);
  CHECK(subjects(folder) == Names{"f", "c"});
  run(folder, {"a", "e", "g", "d"}, mailbox);
  CHECK(subjects(folder) == Names{"g", "f", "e", "d", "c", "a"});
  run(folder, {"b"}, mailbox);
  CHECK(subjects(folder) == Names{"g", "f", "e", "d", "c", "b", "a"});
  // What is gone from the mailbox stays where it was.
  run(folder, {"h"}, {"a", "c", "h"});
  CHECK(subjects(folder) == Names{"g", "f", "e", "d", "h", "c", "b", "a"});
}
