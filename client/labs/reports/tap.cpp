// TAP 14: as_tap() of reports.h.
#include <algorithm>

#include "client/labs/reports/detail.h"
#include "client/labs/reports/octets.h"
#include "client/labs/reports/reports.h"
#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"
#include "core/text.h"

namespace reports {
namespace {

class TapReport {
 public:
  TapReport(const lab::Sheet& sheet, core::Language language) : sheet_(sheet), language_(language) {}

  std::string all() {
    text_ = "TAP version 14\n1.." + std::to_string(sheet_.checks.size()) + "\n";
    comment(heading(sheet_));
    comment(mark(sheet_));
    comment(sentence(sheet_));
    if (sheet_.verdict == lab::Verdict::kNotJudged) {
      text_ += "Bail out! " + one_line(sentence(sheet_).in(language_)) + "\n";
      return std::move(text_);
    }
    std::size_t number = 0;
    for (const lab::CheckResult& check : sheet_.checks) point(check, ++number);
    return std::move(text_);
  }

 private:
  // A test point is one line; # would begin a directive.
  static std::string one_line(std::string_view text) {
    std::string line;
    for (const std::string& one : lines_of(text)) line += (line.empty() ? "" : " ") + one;
    return line;
  }
  static std::string escaped(std::string_view text) {
    return core::replace_all(core::replace_all(one_line(text), "\\", "\\\\"), "#", "\\#");
  }

  void comment(const core::Text& words) {
    for (const std::string& line : lines_of(words.in(language_))) text_ += "# " + line + "\n";
  }

  void point(const lab::CheckResult& check, std::size_t number) {
    text_ += check.outcome == lab::Outcome::kFailed ? "not ok " : "ok ";
    text_ +=
        std::to_string(number) + " - " + escaped(check.name + std::string(kColon.in(language_)) + check.title.in(language_));
    const std::string why = reason(check).in(language_);
    if (check.outcome == lab::Outcome::kNotTried) {
      text_ += " # SKIP " + escaped(why);
    } else if (check.outcome == lab::Outcome::kFailed && check.kind == lab::CheckKind::kNote) {
      text_ += " # TODO " + escaped(why);
    }
    text_ += "\n";
    if (check.outcome == lab::Outcome::kFailed) diagnostic(check, why);
  }

  // YAML; its double-quoted strings hold whatever JSON's do (YAML 1.2 §1.3).
  void diagnostic(const lab::CheckResult& check, const std::string& why) {
    text_ += "  ---\n";
    text_ += "  message: " + json_string(why) + "\n";
    text_ += "  severity: " + std::string(check.kind == lab::CheckKind::kMust ? "fail" : "todo") + "\n";
    text_ += "  first_cause: " + std::string(is_first(sheet_, check) ? "true" : "false") + "\n";
    text_ += "  findings:" + std::string(check.findings.empty() ? " []\n" : "\n");
    for (const std::string& id : check.findings) text_ += "    - " + json_string(id) + "\n";
    text_ += "  detail: |\n";
    const std::string whole = detail_text(sheet_, check, language_);
    // A block's first line says how far all are indented, and an empty one ends it for some readers.
    for (const std::string& line :
         lines_of(std::string_view(whole).substr(std::min(whole.find_first_not_of(' '), whole.size())))) {
      if (!core::trim(line).empty()) text_ += "    " + line + "\n";
    }
    text_ += "  ...\n";
  }

  const lab::Sheet& sheet_;
  core::Language language_;
  std::string text_;
};

}  // namespace

std::string as_tap(const lab::Sheet& sheet, core::Language language) { return TapReport(sheet, language).all(); }

}  // namespace reports
