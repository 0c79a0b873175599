#include "client/fetch/list_file.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/fetch/folder.h"

TEST_CASE("fetch list: the first mail of a file") {
  const fetch_test::Folder folder;
  folder.write("a.json",
               R"([{"Subject": "s", "Attachments": [{"Name": "n", "Subject": "no"}], "Body": "b"}, {"Subject": "t"}])");
  const auto mail = fetch::first_mail(folder.at("a.json"));
  REQUIRE(mail.has_value());
  CHECK(mail->at("Subject") == "s");
  CHECK(mail->at("Body") == "b");
  for (const char* const text : {"[]", "", "{\"Subject\": 1", "[{\"Subject\": \"s\"", "nonsense"}) {
    CAPTURE(text);
    folder.write("b.json", text);
    CHECK_FALSE(fetch::first_mail(folder.at("b.json")).has_value());
  }
}

TEST_CASE("fetch list: its elements, one by one, and the rest") {
  const fetch_test::Folder folder;
  folder.write("a.json", "\xEF\xBB\xBF [ {\"a\": \"],\\\"}\\\\\"} ,\n[1, {}],\"x\" , 3 ]\n");
  CHECK(fetch::is_list(folder.at("a.json")));
  fetch::ListFile list(folder.at("a.json"));
  std::vector<std::string> elements;
  while (list.has_next() && elements.size() < 3) elements.push_back(list.next());
  CHECK(elements == std::vector<std::string>{"{\"a\": \"],\\\"}\\\\\"}", "[1, {}]", "\"x\""});
  auto output = fetch::Output::create(folder.at("b"));
  REQUIRE(output.has_value());
  CHECK(list.copy_rest(*output) == 4);
  REQUIRE(output->close().has_value());
  CHECK(folder.read("b") == "3 ]\n");
  for (const char* const text : {"[]", " [ ] ", "", "{}"}) {
    folder.write("c.json", text);
    CHECK_FALSE(fetch::ListFile(folder.at("c.json")).has_next());
  }
}
