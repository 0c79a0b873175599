// What somebody means who asks `smtplab explain` about a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "knowledge/knowledge.h"
#include "smtp/input.h"
#include "smtp/reply.h"

namespace commands {

// What is asked about is SMTP.
inline constexpr std::string_view kSpoken = "smtp";

// The first digit of a code: "5", "5xx".
struct FirstDigit {
  int digit = 0;
};
struct EnhancedAlone {
  smtp::EnhancedCode code;
};
// A code, or a reply with its words; one line without any words when there is the code alone.
struct WholeReply {
  smtp::Reply reply;
};
// Something outside the range of reply codes: "999".
struct NoReplyCode {};
// A line that begins with a verb. bare: nothing but "MAIL", "MAIL FROM", "mail from:": the command as such is meant.
struct CommandLine {
  smtp::Input verb = smtp::Input::kUnknown;
  std::string line;
  bool bare = false;
};
// What is no command but answers something all the same: "." and "*", "connect".
struct OtherInput {
  smtp::Input input = smtp::Input::kUnknown;
};
// A line of the answer to EHLO.
struct KeywordLine {
  std::string line;
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

using Meant = std::variant<Unrecognised, FirstDigit, EnhancedAlone, WholeReply, NoReplyCode, CommandLine, OtherInput,
                           KeywordLine, MistakeName, FailureName, Base64Text>;

// Blanks around `input`, and "C:" or "S:" before it, count for nothing. What programs print around a reply is read by
// explain::Reader.
[[nodiscard]] Meant recognise(std::string_view input, const knowledge::Knowledge& knowledge);

// The octets behind base64 in any of the forms of Base64Text; nothing when it stands for nothing readable.
[[nodiscard]] std::optional<std::string> readable_base64(std::string_view text);

// The keyword of a line of the answer to EHLO, and what follows it: "SIZE", "1000"; "AUTH=", "LOGIN PLAIN".
struct SplitKeyword {
  std::string_view keyword;
  std::string_view parameters;
};
[[nodiscard]] SplitKeyword split_keyword(std::string_view line);

}  // namespace commands
