#include "smtp/line_parts.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

struct PartsRow {
  std::string name;
  smtp::Input input;
  std::string line;
  std::string want;  // "part=piece|part=piece"
};

const std::vector<PartsRow> kPartsRows{
    {"HELO", smtp::Input::kHelo, "HELO a.example", "HELO=HELO|Domain=a.example"},
    {"small letters", smtp::Input::kHelo, "helo a", "HELO=helo|Domain=a"},
    {"the verb alone", smtp::Input::kEhlo, "EHLO", "EHLO=EHLO"},
    {"an address literal", smtp::Input::kEhlo, "EHLO [192.0.2.1]", "EHLO=EHLO|address-literal=[192.0.2.1]"},
    {"blanks around", smtp::Input::kEhlo, "  EHLO   a  ", "EHLO=EHLO|Domain=a"},
    {"MAIL", smtp::Input::kMail, "MAIL FROM:<a@b>", "MAIL FROM:=MAIL FROM:|Reverse-path=<a@b>"},
    {"MAIL with parameters", smtp::Input::kMail, "MAIL FROM:<a@b> SIZE=1 BODY=8BITMIME",
     "MAIL FROM:=MAIL FROM:|Reverse-path=<a@b>|Mail-parameters=SIZE=1 BODY=8BITMIME"},
    {"the null path", smtp::Input::kMail, "MAIL FROM:<>", "MAIL FROM:=MAIL FROM:|Reverse-path=<>"},
    {"a blank behind the colon", smtp::Input::kMail, "mail from: <a@b>", "MAIL FROM:=mail from:|Reverse-path=<a@b>"},
    {"no colon", smtp::Input::kMail, "MAIL FROM <a@b>", "MAIL FROM:=MAIL FROM|Reverse-path=<a@b>"},
    {"no brackets", smtp::Input::kMail, "MAIL FROM:a@b SIZE=1",
     "MAIL FROM:=MAIL FROM:|Reverse-path=a@b|Mail-parameters=SIZE=1"},
    {"no FROM", smtp::Input::kMail, "MAIL <a@b>", "MAIL FROM:=MAIL|Reverse-path=<a@b>"},
    {"no address", smtp::Input::kMail, "MAIL FROM:", "MAIL FROM:=MAIL FROM:"},
    {"the verb of MAIL alone", smtp::Input::kMail, "MAIL", "MAIL FROM:=MAIL"},
    {"a blank and a bracket in quotes", smtp::Input::kMail, "MAIL FROM:<\"a >\\\" b\"@c> SIZE=1",
     "MAIL FROM:=MAIL FROM:|Reverse-path=<\"a >\\\" b\"@c>|Mail-parameters=SIZE=1"},
    {"a bracket that is never closed", smtp::Input::kMail, "MAIL FROM:<a@b SIZE=1",
     "MAIL FROM:=MAIL FROM:|Reverse-path=<a@b|Mail-parameters=SIZE=1"},
    {"RCPT", smtp::Input::kRcpt, "RCPT TO:<a@b> NOTIFY=NEVER",
     "RCPT TO:=RCPT TO:|Forward-path=<a@b>|Rcpt-parameters=NOTIFY=NEVER"},
    {"the postmaster", smtp::Input::kRcpt, "RCPT TO:<postmaster>", "RCPT TO:=RCPT TO:|<Postmaster>=<postmaster>"},
    {"AUTH", smtp::Input::kAuth, "AUTH LOGIN", "AUTH=AUTH|sasl-mech=LOGIN"},
    {"AUTH with a response", smtp::Input::kAuth, "AUTH PLAIN AGEAYg==", "AUTH=AUTH|sasl-mech=PLAIN|initial-response=AGEAYg=="},
    {"BDAT", smtp::Input::kBdat, "BDAT 86", "BDAT=BDAT|chunk-size=86"},
    {"the last BDAT", smtp::Input::kBdat, "bdat 0 last", "BDAT=bdat|chunk-size=0|LAST=last"},
    {"ETRN", smtp::Input::kEtrn, "ETRN @example.org", "ETRN=ETRN|node-name=@example.org"},
    {"VRFY", smtp::Input::kVrfy, "VRFY some body", "VRFY=VRFY|String=some body"},
    {"an argument where none belongs", smtp::Input::kData, "DATA now", "DATA=DATA"},
    {"a line of the exchange", smtp::Input::kAuthResponse, "YQ==", "base64=YQ=="},
    {"giving up", smtp::Input::kAuthResponse, "*", "*=*"},
    {"no command", smtp::Input::kUnknown, "HELLO there", "line=HELLO there"},
    {"nothing", smtp::Input::kHelo, "", ""},
    {"the message has no line", smtp::Input::kMessage, "Subject: a", ""},
};

}  // namespace

TEST_CASE("smtp: the parts of a line are named as in the grammar") {
  for (const PartsRow& row : kPartsRows) {
    CAPTURE(row.name);
    std::string found;
    for (const protocol::Part& one : smtp::parts_of(row.input, row.line)) {
      REQUIRE(one.where.end <= row.line.size());
      found += (found.empty() ? "" : "|") + std::string(one.name) + "=" +
               row.line.substr(one.where.begin, one.where.end - one.where.begin);
    }
    CHECK(found == row.want);
  }
}
