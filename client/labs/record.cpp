#include "client/labs/record.h"

#include <algorithm>
#include <set>

#include <sys/wait.h>

#include "client/explain/secrets.h"
#include "client/labs/held.h"
#include "core/show.h"
#include "dialogue/known_secrets.h"
#include "dialogue/text_lines.h"
#include "knowledge/finding_line.h"
#include "mime/content.h"
#include "mime/read.h"
#include "protocol/known.h"
#include "protocol/protocol.h"

namespace lab {
namespace {

constexpr std::size_t kAround = 3;  // events on each side
constexpr std::size_t kMostShown = std::size_t{16} * 1024;

Line::From from(dialogue::Kind kind) {
  if (kind == dialogue::Kind::kClient) return Line::From::kClient;
  return kind == dialogue::Kind::kServer ? Line::From::kServer : Line::From::kNote;
}

// The port of a client is another one each time: without it two runs are told alike.
dialogue::Event without_port(dialogue::Event event) {
  if (event.kind == dialogue::Kind::kConnected) event.note = {};
  return event;
}

void add_lines(std::vector<Line>& lines, const dialogue::Event& event, bool is_at_fault) {
  constexpr std::size_t kPrefix = 3;  // "C: "
  for (const std::string& text : dialogue::text_lines(without_port(event))) {
    Line line{event.number, from(event.kind), text.substr(std::min(kPrefix, text.size())), {}, event.at.count(), is_at_fault};
    if (!event.decoded_is_secret) line.decoded = core::show_bytes(event.decoded);
    lines.push_back(std::move(line));
  }
}

Seen seen(const findings::Finding& finding, const program::Visit& visit, const knowledge::Knowledge& knowledge) {
  Seen one{finding.id, "advice", finding.certain, visit.number, finding.events, {}, {}, {}, {}, finding.expected};
  if (const knowledge::MistakeEntry* const mistake = knowledge.mistake(finding.id)) {
    one.severity = knowledge::name(mistake->severity);
    one.title = mistake->title;
    one.why = mistake->explain;
    one.fix = mistake->fix;
  }
  for (const findings::Finding& other : visit.wrong) {
    if (finding.follows == other.number) one.follows = other.id;
  }
  return one;
}

Dialogue dialogue_of(const program::Visit& visit, const knowledge::Knowledge& knowledge) {
  Dialogue dialogue;
  dialogue.connection = visit.number;
  dialogue.host = core::show_bytes(visit.name);
  dialogue.port = visit.port;
  dialogue.protocol = visit.protocol;
  dialogue.scenario = visit.scenario;
  dialogue.is_encrypted = visit.is_encrypted;
  std::set<std::uint64_t> at_fault;
  for (const findings::Finding& finding : visit.wrong) {
    dialogue.findings.push_back(seen(finding, visit, knowledge));
    if (!finding.follows) at_fault.insert(finding.events.begin(), finding.events.end());
  }
  for (const dialogue::Event& event : visit.events) add_lines(dialogue.lines, event, at_fault.contains(event.number));
  return dialogue;
}

// Line by line; the end of a text that is very long.
std::string shown(std::string_view text) {
  if (text.size() > kMostShown) text.remove_prefix(text.size() - kMostShown);
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    result += core::show_bytes(core::without_line_end(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    result += '\n';
    text.remove_prefix(end + 1);
  }
  return result;
}

Letter letter_of(const store::Message& message) {
  Letter letter;
  letter.sender = core::show_bytes(message.reverse_path);
  for (const std::string& path : message.forward_paths) letter.recipients.push_back(core::show_bytes(path));
  for (const mime::Field& field : mime::read_fields(message.content)) {
    if (core::equals_ignoring_case(field.name, "Subject")) letter.subject = core::show_bytes(field.value);
  }
  const mime::Content content = mime::read_content(message.content);
  letter.text = shown(content.text);
  for (const mime::Enclosed& part : content.enclosed)
    letter.attachments.push_back(core::show_bytes(part.name.empty() ? part.type : part.name));
  return letter;
}

void add_talks(TrialRecord& record, const Driven& driven) {
  for (const Spoke& spoke : driven.spoke) {
    Dialogue dialogue;
    dialogue.connection = record.dialogues.size() + 1;
    dialogue.host = "localhost";
    dialogue.port = static_cast<std::uint16_t>(driven.port.value_or(0));
    dialogue.protocol = "smtp";
    dialogue.scenario = spoke.talk;
    dialogue.lines = lines_of(spoke);
    record.dialogues.push_back(std::move(dialogue));
  }
}

// Hides in the text what the clients of the trial have said as a password, in clear and in base64.
void hide_said(std::string& text, const Evidence& evidence) {
  for (const program::Visit& visit : evidence.visits) {
    const protocol::Protocol* const spoken = protocol::find(visit.protocol);
    if (spoken == nullptr) continue;
    dialogue::KnownSecrets known(*spoken);
    for (const dialogue::Event& event : visit.events) {
      if (event.kind == dialogue::Kind::kClient) known.learn(event);
    }
    known.hide(text);
  }
}

}  // namespace

core::Text end_of(const program::Outcome& outcome) {
  if (outcome.is_over_memory) return {"it took too much memory, and was ended", "它占用太多内存，被结束了"};
  if (outcome.is_over_output) return {"it wrote too much, and was ended", "它输出太多，被结束了"};
  if (outcome.is_stuck) return {"it waited for what never came, and was ended", "它一直在等不会来的东西，被结束了"};
  if (outcome.is_over_time) return {"its time was over, and it was ended", "时间到了，它被结束了"};
  if (WIFSIGNALED(outcome.status)) return core::phrase("ended by signal {0}", "被信号 {0} 结束", {WTERMSIG(outcome.status)});
  return core::phrase("exit status {0}", "退出状态 {0}", {WEXITSTATUS(outcome.status)});
}

std::vector<Line> lines_around(const program::Visit& visit, std::uint64_t event) {
  const auto& events = visit.events;
  const auto hit = std::find_if(events.begin(), events.end(), [&](const auto& one) { return one.number == event; });
  std::vector<Line> lines;
  if (hit == events.end()) return lines;
  const auto at = static_cast<std::size_t>(hit - events.begin());
  const std::size_t end = std::min(events.size(), at + kAround + 1);
  for (std::size_t i = at - std::min(at, kAround); i < end; ++i) add_lines(lines, events[i], i == at);
  return lines;
}

TrialRecord record_of(const Trial& trial, const Evidence& evidence, const knowledge::Knowledge& knowledge) {
  TrialRecord record;
  record.name = trial.name;
  record.title = trial.title;
  record.repeat = evidence.repeat;
  hide_said(record.repeat, evidence);
  for (const program::Visit& visit : evidence.visits) record.dialogues.push_back(dialogue_of(visit, knowledge));
  if (evidence.driven) add_talks(record, *evidence.driven);
  for (const auto& message : evidence.messages) record.letters.push_back(letter_of(*message));
  record.ended = end_of(evidence.outcome);
  record.printed = shown(core::mask(evidence.printed, explain::find_secrets(evidence.printed)));
  hide_said(record.printed, evidence);
  record.took = evidence.took.count();
  return record;
}

std::vector<std::string> without_said_secrets(std::vector<std::string> words, const std::vector<Evidence>& all) {
  for (std::string& word : words) {
    for (const Evidence& evidence : all) hide_said(word, evidence);
  }
  return words;
}

}  // namespace lab
