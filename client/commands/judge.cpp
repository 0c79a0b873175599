#include "client/commands/judge.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <utility>

#include "client/base/options.h"
#include "client/commands/printer.h"
#include "core/secret.h"
#include "core/show.h"
#include "core/text.h"
#include "dialogue/json_reader.h"
#include "dialogue/text_reader.h"
#include "findings/judge.h"
#include "knowledge/finding_line.h"
#include "protocol/known.h"

namespace commands {
namespace {

using dialogue::Event;
using findings::Finding;

constexpr std::size_t kMostQuoted = 120;  // octets of what a finding is about

struct Connection {
  std::uint64_t number = 0;  // 0: the only one
  std::vector<Event> events;
};

struct Dialogues {
  std::vector<Connection> connections;
  bool is_masked = false;
};

core::Result<Dialogues> dialogues_in(const std::string& text) {
  Dialogues dialogues;
  if (!text.starts_with('{')) {
    auto events = dialogue::events_from_text(text);
    if (!events) return core::Failure(events.error());
    dialogues.connections.push_back({0, std::move(*events)});
    return dialogues;
  }
  auto recording = dialogue::events_from_json_lines(text);
  if (!recording) return core::Failure(recording.error());
  dialogues.is_masked = recording->is_masked;
  for (dialogue::Recorded& one : recording->events) {
    auto& all = dialogues.connections;
    auto hit = std::find_if(all.begin(), all.end(), [&](const Connection& c) { return c.number == one.connection; });
    if (hit == all.end()) hit = all.insert(all.end(), {one.connection, {}});
    hit->events.push_back(std::move(one.event));
  }
  return dialogues;
}

core::Result<std::string> text_of(const std::string& file) {
  std::ifstream in;
  if (file != "-") in.open(file, std::ios::binary);
  std::istream& source = file == "-" ? std::cin : in;
  std::string text{std::istreambuf_iterator<char>(source), {}};
  if (!source.bad() && (file == "-" || in.is_open())) return text;
  return core::fail(core::Blame::kInput, {"cannot be read", "无法读取"});
}

// Which it is, as the greeting tells: three digits, or +OK and -ERR.
std::string_view protocol_of(const Connection& connection) {
  const auto is_greeting = [](const Event& event) { return event.kind == dialogue::Kind::kServer && !event.bytes.empty(); };
  const auto greeting = std::find_if(connection.events.begin(), connection.events.end(), is_greeting);
  for (const protocol::Protocol* const one : protocol::known()) {
    if (greeting != connection.events.end() && one->first_answer_in(greeting->bytes)) return one->name();
  }
  return protocol::known().front()->name();
}

std::vector<Finding> findings_in(const Connection& connection) {
  const auto judge = findings::make_judge(protocol_of(connection));
  if (judge == nullptr) return {};
  for (const Event& event : connection.events) judge->take(event);
  return judge->take_findings();
}

// Whether no password can stand in these octets: one line, which begins with a command that logs nobody in.
bool is_open(std::string_view octets) {
  const std::string_view line = core::without_line_end(octets);
  if (line.find_first_of("\r\n") != std::string_view::npos) return false;
  for (const protocol::Protocol* const one : protocol::known()) {
    const auto input = one->find_command(line.substr(0, line.find(' ')));
    if (!input) continue;
    const std::string upper = core::to_upper(line);
    return !input->is_of_login() && upper.find("PASS") == std::string::npos && upper.find("AUTH") == std::string::npos;
  }
  return false;
}

// The line that a finding is about, as it came; masked where a password may stand in it.
std::string quoted(const Finding& finding, const std::vector<Event>& events) {
  if (finding.octets.empty() && finding.events.empty()) return {};
  const std::uint64_t number = finding.octets.empty() ? finding.events.front() : finding.octets.front().event;
  const auto hit = std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.number == number; });
  if (hit == events.end() || hit->kind != dialogue::Kind::kClient) return {};
  if (!is_open(hit->bytes)) return "C: " + std::string(core::kMask);
  const bool is_long = hit->bytes.size() > kMostQuoted;
  return "C: " + core::show_bytes(hit->bytes.substr(0, kMostQuoted)) + (is_long ? " …" : "");
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

  // Gives whether an error was among them.
  bool tell(const std::string& file, const Connection& connection) {
    const std::vector<Finding> all = findings_in(connection);
    bool has_error = false;
    if (!options_.as_json) printer_.heading(title_of(file, connection));
    for (const Finding& finding : all) {
      const knowledge::MistakeEntry* const mistake = knowledge_.mistake(finding.id);
      if (mistake == nullptr) continue;
      has_error = has_error || (mistake->severity == knowledge::Severity::kError && !finding.follows);
      if (options_.as_json) {
        out_ << knowledge::finding_line(finding, knowledge_, options_.language,
                                        connection.number == 0 ? std::nullopt : std::optional(connection.number));
      } else if (!finding.follows) {
        tell_cause(finding, *mistake, all, connection.events);
      }
    }
    if (all.empty() && !options_.as_json) printer_.row("", printer_.in({"nothing is wrong", "没有发现问题"}));
    return has_error;
  }

  void tell_masked() {
    if (options_.as_json) return;
    printer_.row("",
                 printer_.in({"The passwords are masked in this file: what is wrong inside of them cannot be seen any more.",
                              "这个文件里的密码被遮住了：其中的错误已经看不出来。"}));
  }

 private:
  [[nodiscard]] std::string title_of(const std::string& file, const Connection& connection) const {
    if (connection.number == 0) return core::show_bytes(file);
    return core::show_bytes(file) + core::phrase(", connection {0}", "，连接 {0}", {connection.number}).in(options_.language);
  }

  void tell_cause(const Finding& finding, const knowledge::MistakeEntry& mistake, const std::vector<Finding>& all,
                  const std::vector<Event>& events) {
    std::string label = printer_.in(severity_words(mistake.severity));
    if (!finding.certain) label += printer_.in({" (likely)", "（可能）"});
    printer_.row(label, printer_.in(mistake.title) + "  [" + finding.id + "]");
    if (const std::string line = quoted(finding, events); !line.empty()) printer_.row("", line);
    printer_.row("", printer_.in(mistake.fix));
    if (!finding.expected.empty()) printer_.row("", printer_.in({"expected: ", "应为："}) + printer_.in(finding.expected));
    for (const Finding& other : all) {
      const knowledge::MistakeEntry* const what = knowledge_.mistake(other.id);
      if (other.follows == finding.number && what != nullptr)
        printer_.row("", printer_.in({"→ follows from it: ", "→ 由此引起："}) + printer_.in(what->title));
    }
  }

  const knowledge::Knowledge& knowledge_;
  JudgeOptions options_;
  Printer printer_;
  std::ostream& out_;
};

}  // namespace

int judge_files(const std::vector<std::string>& files, const knowledge::Knowledge& knowledge, const JudgeOptions& options,
                std::ostream& out, std::ostream& err) {
  Report report(knowledge, options, out);
  int status = client::kDone;
  for (const std::string& file : files) {
    const auto text = text_of(file);
    auto dialogues = text ? dialogues_in(*text) : core::Result<Dialogues>(core::Failure(text.error()));
    if (!dialogues) {
      err << "smtplab: " << core::show_bytes(file) << ": " << core::describe(dialogues.error(), options.language) << '\n';
      return client::kUsage;
    }
    for (const Connection& connection : dialogues->connections) {
      if (report.tell(file, connection)) status = client::kFailed;
    }
    if (dialogues->is_masked) report.tell_masked();
  }
  return status;
}

}  // namespace commands
