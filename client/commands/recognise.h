// What somebody means who asks `smtplab explain` about a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/explain/code.h"
#include "knowledge/knowledge.h"
#include "protocol/answer.h"
#include "protocol/protocol.h"
#include "protocol/state.h"

namespace commands {

// The first digit of a code: "5", "5xx".
struct FirstDigit {
  int digit = 0;
};
// An enhanced code, "5.7.8", or a response code, "[AUTH]", without its brackets.
struct DetailAlone {
  std::string detail;
};
// A code, or a reply with its words; one line without any words when there is the code alone.
struct WholeReply {
  explain::Code code;
  protocol::Answer answer;
};
// Something outside the range of reply codes: "999".
struct NoReplyCode {};
// A line that begins with a verb.
struct CommandLine {
  std::vector<protocol::Input> commands;  // that it may be, one of a protocol, the likeliest first; not empty
  std::string line;
  bool bare = false;  // nothing but "MAIL", "MAIL FROM", "mail from:": the command as such is meant
};
// What is no command but answers something all the same: "." and "*", "connect".
struct OtherInput {
  std::vector<protocol::Input> inputs;  // as above
};
// A line of the answer in which a server lists what it offers.
struct KeywordLine {
  const protocol::Protocol* protocol = nullptr;  // never null
  std::string line;
};
// A word of a protocol's data or arguments, or a line of data: "EXISTS", "BODY.PEEK[]", "* 23 EXISTS".
struct TermLine {
  const protocol::Protocol* protocol = nullptr;  // never null
  std::string line;
};
// Where a session stands, by the name that the step screen shows: "transaction", "selected".
struct StateName {
  struct Of {
    const protocol::Protocol* protocol = nullptr;  // never null
    const protocol::StateRow* state = nullptr;     // never null
  };
  std::vector<Of> states;  // one of a protocol; not empty
};
struct MistakeName {
  std::string id;
};
// Why a connection failed, or what a refusal means: an id of scenarios/knowledge/failures.toml or causes.toml.
struct FailureName {
  std::string id;
};
// Base64 of something readable; perhaps without its padding, or as Python prints it: b'…'.
struct Base64Text {
  std::string text;
};
struct Unrecognised {};

using Meant = std::variant<Unrecognised, FirstDigit, DetailAlone, WholeReply, NoReplyCode, CommandLine, OtherInput, KeywordLine,
                           TermLine, StateName, MistakeName, FailureName, Base64Text>;

// Blanks around `input`, and "C:" or "S:" before it, count for nothing; the name of a protocol before it ("pop3 QUIT") says
// that it is of that one. What programs print around a reply is read by explain::Reader.
[[nodiscard]] Meant recognise(std::string_view input, const knowledge::Knowledge& knowledge);

// The octets behind base64 in any of the forms of Base64Text; nothing when it stands for nothing readable.
[[nodiscard]] std::optional<std::string> readable_base64(std::string_view text);

// The keyword of such a line, and what follows it: "SIZE", "1000"; "AUTH=", "LOGIN PLAIN".
struct SplitKeyword {
  std::string_view keyword;
  std::string_view parameters;
};
[[nodiscard]] SplitKeyword split_keyword(std::string_view line);

// The command that a server answers with what it offers: EHLO, CAPA; null where none does.
[[nodiscard]] const protocol::InputRow* lists_offers(const protocol::Protocol& protocol);

}  // namespace commands
