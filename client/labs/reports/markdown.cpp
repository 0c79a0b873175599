// GitHub's Markdown: as_markdown() of reports.h.
#include <algorithm>

#include "client/labs/reports/detail.h"
#include "client/labs/reports/reports.h"
#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"
#include "core/show.h"

namespace reports {
namespace {

// One line of text that stays text: whatever Markdown, HTML or GitHub (@name, #1) would read into it stands behind a backslash.
std::string plain(std::string_view text) {
  constexpr std::string_view kRead = "\\`*_{}[]<>()#+!|~&@$^=:";
  std::string out;
  for (const std::string& line : lines_of(text)) {
    if (!out.empty()) out += ' ';
    for (const char c : line) {
      if (kRead.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  // What would begin a list or a block of code.
  const std::size_t digits = std::min(out.find_first_not_of("0123456789"), out.size());
  if (out.substr(digits).starts_with('.') && digits > 0) out.insert(digits, "\\");
  if (out.starts_with('-') || out.starts_with(' ')) out.insert(0, "\\");
  return out;
}

// Lines as they are, between fences that none of them can end (CommonMark §4.5).
std::string fenced(const std::vector<std::string>& lines) {
  std::size_t longest = 2;
  for (const std::string& line : lines) {
    std::size_t run = 0;
    for (const char c : line) {
      run = c == '`' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
  }
  const std::string fence(longest + 1, '`');
  std::string text = fence + "text\n";
  for (const std::string& line : lines) text += line + "\n";
  return text + fence + "\n";
}

class MarkdownReport {
 public:
  MarkdownReport(const lab::Sheet& sheet, core::Language language) : sheet_(sheet), language_(language) {}

  std::string all() {
    head();
    table();
    for (const lab::CheckResult* check : failed(sheet_)) failure(*check);
    others();
    foot();
    return std::move(text_);
  }

 private:
  void paragraph(const std::string& text) {
    if (!text.empty()) text_ += text + "\n\n";
  }
  [[nodiscard]] std::string in(const core::Text& words) const { return plain(words.in(language_)); }
  [[nodiscard]] std::string labelled(const core::Phrase& label, const std::string& text) const {
    if (text.empty()) return "";
    return "**" + std::string(label.in(language_)) + "**" + std::string(kColon.in(language_)) + text;
  }

  void head() {
    text_ = "## " + in(heading(sheet_)) + "\n\n";
    paragraph("**" + in(mark(sheet_)) + "**");
    if (!sheet_.command.empty()) text_ += fenced({command(sheet_)}) + "\n";
    paragraph(in(sentence(sheet_)));
    paragraph(in(sheet_.praise));
  }

  static std::string_view sign(const lab::CheckResult& check) {
    switch (check.outcome) {
      case lab::Outcome::kPassed: return "✅";
      case lab::Outcome::kFailed: return check.kind == lab::CheckKind::kMust ? "❌" : "⚠️";
      case lab::Outcome::kNotTried: return "➖";
    }
    return "";
  }

  void table() {
    if (sheet_.checks.empty()) return;
    text_ += "| | " + std::string(kChecks.in(language_)) + " | | |\n|---|---|---|--:|\n";
    for (const lab::CheckResult& check : sheet_.checks) {
      text_ += "| " + std::string(sign(check)) + " | " + plain(check.name) + " | " + in(check.title);
      if (check.outcome != lab::Outcome::kPassed) text_ += ": *" + in(reason(check)) + "*";
      const std::string mark = check.kind == lab::CheckKind::kNote
                                   ? std::string(kNote.in(language_))
                                   : std::to_string(check.points) + "/" + std::to_string(check.of);
      text_ += " | " + mark + " |\n";
    }
    text_ += "\n";
  }

  void failure(const lab::CheckResult& check) {
    const core::Phrase& kind = is_first(sheet_, check)               ? kFirstCause
                               : check.kind == lab::CheckKind::kNote ? kNote
                                                                     : core::Phrase{};
    const std::string label = kind.empty() ? "" : std::string(kind.in(language_)) + std::string(kColon.in(language_));
    text_ += "### " + label + in(check.title) + "\n\n";
    text_ += fenced(detail(sheet_, check, language_)) + "\n";
  }

  void others() {
    const std::vector<Besides> seen = besides(sheet_);
    if (seen.empty()) return;
    text_ += "### " + std::string(kBesides.in(language_)) + "\n\n";
    for (const Besides& one : seen)
      text_ += "- " + in(one.what->title) + " (`" + one.what->id + "`)" + std::string(kColon.in(language_)) +
               in(one.what->fix) + "\n";
    text_ += "\n";
  }

  void foot() {
    paragraph(labelled(kUnprotected, in(sheet_.unprotected)));
    text_ += "smtplab " + plain(sheet_.version) + " · " + std::string(kSeed.in(language_)) + " " + std::to_string(sheet_.seed) +
             "\n";
  }

  const lab::Sheet& sheet_;
  core::Language language_;
  std::string text_;
};

}  // namespace

std::string as_markdown(const lab::Sheet& sheet, core::Language language) { return MarkdownReport(sheet, language).all(); }

}  // namespace reports
