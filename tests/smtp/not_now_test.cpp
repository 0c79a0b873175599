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
struct Said {
  const char* line;
  int code = 250;
};

struct Row {
  const char* name;
  std::vector<Said> before;
  Input input;
  smtp::RemarkKind mistake;
  int code;
  const char* text;
};

smtp::SessionState after(const std::vector<Said>& dialogue, smtp::StateLeniency leniency = {}) {
  smtp::SessionState state(leniency);
  for (const Said& one : dialogue) {
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

const std::vector<Row>& rows() {
  using smtp::RemarkKind;
  static const Said kConnect{"(connect)"};
  static const Said kEhlo{"EHLO c.d"};
  static const Said kMail{"MAIL FROM:<a@b>"};
  static const Said kRcpt{"RCPT TO:<x@y>"};
  static const Said kLogin{"AUTH PLAIN AGEAYg==", 235};
  static const Said kStarttls{"STARTTLS", 220};
  static const Said kTls{"(tls)"};
  static const std::vector<Row> kRows{
      {"a login after a login",
       {kConnect, kEhlo, kLogin},
       Input::kAuth,
       RemarkKind::kBadSequence,
       503,
       "Already authenticated"},
      {"a login after HELO", {kConnect, {"HELO c.d"}}, Input::kAuth, RemarkKind::kHeloThenAuth, 503, "AUTH needs EHLO first"},
      {"TLS in TLS",
       {kConnect, kEhlo, kStarttls, kTls, kEhlo},
       Input::kStarttls,
       RemarkKind::kBadSequence,
       503,
       "Already inside TLS"},
      {"a chunk nobody announced",
       {kConnect, kEhlo, kMail, kRcpt},
       Input::kBdat,
       RemarkKind::kExtensionNotOffered,
       503,
       "BDAT needs EHLO first"},
      {"lines of what is not made of lines",
       {kConnect, kEhlo, {"MAIL FROM:<a@b> BODY=BINARYMIME"}, kRcpt},
       Input::kData,
       RemarkKind::kBadSequence,
       503,
       "BODY=BINARYMIME needs BDAT"},
      {"mail in TLS without another EHLO",
       {kConnect, kEhlo, kStarttls, kTls},
       Input::kMail,
       RemarkKind::kStarttlsWithoutEhlo,
       503,
       "Send HELO or EHLO first"},
      {"mail without a name", {kConnect}, Input::kMail, RemarkKind::kNoHelo, 503, "Send HELO or EHLO first"},
      {"MAIL in MAIL", {kConnect, kEhlo, kMail}, Input::kMail, RemarkKind::kNestedMail, 503, "Nested MAIL command"},
      {"a recipient of nothing", {kConnect, kEhlo}, Input::kRcpt, RemarkKind::kBadSequence, 503, "Need MAIL command first"},
      {"a message of nobody", {kConnect, kEhlo}, Input::kData, RemarkKind::kBadSequence, 503, "Need MAIL command first"},
      {"a message to nobody", {kConnect, kEhlo, kMail}, Input::kData, RemarkKind::kBadSequence, 503, "Need RCPT command first"},
      {"a message to whom was refused",
       {kConnect, kEhlo, kMail, {"RCPT TO:<x@y>", 550}},
       Input::kData,
       RemarkKind::kRecipientRefusedIgnored,
       554,
       "No valid recipients"},
      {"a login in a transaction",
       {kConnect, kEhlo, kMail},
       Input::kAuth,
       RemarkKind::kBadSequence,
       503,
       "Bad sequence of commands"},
      {"a word that is no command",
       {kConnect, kEhlo},
       Input::kUnknown,
       RemarkKind::kBadSequence,
       503,
       "Bad sequence of commands"},
  };
  return kRows;
}

}  // namespace

TEST_CASE("smtp not now: the reason, the mistake and the answer") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const smtp::SessionState state = after(row.before);
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
  for (const Row& row : rows()) met.insert(after(row.before).obstacle(row.input));
  for (const smtp::NotNow& row : smtp::kNotNow) {
    CAPTURE(std::string(row.answer.text));
    // With nobody but a lenient server does it come to this; the next test is about those.
    const bool is_only_forgiven = row.forgiven_by == &smtp::StateLeniency::mail_without_hello;
    CHECK((met.contains(&row) || is_only_forgiven));
  }
}

TEST_CASE("smtp not now: what a server lets pass is remarked all the same") {
  const std::vector<Said> upgraded{{"(connect)"}, {"EHLO c.d"}, {"STARTTLS", 220}, {"(tls)"}};
  const smtp::SessionState lenient = after(upgraded, {.auth_after_helo = false, .mail_without_hello = true});
  CHECK(lenient.obstacle(Input::kMail) == nullptr);
  CHECK(lenient.order_remark(Input::kMail) == smtp::RemarkKind::kStarttlsWithoutEhlo);
  CHECK(lenient.order_remark(Input::kNoop) == std::nullopt);
  const smtp::SessionState helo = after({{"(connect)"}, {"HELO c.d"}}, {.auth_after_helo = true, .mail_without_hello = false});
  CHECK(helo.obstacle(Input::kAuth) == nullptr);
  CHECK(helo.order_remark(Input::kAuth) == smtp::RemarkKind::kHeloThenAuth);
}
