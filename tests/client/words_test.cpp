#include "client/base/words.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "client/base/source_text.h"
#include "core/show.h"

namespace {

constexpr std::size_t kCount = static_cast<std::size_t>(client::Word::kCount);

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

}  // namespace

TEST_CASE("words: each is there in both languages, and safe to print") {
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto which = static_cast<client::Word>(i);
    for (const core::Language language : {core::Language::kEnglish, core::Language::kChinese}) {
      const std::string text(client::word(which, language));
      CAPTURE(i);
      CAPTURE(text);
      CHECK_FALSE(text.empty());
      CHECK(core::show_bytes(text) == text);
      CHECK(core::trim(text) == text);
    }
  }
}

TEST_CASE("words: English holds no Chinese, and Chinese is Chinese unless it is the same word") {
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto which = static_cast<client::Word>(i);
    const std::string en(client::word(which, core::Language::kEnglish));
    const std::string zh(client::word(which, core::Language::kChinese));
    CAPTURE(en);
    CAPTURE(zh);
    CHECK_FALSE(has_chinese(en));
    CHECK((has_chinese(zh) || zh == en));
  }
}

TEST_CASE("words: a few rows are where they belong") {
  struct Row {
    client::Word word;
    std::string en;
    std::string zh;
  };
  for (const Row& row : {Row{client::Word::kSend, "send", "发送"}, Row{client::Word::kWhy, "Why", "原因"},
                         Row{client::Word::kNone, "(none)", "（无）"}}) {
    CAPTURE(row.en);
    CHECK(client::word(row.word, core::Language::kEnglish) == row.en);
    CHECK(client::word(row.word, core::Language::kChinese) == row.zh);
  }
}

TEST_CASE("words: sources that are words are told in the language, addresses as they are") {
  struct Row {
    const char* source;
    const char* en;
    const char* zh;
  };
  for (const Row& row :
       {Row{"course report D", "course report D", "课程报告 D"},
        Row{"public source code", "public source code", "公开的源代码"},
        Row{"reported to this project", "reported to this project", "本项目收到的报告"},
        Row{"https://a.example/b", "https://a.example/b", "https://a.example/b"}, Row{"a\x1b", "a\\x1b", "a\\x1b"}}) {
    CAPTURE(row.source);
    CHECK(client::source_text(row.source, core::Language::kEnglish) == row.en);
    CHECK(client::source_text(row.source, core::Language::kChinese) == row.zh);
  }
}
