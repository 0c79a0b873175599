#include "smtp/session_state.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using smtp::Input;
using smtp::Legality;
using smtp::State;

// Applies "LINE" answered by CODE, an EHLO with what stands for the user as one more extension; lines that are no command are
// named "(connect)", "(auth-response)", "(message)".
struct Said {
  std::string line;
  int code;
  std::string user = {};
};

smtp::StateChange apply(smtp::SessionState& state, const Said& said) {
  smtp::Reply reply{smtp::ReplyCode(said.code), {"text", "PIPELINING", "AUTH LOGIN PLAIN"}};
  if (said.line.starts_with("EHLO") && !said.user.empty()) reply.lines.push_back(said.user);
  if (said.line == "(connect)") return state.apply(Input::kConnect, nullptr, reply);
  if (said.line == "(auth-response)") return state.apply(Input::kAuthResponse, nullptr, reply, said.user);
  if (said.line == "(message)") return state.apply(Input::kMessage, nullptr, reply);
  const auto parsed = smtp::parse_command(said.line, {});
  REQUIRE(parsed.command.has_value());
  return state.apply(parsed.command->verb, &*parsed.command, reply, said.user);
}

smtp::SessionState state_after(const std::vector<Said>& dialogue, bool auth_after_helo = false) {
  smtp::SessionState state(smtp::StateLeniency{.auth_after_helo = auth_after_helo});
  for (const Said& said : dialogue) apply(state, said);
  return state;
}

// "state user=… from=… to=N client=… messages=N".
std::string describe(const smtp::SessionState& state) {
  const smtp::Memory& memory = state.memory();
  std::string out(smtp::name(state.state()));
  if (!memory.client_name.empty()) out += (memory.extended ? " ehlo=" : " helo=") + memory.client_name;
  if (!memory.user.empty()) out += " user=" + memory.user;
  if (memory.reverse_path) out += " from=" + memory.reverse_path->text();
  for (const smtp::Path& path : memory.forward_paths) out += " to=" + path.text();
  if (memory.messages > 0) out += " messages=" + std::to_string(memory.messages);
  return out;
}

struct StateRow {
  std::string name;
  std::vector<Said> dialogue;
  std::string state;
};

const Said kSaidConnect{"(connect)", 220};
const Said kSaidEhlo{"EHLO c.d", 250};
const Said kSaidMail{"MAIL FROM:<a@b>", 250};
const Said kSaidRcpt{"RCPT TO:<e@f>", 250};
const Said kSaidData{"DATA", 354};

const std::vector<StateRow> kStateRows{
    {"nothing", {}, "connected"},
    {"greeted", {kSaidConnect}, "greeted"},
    {"turned away", {{"(connect)", 554}}, "refused"},
    {"turned away for now", {{"(connect)", 450}}, "refused"},
    {"turned away and quits", {{"(connect)", 554}, {"QUIT", 221}}, "closed"},
    {"HELO", {kSaidConnect, {"HELO c.d", 250}}, "ready helo=c.d"},
    {"EHLO", {kSaidConnect, kSaidEhlo}, "ready ehlo=c.d"},
    {"EHLO refused", {kSaidConnect, {"EHLO c.d", 502}}, "greeted"},
    {"EHLO refused, then HELO", {kSaidConnect, {"EHLO c.d", 502}, {"HELO c.d", 250}}, "ready helo=c.d"},
    {"a second EHLO refused keeps the first", {kSaidConnect, kSaidEhlo, {"EHLO x.y", 501}}, "ready ehlo=c.d"},
    {"a second EHLO", {kSaidConnect, kSaidEhlo, {"EHLO x.y", 250}}, "ready ehlo=x.y"},
    {"MAIL", {kSaidConnect, kSaidEhlo, kSaidMail}, "mail ehlo=c.d from=<a@b>"},
    {"MAIL with the null path", {kSaidConnect, kSaidEhlo, {"MAIL FROM:<>", 250}}, "mail ehlo=c.d from=<>"},
    {"MAIL refused", {kSaidConnect, kSaidEhlo, {"MAIL FROM:<a@b>", 553}}, "ready ehlo=c.d"},
    {"RCPT", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt}, "rcpt ehlo=c.d from=<a@b> to=<e@f>"},
    {"RCPT twice",
     {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, {"RCPT TO:<g@h>", 251}},
     "rcpt ehlo=c.d from=<a@b> to=<e@f> to=<g@h>"},
    {"RCPT refused", {kSaidConnect, kSaidEhlo, kSaidMail, {"RCPT TO:<e@f>", 550}}, "mail ehlo=c.d from=<a@b>"},
    {"the second RCPT refused",
     {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, {"RCPT TO:<g@h>", 550}},
     "rcpt ehlo=c.d from=<a@b> to=<e@f>"},
    {"DATA", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, kSaidData}, "data ehlo=c.d from=<a@b> to=<e@f>"},
    {"DATA refused", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, {"DATA", 451}}, "rcpt ehlo=c.d from=<a@b> to=<e@f>"},
    {"a message taken",
     {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, kSaidData, {"(message)", 250}},
     "ready ehlo=c.d messages=1"},
    {"a message refused", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, kSaidData, {"(message)", 554}}, "ready ehlo=c.d"},
    {"two messages",
     {kSaidConnect,
      kSaidEhlo,
      kSaidMail,
      kSaidRcpt,
      kSaidData,
      {"(message)", 250},
      kSaidMail,
      kSaidRcpt,
      kSaidData,
      {"(message)", 250}},
     "ready ehlo=c.d messages=2"},
    {"RSET in a transaction", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, {"RSET", 250}}, "ready ehlo=c.d"},
    {"RSET before a name", {kSaidConnect, {"RSET", 250}}, "greeted"},
    {"EHLO in a transaction", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, {"EHLO x.y", 250}}, "ready ehlo=x.y"},
    {"NOOP, HELP, VRFY and EXPN change nothing",
     {kSaidConnect, kSaidEhlo, kSaidMail, {"NOOP", 250}, {"HELP", 214}, {"VRFY a", 252}, {"EXPN a", 250}},
     "mail ehlo=c.d from=<a@b>"},
    {"AUTH asks", {kSaidConnect, kSaidEhlo, {"AUTH LOGIN", 334}}, "auth ehlo=c.d"},
    {"AUTH done",
     {kSaidConnect, kSaidEhlo, {"AUTH LOGIN", 334}, {"(auth-response)", 334}, {"(auth-response)", 235, "al"}},
     "ready ehlo=c.d user=al"},
    {"AUTH in one step", {kSaidConnect, kSaidEhlo, {"AUTH PLAIN AGEAYg==", 235, "a"}}, "ready ehlo=c.d user=a"},
    {"AUTH failed", {kSaidConnect, kSaidEhlo, {"AUTH LOGIN", 334}, {"(auth-response)", 535, "al"}}, "ready ehlo=c.d"},
    {"AUTH refused", {kSaidConnect, kSaidEhlo, {"AUTH LOGIN", 504}}, "ready ehlo=c.d"},
    {"RSET does not log out",
     {kSaidConnect, kSaidEhlo, {"AUTH PLAIN AGEAYg==", 235, "a"}, {"RSET", 250}},
     "ready ehlo=c.d user=a"},
    {"QUIT", {kSaidConnect, kSaidEhlo, {"QUIT", 221}}, "closed ehlo=c.d"},
    {"QUIT in a transaction", {kSaidConnect, kSaidEhlo, kSaidMail, {"QUIT", 221}}, "closed ehlo=c.d from=<a@b>"},
    {"421 to anything closes", {kSaidConnect, kSaidEhlo, {"NOOP", 421}}, "closed ehlo=c.d"},
    {"421 as the greeting closes", {{"(connect)", 421}}, "closed"},
    {"421 to a message closes", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, kSaidData, {"(message)", 421}}, ""},
};

}  // namespace

TEST_CASE("smtp session state: replies move it and commands fill its memory") {
  for (const StateRow& row : kStateRows) {
    CAPTURE(row.name);
    const std::string got = describe(state_after(row.dialogue));
    if (row.state.empty()) {
      CHECK(got.find("closed") == 0);
    } else {
      CHECK(got == row.state);
    }
  }
}

TEST_CASE("smtp session state: a change names where from, where to and by which rule") {
  smtp::SessionState state;
  CHECK(apply(state, kSaidConnect) == smtp::StateChange{State::kConnected, State::kGreeted, "RFC 5321 §3.1"});
  CHECK(apply(state, kSaidEhlo) == smtp::StateChange{State::kGreeted, State::kReady, "RFC 5321 §4.1.1.1"});
  const auto refused = apply(state, {"MAIL FROM:<a@b>", 550});
  CHECK(refused.from == State::kReady);
  CHECK(refused.to == State::kReady);
  CHECK_FALSE(refused.rule.empty());
  const auto closing = apply(state, {"NOOP", 421});
  CHECK(closing.to == State::kClosed);
  CHECK_FALSE(closing.rule.empty());
}

TEST_CASE("smtp session state: a reply that breaks the protocol moves nothing and has no rule") {
  smtp::SessionState state = state_after({kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt});
  const std::string before = describe(state);
  CHECK(apply(state, {"DATA", 250}) == smtp::StateChange{State::kRcpt, State::kRcpt, ""});
  CHECK(apply(state, {"NOOP", 354}) == smtp::StateChange{State::kRcpt, State::kRcpt, ""});
  CHECK(apply(state, {"MAIL FROM:<x@y>", 250}) == smtp::StateChange{State::kRcpt, State::kRcpt, ""});
  CHECK(describe(state) == before);
}

TEST_CASE("smtp session state: what EHLO announced is kept until the next greeting") {
  smtp::SessionState state = state_after({kSaidConnect, kSaidEhlo});
  CHECK(state.memory().extensions.offers("PIPELINING"));
  CHECK(state.memory().extensions.offers_mechanism("LOGIN"));
  apply(state, {"HELO c.d", 250});
  CHECK(state.memory().extensions.empty());
  CHECK_FALSE(state.memory().extended);
}

TEST_CASE("smtp session state: octets of a message are counted and forgotten with it") {
  smtp::SessionState state = state_after({kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, kSaidData});
  state.set_message_octets(100);
  state.set_message_octets(123);
  CHECK(state.memory().message_size == 123);
  apply(state, {"(message)", 250});
  CHECK(state.memory().message_size == 0);
}

TEST_CASE("smtp session state: AUTH is legal once, after EHLO, outside a transaction") {
  struct Auth {
    std::string name;
    std::vector<Said> dialogue;
    Legality plain;
    Legality with_quirk;
  };
  const Said login{"AUTH PLAIN AGEAYg==", 235, "a"};
  const std::vector<Auth> rows{
      {"before anything", {}, Legality::kOutOfOrder, Legality::kOutOfOrder},
      {"before a name", {kSaidConnect}, Legality::kOutOfOrder, Legality::kOutOfOrder},
      {"after EHLO", {kSaidConnect, kSaidEhlo}, Legality::kLegal, Legality::kLegal},
      {"after HELO", {kSaidConnect, {"HELO c.d", 250}}, Legality::kNeedsEhlo, Legality::kLegal},
      {"after EHLO and HELO", {kSaidConnect, kSaidEhlo, {"HELO c.d", 250}}, Legality::kNeedsEhlo, Legality::kLegal},
      {"after it failed", {kSaidConnect, kSaidEhlo, {"AUTH PLAIN AGEAYg==", 535, "a"}}, Legality::kLegal, Legality::kLegal},
      {"twice", {kSaidConnect, kSaidEhlo, login}, Legality::kAlreadyLoggedIn, Legality::kAlreadyLoggedIn},
      {"twice, with EHLO between",
       {kSaidConnect, kSaidEhlo, login, kSaidEhlo},
       Legality::kAlreadyLoggedIn,
       Legality::kAlreadyLoggedIn},
      {"twice, with RSET between",
       {kSaidConnect, kSaidEhlo, login, {"RSET", 250}},
       Legality::kAlreadyLoggedIn,
       Legality::kAlreadyLoggedIn},
      {"inside an exchange", {kSaidConnect, kSaidEhlo, {"AUTH LOGIN", 334}}, Legality::kOutOfOrder, Legality::kOutOfOrder},
      {"behind MAIL", {kSaidConnect, kSaidEhlo, kSaidMail}, Legality::kOutOfOrder, Legality::kOutOfOrder},
      {"behind RCPT", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt}, Legality::kOutOfOrder, Legality::kOutOfOrder},
      {"behind a message",
       {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, kSaidData, {"(message)", 250}},
       Legality::kLegal,
       Legality::kLegal},
  };
  for (const Auth& row : rows) {
    CAPTURE(row.name);
    CHECK(state_after(row.dialogue).legality(Input::kAuth) == row.plain);
    CHECK(state_after(row.dialogue, true).legality(Input::kAuth) == row.with_quirk);
  }
}

TEST_CASE("smtp session state: why a command may not come now") {
  struct Why {
    std::string name;
    std::vector<Said> dialogue;
    Input input;
    Legality legality;
  };
  const Said chunks{"EHLO c.d", 250, "CHUNKING"};
  const Said binary{"MAIL FROM:<a@b> BODY=BINARYMIME", 250};
  const std::vector<Why> rows{
      {"BDAT before RCPT", {kSaidConnect, chunks, kSaidMail}, Input::kBdat, Legality::kOutOfOrder},
      {"BDAT", {kSaidConnect, chunks, kSaidMail, kSaidRcpt}, Input::kBdat, Legality::kLegal},
      {"BDAT that was not announced", {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt}, Input::kBdat, Legality::kNotOffered},
      {"BDAT after HELO", {kSaidConnect, {"HELO c.d", 250}, kSaidMail, kSaidRcpt}, Input::kBdat, Legality::kNotOffered},
      {"the end of a chunked message", {kSaidConnect, chunks, kSaidMail, kSaidRcpt}, Input::kMessage, Legality::kLegal},
      {"its end where there are no chunks",
       {kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt},
       Input::kMessage,
       Legality::kNotOffered},
      {"DATA of a binary message", {kSaidConnect, chunks, binary, kSaidRcpt}, Input::kData, Legality::kNeedsBdat},
      {"DATA behind a chunk",
       {kSaidConnect, chunks, kSaidMail, kSaidRcpt, {"BDAT 1", 250}},
       Input::kData,
       Legality::kOutOfOrder},
      {"STARTTLS", {kSaidConnect, kSaidEhlo}, Input::kStarttls, Legality::kLegal},
      {"STARTTLS in a transaction", {kSaidConnect, kSaidEhlo, kSaidMail}, Input::kStarttls, Legality::kLegal},
      {"STARTTLS before a name", {kSaidConnect}, Input::kStarttls, Legality::kOutOfOrder},
      {"a command in the handshake", {kSaidConnect, kSaidEhlo, {"STARTTLS", 220}}, Input::kNoop, Legality::kOutOfOrder},
  };
  for (const Why& row : rows) {
    CAPTURE(row.name);
    smtp::SessionState state = state_after(row.dialogue);
    CHECK(state.legality(row.input) == row.legality);
    CHECK(state.order_remark(row.input).has_value() == (row.legality != Legality::kLegal));
  }
}

TEST_CASE("smtp session state: BDAT moves it, and one that is refused ends the transaction") {
  const Said chunks{"EHLO c.d", 250, "CHUNKING"};
  const std::vector<Said> ready{kSaidConnect, chunks, kSaidMail, kSaidRcpt};
  const auto with = [&](std::vector<Said> more) {
    std::vector<Said> all = ready;
    all.insert(all.end(), more.begin(), more.end());
    return describe(state_after(all));
  };
  CHECK(with({{"BDAT 1", 250}}) == "bdat ehlo=c.d from=<a@b> to=<e@f>");
  CHECK(with({{"BDAT 1", 250}, {"BDAT 0", 250}}) == "bdat ehlo=c.d from=<a@b> to=<e@f>");
  CHECK(with({{"BDAT 1", 552}}) == "ready ehlo=c.d");
  CHECK(with({{"BDAT 1", 250}, {"BDAT 1", 452}}) == "ready ehlo=c.d");
  CHECK(with({{"(message)", 250}}) == "ready ehlo=c.d messages=1");
  CHECK(with({{"BDAT 1", 250}, {"(message)", 250}}) == "ready ehlo=c.d messages=1");
  CHECK(with({{"BDAT 1", 250}, {"(message)", 554}}) == "ready ehlo=c.d");
  CHECK(with({{"BDAT 1", 250}, {"RSET", 250}}) == "ready ehlo=c.d");
  CHECK(with({{"BDAT 1", 250}, {"RCPT TO:<g@h>", 503}}) == "bdat ehlo=c.d from=<a@b> to=<e@f>");
  // Where it was not announced, the refusal is that of any unknown command.
  CHECK(describe(state_after({kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, {"BDAT 1", 502}})) ==
        "rcpt ehlo=c.d from=<a@b> to=<e@f>");
}

TEST_CASE("smtp session state: TLS makes it forget everything but that it is there") {
  const Said login{"AUTH PLAIN AGEAYg==", 235, "a"};
  smtp::SessionState state = state_after({kSaidConnect, kSaidEhlo, login, {"STARTTLS", 220}});
  CHECK(describe(state) == "handshake ehlo=c.d user=a");
  CHECK_FALSE(state.memory().encrypted);
  CHECK(state.secured() == smtp::StateChange{State::kHandshake, State::kGreeted, "RFC 3207 §4.2"});
  CHECK(describe(state) == "greeted");
  CHECK(state.memory().encrypted);
  CHECK_FALSE(state.memory().extended);
  apply(state, kSaidEhlo);
  CHECK(state.legality(Input::kStarttls) == Legality::kAlreadyEncrypted);
  CHECK(apply(state, {"STARTTLS", 220}).to == State::kReady);  // there is no TLS in TLS, whatever a server says
  CHECK(state.secured() == smtp::StateChange{State::kReady, State::kReady, ""});
  apply(state, kSaidMail);
  apply(state, {"RSET", 250});
  CHECK(state.memory().encrypted);

  smtp::SessionState from_the_start;
  CHECK(from_the_start.secured().to == State::kConnected);
  CHECK(from_the_start.memory().encrypted);
  CHECK(describe(state_after({kSaidConnect, kSaidEhlo, {"STARTTLS", 454}})) == "ready ehlo=c.d");
}

TEST_CASE("smtp session state: who logs in without a name is somebody all the same") {
  CHECK(describe(state_after({kSaidConnect, kSaidEhlo, {"AUTH PLAIN AGEAYg==", 235}})) == "ready ehlo=c.d user=(unnamed)");
}

TEST_CASE("smtp session state: what may be sent next is in the order of the commands") {
  const auto names = [](const smtp::SessionState& state) {
    std::string out;
    for (const Input input : state.legal_commands()) out += (out.empty() ? "" : " ") + std::string(smtp::name(input));
    return out;
  };
  CHECK(names(state_after({})).empty());
  CHECK(names(state_after({kSaidConnect})) == "helo ehlo rset vrfy expn help noop quit");
  CHECK(names(state_after({{"(connect)", 554}})) == "quit");
  CHECK(names(state_after({kSaidConnect, kSaidEhlo})) == "helo ehlo mail rset vrfy expn help noop quit auth");
  CHECK(names(state_after({kSaidConnect, {"HELO c.d", 250}})) == "helo ehlo mail rset vrfy expn help noop quit");
  CHECK(names(state_after({kSaidConnect, {"HELO c.d", 250}}, true)) == "helo ehlo mail rset vrfy expn help noop quit auth");
  CHECK(names(state_after({kSaidConnect, kSaidEhlo, kSaidMail})) == "helo ehlo rcpt rset vrfy expn help noop quit");
  CHECK(names(state_after({kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt})) ==
        "helo ehlo rcpt data rset vrfy expn help noop quit");
  CHECK(names(state_after({kSaidConnect, kSaidEhlo, kSaidMail, kSaidRcpt, kSaidData})).empty());
  CHECK(names(state_after({kSaidConnect, {"QUIT", 221}})).empty());

  smtp::SessionState poor;
  apply(poor, kSaidConnect);
  const auto ehlo = smtp::parse_command("EHLO c.d", {});
  poor.apply(Input::kEhlo, &*ehlo.command, {smtp::ReplyCode(250), {"hello"}});
  CHECK(names(poor) == "helo ehlo mail rset vrfy expn help noop quit");

  const Said everything{"EHLO c.d", 250, "STARTTLS"};
  CHECK(names(state_after({kSaidConnect, everything})) == "helo ehlo mail rset vrfy expn help noop quit auth starttls");
  smtp::SessionState inside;
  inside.secured();
  apply(inside, kSaidConnect);
  apply(inside, everything);
  CHECK(names(inside) == "helo ehlo mail rset vrfy expn help noop quit auth");
  const Said chunks{"EHLO c.d", 250, "CHUNKING"};
  CHECK(names(state_after({kSaidConnect, chunks, kSaidMail, kSaidRcpt})) ==
        "helo ehlo rcpt data bdat rset vrfy expn help noop quit");
  CHECK(names(state_after({kSaidConnect, chunks, kSaidMail, kSaidRcpt, {"BDAT 1", 250}})) ==
        "helo ehlo bdat rset vrfy expn help noop quit");
  CHECK(names(state_after({kSaidConnect, everything, {"STARTTLS", 220}})).empty());
}
