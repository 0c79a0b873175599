// The page: as_html() of reports.h.
#include <algorithm>

#include "client/labs/reports/html_ladder.h"
#include "client/labs/reports/html_style.h"
#include "client/labs/reports/html_text.h"
#include "client/labs/reports/reports.h"
#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"

namespace reports {
namespace {

class HtmlReport {
 public:
  HtmlReport(const lab::Sheet& sheet, core::Language language) : sheet_(sheet), language_(language) {}

  std::string all() {
    open();
    head();
    checks();
    for (const lab::CheckResult* check : failed(sheet_)) failure(*check);
    others();
    trials();
    foot();
    page_ += "</div>\n</body>\n</html>\n";
    return std::move(page_);
  }

 private:
  void open() {
    page_ = "<!DOCTYPE html>\n<html lang=\"" + std::string(language_ == core::Language::kChinese ? "zh-CN" : "en") +
            "\">\n<head>\n";
    page_ += "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    // Nothing is fetched and nothing runs, whatever stands in a dialogue.
    page_ += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
    page_ += element("title", "", html((heading(sheet_).in(language_) + " – " + mark(sheet_).in(language_))));
    page_ += element("style", "", kStyle) + "</head>\n<body>\n";
    for (const auto& [id, language] :
         {std::pair("in-en", core::Language::kEnglish), std::pair("in-zh", core::Language::kChinese)})
      page_ += "<input type=\"radio\" name=\"language\" class=\"switch\" id=\"" + std::string(id) + "\"" +
               (language == language_ ? " checked" : "") + ">\n";
    page_ += "<div class=\"page\">\n";
    page_ += element("div", "languages", R"(<label for="in-en">English</label> <label for="in-zh">中文</label>)");
  }

  void head() {
    page_ += element("h1", "", html(heading(sheet_)));
    if (!sheet_.command.empty()) page_ += element("p", "soft", "<code>" + html(command(sheet_)) + "</code>");
    std::string row = element("span", "verdict " + std::string(lab::name(sheet_.verdict)), html(lab::words(sheet_.verdict)));
    if (sheet_.verdict != lab::Verdict::kNotJudged) {
      row += element("span", "points", html(core::phrase("{0} of {1} points", "{0}/{1} 分", {sheet_.points, sheet_.of})));
      std::string dots;
      for (const lab::CheckResult& check : sheet_.checks) {
        if (check.kind == lab::CheckKind::kMust) dots += "<i class=\"" + std::string(lab::name(check.outcome)) + "\"></i>";
      }
      row += element("span", "dots", dots);
    }
    page_ += element("div", "mark", row);
    page_ += element("p", "first", html(sentence(sheet_)));
    page_ += element("p", "", html(sheet_.praise));
  }

  void checks() {
    if (sheet_.checks.empty()) return;
    page_ += element("h2", "", html(kChecks));
    std::string rows;
    for (const lab::CheckResult& check : sheet_.checks) rows += row(check);
    page_ += element("ul", "checks", rows);
  }

  static std::string name_of(const lab::CheckResult& check) {
    const bool is_note = check.kind == lab::CheckKind::kNote && check.outcome == lab::Outcome::kFailed;
    return is_note ? "note" : std::string(lab::name(check.outcome));
  }

  static std::string row(const lab::CheckResult& check) {
    std::string title = html(check.title);
    if (check.outcome == lab::Outcome::kFailed) title = "<a href=\"#check-" + html(check.name) + "\">" + title + "</a>";
    std::string content =
        element("span", "sign", sign(check)) + element("span", "", title + element("code", "id", html(check.name)));
    content += element(
        "span", "soft",
        check.kind == lab::CheckKind::kNote ? html(kNote) : std::to_string(check.points) + "/" + std::to_string(check.of));
    if (check.outcome == lab::Outcome::kNotTried && !check.reason.empty())
      content += element("span", "why", html(kNotTried) + html(kColon) + html(check.reason));
    return element("li", name_of(check), content);
  }

  void failure(const lab::CheckResult& check) {
    const core::Phrase& kind = is_first(sheet_, check)               ? kFirstCause
                               : check.kind == lab::CheckKind::kNote ? kNote
                                                                     : core::Phrase{};
    std::string content = kind.empty() ? "" : html(kind) + html(kColon);
    content = element("h3", "", content + html(check.title) + element("code", "id", html(check.name)));
    content += element("p", "", html(reason(check)));
    const lab::TrialRecord* const where = trial(sheet_, check.trial);
    if (where != nullptr) content += labelled(kSeenWhere, in_trial(*where));
    std::vector<const lab::Seen*> mistakes;
    for (const std::string& id : check.findings) {
      if (const lab::Seen* const seen = mistake(sheet_, check, id)) mistakes.push_back(seen);
    }
    const std::string connection =
        check.connection == 0 ? "" : " · " + html(kConnection) + " " + std::to_string(check.connection);
    content += ladder(check.around, mistakes, html(kDialogue) + connection);
    for (const std::string& id : check.findings) {
      const lab::Seen* const seen = mistake(sheet_, check, id);
      content += seen == nullptr ? way(kMistake, id) : mistake_card(*seen, check.reason);
    }
    content += compare(check) + hints(check);
    if (where != nullptr) content += way(kRepeat, where->repeat);
    content += way(kLesson, check.lesson);
    page_ +=
        "<section id=\"check-" + html(check.name) + "\" class=\"card " + name_of(check) + "\">\n" + content + "</section>\n";
  }

  static std::string way(const core::Phrase& label, const std::string& command) {
    return command.empty() ? "" : element("p", "", element("b", "", html(label)) + element("code", "", html(command)));
  }

  // Whole, both of them; the first line in which they differ is marked.
  static std::string compare(const lab::CheckResult& check) {
    if (check.expected.empty() && check.actual.empty()) return "";
    const std::vector<std::string> expected = lines_of(check.expected);
    const std::vector<std::string> actual = lines_of(check.actual);
    const auto pair = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    const auto side = [](const core::Phrase& label, const std::vector<std::string>& lines, auto differs) {
      std::string text;
      for (auto line = lines.begin(); line != lines.end(); ++line)
        text += (line == differs ? "<mark>" + html(*line) + "</mark>" : html(*line)) + "\n";
      return element("div", "", element("h4", "", html(label)) + "<pre>" + text + "</pre>\n");
    };
    return element("div", "compare", side(kExpected, expected, pair.first) + side(kActual, actual, pair.second));
  }

  // One after the other: the second is to be opened when the first has not helped.
  static std::string hints(const lab::CheckResult& check) {
    std::string all;
    std::size_t number = 0;
    for (const core::Text& hint : check.hints)
      all += element("details", "",
                     element("summary", "", html(kHint) + " " + std::to_string(++number)) + element("p", "", html(hint)));
    return element("div", "hints", all);
  }

  void others() {
    const std::vector<Besides> seen = besides(sheet_);
    if (seen.empty()) return;
    page_ += element("h2", "", html(kBesides));
    for (const Besides& one : seen) page_ += element("section", "card", mistake_card(*one.what));
  }

  void trials() {
    if (sheet_.trials.empty()) return;
    page_ += element("h2", "", html(core::Text{"What was done to the program", "程序经历了什么"}));
    for (const lab::TrialRecord& one : sheet_.trials)
      page_ += element("details", "card", element("summary", "", html(in_trial(one))) + trial_told(one));
  }

  static std::string trial_told(const lab::TrialRecord& one) {
    std::string content = element("p", "", html(one.ended)) + way(kRepeat, one.repeat);
    for (const lab::Dialogue& dialogue : one.dialogues) {
      std::vector<const lab::Seen*> mistakes;
      for (const lab::Seen& seen : dialogue.findings) mistakes.push_back(&seen);
      content += ladder(dialogue.lines, mistakes, caption(dialogue));
      for (const lab::Seen* const seen : mistakes) content += mistake_card(*seen);
    }
    for (const lab::Letter& letter : one.letters) content += letter_told(letter);
    if (!one.printed.empty())
      content += element("h4", "", html(core::Text{"What it printed at the end", "它最后输出的内容"})) +
                 element("pre", "", html(one.printed));
    return content;
  }

  static std::string letter_told(const lab::Letter& letter) {
    std::string to;
    for (const std::string& one : letter.recipients) to += (to.empty() ? "" : ", ") + one;
    std::string content = element("h4", "", html(core::Text{"Message accepted", "已接受的信"}));
    content += labelled({"From", "发件人"}, core::same(letter.sender)) + labelled({"To", "收件人"}, core::same(to));
    content += labelled({"Subject", "主题"}, core::same(letter.subject)) + element("pre", "", html(letter.text));
    for (const std::string& one : letter.attachments) content += labelled({"Attachment", "附件"}, core::same(one));
    return element("div", "letter", content);
  }

  void foot() {
    std::string content = labelled(kUnprotected, sheet_.unprotected);
    content += element("p", "", "smtplab " + html(sheet_.version) + " · " + html(kSeed) + " " + std::to_string(sheet_.seed));
    page_ += element("footer", "", content);
  }

  const lab::Sheet& sheet_;
  core::Language language_;
  std::string page_;
};

}  // namespace

std::string as_html(const lab::Sheet& sheet, core::Language language) { return HtmlReport(sheet, language).all(); }

}  // namespace reports
