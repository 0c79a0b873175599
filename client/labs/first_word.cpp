#include "client/labs/first_word.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "client/program/telling.h"

namespace lab {
namespace {

// Mistakes of a line end that comes from the language's own way to end a line.
constexpr std::array<std::string_view, 5> kOfLineEnds{"bare-lf-command", "bare-lf-data", "terminator-not-crlf",
                                                      "header-line-end-mixed", "mailbox-lf-only"};

constexpr int kAdvice = 3;
constexpr int kNothing = 9;

core::Text joined(const core::Text& one, const core::Text& other) {
  const auto ends = [](const std::string& text, std::string_view dot) { return text.ends_with(dot); };
  return {one.en + (ends(one.en, ".") || ends(one.en, "!") ? " " : ". ") + other.en,
          one.zh + (ends(one.zh, "。") ? "" : "。") + other.zh};
}

core::Text about(const std::string& id, const knowledge::Knowledge& knowledge) {
  const auto meaning = program::meaning_of(id, knowledge);
  if (!meaning) return {};
  core::Text words = joined(meaning->title, meaning->why);
  const bool is_of_line_end = std::find(kOfLineEnds.begin(), kOfLineEnds.end(), id) != kOfLineEnds.end();
  if (!is_of_line_end) return words;
  return joined({"LF alone is this system's line end, which println, endl and WriteLine write; in mail a line ends in CR LF",
                 "只有 LF 是这个系统的换行，println、endl、WriteLine 写的就是它；邮件里一行要以 CR LF 结尾"},
                words);
}

// From the gravest to nothing; advice is never the first thing to be said.
int weight(const CheckResult& check, const knowledge::Knowledge& knowledge) {
  if (check.outcome != Outcome::kFailed) return kNothing;
  if (check.kind == CheckKind::kMust) return 0;
  if (check.findings.empty()) return 2;
  const knowledge::MistakeEntry* const mistake = knowledge.mistake(check.findings.front());
  if (mistake == nullptr) return 2;
  return mistake->severity == knowledge::Severity::kAdvice ? kAdvice : 1;
}

core::Text asks_in_vain(const Evidence& normal) {
  if (!normal.wants_more_input || !normal.messages.empty()) return {};
  return {"It waits for keyboard input, and the lab has no answer to what it asks",
          "它在等键盘输入，而这个实验没有可回答的内容"};
}

}  // namespace

core::Text reason_for(const Held& held, const Check& check, const knowledge::Knowledge& knowledge) {
  if (!held.ids.empty()) {
    core::Text words = about(held.ids.front(), knowledge);
    if (!words.empty()) return held.reason.empty() ? words : joined(held.reason, words);
  }
  if (held.reason.empty()) return check.why;
  const bool is_said_twice = core::starts_with_ignoring_case(check.why.en, held.reason.en);
  return check.why.empty() || is_said_twice ? held.reason : joined(check.why, held.reason);
}

void say_first(Sheet& sheet, const Evidence& normal, const knowledge::Knowledge& knowledge) {
  const auto lightest = std::min_element(sheet.checks.begin(), sheet.checks.end(), [&](const auto& one, const auto& other) {
    return weight(one, knowledge) < weight(other, knowledge);
  });
  for (const CheckResult& check : sheet.checks) {
    if (check.kind == CheckKind::kMust && check.outcome == Outcome::kPassed && check.name != "connects")
      sheet.praise = core::phrase("Well done: {0}.", "做得好：{0}。", {check.title});
  }
  if (lightest == sheet.checks.end() || weight(*lightest, knowledge) == kNothing) return;
  if (weight(*lightest, knowledge) == kAdvice) {
    sheet.sentence = {"All that the lab asks for is there; what follows is advice", "实验要求的都做到了；下面只是建议"};
    return;
  }
  sheet.first = lightest->findings.empty() ? lightest->name : lightest->findings.front();
  sheet.sentence = lightest->reason;
  if (const core::Text words = asks_in_vain(normal); !words.empty() && lightest->kind == CheckKind::kMust)
    sheet.sentence = joined(words, sheet.sentence);
}

}  // namespace lab
