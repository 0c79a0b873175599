#include "client/commands/judge.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "client/base/options.h"
#include "client/commands/printer.h"
#include "client/commands/recordings.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"
#include "findings/judge.h"
#include "findings/several.h"
#include "knowledge/finding_line.h"
#include "protocol/known.h"

namespace commands {
namespace {

using dialogue::Event;
using findings::Finding;

constexpr std::size_t kMostQuoted = 120;  // octets of what a finding is about

// What was told when it happened was told with more in sight.
std::vector<Finding> findings_in(const RecordedDialogue& dialogue) {
  if (!dialogue.findings.empty()) return dialogue.findings;
  const auto judge = findings::make_judge(protocol_of(dialogue));
  if (judge == nullptr) return {};
  for (const Event& event : dialogue.events) judge->take(event);
  return judge->take_findings();
}

// Whether no password can stand in these octets: one line, a command that logs nobody in.
bool is_open(std::string_view octets) {
  const std::string_view line = core::without_line_end(octets);
  if (line.find_first_of("\r\n") != std::string_view::npos) return false;
  for (const protocol::Protocol* const one : protocol::known()) {
    const protocol::ReadLine read = one->read_line(line);
    if (!read.command) continue;
    const std::string upper = core::to_upper(line);
    return !read.command->is_of_login() && read.secrets.empty() && upper.find("PASS") == std::string::npos &&
           upper.find("AUTH") == std::string::npos;
  }
  return false;
}

// The line that the client said in this event, as it came; masked where a password may stand in it.
std::string quoted(std::uint64_t number, const std::vector<Event>& events) {
  const auto hit = std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.number == number; });
  if (hit == events.end() || hit->kind != dialogue::Kind::kClient) return {};
  if (!is_open(hit->bytes)) return "C: " + std::string(core::kMask);
  const bool is_long = hit->bytes.size() > kMostQuoted;
  return "C: " + core::show_bytes(hit->bytes.substr(0, kMostQuoted)) + (is_long ? " …" : "");
}

std::string quoted(const Finding& finding, const std::vector<Event>& events) {
  if (finding.octets.empty() && finding.events.empty()) return {};
  return quoted(finding.octets.empty() ? finding.events.front() : finding.octets.front().event, events);
}

core::Text severity_words(knowledge::Severity severity) {
  switch (severity) {
    case knowledge::Severity::kError: return {"error", "错误"};
    case knowledge::Severity::kWarning: return {"warning", "警告"};
    case knowledge::Severity::kAdvice: break;
  }
  return {"advice", "建议"};
}

class Report {
 public:
  Report(const knowledge::Knowledge& knowledge, const JudgeOptions& options, std::ostream& out)
      : knowledge_(knowledge), options_(options), printer_(options.language, out), out_(out) {}

  // An error was told that follows from nothing.
  [[nodiscard]] bool has_error() const { return has_error_; }

  void tell(const RecordedDialogue& dialogue) {
    const std::vector<Finding> all = findings_in(dialogue);
    if (!options_.as_json) printer_.heading(title_of(dialogue));
    for (const Finding& finding : all) {
      const knowledge::MistakeEntry* const mistake = knowledge_.mistake(finding.id);
      if (mistake == nullptr) continue;
      has_error_ = has_error_ || (mistake->severity == knowledge::Severity::kError && !finding.follows);
      if (options_.as_json) {
        out_ << knowledge::finding_line(finding, knowledge_, options_.language,
                                        dialogue.connection == 0 ? std::nullopt : std::optional(dialogue.connection));
      } else if (!finding.follows) {
        tell_cause(finding, *mistake, all, dialogue.events);
      }
    }
    if (options_.as_json) return;
    if (all.empty()) printer_.row("", printer_.in({"nothing is wrong", "没有发现问题"}));
    for (const core::Text& hidden : hidden_by_masks(dialogue)) printer_.row("", printer_.in(hidden));
  }

  // What several of one protocol show beside each other.
  void compare(const std::vector<RecordedDialogue>& all) {
    for (const protocol::Protocol* const one : protocol::known()) {
      std::vector<const RecordedDialogue*> compared;
      std::vector<findings::Dialogue> dialogues;
      for (const RecordedDialogue& dialogue : all) {
        if (protocol_of(dialogue) != one->name()) continue;
        compared.push_back(&dialogue);
        dialogues.push_back(dialogue.events);
      }
      const auto differences = findings::compare(one->name(), dialogues);
      if (differences.empty()) continue;
      if (!options_.as_json)
        printer_.heading(
            core::phrase("{0} dialogues beside each other", "{0} 个对话放在一起看", {compared.size()}).in(options_.language));
      for (const findings::Difference& difference : differences) tell(difference, compared);
    }
  }

 private:
  [[nodiscard]] std::string title_of(const RecordedDialogue& dialogue) const {
    if (dialogue.connection == 0) return core::show_bytes(dialogue.file);
    return core::show_bytes(dialogue.file) +
           core::phrase(", connection {0}", "，连接 {0}", {dialogue.connection}).in(options_.language);
  }

  void tell_head(std::string_view id, bool certain, const knowledge::MistakeEntry& mistake) {
    std::string label = printer_.in(severity_words(mistake.severity));
    if (!certain) label += printer_.in({" (likely)", "（可能）"});
    printer_.row(label, printer_.in(mistake.title) + "  [" + std::string(id) + "]");
  }

  void tell_cause(const Finding& finding, const knowledge::MistakeEntry& mistake, const std::vector<Finding>& all,
                  const std::vector<Event>& events) {
    tell_head(finding.id, finding.certain, mistake);
    if (const std::string line = quoted(finding, events); !line.empty()) printer_.row("", line);
    printer_.row("", printer_.in(mistake.fix));
    if (!finding.expected.empty()) printer_.row("", printer_.in({"expected: ", "应为："}) + printer_.in(finding.expected));
    for (const Finding& other : all) {
      const knowledge::MistakeEntry* const what = knowledge_.mistake(other.id);
      if (other.follows == finding.number && what != nullptr)
        printer_.row("", printer_.in({"→ follows from it: ", "→ 由此引起："}) + printer_.in(what->title));
    }
  }

  void tell(const findings::Difference& difference, const std::vector<const RecordedDialogue*>& compared) {
    const knowledge::MistakeEntry* const mistake = knowledge_.mistake(difference.id);
    if (mistake == nullptr) return;
    has_error_ = has_error_ || mistake->severity == knowledge::Severity::kError;
    if (options_.as_json) {
      std::vector<knowledge::ShownIn> shown;
      for (const findings::Shown& one : difference.shown) {
        const RecordedDialogue& dialogue = *compared[one.dialogue];
        shown.push_back({dialogue.file, dialogue.connection, one.events});
      }
      out_ << knowledge::difference_line(difference, shown, knowledge_, options_.language);
      return;
    }
    tell_head(difference.id, difference.certain, *mistake);
    for (const findings::Shown& one : difference.shown) tell_shown(one, *compared[one.dialogue]);
    printer_.row("", printer_.in(mistake->explain));
    printer_.row("", printer_.in(mistake->fix));
  }

  // "a.jsonl: C: RCPT TO:<…>␍␊ · S: 550 No such user␍␊ · C: DATA␍␊"
  void tell_shown(const findings::Shown& shown, const RecordedDialogue& dialogue) {
    std::string text;
    for (const std::uint64_t number : shown.events) {
      std::string one = quoted(number, dialogue.events);
      if (one.empty()) one = said_by_server(number, dialogue.events);
      if (!one.empty()) text += (text.empty() ? "" : " · ") + one;
    }
    printer_.row("", title_of(dialogue) + std::string(client::colon(options_.language)) + text);
  }

  [[nodiscard]] static std::string said_by_server(std::uint64_t number, const std::vector<Event>& events) {
    const auto hit = std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.number == number; });
    if (hit == events.end() || hit->kind != dialogue::Kind::kServer) return {};
    return "S: " + core::show_bytes(core::without_line_end(hit->bytes.substr(0, hit->bytes.find('\n'))).substr(0, kMostQuoted));
  }

  const knowledge::Knowledge& knowledge_;
  JudgeOptions options_;
  Printer printer_;
  std::ostream& out_;
  bool has_error_ = false;
};

}  // namespace

int judge_files(const std::vector<std::string>& files, const knowledge::Knowledge& knowledge, const JudgeOptions& options,
                std::ostream& out, std::ostream& err) {
  Report report(knowledge, options, out);
  std::vector<RecordedDialogue> all;
  for (const std::string& file : files) {
    auto dialogues = read_dialogues(file);
    if (!dialogues) {
      err << "smtplab: " << core::show_bytes(file) << ": " << core::describe(dialogues.error(), options.language) << '\n';
      return client::kUsage;
    }
    for (RecordedDialogue& dialogue : *dialogues) {
      report.tell(dialogue);
      all.push_back(std::move(dialogue));
    }
  }
  report.compare(all);
  return report.has_error() ? client::kFailed : client::kDone;
}

}  // namespace commands
