#include "client/labs/reports/detail.h"

#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"
#include "core/show.h"

namespace reports {
namespace {

class Detail {
 public:
  Detail(const lab::Sheet& sheet, const lab::CheckResult& check, core::Language language)
      : sheet_(sheet), check_(check), language_(language) {}

  std::vector<std::string> all() {
    if (check_.outcome == lab::Outcome::kPassed) return {};
    put("", reason(check_).in(language_));
    if (check_.outcome == lab::Outcome::kNotTried) return std::move(lines_);
    const lab::TrialRecord* const where = trial(sheet_, check_.trial);
    if (where != nullptr) say(kSeenWhere, in_trial(*where).in(language_));
    dialogue();
    for (const std::string& id : check_.findings) tell(id);
    compare();
    hints();
    if (where != nullptr) say(kRepeat, where->repeat);
    say(kLesson, check_.lesson);
    return std::move(lines_);
  }

 private:
  // A text behind its label; its further lines stand under the first.
  void put(const std::string& label, std::string_view text) {
    std::string lead = label;
    for (const std::string& line : lines_of(text)) {
      lines_.push_back(lead + line);
      lead.assign(2, ' ');
    }
  }

  void say(const core::Phrase& label, std::string_view text) {
    put(std::string(label.in(language_)) + std::string(kColon.in(language_)), text);
  }

  // A heading, and the lines under it.
  void block(const std::string& head, const std::vector<std::string>& lines) {
    lines_.push_back(head);
    for (const std::string& line : lines) lines_.push_back("  " + line);
  }

  void dialogue() {
    if (check_.around.empty()) return;
    std::string head(kDialogue.in(language_));
    if (check_.connection != 0)
      head += core::phrase(" ({0} {1})", "（{0} {1}）", {text(kConnection), check_.connection}).in(language_);
    block(head, around(check_.around));
  }

  void tell(const std::string& id) {
    const lab::Seen* const seen = mistake(sheet_, check_, id);
    std::string words = seen == nullptr ? "" : seen->title.in(language_) + " ";
    if (seen != nullptr && !seen->certain)
      words = std::string(kProbably.in(language_)) + std::string(kColon.in(language_)) + words;
    say(kMistake, words + "[" + id + "]");
    if (seen == nullptr) return;
    if (!tells_why(check_.reason, *seen)) say(kWhy, seen->why.in(language_));
    say(kDo, seen->fix.in(language_));
    say(kRight, seen->expected.in(language_));
  }

  // Whole, both of them: what must be compared is never cut.
  void compare() {
    if (check_.expected.empty() && check_.actual.empty()) return;
    for (const auto& [label, text] : {std::pair(&kExpected, &check_.expected), std::pair(&kActual, &check_.actual)}) {
      std::vector<std::string> lines = lines_of(*text);
      for (std::string& line : lines) line.insert(0, "| ");
      block(std::string(label->in(language_)), lines);
    }
  }

  void hints() {
    std::size_t number = 0;
    for (const core::Text& hint : check_.hints) {
      const std::string label = std::string(kHint.in(language_)) + " " + std::to_string(++number);
      put(label + std::string(kColon.in(language_)), hint.in(language_));
    }
  }

  const lab::Sheet& sheet_;
  const lab::CheckResult& check_;
  core::Language language_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> around(const std::vector<lab::Line>& lines) {
  std::vector<std::string> told;
  for (const lab::Line& line : lines) {
    std::string text = (line.is_at_fault ? "> " : "  ") + std::string(speaker(line.from));
    text += line.from == lab::Line::From::kNote ? " " : ": ";
    text += core::show_bytes(line.text);
    if (!line.decoded.empty()) text += "   (= " + core::show_bytes(line.decoded) + ")";
    told.push_back(std::move(text));
  }
  return told;
}

std::vector<std::string> detail(const lab::Sheet& sheet, const lab::CheckResult& check, core::Language language) {
  return Detail(sheet, check, language).all();
}

std::string detail_text(const lab::Sheet& sheet, const lab::CheckResult& check, core::Language language) {
  std::string text;
  for (const std::string& line : detail(sheet, check, language)) text += line + "\n";
  return text;
}

}  // namespace reports
