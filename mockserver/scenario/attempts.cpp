#include <algorithm>
#include <utility>

#include "mockserver/scenario/attempt.h"
#include "mockserver/scenario/attempt_lines.h"
#include "mockserver/scenario/attempt_rows.h"

namespace scenario {
namespace {

using Lines = std::vector<std::string>;

// More would make a dialogue that nobody reads.
constexpr std::size_t kMostTurns = 30;
constexpr std::size_t kLongestLine = 5000;
constexpr std::size_t kLargestMessage = 100'000;
constexpr std::size_t kMostAttempts = 4000;  // of one rule

// Of everything that is open, what may stand there. The first of each is the ordinary one.
struct Choices {
  Lines hellos;
  std::vector<bool> tls;
  std::vector<bool> logs_in;
  Lines mails;
  Lines rcpts;
  Lines messages;
  std::vector<Reach> parts;                       // how much is said before
  std::vector<std::vector<std::string>> targets;  // what is said then; empty where the message is it
};

Lines hellos_for(const When& when, const Scenario& scenario) {
  if (!has_hello(*scenario.protocol)) return {""};
  Lines hellos;
  const auto* const client = when.asked<Pattern>("client");
  const auto* const hello = when.asked<Name>("hello");
  const Lines names = client != nullptr ? texts_for(*client, usual_clients()) : Lines{"{client}"};
  for (const std::string_view verb : {"EHLO", "HELO"}) {
    if (hello != nullptr && hello->text != verb) continue;
    for (const std::string& name : names) hellos.push_back(std::string(verb) + " " + name);
  }
  if (hello != nullptr && hello->text == kNoName) hellos.emplace_back();
  return hellos;
}

// wanted: null where it may be either.
std::vector<bool> both_but_first(const bool* wanted, bool first) {
  return wanted != nullptr ? std::vector<bool>{*wanted} : std::vector<bool>{first, !first};
}

// pattern: of the address; null: of the usual ones `any` will do, or else the first.
Lines paths_for(const std::string& before, const Pattern* pattern, bool any, const Scenario& scenario) {
  Lines addresses{"{user}"};
  if (pattern != nullptr || any) addresses = usual_addresses(scenario);
  if (pattern != nullptr) addresses = texts_for(*pattern, addresses);
  Lines lines;
  for (const std::string& address : addresses) lines.push_back(before + "<" + address + ">");
  return lines;
}

Lines mails_for(const When& when, const Scenario& scenario) {
  const bool asks_from = when.asks("from_is_sender") || when.asks("from_is_login");
  const bool any = when.asks("sender_is_login") || when.asks("user") || asks_from;
  Lines mails = paths_for("MAIL FROM:", when.asked<Pattern>("sender"), any, scenario);
  // Who receives mail takes it from strangers only.
  if (when.asks_for("authenticated", false) && !when.asks("sender")) mails.emplace_back("MAIL FROM:<carol@example.net>");
  if (const auto* const size = when.asked<std::size_t>("declared_size_over")) {
    for (std::string& mail : mails) mail += " SIZE=" + std::to_string(*size + 1);
  }
  return mails;
}

// The header field of this name is left out, or written twice, or is this line.
std::string with_field(const std::string& message, const std::string& name, const std::string& line) {
  const std::size_t end = message.find("\n\n") + 1;
  std::string header = message.substr(0, end);
  const std::size_t at = ("\n" + header).find("\n" + name + ":");
  if (at != std::string::npos) header.erase(at, header.find('\n', at) - at + 1);
  return header + line + message.substr(end);
}

template <typename List>
List listed(const When& when, std::string_view key) {
  const auto* const list = when.asked<List>(key);
  return list == nullptr ? List() : *list;
}

Lines rcpts_for(const When& when, const Scenario& scenario) {
  return paths_for("RCPT TO:", when.asked<Pattern>("recipient"), when.asks("recipient_known"), scenario);
}

std::string with_conditions(std::string message, const When& when) {
  const Lines words{"free!", "lottery",      "\xE5\x8F\x91\xE7\xA5\xA8", "watches",
                    "test",  "Alice {user}", "{user}, bob@example.org",  "\xE5\xBC\xA0\xE4\xB8\x89 <{user}>"};
  for (const FieldPattern& field : listed<FieldPatterns>(when, "header")) {
    const Lines values = texts_for(field.value, words);
    if (!values.empty()) message = with_field(message, field.name, field.name + ": " + values.front() + "\n");
  }
  for (const std::string& name : listed<FieldNames>(when, "header_missing")) message = with_field(message, name, "");
  for (const std::string& name : listed<FieldNames>(when, "header_twice")) {
    message = with_field(message, name, name + ": one\n" + name + ": two\n");
  }
  if (when.asks_for("has_header", false)) message = message.substr(message.find("\n\n") + 1);
  if (const auto* const body = when.asked<Pattern>("body")) {
    const Lines texts = texts_for(*body, words);
    if (!texts.empty()) message += texts.front() + "\n";
  }
  if (when.asks_for("eight_bit", true)) message += "caf\xC3\xA9\n";
  if (when.asks_for("header_eight_bit", true)) message = with_field(message, "Subject", "Subject: caf\xC3\xA9\n");
  const auto* const line = when.asked<std::size_t>("line_over");
  if (line != nullptr && *line < kLongestLine) message += std::string(*line + 1, 'a') + "\n";
  return message;
}

Lines messages_for(const When& when) {
  const std::string usual = Attempt().message;
  const auto* const size = when.asked<std::size_t>("size_over");
  const bool asks_of_message = std::any_of(when.conditions.begin(), when.conditions.end(),
                                           [](const Condition& one) { return one.row->on == "message"; });
  if (!asks_of_message && size == nullptr) return {usual};
  Lines messages;
  for (const char* const from : {"{user}", "carol@example.net", "Alice", ""}) {
    std::string message = with_field(usual, "From", *from == '\0' ? "" : "From: " + std::string(from) + "\n");
    message = with_conditions(std::move(message), when);
    while (size != nullptr && *size < kLargestMessage && message.size() <= *size) {
      message += std::string(70, 'a') + "\n";
    }
    messages.push_back(std::move(message));
  }
  return messages;
}

// In other places the order is wrong, or TLS runs; those that take no part in the choice are left out.
std::vector<Reach> places_for(std::string_view verb, const protocol::Protocol& protocol) {
  std::vector<Reach> places{usual_place(protocol, verb)};
  for (const Reach one :
       {Reach::kNothing, Reach::kHello, Reach::kStarttls, Reach::kHelloAgain, Reach::kLogin, Reach::kMail, Reach::kRcpt}) {
    if (one != places.front() && one <= last_place(protocol)) places.push_back(one);
  }
  return places;
}

// A line that is too long, where somebody would read so much.
std::optional<std::string> too_long(const Scenario& scenario) {
  constexpr std::size_t kUsual = 4096;  // no server takes more that was not told to
  const auto limit = scenario.server.limits.find("command_line");
  const std::size_t octets = limit == scenario.server.limits.end() ? kUsual : limit->second;
  return octets < kLongestLine ? std::optional("NOOP " + std::string(octets, 'a')) : std::nullopt;
}

std::vector<Lines> each_alone(const Lines& lines) {
  std::vector<Lines> turns;
  for (const std::string& line : lines) turns.push_back({line});
  return turns;
}

// What is said in order, with the values that the conditions ask for.
std::vector<Lines> fitting_turns(const When& when, std::string_view verb, const Scenario& scenario) {
  if (verb == "MAIL") return each_alone(mails_for(when, scenario));
  if (verb == "RCPT") return each_alone(rcpts_for(when, scenario));
  if (!is_hello(*scenario.protocol, verb) || !when.asks("client")) return ordinary_turns(*scenario.protocol, verb);
  Lines hellos = hellos_for(when, scenario);
  std::erase_if(hellos, [&](const std::string& hello) { return !hello.starts_with(verb); });
  return each_alone(hellos);
}

// verb: empty for a line that is no command.
std::vector<Lines> turns_for(const Rule& rule, std::string_view verb, const Scenario& scenario) {
  const protocol::Protocol& protocol = *scenario.protocol;
  const When& when = rule.when;
  std::vector<Lines> turns;
  if (when.syntax != Wanted::kWrong) turns = fitting_turns(when, verb, scenario);
  if (when.syntax != Wanted::kRight || when.asks("mistake") || when.asks("argument") || verb.empty()) {
    for (Lines& turn : verb.empty() ? each_alone(unknown_lines(protocol)) : malformed_turns(protocol, verb))
      turns.push_back(std::move(turn));
  }
  const auto* const mistake = when.asked<protocol::MistakeId>("mistake");
  if (mistake != nullptr && mistake->text().find("line-too-long") != std::string_view::npos) {
    if (auto line = too_long(scenario)) turns = {{std::move(*line)}};
  }
  if (const auto* const argument = when.asked<Pattern>("argument")) {
    for (const std::string& text : texts_for(*argument, {}))
      turns.push_back({tagged(protocol, (verb.empty() ? "XYZZY" : std::string(verb)) + " " + text)});
  }
  if (mistake != nullptr && mistake->text() == "sends-before-reply") {
    const std::vector<Lines> alone = turns;
    for (Lines turn : alone) {
      turn.back() += "\r\nNOOP";
      turns.insert(turns.begin(), std::move(turn));
    }
  }
  return turns;
}

// How often something has to be said before the rule has its say; nothing: more often than anybody reads.
std::optional<std::size_t> times_for(const When& when) {
  std::size_t times = 1;
  if (when.counting && when.counting->nth) times = *when.counting->nth;
  if (when.counting && when.counting->rate) times = *when.counting->rate + 1;
  if (const auto* const recipients = when.asked<std::size_t>("recipients_over")) times = *recipients + 1;
  return times <= kMostTurns ? std::optional(times) : std::nullopt;
}

// The line so many times; a second MAIL comes after RSET, where it shall come in order.
std::vector<Lines> repeated(const Lines& turn, std::size_t times, Wanted order) {
  Lines whole = turn;
  if (times > 1 && order == Wanted::kRight && turn.front().starts_with("MAIL")) whole.emplace_back("RSET");
  return std::vector<Lines>(times, whole);
}

Choices choices_for(const Rule& rule, std::string_view verb, const Scenario& scenario) {
  const When& when = rule.when;
  Choices all;
  all.hellos = hellos_for(when, scenario);
  all.tls = both_but_first(when.asked<bool>("tls"), scenario.security == Security::kStarttls);
  if (scenario.security == Security::kTls) all.tls = {false};
  all.logs_in = both_but_first(when.asked<bool>("authenticated"), true);
  all.mails = mails_for(when, scenario);
  all.rcpts = rcpts_for(when, scenario);
  all.messages = messages_for(when);
  if (rule.on == On::kMessage && when.asks_for("state", Name{"bdat"})) {
    all.parts = {Reach::kRcpt};
    all.targets = {{"BDAT 7 LAST\r\nHello"}};
  } else if (rule.on == On::kMessage) {
    all.parts = {Reach::kMessage};
    all.targets = {{}};
  } else if (rule.on == On::kAuth || rule.on == On::kChallenge) {
    all.parts = {Reach::kHelloAgain};
    all.targets = logins_for(when, scenario);
  } else {
    all.parts = places_for(verb, *scenario.protocol);
    // What is out of order comes somewhere else.
    if (when.order != Wanted::kRight && when.syntax != Wanted::kWrong) {
      std::rotate(all.parts.begin(), all.parts.begin() + 1, all.parts.end());
    }
    all.targets = turns_for(rule, verb, scenario);
  }
  return all;
}

// What of the choices a dialogue that ends so early never comes to, is not varied.
void spread(const Choices& all, std::size_t times, Wanted order, const Scenario& scenario, std::vector<Attempt>& to) {
  for (const Reach part : all.parts) {
    const auto first_or_all = [&](const auto& values, Reach needed) {
      return part >= needed ? values
                            : std::decay_t<decltype(values)>(values.begin(), values.begin() + (values.empty() ? 0 : 1));
    };
    for (const std::string& hello : first_or_all(all.hellos, Reach::kHello))
      for (const bool starttls : first_or_all(all.tls, Reach::kStarttls))
        for (const bool logs_in : first_or_all(all.logs_in, Reach::kLogin))
          for (const std::string& mail : first_or_all(all.mails, Reach::kMail))
            for (const std::string& rcpt : first_or_all(all.rcpts, Reach::kRcpt))
              for (const std::string& message : first_or_all(all.messages, Reach::kMessage))
                for (const Lines& target : all.targets) {
                  if (to.size() >= kMostAttempts) return;
                  Attempt attempt{hello, starttls};
                  const bool encrypted = starttls || scenario.security == Security::kTls;
                  if (logs_in) attempt.login = ordinary_login(scenario, encrypted);
                  attempt.mail = mail;
                  attempt.rcpt = rcpt;
                  attempt.message = message;
                  attempt.up_to = part;
                  if (target.empty()) attempt.messages = times;
                  if (!target.empty()) attempt.turns = repeated(target, times, order);
                  to.push_back(std::move(attempt));
                }
  }
}

// Lines that end in LF alone, which no step's message can have.
void add_raw(const Rule& rule, std::vector<Attempt>& to) {
  if (!rule.when.asks("mistake") || rule.on != On::kMessage) return;
  const std::vector<Attempt> well = to;
  for (Attempt one : well) {
    one.is_raw = true;
    one.message = "From: <{user}>\r\nSubject: A test\r\n\r\nHello\nBob\r\n";
    to.insert(to.begin(), std::move(one));
  }
}

}  // namespace

std::vector<Attempt> attempts_for(const Rule& rule, const Scenario& scenario) {
  std::vector<Attempt> attempts;
  const std::optional<std::size_t> times = times_for(rule.when);
  const bool is_unasked = rule.on == On::kMidway || rule.on == On::kTimeout;
  if (!times || is_unasked || rule.when.chance || rule.when.asks("connections_over")) return attempts;
  if (rule.on == On::kConnect) return {Attempt{.up_to = Reach::kNothing}};
  if (rule.on == On::kAny) {
    for (const std::string_view verb : common_verbs(*scenario.protocol)) {
      spread(choices_for(rule, verb, scenario), *times, rule.when.order, scenario, attempts);
    }
    return attempts;
  }
  const std::string_view verb = !rule.verb                  ? std::string_view()
                                : rule.verb->verb().empty() ? rule.verb->name()
                                                            : rule.verb->verb();
  spread(choices_for(rule, verb, scenario), *times, rule.when.order, scenario, attempts);
  add_raw(rule, attempts);
  return attempts;
}

}  // namespace scenario
