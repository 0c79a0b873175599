#include "client/send/json_document.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/core/chinese.h"

TEST_CASE("json: an object becomes a tree that knows where everything stands") {
  const auto document = send::parse_json("c.json",
                                         "\xEF\xBB\xBF{\n"
                                         "  \"text\": \"a\\u00e9\\n\",\n"
                                         "  \"中文\": 25, \"number\": 2.5,\n"
                                         "  \"list\": [\"x\", [true], {\"deep\": -1}], \"nothing\": null\n"
                                         "}\n");
  REQUIRE(document.has_value());
  const document::Node& root = document->root;
  CHECK(root.where == document::Position{1, 1});
  REQUIRE(root.entries.size() == 5);
  CHECK(root.find("nothing", document::NodeType::kNull) != nullptr);
  const document::Node* const text = root.find("text");
  REQUIRE(text != nullptr);
  CHECK(text->text == "a\xC3\xA9\n");
  CHECK(text->where == document::Position{2, 11});
  const document::Node* const number = root.find("中文", document::NodeType::kInteger);
  REQUIRE(number != nullptr);
  CHECK(number->integer == 25);
  CHECK(number->where == document::Position{3, 9});  // columns are characters
  CHECK(root.find("number", document::NodeType::kNumber)->where == document::Position{3, 23});
  const document::Node* const list = root.find("list", document::NodeType::kList);
  REQUIRE(list != nullptr);
  REQUIRE(list->items.size() == 3);
  CHECK(list->items[1].items.front().boolean);
  CHECK(list->items[2].find("deep")->integer == -1);
  CHECK(list->items[2].find("deep")->where == document::Position{4, 34});
}

TEST_CASE("json: what is wrong is told where it stands, in words of a learner") {
  struct Row {
    std::string name;
    std::string text;
    std::string error;  // the first line of it
  };
  const std::vector<Row> rows{
      {"a comma too many", "{\"a\": 1,\n}", "c.json:1:8: a comma behind the last value"},
      {"in a list", "{\"a\": [1, 2,]}", "c.json:1:12: a comma behind the last value"},
      {"a comma too few", "{\"a\": \"x\"\n \"b\": 1}", "c.json:2:2: a comma is missing before this"},
      {"two commas", "{\"a\": 1,, \"b\": 2}", "c.json:1:9: this does not belong here"},
      {"a comment", "{\n  // mine\n \"a\": 1}", "c.json:2:3: JSON has no comments"},
      {"another", "{\"a\": 1 # mine\n}", "c.json:1:9: JSON has no comments"},
      {"single quotes", "{'a': 1}", "c.json:1:2: JSON has no single quotes"},
      {"full-width quotes", "{“a”: 1}", "c.json:1:2: '“' is full-width punctuation"},
      {"a full-width comma", "{\"a\": 1，\"b\": 2}", "c.json:1:8: '，' is full-width punctuation"},
      {"no quotes", "{a: 1}", "c.json:1:2: a word without \"…\""},
      {"Python's True", "{\"a\": True}", "c.json:1:7: a word without \"…\""},
      {"a line end in a text", "{\"a\": \"x\ny\"}", "c.json:1:9: a line ends inside \"…\""},
      {"a tabulator in a text", "{\"a\": \"x\ty\"}", "c.json:1:9: a control character inside \"…\""},
      {"a Windows path", "{\"a\": \"C:\\mail\"}", "c.json:1:11: this escape does not exist"},
      {"an open text", "{\"a\": \"x", "c.json:1:9: the text ends inside \"…\""},
      {"an open object", "{\"a\": 1", "c.json:1:8: the text ends too early"},
      {"empty", "", "c.json:1:1: the text ends too early"},
      {"no object", "[1]", "c.json:1:1: the file holds no { … }"},
      {"two objects", "{} {}", "c.json:1:4: this does not belong here"},
      {"GBK", "{\"a\": \"\xC4\xE3\"}", "c.json:1:8: this is not UTF-8"},
      {"a key twice", "{\"a\": 1,\n \"a\": 2}", "c.json:2:2: 'a' stands here a second time"},
      {"a number beyond all bounds", "{\"a\": 1e999}", "c.json:1:7: this number is too large"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto document = send::parse_json("c.json", row.text);
    REQUIRE(!document.has_value());
    CHECK(document.error().blame == core::Blame::kInput);
    CHECK(document.error().text.en.substr(0, document.error().text.en.find('\n')) == row.error);
    test::check_chinese(document.error());
  }
}

TEST_CASE("json: an error shows the line, a caret, and what to write instead") {
  const auto document = send::parse_json("email_config.json", "{\n  \"smtp_port\": 465,\n}\n", {"smtp_port"});
  REQUIRE(!document.has_value());
  CHECK(document.error().text.en ==
        "email_config.json:2:19: a comma behind the last value\n"
        "  \"smtp_port\": 465,\n"
        "                  ^\n"
        "hint: delete the comma: JSON has none before } and ]");
}

TEST_CASE("json: hostile texts are read in bounded time and depth") {
  CHECK(!send::parse_json("c.json", "{\"a\": " + std::string(100'000, '[')).has_value());
  CHECK(!send::parse_json("c.json", std::string((std::size_t{1} << 20) + 1, ' ')).has_value());
  std::string many = "{\"a\": [1";
  while (many.size() < 900'000) many += ",1";
  CHECK(send::parse_json("c.json", many + "]}").has_value());
}
