// The report for somebody at a terminal: as_text() of reports.h.
#include <algorithm>

#include "client/labs/reports/detail.h"
#include "client/labs/reports/reports.h"
#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"
#include "core/show.h"

namespace reports {
namespace {

class TextReport {
 public:
  TextReport(const lab::Sheet& sheet, core::Language language) : sheet_(sheet), language_(language) {}

  std::string all() {
    head();
    checks();
    for (const lab::CheckResult* check : failed(sheet_)) failure(*check);
    others();
    foot();
    return std::move(text_);
  }

 private:
  void line(std::string_view text) { text_.append(text).append("\n"); }

  void say(const core::Phrase& label, std::string_view text, std::string_view indent = "") {
    for (const std::string& one : lines_of(text))
      line(std::string(indent) + std::string(label.in(language_)) + std::string(kColon.in(language_)) + one);
  }

  void head() {
    line(core::show_bytes(heading(sheet_).in(language_)));
    if (!sheet_.command.empty()) line("$ " + command(sheet_));
    line(mark(sheet_).in(language_));
    if (const core::Text first = sentence(sheet_); !first.empty()) {
      line("");
      for (const std::string& one : lines_of(first.in(language_))) line(one);
    }
    for (const std::string& one : lines_of(sheet_.praise.in(language_))) line(one);
  }

  void checks() {
    if (sheet_.checks.empty()) return;
    std::size_t width = 0;
    for (const lab::CheckResult& check : sheet_.checks) width = std::max(width, check.name.size());
    line("");
    line(kChecks.in(language_));
    for (const lab::CheckResult& check : sheet_.checks) {
      std::string row = "  " + std::string(sign(check)) + " " + check.name + std::string(width - check.name.size() + 2, ' ');
      row += core::show_bytes(check.title.in(language_));
      std::vector<std::string_view> remarks;
      if (check.kind == lab::CheckKind::kNote) remarks.push_back(kNote.in(language_));
      if (check.outcome == lab::Outcome::kNotTried) remarks.push_back(kNotTried.in(language_));
      if (is_first(sheet_, check)) remarks.push_back(kFirstCause.in(language_));
      for (const std::string_view remark : remarks) row += " [" + std::string(remark) + "]";
      line(row);
    }
  }

  void failure(const lab::CheckResult& check) {
    line("");
    const core::Phrase& kind = check.kind == lab::CheckKind::kNote ? kNote : core::Phrase{};
    std::string label(is_first(sheet_, check) ? kFirstCause.in(language_) : kind.in(language_));
    if (!label.empty()) label += kColon.in(language_);
    line(std::string(sign(check)) + " " + label + check.name + " – " + core::show_bytes(check.title.in(language_)));
    for (const std::string& one : detail(sheet_, check, language_)) line("  " + one);
  }

  void others() {
    const std::vector<Besides> seen = besides(sheet_);
    if (seen.empty()) return;
    line("");
    line(kBesides.in(language_));
    for (const Besides& one : seen) {
      line("  · " + core::show_bytes(one.what->title.in(language_)) + " [" + one.what->id + "]");
      say(kDo, one.what->fix.in(language_), "    ");
    }
  }

  void foot() {
    line("");
    say(kUnprotected, sheet_.unprotected.in(language_));
    line("smtplab " + sheet_.version + " · " + std::string(kSeed.in(language_)) + " " + std::to_string(sheet_.seed));
  }

  const lab::Sheet& sheet_;
  core::Language language_;
  std::string text_;
};

}  // namespace

std::string as_text(const lab::Sheet& sheet, core::Language language) { return TextReport(sheet, language).all(); }

}  // namespace reports
