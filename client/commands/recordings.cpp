#include "client/commands/recordings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "core/phrase.h"
#include "core/secret.h"
#include "dialogue/json_reader.h"
#include "dialogue/text_reader.h"
#include "knowledge/finding_line.h"
#include "protocol/known.h"

namespace commands {
namespace {

using dialogue::Event;
using dialogue::Kind;
using Dialogues = std::vector<RecordedDialogue>;

core::Result<std::string> text_of(const std::string& file) {
  std::ifstream in;
  if (file != "-") in.open(file, std::ios::binary);
  std::istream& source = file == "-" ? std::cin : in;
  std::string text{std::istreambuf_iterator<char>(source), {}};
  if (!source.bad() && (file == "-" || in.is_open())) return text;
  return core::fail(core::Blame::kInput, {"cannot be read", "无法读取"});
}

RecordedDialogue& dialogue_of(Dialogues& all, const std::string& file, std::uint64_t connection) {
  const auto hit =
      std::find_if(all.begin(), all.end(), [&](const RecordedDialogue& one) { return one.connection == connection; });
  return hit != all.end() ? *hit : all.emplace_back(RecordedDialogue{file, connection, {}, {}});
}

// A transcript has its connections one behind the other, and no numbers for them.
Dialogues apart(RecordedDialogue whole) {
  Dialogues all;
  for (Event& event : whole.events) {
    if (all.empty() || (event.kind == Kind::kConnected && !all.back().events.empty()))
      all.push_back({whole.file, all.size() + 1, {}, {}});
    all.back().events.push_back(std::move(event));
  }
  for (findings::Finding& finding : whole.findings) {
    const std::uint64_t shows = finding.events.empty() ? 0 : finding.events.back();
    const auto hit = std::find_if(all.begin(), all.end(), [&](const RecordedDialogue& one) {
      return !one.events.empty() && shows >= one.events.front().number && shows <= one.events.back().number;
    });
    if (hit != all.end()) hit->findings.push_back(std::move(finding));
  }
  if (all.size() == 1) all.front().connection = 0;
  return all;
}

// How a password was sent.
enum class Sent : std::uint8_t { kInBase64, kBehindPass, kBehindLogin, kAsDigest };

constexpr std::array kHidden{
    core::Phrase{"The base64 of the login is masked here: whether a line end or a blank stands in it, whether its parts are "
                 "right, and which password it is, cannot be seen any more.",
                 "登录用的 base64 在这里被遮住了：里面是否混进了换行或空格、各部分是否正确、用的是哪个密码，已经看不出来。"},
    core::Phrase{
        "The password behind PASS is masked here: whether it is the right one, or that of the web page, cannot be seen "
        "any more.",
        "PASS 后面的密码在这里被遮住了：它是否正确、是不是网页密码，已经看不出来。"},
    core::Phrase{"The password behind LOGIN is masked here: whether it needs quotes, whether it is the right one, or that of "
                 "the web page, "
                 "cannot be seen any more.",
                 "LOGIN 后面的密码在这里被遮住了：它是否要加引号、是否正确、是不是网页密码，已经看不出来。"},
    core::Phrase{
        "The digest of APOP is masked here: whether it is made of the greeting's stamp and the password cannot be seen "
        "any more.",
        "APOP 的摘要在这里被遮住了：它是否由问候里的时间戳加密码算出，已经看不出来。"},
};
static_assert(kHidden.size() == static_cast<std::size_t>(Sent::kAsDigest) + 1);

// What a line announces behind it: "a1 LOGIN alice {6}" (RFC 9051 §4.3). Nothing that no password has.
std::optional<std::size_t> literal_behind(std::string_view line) {
  constexpr std::size_t kMost = 4096;
  line = core::without_line_end(line);
  const std::size_t open = line.rfind('{');
  if (!line.ends_with('}') || open == std::string_view::npos) return std::nullopt;
  std::size_t octets = 0;
  const char* const end = line.data() + line.size() - 1;
  const auto [behind, error] = std::from_chars(line.data() + open + 1, end, octets);
  const bool is_number = error == std::errc() && (behind == end || (*behind == '+' && behind + 1 == end));
  return is_number && octets <= kMost ? std::optional(octets) : std::nullopt;
}

// A mask has a length of its own: in place of a literal it gets the one that was announced, or what follows it would be read
// as a part of it.
void stretch_masks(std::vector<Event>& events) {
  std::optional<std::size_t> announced;
  for (Event& event : events) {
    if (event.kind != Kind::kClient) continue;
    if (announced && event.bytes.starts_with(core::kMask)) {
      event.bytes.replace(0, core::kMask.size(), *announced, '*');
      event.pieces.clear();
    }
    announced = literal_behind(event.bytes);
  }
}

// The line before it has announced a literal, which is masked.
bool is_masked_literal(const Event& event, std::string_view line_before) {
  const auto octets = literal_behind(line_before);
  return octets && *octets > 0 && event.bytes.starts_with(std::string(*octets, '*'));
}

std::string_view behind_tag(std::string_view line) { return line.substr(std::min(line.find(' '), line.size() - 1) + 1); }

std::optional<Sent> masked_in(const Event& event, std::string_view line_before) {
  const std::string before = core::to_upper(line_before);
  if (event.kind == Kind::kClient && is_masked_literal(event, line_before) && behind_tag(before).starts_with("LOGIN "))
    return Sent::kBehindLogin;
  if (event.kind != Kind::kClient || event.bytes.find(core::kMask) == std::string::npos) return std::nullopt;
  const std::string upper = core::to_upper(core::trim(core::without_line_end(event.bytes)));
  if (upper.starts_with("PASS ")) return Sent::kBehindPass;
  if (upper.starts_with("APOP ")) return Sent::kAsDigest;
  const std::string_view command = behind_tag(upper);
  if (command.starts_with("LOGIN ")) return Sent::kBehindLogin;
  const bool is_of_login = upper == core::kMask || upper.starts_with("AUTH ") || command.starts_with("AUTHENTICATE ");
  return is_of_login ? std::optional(Sent::kInBase64) : std::nullopt;
}

bool is_refused(const RecordedDialogue& dialogue, std::size_t said) {
  const protocol::Protocol* const spoken = protocol::find(protocol_of(dialogue));
  for (std::size_t i = said + 1; i < dialogue.events.size(); ++i) {
    const Event& event = dialogue.events[i];
    if (event.kind != Kind::kServer || event.bytes.empty()) continue;
    const auto answer = spoken == nullptr ? std::nullopt : spoken->first_answer_in(event.bytes);
    if (answer && answer->outcome != protocol::Outcome::kNews) return answer->is_negative();
  }
  return true;  // nobody knows what would have come
}

}  // namespace

core::Result<Dialogues> read_dialogues(const std::string& file) {
  const auto text = text_of(file);
  if (!text) return core::Failure(text.error());
  if (!text->starts_with('{')) {
    auto events = dialogue::events_from_text(*text);
    if (!events) return core::Failure(events.error());
    stretch_masks(*events);
    return apart({file, 0, std::move(*events), {}});
  }
  auto recording = dialogue::events_from_json_lines(*text);
  if (!recording) return core::Failure(recording.error());
  Dialogues all;
  for (dialogue::Recorded& one : recording->events)
    dialogue_of(all, file, one.connection).events.push_back(std::move(one.event));
  for (const std::string& line : recording->findings) {
    if (auto one = knowledge::read_finding_line(line))
      dialogue_of(all, file, one->connection).findings.push_back(std::move(one->finding));
  }
  for (RecordedDialogue& one : all) stretch_masks(one.events);
  const bool is_one = all.size() == 1 && all.front().connection == 0;
  return is_one ? apart(std::move(all.front())) : std::move(all);
}

std::string_view protocol_of(const RecordedDialogue& dialogue) {
  const auto is_greeting = [](const Event& event) { return event.kind == Kind::kServer && !event.bytes.empty(); };
  const auto greeting = std::find_if(dialogue.events.begin(), dialogue.events.end(), is_greeting);
  for (const protocol::Protocol* const one : protocol::known()) {
    if (greeting != dialogue.events.end() && one->first_answer_in(greeting->bytes)) return one->name();
  }
  return protocol::known().front()->name();
}

std::vector<core::Text> hidden_by_masks(const RecordedDialogue& dialogue) {
  std::array<bool, kHidden.size()> is_hidden{};
  std::string_view line_before;
  for (std::size_t i = 0; i < dialogue.events.size() && dialogue.findings.empty(); ++i) {
    const Event& event = dialogue.events[i];
    const auto sent = masked_in(event, line_before);
    if (event.kind == Kind::kClient) line_before = event.bytes;
    if (sent && is_refused(dialogue, i)) is_hidden[static_cast<std::size_t>(*sent)] = true;
  }
  std::vector<core::Text> told;
  for (std::size_t i = 0; i < kHidden.size(); ++i) {
    if (is_hidden[i]) told.push_back({std::string(kHidden[i].en), std::string(kHidden[i].zh)});
  }
  return told;
}

}  // namespace commands
