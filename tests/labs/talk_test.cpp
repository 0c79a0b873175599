#include "client/labs/talk.h"

#include <string>

#include <doctest/doctest.h>

namespace {

using lab::Turn;

TEST_CASE("labs: turns of a talk") {
  const auto turn = [](const char* line) {
    auto parsed = lab::parse_turn(line);
    REQUIRE(parsed);
    return *parsed;
  };
  CHECK(turn("C: HELO a") == Turn{Turn::Is::kSays, 1, "HELO a"});
  CHECK(turn("C: ") == Turn{Turn::Is::kSays, 1, ""});
  CHECK(turn("C2> a\\r\\n\\x00\\\\") == Turn{Turn::Is::kSends, 2, std::string("a\r\n\0\\", 5)});
  CHECK(turn("S: 5??") == Turn{Turn::Is::kHears, 1, "5??"});
  CHECK(turn("S2: 250").client == 2);
  CHECK(turn("C: (close)").is == Turn::Is::kHangsUp);
  for (const char* const wrong : {"", "X: a", "C HELO", "S: 25", "S> 250", "C> \\q", "C> \\x1", "C: "}) {
    CAPTURE(std::string(wrong));
    CHECK(lab::parse_turn(wrong).has_value() == (std::string(wrong) == "C: "));
  }
}

TEST_CASE("labs: talks and what became of them pass to another process") {
  const std::vector<lab::Talk> talks{
      {"a", {}, {{Turn::Is::kSends, 2, std::string("\xff\0x", 3)}, {Turn::Is::kHears, 1, "2??"}}}};
  const auto back = lab::talks_from(lab::as_json(talks));
  REQUIRE(back.size() == 1);
  CHECK(back.front().name == "a");
  CHECK(back.front().turns == talks.front().turns);

  const lab::Driven driven{2525, true, {{"a", false, {"wrong", "错"}, {{true, 1, "HELO", false}, {false, 2, "250", true}}}}};
  CHECK(lab::driven_from(lab::as_json(driven)) == driven);
  CHECK(lab::driven_from("") == lab::Driven{});
  CHECK(lab::driven_from("[1]") == lab::Driven{});
  CHECK(lab::driven_from(R"({"port":"x","alive":7,"spoke":[{"lines":3},4]})").spoke.size() == 2);
}

}  // namespace
