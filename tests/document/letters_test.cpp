// Which letter stands in a text changes nothing: toml++ 3.3 and 3.4 must never be asked whether one of other alphabets is white
// space (document/disguise.h). What is refused only because of such a letter is refused as stray.
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/result.h"
#include "core/text.h"
#include "document/document.h"

namespace {

using Parsed = core::Result<document::Document>;

Parsed parse(std::string_view text) { return document::parse_document("x.toml", text); }

bool is_same(const document::Node& a, const document::Node& b, std::string_view letter) {
  const auto ascii = [&](const std::string& text) { return core::replace_all(text, letter, "q"); };
  if (a.type != b.type || a.where != b.where || ascii(a.text) != b.text || a.items.size() != b.items.size() ||
      a.entries.size() != b.entries.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!is_same(a.items[i], b.items[i], letter)) return false;
  }
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    const document::Entry& ours = a.entries[i];
    const document::Entry& other = b.entries[i];
    if (ascii(ours.key) != other.key || ours.where != other.where || !is_same(ours.value, other.value, letter)) return false;
  }
  return true;
}

std::string error_of(const Parsed& parsed) {
  return parsed ? std::string() : core::describe(parsed.error(), core::Language::kEnglish);
}

// Empty when `letter` does in `text` what q does in its place.
std::string difference(std::string_view text, std::string_view letter) {
  const Parsed ours = parse(text);
  const Parsed other = parse(core::replace_all(text, letter, "q"));
  if (!ours && other) return error_of(ours).find("only ASCII may stand outside") == std::string::npos ? error_of(ours) : "";
  if (ours && !other) return "with q: " + error_of(other);
  if (ours) return is_same(ours->root, other->root, letter) ? "" : "another value";
  return "";
}

}  // namespace

TEST_CASE("document: every text of a few signs, with a letter of another alphabet in it") {
  constexpr std::string_view kLetter = "〇";
  const std::vector<std::string_view> signs{"\"", "'", "\\", "\n", " ", "#", "=", "{", ",", "1", kLetter};
  const std::vector<std::string> begins{"", "a = ", "a = \"\"\"", "a = \"\"\"\\\n", "a = {b = ", "a = [1"};
  std::vector<std::string> texts{""};
  for (int length = 1; length <= 4; ++length) {
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (const std::string_view sign : signs) longer.push_back(text + std::string(sign));
    }
    texts = std::move(longer);
    for (const std::string& text : texts) {
      if (text.find(kLetter) == std::string::npos) continue;
      for (const std::string& begin : begins) {
        for (const std::string_view end : {"", "\"\"\"\n"}) {
          const std::string whole = begin + text + std::string(end);
          const std::string found = difference(whole, kLetter);
          if (!found.empty()) FAIL_CHECK(whole << "\n: " << found);
        }
      }
    }
  }
}

TEST_CASE("document: letters of every alphabet, where they could be taken for white space") {
  for (const std::string_view letter :
       {"é", "п", "〇", "、", "「", "（", "！", "题", "が", "\u00A0", "\u0085", "\u2003", "\u2028", "\u3000", "\uFEFF", "😀"}) {
    CAPTURE(letter);
    for (const std::string_view pattern : {"a = \"\"\"x\\\nQx\"\"\"", "a = \"\"\"x\\\n  \n\tQ  y\"\"\"",
                                           "a = \"\"\"\\\nQ\"\"\"#Q\n\"Q\" = \"Q\"\n['Q.Q']\nb = '''\nQ'''",
                                           "a = [\"\"\"\\\nQQ\"\"\", 1, {b = \"Q\", \"Q\" = [\"Q\"]}] # Q"}) {
      CAPTURE(pattern);
      const Parsed parsed = parse(core::replace_all(pattern, "Q", letter));
      CHECK(error_of(parsed).empty());
      const Parsed other = parse(core::replace_all(pattern, "Q", "q"));
      REQUIRE((parsed && other));
      CHECK(is_same(parsed->root, other->root, letter));
    }
    for (const std::string_view pattern : {"a = \"\"\"\\Q\"\"\"", "a = \"\"\"\\  Q\"\"\"", "a = 1\"Q\"", "a = +'Q'",
                                           "a = \"\"\"\rQ\"\"\"", "a = \"\"\"\" Q = { \"x\",\\Q"}) {
      CAPTURE(pattern);
      const std::string text = core::replace_all(pattern, "Q", letter);
      CHECK(error_of(parse(text)).starts_with("x.toml:"));
    }
  }
}

TEST_CASE("document: letters in planes of Unicode that are empty") {
  // U+40000 stands for itself, written or escaped; so does what only looks like its escape.
  const Parsed parsed = parse("a = \"\U00040000、\"\nb = \"\\U000500E9、\"\nc = '\\U0006'\nd = \"\\u005CU00070000é\"\n");
  REQUIRE(parsed);
  CHECK(parsed->root.find("a")->text == "\U00040000、");
  CHECK(parsed->root.find("b")->text == "\U000500E9、");
  CHECK(parsed->root.find("c")->text == "\\U0006");
  CHECK(parsed->root.find("d")->text == "\\U00070000é");
  CHECK(error_of(parse("a = '\U00040000\U00050000\U00060000\U00070000\U00080000\U00090000'")).find("planes") !=
        std::string::npos);
}

TEST_CASE("document: keys are sorted, whatever the library saw") {
  const Parsed parsed = parse("\"😀\" = 1\n\"题\" = 2\nq = 3\n\"é\" = 4\n");
  REQUIRE(parsed);
  std::string keys;
  for (const document::Entry& entry : parsed->root.entries) keys += entry.key;
  CHECK(keys == "qé题😀");
}

TEST_CASE("document: an error quotes the letters that stand in the file") {
  CHECK(error_of(parse("[a.\"标题\"]\n[a.\"标题\"]\n")).find("table 'a.\"标题") != std::string::npos);
  CHECK(error_of(parse("a = \"\\、\"\n")).find("'\\、'") != std::string::npos);
  CHECK(error_of(parse("a = \"\"\"\r、\"\"\"\n")).find("'\\u3001'") != std::string::npos);
}
