// Why something may not come now: every row of the table is the reason of some moment, and of none that may be.
#include "smtp/not_now.h"

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/command.h"
#include "smtp/session_state.h"

namespace {

using smtp::Input;

// A line with its reply; "(tls)" is the handshake, "(connect)" the greeting.
struct Heard {
  const char* line;
  int code = 250;
};

struct Reason {
  const char* name;
  std::vector<Heard> before;
  Input input;
  smtp::RemarkKind mistake;
  int code;
  const char* text;
};

smtp::SessionState state_after(const std::vector<Heard>& dialogue, smtp::StateLeniency leniency = {}) {
  smtp::SessionState state(leniency);
  for (const Heard& one : dialogue) {
    const std::string line = one.line;
    if (line == "(tls)") {
      state.secured();
    } else if (line == "(connect)") {
      state.apply(Input::kConnect, nullptr, {smtp::ReplyCode(220), {"hello"}});
    } else {
      const auto parsed = smtp::parse_command(line, {});
      REQUIRE(parsed.command.has_value());
      state.apply(parsed.command->verb, &*parsed.command, {smtp::ReplyCode(one.code), {"p.example", "AUTH PLAIN"}}, "alice");
    }
  }
  return state;
}

const std::vector<Reason>& reasons() {
  using smtp::RemarkKind;
  static const Heard kGreeted{"(connect)"};
  static const Heard kIntroduced{"EHLO c.d"};
  static const Heard kFrom{"MAIL FROM:<a@b>"};
  static const Heard kTo{"RCPT TO:<x@y>"};
  static const Heard kLoggedIn{"AUTH PLAIN AGEAYg==", 235};
  static const Heard kTlsAsked{"STARTTLS", 220};
  static const Heard kTlsBegun{"(tls)"};
  static const std::vector<Reason> kReasons{
      {"a login after a login",
       {kGreeted, kIntroduced, kLoggedIn},
       Input::kAuth,
       RemarkKind::kBadSequence,
       503,
       "Already authenticated"},
      {"a login after HELO", {kGreeted, {"HELO c.d"}}, Input::kAuth, RemarkKind::kHeloThenAuth, 503, "AUTH needs EHLO first"},
      {"TLS in TLS",
       {kGreeted, kIntroduced, kTlsAsked, kTlsBegun, kIntroduced},
       Input::kStarttls,
       RemarkKind::kBadSequence,
       503,
       "Already inside TLS"},
      {"a chunk nobody announced",
       {kGreeted, kIntroduced, kFrom, kTo},
       Input::kBdat,
       RemarkKind::kExtensionNotOffered,
       503,
       "BDAT needs EHLO first"},
      {"lines of what is not made of lines",
       {kGreeted, kIntroduced, {"MAIL FROM:<a@b> BODY=BINARYMIME"}, kTo},
       Input::kData,
       RemarkKind::kBadSequence,
       503,
       "BODY=BINARYMIME needs BDAT"},
      {"mail in TLS without another EHLO",
       {kGreeted, kIntroduced, kTlsAsked, kTlsBegun},
       Input::kMail,
       RemarkKind::kStarttlsWithoutEhlo,
       503,
       "Send HELO or EHLO first"},
      {"mail without a name", {kGreeted}, Input::kMail, RemarkKind::kNoHelo, 503, "Send HELO or EHLO first"},
      {"MAIL in MAIL", {kGreeted, kIntroduced, kFrom}, Input::kMail, RemarkKind::kNestedMail, 503, "Nested MAIL command"},
      {"a recipient of nothing",
       {kGreeted, kIntroduced},
       Input::kRcpt,
       RemarkKind::kBadSequence,
       503,
       "Need MAIL command first"},
      {"a message of nobody", {kGreeted, kIntroduced}, Input::kData, RemarkKind::kBadSequence, 503, "Need MAIL command first"},
      {"a message to nobody",
       {kGreeted, kIntroduced, kFrom},
       Input::kData,
       RemarkKind::kBadSequence,
       503,
       "Need RCPT command first"},
      {"a message to whom was refused",
       {kGreeted, kIntroduced, kFrom, {"RCPT TO:<x@y>", 550}},
       Input::kData,
       RemarkKind::kRecipientRefusedIgnored,
       554,
       "No valid recipients"},
      {"a login in a transaction",
       {kGreeted, kIntroduced, kFrom},
       Input::kAuth,
       RemarkKind::kBadSequence,
       503,
       "Bad sequence of commands"},
      {"a word that is no command",
       {kGreeted, kIntroduced},
       Input::kUnknown,
       RemarkKind::kBadSequence,
       503,
       "Bad sequence of commands"},
  };
  return kReasons;
}

}  // namespace

TEST_CASE("smtp not now: the reason, the mistake and the answer") {
  for (const Reason& row : reasons()) {
    CAPTURE(row.name);
    const smtp::SessionState state = state_after(row.before);
    const smtp::NotNow* const reason = state.obstacle(row.input);
    REQUIRE(reason != nullptr);
    CHECK(reason->mistake == row.mistake);
    CHECK(reason->answer.code == row.code);
    CHECK(reason->answer.text == row.text);
    CHECK(state.order_remark(row.input) == row.mistake);
  }
}

TEST_CASE("smtp not now: each row is the reason of something") {
  std::set<const smtp::NotNow*> met;
  for (const Reason& row : reasons()) met.insert(state_after(row.before).obstacle(row.input));
  for (const smtp::NotNow& row : smtp::kNotNow) {
    CAPTURE(std::string(row.answer.text));
    // With nobody but a lenient server does it come to this; the next test is about those.
    const bool is_only_forgiven = row.forgiven_by == &smtp::StateLeniency::mail_without_hello;
    CHECK((met.contains(&row) || is_only_forgiven));
  }
}

TEST_CASE("smtp not now: what a server lets pass is remarked all the same") {
  const std::vector<Heard> upgraded{{"(connect)"}, {"EHLO c.d"}, {"STARTTLS", 220}, {"(tls)"}};
  const smtp::SessionState lenient = state_after(upgraded, {.auth_after_helo = false, .mail_without_hello = true});
  CHECK(lenient.obstacle(Input::kMail) == nullptr);
  CHECK(lenient.order_remark(Input::kMail) == smtp::RemarkKind::kStarttlsWithoutEhlo);
  CHECK(lenient.order_remark(Input::kNoop) == std::nullopt);
  const smtp::SessionState helo =
      state_after({{"(connect)"}, {"HELO c.d"}}, {.auth_after_helo = true, .mail_without_hello = false});
  CHECK(helo.obstacle(Input::kAuth) == nullptr);
  CHECK(helo.order_remark(Input::kAuth) == smtp::RemarkKind::kHeloThenAuth);
}
