#include "client/labs/hand/beside.h"

#include <string>

#include <doctest/doctest.h>

#include "client/labs/collection.h"
#include "client/labs/hand/server.h"
#include "core/show.h"
#include "mockserver/scenario/catalogue.h"
#include "protocol/known.h"

namespace {

using core::Language;

struct Screen {
  lab::Lab lab = *lab::find("by-hand");
  scenario::Scenario scenario = *hand::server_of(lab, scenario::Catalogue::embedded());
  hand::Beside beside{lab, scenario, *knowledge::Knowledge::embedded(), {}};

  hand::Beside::Pressed press(const std::string& text) {
    return beside.press({screen::KeyName::kText, text}, *protocol::find("smtp"));
  }

  // What stands over the meaning, and the title of what lies over all.
  std::string shown(Language language = Language::kEnglish, bool is_stepping = true) {
    screen::StepScreen model;
    model.meaning.lines.push_back({{screen::Role::kPlain, "meaning"}});
    model.keys.push_back({"Enter", "send"});
    beside.lay_over(model, is_stepping, language);
    std::string text;
    for (const screen::Line& line : model.meaning.lines) {
      for (const screen::Run& run : line) text += run.text;
      text += "\n";
    }
    for (const screen::KeyHint& key : model.keys) text += "[" + key.key + "]";
    return text + (model.overlay ? model.overlay->title : "");
  }
};

}  // namespace

TEST_CASE("beside: the assignment comes first, and any key leads on") {
  Screen screen;
  CHECK(screen.shown().ends_with("The assignment"));
  CHECK(screen.press("H").is_ours);
  CHECK(screen.shown() == "Task 1/4  HELO or EHLO, and 250  ····\n\nmeaning\n[Enter][h][p][=]");
  CHECK(screen.shown(Language::kChinese) == "任务 1/4  HELO 或 EHLO，得到 250  ····\n\nmeaning\n[Enter][h][p][=]");
  CHECK(screen.shown(Language::kEnglish, false) == "Task 1/4  HELO or EHLO, and 250  ····\n\nmeaning\n[Enter]");
  CHECK(screen.press("=").is_ours);
  CHECK(screen.shown().ends_with("The assignment"));
}

TEST_CASE("beside: hints and tasks have keys, other letters are the screen's") {
  Screen screen;
  screen.press("x");
  CHECK(screen.press("h").is_ours);
  CHECK(screen.shown().find("Hint 1  HELO and one word") != std::string::npos);
  CHECK_FALSE(screen.press("w").is_ours);
  CHECK(screen.press("p").is_ours);
  CHECK(screen.shown().starts_with("Task 2/4"));
  CHECK_FALSE(screen.beside.press({screen::KeyName::kEnter, ""}, *protocol::find("smtp")).is_ours);
}

TEST_CASE("beside: a letter that begins a command was no key") {
  Screen screen;
  screen.press("x");
  screen.press("h");
  const hand::Beside::Pressed pressed = screen.press("e");
  CHECK_FALSE(pressed.is_ours);
  REQUIRE(pressed.instead.size() == 1);
  CHECK(pressed.instead.front() == screen::Key{screen::KeyName::kText, "h"});
  CHECK(screen.shown().find("Hint") == std::string::npos);
  CHECK_FALSE(screen.press("l").is_ours);
}

TEST_CASE("beside: only a lab by hand has a server to stand beside") {
  const auto lab = lab::find("textbook-client");
  REQUIRE(lab.has_value());
  CHECK_FALSE(hand::server_of(*lab, scenario::Catalogue::embedded()).has_value());
}
