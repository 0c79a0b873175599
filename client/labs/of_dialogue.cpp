// Conditions on what was said.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "client/labs/held.h"
#include "core/show.h"

namespace lab {
namespace {

using dialogue::Event;

// A command that the client said: what it is called. Empty: this is none.
std::string_view command_in(const Event& event) {
  if (event.kind != dialogue::Kind::kClient || !event.input) return {};
  return event.input->verb();
}

// The answer to it, which comes behind it; null: none came.
const Event* answer_to(const std::vector<Event>& events, std::size_t command) {
  for (std::size_t at = command + 1; at < events.size(); ++at) {
    const Event& event = events[at];
    if (event.kind == dialogue::Kind::kServer && event.reply && event.input == events[command].input &&
        event.reply->outcome != protocol::Outcome::kNews)
      return &event;
  }
  return nullptr;
}

Held at_event(Held held, std::size_t visit, std::uint64_t event) {
  held.visit = visit;
  held.event = event;
  return held;
}

// What a line of a dialogue says, for a sentence.
std::string quoted(const Event& event) {
  return core::show_bytes(core::without_line_end(std::string_view(event.bytes).substr(0, event.bytes.find('\n'))));
}

// How far a connection gets along the list; the place of what was refused, if anything was.
struct Progress {
  std::size_t done = 0;
  std::optional<std::uint64_t> refused;
  std::string refusal;
};

Progress follow(const Values& values, const std::vector<Event>& events) {
  Progress progress;
  for (std::size_t at = 0; at < events.size() && progress.done < values.size(); ++at) {
    if (!is_one_of(command_in(events[at]), values[progress.done])) continue;
    const Event* const answer = answer_to(events, at);
    const bool is_last_word = events[at].input->is(protocol::Role::kQuit);
    if (is_last_word || (answer != nullptr && !answer->reply->is_negative())) {
      ++progress.done;
      progress.refused.reset();
    } else if (answer != nullptr) {
      progress.refused = answer->number;
      progress.refusal = quoted(*answer);
    }
  }
  return progress;
}

// A name without a domain, which the servers of courses take for somebody of their machine.
bool is_local_name(const findings::Finding& finding, const std::vector<Event>& events) {
  if (finding.id != "bad-address" || finding.events.empty()) return false;
  const auto said =
      std::find_if(events.begin(), events.end(), [&](const Event& event) { return event.number == finding.events.front(); });
  if (said == events.end()) return false;
  const Event* const answer = answer_to(events, static_cast<std::size_t>(said - events.begin()));
  return answer != nullptr && !answer->reply->is_negative() && said->bytes.find('@') == std::string::npos;
}

bool is_mistake(const findings::Finding& finding, const Values& ids, const std::vector<Event>& events) {
  return !finding.follows && std::find(ids.begin(), ids.end(), finding.id) != ids.end() && !is_local_name(finding, events);
}

// What people print stays in their program until it is flushed: to the server nothing was said at all.
core::Text silence_of(const std::vector<Event>& events) {
  const bool has_spoken =
      std::any_of(events.begin(), events.end(), [](const Event& event) { return event.kind == dialogue::Kind::kClient; });
  if (has_spoken) return {};
  return {
      "It connected and sent nothing. What a program writes through a buffer (PrintWriter, fprintf, makefile) leaves it only "
      "with flush()",
      "它连上了，却什么也没有发出。经过缓冲区写的内容（PrintWriter、fprintf、makefile）要 flush() 才会发出去"};
}

}  // namespace

Held look_connected(const Values&, const Evidence& evidence) {
  if (!evidence.visits.empty()) return yes();
  Held held = no(evidence.symptoms.empty() ? core::Text{"it never connected to a mail server", "它没有连接过任何邮件服务器"}
                                           : evidence.symptoms.front().seen);
  if (evidence.stumble && !evidence.stumble->id.empty()) held.ids.push_back(evidence.stumble->id);
  for (const program::Symptom& symptom : evidence.symptoms) {
    if (!symptom.id.empty()) held.ids.push_back(symptom.id);
  }
  return held;
}

Held look_never(const Values& values, const Evidence& evidence) {
  for (std::size_t at = 0; at < evidence.visits.size(); ++at) {
    for (const findings::Finding& finding : evidence.visits[at].wrong) {
      if (!is_mistake(finding, values, evidence.visits[at].events)) continue;
      Held held = no({});
      // What stopped the program is the cause of its hanging up.
      const bool has_crashed = finding.id == "crash-mid-session" && evidence.stumble && !evidence.stumble->id.empty();
      if (has_crashed) held.ids.push_back(evidence.stumble->id);
      held.ids.push_back(finding.id);
      for (const findings::Finding& other : evidence.visits[at].wrong) {
        if (other.follows == finding.number) held.ids.push_back(other.id);
      }
      held.visit = at;
      if (!finding.events.empty()) held.event = finding.events.front();
      return held;
    }
  }
  const auto seen = [&](const std::string& id) { return std::find(values.begin(), values.end(), id) != values.end(); };
  for (const program::Symptom& symptom : evidence.symptoms) {
    if (!seen(symptom.id)) continue;
    Held held = no(symptom.seen);
    held.ids.push_back(symptom.id);
    return held;
  }
  if (evidence.stumble && seen(evidence.stumble->id)) {
    Held held = no({});
    held.ids.push_back(evidence.stumble->id);
    return held;
  }
  return yes();
}

Held look_said(const Values& values, const Evidence& evidence) {
  Progress best;
  std::size_t where = 0;
  for (std::size_t at = 0; at < evidence.visits.size(); ++at) {
    Progress one = follow(values, evidence.visits[at].events);
    if (one.done == values.size()) return yes();
    if (at == 0 || one.done >= best.done) {
      best = std::move(one);
      where = at;
    }
  }
  const std::string missing = core::replace_all(values[best.done], "|", " / ");
  if (evidence.visits.empty()) return no(core::phrase("{0} was never said", "没有发出 {0}", {missing}));
  if (!best.refused) {
    const core::Text silence = silence_of(evidence.visits[where].events);
    Held held = no(silence.empty() ? core::phrase("{0} was never said", "没有发出 {0}", {missing}) : silence);
    held.visit = where;
    return held;
  }
  return at_event(no(core::phrase("{0} was refused: {1}", "{0} 被拒绝：{1}", {missing, best.refusal})), where, *best.refused);
}

Held look_logged_in(const Values& values, const Evidence& evidence) {
  for (const program::Visit& visit : evidence.visits) {
    for (const Event& event : visit.events) {
      if (!event.user.empty() && core::matches_glob(event.user, values.front())) return yes();
    }
  }
  Held held = no({"nobody has logged in", "没有人登录"});
  for (std::size_t at = 0; at < evidence.visits.size(); ++at) {
    for (const Event& event : evidence.visits[at].events) {
      const bool is_answer = event.kind == dialogue::Kind::kServer && event.reply && event.input && event.input->is_of_login();
      if (is_answer && event.reply->is_negative())
        held = at_event(no(core::phrase("the login was refused: {0}", "登录被拒绝：{0}", {quoted(event)})), at, event.number);
    }
  }
  return held;
}

Held look_encrypted(const Values& values, const Evidence& evidence) {
  for (std::size_t at = 0; at < evidence.visits.size(); ++at) {
    bool is_encrypted = false;
    for (const Event& event : evidence.visits[at].events) {
      is_encrypted = is_encrypted || event.kind == dialogue::Kind::kSecured;
      const std::string_view command = command_in(event);
      if (is_encrypted || command.empty()) continue;
      for (const std::string& value : values) {
        if (is_one_of(command, value))
          return at_event(no(core::phrase("{0} went out in clear text", "{0} 是用明文发出的", {command})), at, event.number);
      }
    }
  }
  return yes();
}

Held look_codes(const Values& values, const Evidence& evidence) {
  const auto came = [&](const std::string& pattern) {
    return std::any_of(evidence.visits.begin(), evidence.visits.end(), [&](const program::Visit& visit) {
      return std::any_of(visit.events.begin(), visit.events.end(), [&](const Event& event) {
        return event.kind == dialogue::Kind::kServer && event.reply && core::matches_glob(event.reply->code, pattern);
      });
    });
  };
  for (const std::string& pattern : values) {
    if (!came(pattern)) return no(core::phrase("no reply {0} came", "没有收到 {0} 回复", {pattern}));
  }
  return yes();
}

Held look_after(const Values& values, const Evidence& evidence) {
  for (std::size_t at = 0; at < evidence.visits.size(); ++at) {
    bool is_behind = false;
    for (const Event& event : evidence.visits[at].events) {
      if (event.kind == dialogue::Kind::kServer && event.reply && core::matches_glob(event.reply->code, values.front()))
        is_behind = true;
      if (!is_behind || event.kind != dialogue::Kind::kClient) continue;
      const std::string_view said = command_in(event);
      const bool is_allowed = std::any_of(values.begin() + 1, values.end(),
                                          [&](const std::string& one) { return !said.empty() && is_one_of(said, one); });
      // Lines of a login that was begun anew belong to it.
      const bool is_of_login = event.input && event.input->is_of_login() && is_one_of("AUTH", values.back());
      if (is_allowed || is_of_login) continue;
      return at_event(
          no(core::phrase("behind {0} it went on with {1}", "收到 {0} 之后它还发了 {1}",
                          {values.front(), said.empty() ? core::Part(core::Text{"text", "正文"}) : core::Part(said)})),
          at, event.number);
    }
  }
  return yes();
}

Held look_connections(const Values& values, const Evidence& evidence) {
  if (parse_range(values.front())->has(evidence.visits.size())) return yes();
  return no(core::phrase("it connected {0} times, and not {1}", "它连接了 {0} 次，应为 {1} 次",
                         {evidence.visits.size(), values.front()}));
}

Held look_host(const Values& values, const Evidence& evidence) {
  if (evidence.visits.empty()) return no({"it never connected", "它没有连接过"});
  if (core::equals_ignoring_case(evidence.visits.front().name, values.front())) return yes();
  return no(core::phrase("it connected to {0}, and not to {1}", "它连接了 {0}，应为 {1}",
                         {core::show_bytes(evidence.visits.front().name), values.front()}));
}

Held look_apart(const Values& values, const Evidence& evidence) {
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (at + 1 >= evidence.visits.size())
      return no(core::phrase("it did not try again after {0} seconds", "它没有在 {0} 秒之后再试", {values[at]}));
    const auto between = evidence.visits[at + 1].began - evidence.visits[at].began;
    if (between * evidence.factor < std::chrono::seconds(std::stoul(values[at])))
      return no(core::phrase("it came again after less than {0} seconds", "不到 {0} 秒它就又来了", {values[at]}));
  }
  return yes();
}

Held look_count(const Values& values, const Evidence& evidence) {
  std::size_t count = 0;
  for (const program::Visit& visit : evidence.visits) {
    for (const Event& event : visit.events) count += is_one_of(command_in(event), values.front()) ? 1 : 0;
  }
  if (parse_range(values.back())->has(count)) return yes();
  return no(
      core::phrase("{0} came {1} times, and not {2}", "{0} 发了 {1} 次，应为 {2} 次", {values.front(), count, values.back()}));
}

}  // namespace lab
