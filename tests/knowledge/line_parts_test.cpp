#include "knowledge/line_parts.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "smtp/command.h"

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

TEST_CASE("knowledge: the parts of a line are named as in the grammar") {
  const auto tables = knowledge::Knowledge::embedded();
  REQUIRE(tables.has_value());
  for (const PartsRow& row : kPartsRows) {
    CAPTURE(row.name);
    std::string found;
    for (const knowledge::LinePart& one : knowledge::name_parts(*tables->command(row.input), row.input, row.line)) {
      REQUIRE(one.where.end <= row.line.size());
      found +=
          (found.empty() ? "" : "|") + one.part->part + "=" + row.line.substr(one.where.begin, one.where.end - one.where.begin);
    }
    CHECK(found == row.want);
  }
}

TEST_CASE("knowledge: every part of a verb's grammar is found in some line") {
  const auto tables = knowledge::Knowledge::embedded();
  REQUIRE(tables.has_value());
  for (const smtp::CommandRow& command : smtp::kCommands) {
    if (command.verb.empty()) continue;
    for (const knowledge::GrammarPart& part : tables->command(command.input)->parts) {
      bool found = false;
      std::vector<std::string> lines{tables->command(command.input)->example, std::string(command.verb) + " x"};
      for (const PartsRow& row : kPartsRows) {
        if (row.input == command.input) lines.push_back(row.line);
      }
      for (const std::string& line : lines) {
        for (const knowledge::LinePart& one : knowledge::name_parts(*tables->command(command.input), command.input, line)) {
          found = found || one.part == &part;
        }
      }
      CAPTURE(command.verb);
      CAPTURE(part.part);
      CHECK(found);
    }
  }
}
