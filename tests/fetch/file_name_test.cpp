#include "client/fetch/file_name.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/fetch/attachments.h"
#include "core/show.h"
#include "tests/fetch/folder.h"

TEST_CASE("fetch file names: what strangers write stays in the folder") {
  struct Row {
    std::string name;
    std::string safe;
  };
  const std::vector<Row> rows{
      {"cat.png", "cat.png"},
      {"报告 2026.pdf", "报告 2026.pdf"},
      {"../../etc/passwd", "passwd"},
      {"/etc/cron.d/x", "x"},
      {"C:\\Windows\\system32\\a.dll", "a.dll"},
      {"..", "attachment-3.png"},
      {".", "attachment-3.png"},
      {"", "attachment-3.png"},
      {"a/", "attachment-3.png"},
      {".bashrc", "bashrc"},
      {"...a..", "a"},
      {"a\nb\x1b[2J.txt", "ab[2J.txt"},
      {std::string("a\0b.txt", 7), "ab.txt"},
      {"a:b*c?.txt", "a_b_c_.txt"},
      {"photo\u202Egpj.exe", "photogpj.exe"},
      {"zero\u200Bwidth", "zerowidth"},
      {"con", "_con"},
      {"COM1.txt", "_COM1.txt"},
      {"\xFF\xFE.txt", "__.txt"},
      {"-rf", "-rf"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(fetch::safe_file_name(row.name, "image/png", 3) == row.safe);
  }
}

TEST_CASE("fetch file names: long ones are cut before their ending, characters stay whole") {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "长";
  const std::string safe = fetch::safe_file_name(name + ".docx", "x/y", 1);
  CHECK(safe.size() <= fetch::kLongestFileName);
  CHECK(safe.ends_with("长.docx"));
  CHECK(core::is_utf8(safe));
}

TEST_CASE("fetch file names: a number goes before the ending") {
  CHECK(fetch::numbered("cat.png", 2) == "cat (2).png");
  CHECK(fetch::numbered("cat", 3) == "cat (3)");
}

TEST_CASE("fetch attachments: nothing is written over") {
  const fetch_test::Folder folder;
  const auto open = fetch::AttachmentFolder::open(folder.at("a/b"));
  REQUIRE(open.has_value());
  CHECK(open->save("cat.png", "one").value() == "cat.png");
  CHECK(open->save("cat.png", "two").value() == "cat (2).png");
  CHECK(open->save("cat.png", "one").value() == "cat.png");
  CHECK(open->save("cat.png", "two").value() == "cat (2).png");
  CHECK(folder.read("a/b/cat.png") == "one");
  CHECK(folder.read("a/b/cat (2).png") == "two");
  std::filesystem::create_symlink(folder.at("elsewhere"), folder.path / "a/b/link.txt");
  CHECK(open->save("link.txt", "x").value() == "link (2).txt");
  CHECK_FALSE(folder.has("elsewhere"));
  std::size_t files = 0;
  for (const auto& one : std::filesystem::directory_iterator(folder.path / "a/b")) files += one.exists() ? 1 : 0;
  CHECK(files == 3);  // and no draft is left
}

TEST_CASE("fetch attachments: a file where the folder should be") {
  const fetch_test::Folder folder;
  folder.write("a", "");
  const auto open = fetch::AttachmentFolder::open(folder.at("a"));
  REQUIRE_FALSE(open.has_value());
  CHECK(open.error().id == "file-unwritable");
}
