#include "mockserver/scenario/attempt_rows.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace scenario {
namespace {

using Lines = std::vector<std::string>;
using protocol::Protocol;
using protocol::Role;

// One command. Where a list stands in a text, the items are parted by LF; lines of one turn by "; ".
struct VerbRow {
  std::string_view protocol;
  std::string_view verb;
  Reach place;
  std::string_view lines = {};      // empty: the verb with the argument of its row
  std::string_view malformed = {};  // what stands behind the verb, its space included; empty: kUsualFaults
};

constexpr std::string_view kUsualFaults = "\n now\n @@\n one two\n 5 FIRST";
constexpr std::string_view kHelloFaults =
    "\n my_computer\n -computer.example\n client..example\n [127.0.0.1\n [127.0.0.1]x\n alice@example.com\n 127.0.0.1\n "
    "\xE7\x94\xB5\xE8\x84\x91\n a/b\n @\n my computer";
constexpr std::string_view kAuthFaults = "\n NOSUCH\n LOGIN one two\n PLAIN not-base64!\n =\n LOGIN a";
constexpr std::string_view kLogins =
    "AUTH LOGIN\nAUTH PLAIN {plain}\nAUTH PLAIN\nAUTH CRAM-MD5\nAUTH XOAUTH2\nAUTH NTLM\nAUTH NOSUCH";
constexpr std::string_view kNumberFaults = "\n 0\n 01\n x\n -1\n 1 2\n 99999999999\n now";

constexpr std::array kVerbs{
    VerbRow{"smtp", "HELO", Reach::kNothing, "HELO {client}", kHelloFaults},
    VerbRow{"smtp", "EHLO", Reach::kNothing, "EHLO {client}", kHelloFaults},
    VerbRow{"smtp", "STARTTLS", Reach::kHello},
    VerbRow{"smtp", "AUTH", Reach::kHelloAgain, kLogins, kAuthFaults},
    VerbRow{"smtp", "MAIL", Reach::kLogin, "MAIL FROM:<{user}>", "(FROM)"},
    VerbRow{"smtp", "RCPT", Reach::kMail, "RCPT TO:<{user}>", "(TO)"},
    VerbRow{"smtp", "DATA", Reach::kRcpt},
    VerbRow{"smtp", "BDAT", Reach::kRcpt, "BDAT 0 LAST"},
    VerbRow{"smtp", "VRFY", Reach::kLogin, "VRFY {user}\nVRFY nobody\nVRFY alice\nVRFY bob\nVRFY root"},
    VerbRow{"smtp", "EXPN", Reach::kLogin, "EXPN staff\nEXPN root\nEXPN nobody"},
    VerbRow{"smtp", "HELP", Reach::kLogin, "HELP\nHELP MAIL\nHELP NOSUCH"},
    VerbRow{"smtp", "NOOP", Reach::kLogin},

    VerbRow{"pop3", "USER", Reach::kHelloAgain, "USER {user}\nUSER nobody"},
    VerbRow{"pop3", "PASS", Reach::kHelloAgain, "USER {user}; PASS {password}\nUSER {user}; PASS wrong\nPASS {password}"},
    VerbRow{"pop3", "APOP", Reach::kHelloAgain, "APOP {user} 00000000000000000000000000000000",
            "\n {user}\n {user} 0\n {user} ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ"},
    VerbRow{"pop3", "AUTH", Reach::kHelloAgain, kLogins, kAuthFaults},
    VerbRow{"pop3", "CAPA", Reach::kNothing},
    VerbRow{"pop3", "STLS", Reach::kNothing},
    VerbRow{"pop3", "UTF8", Reach::kHelloAgain},
    VerbRow{"pop3", "STAT", Reach::kLogin},
    VerbRow{"pop3", "LIST", Reach::kLogin, "LIST\nLIST 1\nLIST 99\nDELE 1; LIST 1", kNumberFaults},
    VerbRow{"pop3", "RETR", Reach::kLogin, "RETR 1\nRETR 99\nDELE 1; RETR 1", kNumberFaults},
    VerbRow{"pop3", "DELE", Reach::kLogin, "DELE 1\nDELE 99\nDELE 1; DELE 1", kNumberFaults},
    VerbRow{"pop3", "TOP", Reach::kLogin, "TOP 1 0\nTOP 99 0\nDELE 1; TOP 1 0", "\n 1\n 0 0\n 1 x\n x 0"},
    VerbRow{"pop3", "UIDL", Reach::kLogin, "UIDL\nUIDL 1\nUIDL 99\nDELE 1; UIDL 1", kNumberFaults},
};

struct CommonRow {
  std::string_view protocol;
  std::string_view verb;
};
constexpr std::array kCommon{
    CommonRow{"smtp", "MAIL"}, CommonRow{"smtp", "RCPT"}, CommonRow{"smtp", "DATA"}, CommonRow{"smtp", "EHLO"},
    CommonRow{"smtp", "NOOP"}, CommonRow{"pop3", "STAT"}, CommonRow{"pop3", "RETR"}, CommonRow{"pop3", "LIST"},
    CommonRow{"pop3", "USER"}, CommonRow{"pop3", "CAPA"},
};

struct UnknownRow {
  std::string_view protocol;  // empty: of every one
  std::string_view line;
};
using namespace std::string_view_literals;
constexpr std::array kUnknown{
    UnknownRow{"", "XYZZY"},
    UnknownRow{"", ""},
    UnknownRow{"smtp", " EHLO {client}"},
    UnknownRow{"pop3", " USER {user}"},
    UnknownRow{"", "WIZ"},
    UnknownRow{"", "DEBUG"},
    UnknownRow{"smtp", "ETRN example.org"},
    UnknownRow{"smtp", "TURN"},
    UnknownRow{"smtp", "SAML FROM:<{user}>"},
    UnknownRow{"smtp", "SEND FROM:<{user}>"},
    UnknownRow{"smtp", "SOML FROM:<{user}>"},
    UnknownRow{"pop3", "LAST"},
    UnknownRow{"pop3", "XTND XMIT"},
    UnknownRow{"pop3", "EHLO {client}"},
    UnknownRow{"pop3", "a1 LOGIN {user} {password}"},
    UnknownRow{"", "GET / HTTP/1.1"},
    UnknownRow{"", "POST / HTTP/1.1"},
    UnknownRow{"smtp", "Subject: A test"},
    UnknownRow{"smtp", "HELO{client}"},
    UnknownRow{"smtp", "AUTHPLAIN"},
    UnknownRow{"", "."},
    UnknownRow{"", "XYZZY a\0b"sv},
};

const VerbRow* find_row(const Protocol& protocol, std::string_view verb) {
  const auto* const hit = std::find_if(kVerbs.begin(), kVerbs.end(),
                                       [&](const VerbRow& row) { return row.protocol == protocol.name() && row.verb == verb; });
  return hit == kVerbs.end() ? nullptr : hit;
}

Lines parted(std::string_view text, std::string_view by) {
  Lines items;
  while (true) {
    const std::size_t end = text.find(by);
    items.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return items;
    text.remove_prefix(end + by.size());
  }
}

// MAIL and RCPT go wrong in the same ways.
Lines malformed_paths(const std::string& verb, const std::string& word) {
  Lines lines;
  for (const char* const rest : {"",
                                 " {word}",
                                 " {word}:",
                                 " {word}:alice",
                                 " {word}:{user}",
                                 " {word} <{user}>",
                                 " {word}: <{user}>",
                                 " {word}:<{user}",
                                 " <{user}>",
                                 " {user}",
                                 " {word}:Alice <{user}>",
                                 " {word}:<Alice {user}>",
                                 " {word}:<alice>",
                                 " {word}:<@>",
                                 " {word}:<alice@>",
                                 " {word}:<alice@@example.org>",
                                 " {word}:<alice@example..org>",
                                 " {word}:<b\xC3\xB8@b.example>",
                                 " {word}:<>",
                                 " {word}:<{user}> X-PRIORITY=1",
                                 " {word}:<{user}> SIZE=many",
                                 " {word}:<{user}> BODY=9BIT",
                                 " {word}:<{user}> NOTIFY=NEVER",
                                 " {word}:<{user}> SMTPUTF8",
                                 " {word}:<{user}> AUTH=<>",
                                 " {word}:<{user}> RET=HDRS"}) {
    lines.push_back(verb + core::replace_all(rest, "{word}", word));
  }
  return lines;
}

}  // namespace

Reach usual_place(const Protocol& protocol, std::string_view verb) {
  const VerbRow* const row = find_row(protocol, verb);
  return row == nullptr ? Reach::kLogin : row->place;
}

Reach last_place(const Protocol& protocol) {
  Reach last = Reach::kNothing;
  for (const VerbRow& row : kVerbs) {
    if (row.protocol == protocol.name()) last = std::max(last, row.place);
  }
  return last;
}

std::vector<std::string_view> common_verbs(const Protocol& protocol) {
  std::vector<std::string_view> verbs;
  for (const CommonRow& row : kCommon) {
    if (row.protocol == protocol.name()) verbs.push_back(row.verb);
  }
  return verbs;
}

bool is_hello(const Protocol& protocol, std::string_view verb) {
  const auto command = protocol.find_command(verb);
  return command && command->is(Role::kHello);
}

bool has_hello(const Protocol& protocol) {
  const auto rows = protocol.inputs();
  return std::any_of(rows.begin(), rows.end(), [](const protocol::InputRow& row) { return row.role == Role::kHello; });
}

std::vector<Lines> ordinary_turns(const Protocol& protocol, std::string_view verb) {
  if (verb.empty()) return {};
  const VerbRow* const row = find_row(protocol, verb);
  if (row != nullptr && !row->lines.empty()) {
    std::vector<Lines> turns;
    for (const std::string& turn : parted(row->lines, "\n")) turns.push_back(parted(turn, "; "));
    return turns;
  }
  const auto command = protocol.find_command(verb);
  const std::string_view argument = command ? command->row().argument : std::string_view();
  return {{std::string(verb) + (argument.empty() ? "" : " ") + std::string(argument)}};
}

Lines malformed_lines(const Protocol& protocol, std::string_view verb) {
  const VerbRow* const row = find_row(protocol, verb);
  const std::string_view faults = row == nullptr || row->malformed.empty() ? kUsualFaults : row->malformed;
  if (faults.starts_with('(')) return malformed_paths(std::string(verb), std::string(faults.substr(1, faults.size() - 2)));
  Lines lines;
  for (const std::string& rest : parted(faults, "\n")) lines.push_back(std::string(verb) + rest);
  return lines;
}

Lines unknown_lines(const Protocol& protocol) {
  Lines lines;
  for (const UnknownRow& row : kUnknown) {
    if (row.protocol.empty() || row.protocol == protocol.name()) lines.emplace_back(row.line);
  }
  return lines;
}

}  // namespace scenario
