#include "core/json_writer.h"

#include <chrono>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

std::string only_text(std::string_view value) {
  core::JsonWriter json(0);
  json.text("a", value);
  return json.take();
}

std::string only_time(long long microseconds) {
  core::JsonWriter json(0);
  json.milliseconds("a", std::chrono::microseconds(microseconds));
  return json.take();
}

}  // namespace

TEST_CASE("json writer: members in their order, lists among them") {
  core::JsonWriter json(10);
  json.number("one", 1);
  json.begin_list("two");
  json.item(std::uint64_t{7});
  json.item(std::string_view("x"));
  json.item(std::chrono::microseconds(1500));
  json.end_list();
  json.begin_list("empty");
  json.end_list();
  json.text("three", "3");
  CHECK(json.take() == R"({"one":1,"two":[7,"x",1.5],"empty":[],"three":"3"})");
  CHECK(core::JsonWriter(0).take() == "{}");
}

TEST_CASE("json writer: what JSON wants escaped is") {
  CHECK(only_text("") == R"({"a":""})");
  CHECK(only_text("\"\\") == R"({"a":"\"\\"})");
  CHECK(only_text("a\r\n\x01z") == R"({"a":"a\u000d\u000a\u0001z"})");
  CHECK(only_text("你好␍␊") == R"({"a":"你好␍␊"})");
  CHECK(only_text("{") + only_text("[") == R"({"a":"{"}{"a":"["})");
}

TEST_CASE("json writer: milliseconds have as many decimals as they need, and one") {
  CHECK(only_time(0) == R"({"a":0.0})");
  CHECK(only_time(1) == R"({"a":0.001})");
  CHECK(only_time(10) == R"({"a":0.01})");
  CHECK(only_time(250'684) == R"({"a":250.684})");
  CHECK(only_time(24'000) == R"({"a":24.0})");
  CHECK(only_time(-1'050) == R"({"a":-1.05})");
}
