// The embedded tables: everything is explained, in both languages.
#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "core/show.h"
#include "knowledge/knowledge.h"

namespace {

const knowledge::Knowledge& tables() {
  static const core::Result<knowledge::Knowledge> kTables = knowledge::Knowledge::embedded();
  REQUIRE_MESSAGE(kTables.has_value(), (kTables ? std::string() : core::describe(kTables.error())));
  return *kTables;
}

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

// Both languages, each in its own script, nothing that a terminal would obey.
void check_text(const core::Text& text) {
  CAPTURE(text.en);
  CAPTURE(text.zh);
  CHECK_FALSE(text.en.empty());
  CHECK(has_chinese(text.zh));
  CHECK(core::show_bytes(text.en) == text.en);
  CHECK(core::show_bytes(text.zh) == text.zh);
}

}  // namespace

TEST_CASE("knowledge: every remark of the core is a mistake with an entry") {
  for (const std::string_view id : smtp::kRemarkIds) {
    CAPTURE(id);
    CHECK(tables().mistake(id) != nullptr);
  }
}

TEST_CASE("knowledge: every mistake is told in both languages") {
  for (const auto& row : tables().mistakes()) {
    const std::string& id = row.first;
    const knowledge::MistakeEntry& entry = row.second;
    CAPTURE(id);
    CHECK(entry.id == id);
    check_text(entry.title);
    check_text(entry.explain);
    CHECK_FALSE(entry.fix.en.empty());
    CHECK_FALSE(entry.fix.zh.empty());
    CHECK_FALSE(entry.rfc.empty());
  }
}

TEST_CASE("knowledge: every input of the session has an entry") {
  for (const smtp::CommandRow& row : smtp::kCommands) {
    CAPTURE(smtp::name(row.input));
    const auto* const entry = tables().command(row.input);
    REQUIRE(entry != nullptr);
    check_text(entry->purpose);
    check_text(entry->changes);
    CHECK_FALSE(entry->parts.empty());
    for (const knowledge::GrammarPart& part : entry->parts) check_text(part.meaning);
    CHECK(entry->rfc == row.rule);
  }
}

TEST_CASE("knowledge: the example of every verb begins with it") {
  for (const smtp::CommandRow& row : smtp::kCommands) {
    if (row.verb.empty()) continue;
    CAPTURE(row.verb);
    CHECK(tables().command(row.input)->example.starts_with(row.verb));
  }
}

TEST_CASE("knowledge: the codes of RFC 5321 and RFC 4954 have entries") {
  for (const int code : {211, 214, 220, 221, 235, 250, 251, 252, 334, 354, 421, 432, 450, 451, 452, 454,
                         455, 500, 501, 502, 503, 504, 530, 534, 535, 538, 550, 551, 552, 553, 554, 555}) {
    CAPTURE(code);
    const auto* const entry = tables().code(smtp::ReplyCode(code));
    REQUIRE(entry != nullptr);
    CHECK(entry->code == std::to_string(code));
    CHECK_FALSE(entry->text.empty());
    check_text(entry->fix);
  }
}

TEST_CASE("knowledge: every entry of the codes is told in both languages") {
  for (const auto& row : tables().codes()) {
    const knowledge::CodeEntry& entry = row.second;
    CAPTURE(entry.code);
    CHECK(entry.code == row.first);
    check_text(entry.meaning);
    CHECK_FALSE(entry.rfc.empty());
  }
}

TEST_CASE("knowledge: every digit has a meaning") {
  for (int digit = 2; digit <= 5; ++digit) {
    CAPTURE(digit);
    CHECK(tables().first_digit(digit) != nullptr);
  }
  for (int digit = 0; digit <= 5; ++digit) {
    CAPTURE(digit);
    CHECK(tables().second_digit(digit) != nullptr);
  }
  CHECK(tables().first_digit(9) == nullptr);
  CHECK(tables().second_digit(9) == nullptr);
}

TEST_CASE("knowledge: an enhanced code is found by subject and detail, whatever its class") {
  for (const int status : {2, 4, 5}) {
    CAPTURE(status);
    const auto* const entry = tables().enhanced({status, 7, 8});
    REQUIRE(entry != nullptr);
    CHECK(entry->code == "X.7.8");
    CHECK(std::count(entry->basic.begin(), entry->basic.end(), 535) == 1);
    CHECK(tables().enhanced_class(status) != nullptr);
  }
  for (int subject = 0; subject <= 7; ++subject) CHECK(tables().enhanced_subject(subject) != nullptr);
  CHECK(tables().enhanced({5, 7, 999}) == nullptr);
  CHECK(tables().enhanced({5, 77, 8}) == nullptr);
  CHECK(tables().enhanced_class(3) == nullptr);
}

TEST_CASE("knowledge: keywords are found in any letter case, and by their beginning where they stand for many") {
  struct Row {
    std::string keyword;
    std::string same_as;  // key in the table; empty: nothing is known
  };
  for (const Row& row :
       {Row{"PIPELINING", "PIPELINING"}, Row{"pipelining", "PIPELINING"}, Row{"AUTH", "AUTH"}, Row{"AUTH=LOGIN", "AUTH="},
        Row{"X-SOMETHING", "X-"}, Row{"x-exps", "X-EXPS"}, Row{"PIPELININGS", ""}, Row{"", ""}, Row{"NONSENSE", ""}}) {
    CAPTURE(row.keyword);
    const auto* const found = tables().keyword(row.keyword);
    REQUIRE((found != nullptr) == !row.same_as.empty());
    if (found == nullptr) continue;
    REQUIRE(tables().keywords().contains(row.same_as));
    CHECK(found == &tables().keywords().at(row.same_as));
    check_text(found->meaning);
  }
}
