// Whatever is open when the language changes, the whole screen changes with it.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/base/words.h"
#include "tests/stepper/in_memory.h"

using core::Language;
using test::Person;

namespace {

// Every piece of text in the model that is not the dialogue itself.
std::vector<std::string> texts_of(const screen::StepScreen& model) {
  std::vector<std::string> texts{model.title,        model.dialogue_title, model.meaning.title, model.where.title,
                                 model.memory.title, model.next.why,       model.notice};
  const auto add = [&](const std::vector<screen::Line>& lines) {
    for (const screen::Line& line : lines) {
      for (const screen::Run& run : line) texts.push_back(run.text);
    }
  };
  for (const screen::DialogueItem& item : model.dialogue) {
    if (item.speaker == "·") add(item.lines);
  }
  add(model.meaning.lines);
  add(model.where.lines);
  add(model.memory.lines);
  for (const screen::KeyHint& key : model.keys) texts.push_back(key.label);
  std::string_view status = model.status;
  while (!status.empty()) {
    const std::size_t dot = std::min(status.find(" · "), status.size());
    texts.emplace_back(status.substr(0, dot));
    status.remove_prefix(std::min(status.size(), dot + 4));
  }
  if (model.overlay) {
    texts.push_back(model.overlay->title);
    texts.push_back(model.overlay->footer);
    add(model.overlay->lines);
  }
  return texts;
}

// The English words whose Chinese is another, in the text as a whole or at one of its ends.
void check_chinese(const screen::StepScreen& model) {
  for (const std::string& text : texts_of(model)) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(client::Word::kCount); ++i) {
      const auto which = static_cast<client::Word>(i);
      const std::string en(client::word(which, Language::kEnglish));
      if (en == client::word(which, Language::kChinese)) continue;
      const std::string bare(core::trim(text));
      CAPTURE(text);
      CAPTURE(en);
      CHECK(bare != en);
      CHECK_FALSE(text.starts_with(en + " "));
      CHECK_FALSE(text.ends_with(" " + en));
      if (en.find(' ') != std::string::npos) CHECK_FALSE(test::has(text, en));
    }
  }
}

// The keys that open each thing, from where it can be opened.
struct Opened {
  std::string name;
  std::size_t steps;
  std::string keys;
};

const std::vector<Opened> kOpened{{"nothing", 0, ""},
                                  {"in the middle", 3, ""},
                                  {"the help", 0, "?"},
                                  {"the wire", 1, "w"},
                                  {"the list of mistakes", 1, "m"},
                                  {"the bench", 0, "bHi!"},
                                  {"a line being edited", 0, "eX"},
                                  {"the message", 5, "e"},
                                  {"the pane", 0, "r"},
                                  {"another step", 1, "n"},
                                  {"a list of mistakes in data", 6, "m"},
                                  {"the end", 8, ""},
                                  {"a command that is none", 0, "FOO\n"},
                                  {"a line without end", 0, "e\x15HELO\n"}};

}  // namespace

TEST_CASE("stepper: after the language has changed no English word of the interface is left") {
  for (const Opened& opened : kOpened) {
    CAPTURE(opened.name);
    for (const bool wide : {true, false}) {
      Person person("any/accept-all");
      person.wide = wide;
      person.step(opened.steps);
      person.type(opened.keys);
      person.stepper.set_language(Language::kChinese);
      screen::StepScreen model = person.model();
      model.notice.clear();  // said in the language of its moment; the key that changes the language clears it
      if (person.stepper.is_finished()) model = person.model();
      check_chinese(model);
    }
  }
}

TEST_CASE("stepper: every notice of a Chinese lesson is Chinese") {
  for (const char* const keys : {"z", "t", "ww", "qq", "e\x15HELO\n"}) {
    CAPTURE(keys);
    Person person("any/accept-all", Language::kChinese);
    person.type(keys);
    check_chinese(person.model());
  }
}

TEST_CASE("stepper: English is English again after two changes") {
  Person person("any/accept-all");
  const std::string before = person.model().next.why + person.model().status + person.model().title;
  person.stepper.set_language(Language::kChinese);
  CHECK(person.model().next.why + person.model().status + person.model().title != before);
  person.stepper.set_language(Language::kEnglish);
  CHECK(person.model().next.why + person.model().status + person.model().title == before);
}
