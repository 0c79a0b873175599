#include "tests/screen/golden.h"

#include <initializer_list>
#include <string>

#include <doctest/doctest.h>

#include "client/screen/canvas.h"
#include "client/screen/draw_overlay.h"
#include "tests/screen/sample.h"

namespace {

using core::Language;
using screen::Size;
using test::check_golden;

constexpr Size kSizes[] = {{60, 16}, {80, 24}, {100, 30}, {140, 40}, {59, 15}, {1, 1}};

std::string code(Language language) { return language == Language::kChinese ? "zh" : "en"; }

}  // namespace

TEST_CASE("screen: the stepping screen of the 163 lesson at every size") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const Size size : kSizes) check_golden("step-" + code(language), size, draw(sample::step(language), size, language));
  }
}

TEST_CASE("screen: long lines, a long reply and a notice at every size") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const Size size : kSizes) {
      check_golden("long-" + code(language), size, draw(sample::long_step(language), size, language));
    }
  }
}

TEST_CASE("screen: a connection that the server has closed, and the one that is to come") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const Size size : {Size{80, 24}, Size{140, 40}})
      check_golden("hung-up-" + code(language), size, draw(sample::hung_up(language), size, language));
  }
}

TEST_CASE("screen: the picker at every size") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const Size size : kSizes)
      check_golden("picker-" + code(language), size, draw(sample::picker(language), size, language));
  }
}

TEST_CASE("screen: an overlay with a list lies over the stepping screen") {
  screen::StepScreen model = sample::long_step(Language::kChinese);
  model.overlay = sample::mistakes();
  for (const Size size : kSizes) check_golden("overlay", size, draw(model, size, Language::kChinese));
}

TEST_CASE("screen: a picker with a filter and a form") {
  screen::PickerScreen model = sample::picker(Language::kEnglish);
  model.filter = "163 密码";
  model.filtering = true;
  check_golden("filter", {80, 24}, draw(model, {80, 24}, Language::kEnglish));
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    model = sample::picker(language);
    model.overlay = sample::form(language);
    for (const Size size : {Size{60, 16}, Size{80, 24}, Size{140, 40}})
      check_golden("form-" + code(language), size, draw(model, size, language));
  }
}

TEST_CASE("screen: the TLS view over the stepping screen, and its end") {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    screen::StepScreen model = sample::step(language);
    model.status = "mx.example:587 · TLS 1.2";
    model.overlay = sample::tls(language);
    for (const Size size : {Size{60, 16}, Size{80, 24}, Size{140, 40}}) {
      model.overlay->scroll = 0;
      check_golden("tls-" + code(language), size, draw(model, size, language));
      model.overlay->scroll = screen::last_scroll(*model.overlay, size);
      check_golden("tls-end-" + code(language), size, draw(model, size, language));
    }
  }
}

TEST_CASE("screen: each of the three panes of a small screen") {
  for (const std::size_t pane : {1U, 2U}) {
    screen::StepScreen model = sample::step(Language::kEnglish);
    model.small_pane = pane;
    check_golden("pane" + std::to_string(pane), {80, 24}, draw(model, {80, 24}, Language::kEnglish));
  }
}
