#include <algorithm>
#include <utility>

#include "mockserver/scenario/attempt.h"
#include "mockserver/scenario/attempt_lines.h"

namespace scenario {
namespace {

using Lines = std::vector<std::string>;
using smtp::Input;

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

Lines hellos_for(const When& when) {
  Lines hellos;
  const Lines names = when.client ? texts_for(*when.client, usual_clients()) : Lines{"{client}"};
  for (const std::string& name : names) {
    if (when.hello != Hello::kHelo && when.hello != Hello::kNone) hellos.push_back("EHLO " + name);
  }
  for (const std::string& name : names) {
    if (when.hello != Hello::kEhlo && when.hello != Hello::kNone) hellos.push_back("HELO " + name);
  }
  if (when.hello == Hello::kNone) hellos.emplace_back();
  return hellos;
}

std::vector<bool> both_but_first(std::optional<bool> wanted, bool first) {
  return wanted ? std::vector<bool>{*wanted} : std::vector<bool>{first, !first};
}

Lines paths_for(const std::string& before, const std::optional<Pattern>& pattern, bool any, const Scenario& scenario) {
  Lines addresses{"{user}"};
  if (pattern || any) addresses = usual_addresses(scenario);
  if (pattern) addresses = texts_for(*pattern, addresses);
  Lines lines;
  for (const std::string& address : addresses) lines.push_back(before + "<" + address + ">");
  return lines;
}

Lines mails_for(const When& when, const Scenario& scenario) {
  const bool asks_from = when.message != nullptr && (when.message->from_is_sender || when.message->from_is_login);
  const bool any = when.sender_is_login.has_value() || when.user.has_value() || asks_from;
  Lines mails = paths_for("MAIL FROM:", when.sender, any, scenario);
  // Who receives mail takes it from strangers only.
  if (when.authenticated == false && !when.sender) mails.emplace_back("MAIL FROM:<carol@example.net>");
  if (!when.declared_size_over) return mails;
  for (std::string& mail : mails) mail += " SIZE=" + std::to_string(*when.declared_size_over + 1);
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

std::string with_conditions(std::string message, const MessageWhen& when) {
  const Lines words{"free!", "lottery",      "\xE5\x8F\x91\xE7\xA5\xA8", "watches",
                    "test",  "Alice {user}", "{user}, bob@example.org",  "\xE5\xBC\xA0\xE4\xB8\x89 <{user}>"};
  for (const MessageWhen::Field& field : when.fields) {
    const Lines values = texts_for(field.value, words);
    if (!values.empty()) message = with_field(message, field.name, field.name + ": " + values.front() + "\n");
  }
  for (const std::string& name : when.missing_fields) message = with_field(message, name, "");
  for (const std::string& name : when.repeated_fields) {
    message = with_field(message, name, name + ": one\n" + name + ": two\n");
  }
  if (when.body) {
    const Lines texts = texts_for(*when.body, words);
    if (!texts.empty()) message += texts.front() + "\n";
  }
  if (when.eight_bit.value_or(false)) message += "caf\xC3\xA9\n";
  if (when.header_eight_bit.value_or(false)) message = with_field(message, "Subject", "Subject: caf\xC3\xA9\n");
  if (when.line_over && *when.line_over < kLongestLine) message += std::string(*when.line_over + 1, 'a') + "\n";
  return message;
}

Lines messages_for(const When& when) {
  const std::string usual = Attempt().message;
  if (when.message == nullptr && !when.size_over) return {usual};
  Lines messages;
  for (const char* const from : {"{user}", "carol@example.net", "Alice", ""}) {
    std::string message = with_field(usual, "From", *from == '\0' ? "" : "From: " + std::string(from) + "\n");
    if (when.message != nullptr) message = with_conditions(std::move(message), *when.message);
    while (when.size_over && *when.size_over < kLargestMessage && message.size() <= *when.size_over) {
      message += std::string(70, 'a') + "\n";
    }
    messages.push_back(std::move(message));
  }
  return messages;
}

Reach usual_place(Input verb) {
  switch (verb) {
    case Input::kHelo:
    case Input::kEhlo: return Reach::kNothing;
    case Input::kStarttls: return Reach::kHello;
    case Input::kAuth: return Reach::kHelloAgain;
    case Input::kRcpt: return Reach::kMail;
    case Input::kData:
    case Input::kBdat: return Reach::kRcpt;
    default: return Reach::kLogin;
  }
}

// In other places the order is wrong, or TLS runs; those that take no part in the choice are left out.
std::vector<Reach> places_for(Input verb) {
  std::vector<Reach> places{usual_place(verb)};
  for (const Reach one :
       {Reach::kNothing, Reach::kHello, Reach::kStarttls, Reach::kHelloAgain, Reach::kLogin, Reach::kMail, Reach::kRcpt}) {
    if (one != places.front()) places.push_back(one);
  }
  return places;
}

Lines lines_for(const Rule& rule, Input verb, const Scenario& scenario) {
  const When& when = rule.when;
  Lines lines = verb == Input::kMail ? mails_for(when, scenario) : ordinary_lines(verb);
  if (verb == Input::kRcpt) lines = paths_for("RCPT TO:", when.recipient, when.recipient_known.has_value(), scenario);
  if ((verb == Input::kHelo || verb == Input::kEhlo) && when.client) {
    lines.clear();
    for (const std::string& hello : hellos_for(when)) {
      const bool is_verb = hello.starts_with("HELO") == (verb == Input::kHelo);
      if (is_verb) lines.push_back(hello);
    }
  }
  if (when.syntax == Wanted::kWrong) lines.clear();
  if (when.syntax != Wanted::kRight || when.mistake || when.argument || verb == Input::kUnknown) {
    const Lines wrong = verb == Input::kUnknown ? unknown_lines() : malformed_lines(verb);
    lines.insert(lines.end(), wrong.begin(), wrong.end());
  }
  const std::string word(smtp::row(verb).verb);
  if (when.mistake == smtp::RemarkKind::kLineTooLong && scenario.server.limits.stream.command_line < kLongestLine) {
    lines = {"NOOP " + std::string(scenario.server.limits.stream.command_line, 'a')};
  }
  if (when.argument) {
    for (const std::string& text : texts_for(*when.argument, {}))
      lines.push_back(word.empty() ? "XYZZY " + text : word + " " + text);
  }
  if (when.mistake == smtp::RemarkKind::kSendsBeforeReply) {
    const Lines alone = lines;
    for (const std::string& line : alone) lines.insert(lines.begin(), line + "\r\nNOOP");
  }
  return lines;
}

// How often something has to be said before the rule has its say; nothing: more often than anybody reads.
std::optional<std::size_t> times_for(const When& when) {
  std::size_t times = 1;
  if (when.counting && when.counting->nth) times = *when.counting->nth;
  if (when.counting && when.counting->rate) times = *when.counting->rate + 1;
  if (when.recipients_over) times = *when.recipients_over + 1;
  return times <= kMostTurns ? std::optional(times) : std::nullopt;
}

// The line so many times; a second MAIL comes after RSET, where it shall come in order.
std::vector<Lines> repeated(const Lines& turn, std::size_t times, Wanted order) {
  Lines whole = turn;
  if (times > 1 && order == Wanted::kRight && turn.front().starts_with("MAIL")) whole.emplace_back("RSET");
  return std::vector<Lines>(times, whole);
}

Choices choices_for(const Rule& rule, Input verb, const Scenario& scenario) {
  const When& when = rule.when;
  Choices all;
  all.hellos = hellos_for(when);
  all.tls = both_but_first(when.tls, scenario.security == Security::kStarttls);
  if (scenario.security == Security::kTls) all.tls = {false};
  all.logs_in = both_but_first(when.authenticated, true);
  all.mails = mails_for(when, scenario);
  all.rcpts = paths_for("RCPT TO:", when.recipient, when.recipient_known.has_value(), scenario);
  all.messages = messages_for(when);
  if (rule.on == On::kMessage && when.state == smtp::State::kBdat) {
    all.parts = {Reach::kRcpt};
    all.targets = {{"BDAT 7 LAST\r\nHello"}};
  } else if (rule.on == On::kMessage) {
    all.parts = {Reach::kMessage};
    all.targets = {{}};
  } else if (rule.on == On::kAuth || rule.on == On::kChallenge) {
    all.parts = {Reach::kHelloAgain};
    all.targets = logins_for(when, scenario);
  } else {
    all.parts = places_for(verb);
    // What is out of order comes somewhere else.
    if (when.order != Wanted::kRight && when.syntax != Wanted::kWrong) {
      std::rotate(all.parts.begin(), all.parts.begin() + 1, all.parts.end());
    }
    for (std::string& line : lines_for(rule, verb, scenario)) all.targets.push_back({std::move(line)});
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
  if (!rule.when.mistake || rule.on != On::kMessage) return;
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
  if (!times || is_unasked || rule.when.chance || rule.when.connections_over) return attempts;
  if (rule.on == On::kConnect) return {Attempt{.up_to = Reach::kNothing}};
  if (rule.on == On::kAny) {
    for (const Input verb : {Input::kMail, Input::kRcpt, Input::kData, Input::kEhlo, Input::kNoop}) {
      spread(choices_for(rule, verb, scenario), *times, rule.when.order, scenario, attempts);
    }
    return attempts;
  }
  const Input verb = rule.on == On::kCommand ? rule.verb : Input::kUnknown;
  spread(choices_for(rule, verb, scenario), *times, rule.when.order, scenario, attempts);
  add_raw(rule, attempts);
  return attempts;
}

}  // namespace scenario
