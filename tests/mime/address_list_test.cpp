#include "mime/address_list.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

TEST_CASE("mime addresses: what people write in a To field is read") {
  struct Row {
    std::string name;
    std::string text;
    std::vector<mime::Address> addresses;
  };
  const std::vector<Row> rows{
      {"one", "a@b.example", {{"", "a@b.example"}}},
      {"several, with names", "Alice <a@b.example>, c@d.example", {{"Alice", "a@b.example"}, {"", "c@d.example"}}},
      {"a quoted name with a comma", "\"Liddell, Alice\" <a@b.example>", {{"Liddell, Alice", "a@b.example"}}},
      {"a Chinese name", "王小明 <a@b.example>", {{"王小明", "a@b.example"}}},
      {"an encoded name", "=?utf-8?B?546L5bCP5piO?= <a@b.example>", {{"王小明", "a@b.example"}}},
      {"a group", "all: a@b.example, c@d.example;", {{"", "a@b.example"}, {"", "c@d.example"}}},
      {"blanks around", "  a@b.example  ", {{"", "a@b.example"}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto addresses = mime::parse_addresses(row.text);
    REQUIRE(addresses.has_value());
    CHECK(*addresses == row.addresses);
  }
}

TEST_CASE("mime addresses: what is no address is an error that shows it") {
  for (const std::string& text : {std::string(), std::string(","), std::string("alice"), std::string("a@b.example, bob"),
                                  std::string("Alice a@b.example"), std::string("a@@b.example"),
                                  std::string("a@b.example, @c.example"), std::string("a@b.example\0", 12)}) {
    CAPTURE(text);
    const auto addresses = mime::parse_addresses(text);
    REQUIRE(!addresses.has_value());
    CHECK(addresses.error().blame == core::Blame::kInput);
    CHECK(addresses.error().text.en.ends_with("is no mail address"));
  }
}
