#include "mockserver/scenario/behaviour.h"

#include <algorithm>
#include <utility>

#include "core/base64.h"
#include "core/text.h"
#include "mockserver/scenario/facts.h"
#include "mockserver/scenario/reply_values.h"

namespace scenario {
namespace {

using protocol::Answer;
using protocol::Occasion;
using protocol::Role;
using protocol::ServerSession;
using protocol::Turn;

// The reply's lines go out as they are written, not as a serialised answer: a server's "250" without a space stays so.
Decision say(const ReplyEntry& entry, std::shared_ptr<const dialogue::Explanation> explanation, const Moment& moment) {
  const protocol::Protocol& protocol = *moment.scenario.protocol;
  Decision decision;
  decision.words = &entry;
  decision.explanation = std::move(explanation);
  if (entry.raw) decision.bytes = fill_reply(*entry.raw, moment);
  std::vector<std::string> lines;
  for (const std::string& line : entry.lines) {
    if (line.starts_with("* ") && &line != &entry.lines.back() && is_about_nothing(line, moment)) continue;
    lines.push_back(fill_reply(line, moment));
    decision.bytes.append(lines.back()).append("\r\n");
  }
  std::optional<Answer> found;
  if (entry.code_comes_late) {
    found = protocol.first_answer_in(decision.bytes);
  } else if (auto read = protocol.answer_from_lines(lines)) {
    found = std::move(*read);
  } else {
    found = Answer{entry.code.outcome, entry.code.text, std::move(lines)};
  }
  decision.garbled = !found.has_value();
  if (found) decision.reply = std::move(*found);
  return decision;
}

Decision say(Answer answer, const Scenario& scenario) {
  Decision decision;
  decision.bytes = scenario.protocol->octets_of(answer);
  decision.reply = std::move(answer);
  return decision;
}

// One line where many are due is the first of them: what follows is the session's (a whole answer is written out to its end
// mark, and raw octets are all there is).
bool only_words_differ(const ReplyEntry& entry, const Answer& said, const Turn& turn) {
  return turn.is_pulled && turn.proposed.is_positive() && !entry.raw && entry.lines.size() == 1 && said.is_positive();
}

// The same where a rule says so of a reply with lines before its last word: data in them are another mailbox's, a warning
// stays.
void leave_data_to_session(Decision& decision, const Turn& turn, const Scenario& scenario) {
  if (!decision.reply.is_positive() || !turn.proposed.is_positive()) return;
  std::vector<std::string>& lines = decision.reply.lines;
  const auto warns = [](const std::string& line) { return line.starts_with("NO ") || line.starts_with("BAD "); };
  lines.erase(std::remove_if(lines.begin() + 1, lines.end(), [&](const std::string& line) { return !warns(line); }),
              lines.end());
  decision.bytes = scenario.protocol->octets_of(decision.reply);
  decision.is_proposed = turn.is_pulled;
}

// What the session proposes, in its own words.
Decision keep(Turn& turn) {
  Decision decision;
  decision.is_proposed = true;
  decision.bytes = std::move(turn.bytes);
  decision.reply = std::move(turn.proposed);
  return decision;
}

// A refusal of the core that is not about order or syntax (too many recipients, a mechanism nobody offers) may be put
// into other words, but a rule does not turn it into a success unless it says so with order or syntax.
bool may_overrule(const Rule& rule, const Scenario& scenario, const Turn& turn) {
  if (turn.claim || !turn.proposed.is_negative() || rule.on == On::kUnknown || !rule.reply) return true;
  if (rule.when.order != Wanted::kRight || rule.when.syntax != Wanted::kRight) return true;
  const ReplyEntry& reply = scenario.replies[*rule.reply];
  return reply.code_comes_late || reply.code.is_negative();
}

// What several rules without a reply say, the first one before the next.
void add(const Effects& more, Effects& to) {
  to.delay += more.delay;
  if (!to.split) to.split = more.split;
  if (!to.keep) to.keep = more.keep;
  if (!to.then) to.then = more.then;
  if (to.folder.empty()) to.folder = more.folder;
}

// Whom it is counted for, as a key that is his alone.
std::string key_for(std::size_t rule, Per per, const Facts& facts, const LazyValues& connection) {
  const auto client = [&] {
    const auto ip = connection.values().find("client-ip");
    return ip == connection.values().end() ? std::string() : ip->second;
  };
  const auto lower = [&](std::string_view fact) { return core::to_lower(facts.text(fact)); };
  std::string key = std::to_string(rule);
  switch (per) {
    case Per::kAll:
    case Per::kConnection: return key;
    case Per::kClientIp: return key + "\n" + client();
    case Per::kSender: return key + "\n" + lower("own-sender");
    case Per::kRecipient: return key + "\n" + lower("recipient");
    case Per::kUser: return key + "\n" + lower("user");
    case Per::kTriplet: return key + "\n" + client() + "\n" + lower("own-sender") + "\n" + lower("recipient");
  }
  return key;
}

// Without a rule: what the core proposed, with the words the scenario has for it. What a login that is right is answered,
// admit() says.
Decision without_rule(Turn& turn, const Moment& moment) {
  const Scenario& scenario = moment.scenario;
  if (turn.input.is(Role::kConnect) && scenario.greeting) {
    const ReplyEntry& greeting = scenario.replies[*scenario.greeting];
    return say(greeting, greeting.explanation, moment);
  }
  if (moment.facts.judgement() && moment.facts.judgement()->accepted()) {
    Decision decision;
    decision.is_proposed = true;
    return decision;
  }
  const bool greets = turn.input.is(Role::kHello) && turn.input.row().lists_offers && turn.proposed.is_positive();
  if (!greets || turn.proposed.lines.empty() || scenario.server.hello_text.empty()) return keep(turn);
  turn.proposed.lines.front() = fill_reply(scenario.server.hello_text, moment);
  return say(std::move(turn.proposed), scenario);
}

// SCRAM has to prove before it is done that the server knows the password, OAuth says before its refusal what is wrong with the
// token: one more challenge, and the decision when the client has answered it (RFC 4954 §4). Nothing when there is none.
std::optional<Decision> last_challenge(const Turn& turn, const Facts& facts, const ServerSession& session,
                                       const Decision& decision, const Scenario& scenario) {
  if (!turn.claim || turn.claim->is_final) return std::nullopt;
  const auto word = turn.claim->last_word(decision.reply.is_positive(), facts.judgement()->judged_by);
  if (!word) return std::nullopt;
  auto challenge = session.own_words(Occasion::kChallenge, core::base64_encode(*word));
  return challenge ? std::optional(say(std::move(*challenge), scenario)) : std::nullopt;
}

// The rules for mail data that comes in, in the order in which they meet it.
std::vector<std::size_t> midway_rules(const std::vector<Rule>& rules) {
  std::vector<std::size_t> midway;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].on == On::kMidway) midway.push_back(i);
  }
  const auto octets = [&](std::size_t rule) {
    const auto* const over = rules[rule].when.asked<std::size_t>("size_over");
    return over == nullptr ? 0 : *over;
  };
  std::stable_sort(midway.begin(), midway.end(), [&](std::size_t a, std::size_t b) { return octets(a) < octets(b); });
  return midway;
}

bool brings_mail_data(const Turn& turn) { return turn.brings_message || turn.said.has_chunk; }

}  // namespace

// What decides a turn.
struct Behaviour::Found {
  const Rule* rule = nullptr;                                // null: the server's own reply
  Effects effects;                                           // of all rules that had a say
  std::shared_ptr<const dialogue::Explanation> explanation;  // of the first without a reply
};

Behaviour::Behaviour(const Scenario& scenario, History& history, std::uint64_t number, LazyValues values, MailboxOf mailbox_of)
    : scenario_(&scenario),
      history_(&history),
      number_(number),
      values_(std::move(values)),
      midway_(midway_rules(scenario.rules)),
      unmet_(midway_),
      mailbox_of_(std::move(mailbox_of)) {}

// A probe: what is left of it is what a client may rely on. What is pulled keeps its first line, and raw octets are what they
// are.
void Behaviour::reword(const Turn& turn, Decision& decision) const {
  const bool is_pulled = decision.is_proposed && turn.is_pulled;
  const bool is_raw = decision.words != nullptr && decision.words->raw;
  if (!scenario_->has_other_words || is_pulled || is_raw || decision.bytes.empty()) return;
  decision.reply = scenario_->protocol->in_other_words(std::move(decision.reply), turn.input);
  decision.bytes = scenario_->protocol->octets_of(decision.reply);
  decision.is_proposed = false;
}

Decision Behaviour::decide(Turn& turn, ServerSession& session, const Now& now) {
  Decision decision = decide_in_own_words(turn, session, now);
  reword(turn, decision);
  return decision;
}

Decision Behaviour::decide_in_own_words(Turn& turn, ServerSession& session, const Now& now) {
  if (turn.input.is(Role::kLogin)) {
    initial_response_ = turn.said.login && turn.said.login->response;
    withheld_.reset();
  }
  if (!midway_.empty()) follow_message(turn, session);
  if (brings_mail_data(turn)) {
    if (auto midway = decide_midway(session, now)) return std::move(*midway);
  }
  // The session is being ended for a limit or a line end it does not take: no rule has a say in that.
  if (turn.closes && !turn.input.is(Role::kQuit)) return keep(turn);
  if (turn.claim && turn.claim->is_final && withheld_ != nullptr) {
    Decision decision = std::move(*std::exchange(withheld_, nullptr));
    if (decision.reply.is_positive()) welcome(turn, session);
    admit(turn, decision);
    return decision;
  }
  return decide_freely(turn, session, now);
}

Decision Behaviour::decide_freely(Turn& turn, ServerSession& session, const Now& now) {
  const Facts facts(*scenario_, session, turn, {initial_response_, history_->connections});
  // First of all: rules may ask whether the mailbox could be had, and say how much is in it.
  const bool is_welcome = facts.judgement() && facts.judgement()->accepted() && turn.claim->is_final;
  if (is_welcome) welcome(turn, session);
  const Found found = find_rule(turn, facts, now);
  const Values captures = found.rule == nullptr ? Values() : facts.captures(*found.rule);
  const Moment moment{*scenario_, values_, facts, now.unix_time, captures, count_};
  Decision decision;
  if (found.rule != nullptr) {
    const ReplyEntry& entry = scenario_->replies[*found.rule->reply];
    decision = say(entry, found.rule->explanation, moment);
    decision.is_proposed = only_words_differ(entry, decision.reply, turn);
    if (found.rule->has_due_data) decision.is_proposed = false;
    if (found.rule->has_due_data.value_or(false)) leave_data_to_session(decision, turn, *scenario_);
  }
  // A server that only says its words wrongly goes on as if it had said them well.
  if (found.rule == nullptr) decision = without_rule(turn, moment);
  if (decision.garbled) decision.reply = without_rule(turn, moment).reply;
  // Why a message does not come into the INBOX says more than why it is taken.
  const bool is_aside = !found.effects.folder.empty() && found.explanation != nullptr;
  if (decision.explanation == nullptr || is_aside) decision.explanation = found.explanation;
  decision.effects = found.effects;
  if (auto challenge = last_challenge(turn, facts, session, decision, *scenario_)) {
    withheld_ = std::make_unique<Decision>(std::move(decision));
    return std::move(*challenge);
  }
  if (turn.claim && decision.reply.is_positive() && !is_welcome) welcome(turn, session);
  admit(turn, decision);
  return decision;
}

// Who is welcome gets the mailbox, if the protocol reads one.
void Behaviour::welcome(Turn& turn, ServerSession& session) const {
  session.welcome(turn, [&]() -> mailbox::Mailbox& { return mailbox_of_(turn.claim->user); });
}

// That may fail, and then no rule makes a success of it.
void Behaviour::admit(Turn& turn, Decision& decision) {
  if (!turn.claim || !decision.reply.is_positive()) return;
  if (!decision.is_proposed && turn.proposed.is_positive()) return;
  Decision own = keep(turn);
  if (decision.is_proposed) own.explanation = std::move(decision.explanation);  // of rules that only add to it
  own.effects = std::move(decision.effects);
  decision = std::move(own);
}

Behaviour::Found Behaviour::find_rule(const Turn& turn, const Facts& facts, const Now& now) {
  Found found;
  for (std::size_t i = 0; i < scenario_->rules.size(); ++i) {
    const Rule& rule = scenario_->rules[i];
    if (!facts.fit(rule) || !may_overrule(rule, *scenario_, turn) || !is_its_turn(i, facts, now)) continue;
    add(rule.effects, found.effects);
    if (rule.reply) {
      found.rule = &rule;
      return found;
    }
    if (found.explanation == nullptr) found.explanation = rule.explanation;
  }
  return found;
}

bool Behaviour::is_its_turn(std::size_t rule, const Facts& facts, const Now& now) {
  const When& when = scenario_->rules[rule].when;
  if (when.chance) {
    const std::string key = "chance " + std::to_string(rule);
    const std::size_t asked = own_tally().times(key);
    own_tally().count(key, {}, now.running);
    if (chance_of(history_->seed, number_, rule, asked) >= *when.chance) return false;
  }
  if (!when.counting) return true;
  const std::string key = key_for(rule, when.counting->per, facts, values_);
  Tally& tally = when.counting->per == Per::kConnection ? own_tally() : history_->tally;
  if (!tally.count(key, *when.counting, now.running)) return false;
  count_ = tally.times(key);
  return true;
}

Tally& Behaviour::own_tally() {
  if (own_tally_ == nullptr) own_tally_ = std::make_unique<Tally>();
  return *own_tally_;
}

// A message ends where something is said that is neither part of it nor between its chunks.
void Behaviour::follow_message(const Turn& turn, const ServerSession& session) {
  if (unmet_.size() == midway_.size() || brings_mail_data(turn) || session.message_octets() > 0) return;
  unmet_ = midway_;
}

std::optional<Decision> Behaviour::decide_midway(const ServerSession& session, const Now& now) {
  if (unmet_.empty() || session.message_octets() == 0) return std::nullopt;
  const Facts facts(*scenario_, session, {false, history_->connections});
  for (auto unmet = unmet_.begin(); unmet != unmet_.end();) {
    const std::size_t number = *unmet;
    const Rule& rule = scenario_->rules[number];
    if (!facts.fit_unasked(rule)) {
      ++unmet;
      continue;
    }
    unmet = unmet_.erase(unmet);
    if (!is_its_turn(number, facts, now)) continue;
    Decision decision = speak_unasked(rule, facts, now);
    decision.effects.keep = false;
    return decision;
  }
  return std::nullopt;
}

std::optional<Decision> Behaviour::decide_timeout(const ServerSession& session, const Now& now) {
  const Facts facts(*scenario_, session, {false, history_->connections});
  for (std::size_t i = 0; i < scenario_->rules.size(); ++i) {
    const Rule& rule = scenario_->rules[i];
    if (rule.on == On::kTimeout && facts.fit_unasked(rule) && is_its_turn(i, facts, now))
      return speak_unasked(rule, facts, now);
  }
  return std::nullopt;
}

Decision Behaviour::speak_unasked(const Rule& rule, const Facts& facts, const Now& now) const {
  const Values captures = facts.captures(rule);
  Decision decision;
  decision.garbled = true;
  if (rule.reply) {
    decision =
        say(scenario_->replies[*rule.reply], rule.explanation, {*scenario_, values_, facts, now.unix_time, captures, count_});
  }
  decision.explanation = rule.explanation;
  decision.effects = rule.effects;
  return decision;
}

}  // namespace scenario
