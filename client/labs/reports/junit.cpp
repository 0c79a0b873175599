// JUnit's XML: as_junit() of reports.h.
#include <array>
#include <cstdio>

#include "client/labs/reports/detail.h"
#include "client/labs/reports/octets.h"
#include "client/labs/reports/reports.h"
#include "client/labs/reports/told.h"
#include "client/labs/reports/words.h"

namespace reports {
namespace {

struct Totals {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

class JunitReport {
 public:
  JunitReport(const lab::Sheet& sheet, core::Language language) : sheet_(sheet), language_(language) {}

  std::string all() {
    const std::string counts = attributes(totals());
    text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text_ += "<testsuites name=\"smtplab\"" + counts + ">\n";
    text_ += "  <testsuite name=\"" + xml_text(sheet_.lab) + "\"" + counts + ">\n";
    properties();
    if (is_unjudged()) unjudged();
    for (const lab::CheckResult& check : sheet_.checks) test_case(check);
    text_ += "  </testsuite>\n</testsuites>\n";
    return std::move(text_);
  }

 private:
  [[nodiscard]] bool is_unjudged() const { return sheet_.verdict == lab::Verdict::kNotJudged; }

  static bool is_failed_note(const lab::CheckResult& check) {
    return check.outcome == lab::Outcome::kFailed && check.kind == lab::CheckKind::kNote;
  }

  [[nodiscard]] Totals totals() const {
    Totals all;
    all.tests = sheet_.checks.size();
    if (is_unjudged()) all.tests += all.errors = 1;
    for (const lab::CheckResult& check : sheet_.checks) {
      if (check.outcome == lab::Outcome::kNotTried || is_failed_note(check)) {
        ++all.skipped;
      } else if (check.outcome == lab::Outcome::kFailed) {
        ++all.failures;
      }
    }
    return all;
  }

  [[nodiscard]] std::string attributes(const Totals& all) const {
    std::array<char, 32> seconds{};
    std::snprintf(seconds.data(), seconds.size(), "%.3f", static_cast<double>(took(sheet_)) / 1e6);
    return " tests=\"" + std::to_string(all.tests) + "\" failures=\"" + std::to_string(all.failures) + "\" errors=\"" +
           std::to_string(all.errors) + "\" skipped=\"" + std::to_string(all.skipped) + "\" time=\"" + seconds.data() + "\"";
  }

  void property(std::string_view name, const std::string& value) {
    text_ += "      <property name=\"" + std::string(name) + "\" value=\"" + attribute(value) + "\"/>\n";
  }

  void properties() {
    text_ += "    <properties>\n";
    property("title", sheet_.title.in(language_));
    property("command", command(sheet_));
    property("verdict", std::string(lab::name(sheet_.verdict)));
    property("points", std::to_string(sheet_.points));
    property("of", std::to_string(sheet_.of));
    property("first", sheet_.first);
    property("sentence", sentence(sheet_).in(language_));
    property("seed", std::to_string(sheet_.seed));
    property("version", sheet_.version);
    text_ += "    </properties>\n";
  }

  // In an attribute a parser makes a blank of each line end (XML 1.0 §3.3.3) that is not written as a reference.
  static std::string attribute(std::string_view value) { return core::replace_all(xml_text(value), "\n", "&#10;"); }

  void open(const std::string& name) {
    text_ += "    <testcase name=\"" + attribute(name) + "\" classname=\"" + attribute(sheet_.lab) + "\"";
  }

  void unjudged() {
    open("judged");
    text_ += ">\n      <error type=\"not-judged\" message=\"" + attribute(sentence(sheet_).in(language_)) +
             "\"/>\n    </testcase>\n";
  }

  void test_case(const lab::CheckResult& check) {
    open(check.name + std::string(kColon.in(language_)) + check.title.in(language_));
    if (check.outcome == lab::Outcome::kPassed) {
      text_ += "/>\n";
      return;
    }
    text_ += ">\n";
    const std::string why = reason(check).in(language_);
    if (check.outcome == lab::Outcome::kNotTried) {
      text_ += "      <skipped message=\"" + attribute(why) + "\"/>\n";
    } else if (is_failed_note(check)) {
      text_ += "      <skipped message=\"" +
               attribute(std::string(kNote.in(language_)) + std::string(kColon.in(language_)) + why) + "\"/>\n";
      text_ += "      <system-out>" + xml_text(detail_text(sheet_, check, language_)) + "</system-out>\n";
    } else {
      const std::string type = check.findings.empty() ? check.name : check.findings.front();
      text_ += "      <failure type=\"" + attribute(type) + "\" message=\"" + attribute(why) + "\">";
      text_ += xml_text(detail_text(sheet_, check, language_)) + "</failure>\n";
    }
    text_ += "    </testcase>\n";
  }

  const lab::Sheet& sheet_;
  core::Language language_;
  std::string text_;
};

}  // namespace

std::string as_junit(const lab::Sheet& sheet, core::Language language) { return JunitReport(sheet, language).all(); }

}  // namespace reports
