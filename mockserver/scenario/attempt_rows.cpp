#include "mockserver/scenario/attempt_rows.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace scenario {
namespace {

using Lines = std::vector<std::string>;
using protocol::Protocol;
using protocol::Role;

// One command. Where a list stands in a text, the items are parted by LF; lines of one turn by "; ". Of IMAP "in" and "id"
// stand for kImapIn and kImapId, and before a line comes a tag, unless it begins with "!"; what is malformed are whole turns
// there.
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

constexpr std::string_view kImapIn = "SELECT INBOX";
constexpr std::string_view kImapId = "ID (\"name\" \"smtplab\")";

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

    VerbRow{"imap", "CAPABILITY", Reach::kHelloAgain},
    VerbRow{"imap", "ID", Reach::kLogin, "id\nID NIL", "ID name\nID (\"name\")\nID (\"name\" smtplab)\nID"},
    VerbRow{"imap", "STARTTLS", Reach::kNothing},
    VerbRow{"imap", "LOGIN", Reach::kHelloAgain, "LOGIN {user} \"{password}\"",
            "LOGIN {user}\nLOGIN {user} (x\nLOGIN {user} \"x\nLOGIN {user} a b\nLOGIN"},
    VerbRow{"imap", "AUTHENTICATE", Reach::kHelloAgain,
            "AUTHENTICATE LOGIN\nAUTHENTICATE PLAIN\nAUTHENTICATE PLAIN {plain}\nAUTHENTICATE CRAM-MD5\nAUTHENTICATE "
            "XOAUTH2\nAUTHENTICATE NOSUCH",
            "AUTHENTICATE\nAUTHENTICATE PLAIN a b\nAUTHENTICATE PLAIN not-base64!\nAUTHENTICATE PLAIN ="},
    VerbRow{"imap", "SELECT", Reach::kLogin,
            "in\nid; in\nSELECT nowhere\nid; SELECT nowhere\nin; in\nSELECT &bad\nSELECT \"[Gmail]\"\nSELECT Sent",
            "SELECT\nSELECT Sent Messages\nSELECT \"INBOX\nSELECT (INBOX)"},
    VerbRow{"imap", "EXAMINE", Reach::kLogin, "EXAMINE INBOX\nid; EXAMINE INBOX\nEXAMINE nowhere", "EXAMINE"},
    VerbRow{"imap", "STATUS", Reach::kLogin,
            "STATUS INBOX (MESSAGES)\nSTATUS nowhere (MESSAGES)\nSTATUS \"[Gmail]\" (MESSAGES)\nin; STATUS INBOX (MESSAGES)",
            "STATUS\nSTATUS INBOX"},
    VerbRow{"imap", "LIST", Reach::kLogin, "LIST \"\" *\nLIST \"\" \"\"\nLIST \"\" INBOX", "LIST\nLIST *"},
    VerbRow{"imap", "CREATE", Reach::kLogin, "CREATE Work\nCREATE INBOX\nCREATE Sent\nCREATE Work; CREATE Work", "CREATE"},
    VerbRow{"imap", "DELETE", Reach::kLogin, "DELETE nowhere\nDELETE INBOX", "DELETE"},
    VerbRow{"imap", "APPEND", Reach::kLogin,
            "APPEND INBOX {{10}}; !Subject: x\nAPPEND nowhere {{10}}; !Subject: x\n"
            "EXAMINE INBOX; APPEND INBOX {{10}}; !Subject: x",
            "APPEND INBOX\nAPPEND INBOX \"yesterday\" {{10}}; !Subject: x\nAPPEND"},
    VerbRow{"imap", "SEARCH", Reach::kLogin,
            "in; SEARCH ALL\nid; in; SEARCH ALL\nSEARCH ALL\nin; SEARCH TEXT \"x\"\nin; UID SEARCH TEXT \"x\"\n"
            "in; SEARCH SUBJECT x\nin; SEARCH CHARSET XYZ SUBJECT x\nin; SEARCH CHARSET UTF-8 SUBJECT x\n"
            "in; SEARCH RETURN (ALL) ALL\nin; UID SEARCH ALL\nin; SEARCH SUBJECT zzz",
            "in; SEARCH FOO\nin; SEARCH SINCE 2026-11-30\nin; SEARCH SUBJECT \xE4\xBD\xA0\nin; SEARCH"},
    VerbRow{"imap", "FETCH", Reach::kLogin,
            "in; FETCH 1 FLAGS\nid; in; FETCH 1 FLAGS\nFETCH 1 FLAGS\nin; FETCH 99 FLAGS\nin; FETCH 2:1 FLAGS\n"
            "in; UID FETCH 2:1 FLAGS\nin; UID FETCH 9999 FLAGS\nin; FETCH 1 RFC822\nin; FETCH 1 UID\nin; FETCH 1 ENVELOPE\n"
            "in; FETCH 1 BODYSTRUCTURE\nin; FETCH 1 BODY.PEEK[]\nin; UID FETCH 1 BODY.PEEK[]\nin; FETCH 1:* FLAGS\n"
            "in; FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]\nid; in; FETCH 1 UID\nid; in; FETCH 1 BODY.PEEK[]",
            "in; FETCH 1\nin; FETCH 1 FLAGS UID\nin; FETCH 1 (FLAGS\nin; FETCH\nin; FETCH , FLAGS"},
    VerbRow{"imap", "STORE", Reach::kLogin,
            "in; STORE 1 +FLAGS (\\Deleted)\nEXAMINE INBOX; STORE 1 +FLAGS (\\Deleted)\nin; STORE 99 +FLAGS (\\Deleted)",
            "in; STORE 1 +FLAGS (\\Foo)\nin; STORE 1 FOO\nin; STORE"},
    VerbRow{"imap", "EXPUNGE", Reach::kLogin, "in; STORE 1 +FLAGS (\\Deleted); EXPUNGE\nin; EXPUNGE\nEXPUNGE", "in; EXPUNGE 1"},
    VerbRow{"imap", "COPY", Reach::kLogin, "in; COPY 1 Sent\nin; COPY 1 nowhere\nin; COPY 1 INBOX\nin; UID COPY 1 INBOX",
            "in; COPY 1"},
    VerbRow{"imap", "MOVE", Reach::kLogin, "in; MOVE 1 Drafts\nin; MOVE 1 nowhere\nin; MOVE 1 INBOX", "in; MOVE 1"},
    VerbRow{"imap", "CHECK", Reach::kLogin, "in; CHECK"},
    VerbRow{"imap", "CLOSE", Reach::kLogin, "in; CLOSE"},
    VerbRow{"imap", "NOOP", Reach::kLogin, "NOOP\nin; NOOP"},
    VerbRow{"imap", "IDLE", Reach::kLogin, "in; IDLE\nid; in; IDLE\nIDLE"},
    VerbRow{"imap", "done", Reach::kLogin, "in; IDLE; !DONE", "in; IDLE; NOOP"},
    VerbRow{"imap", "literal", Reach::kLogin,
            "APPEND INBOX {{10}}\nAPPEND Sent {{10}}\nCREATE {{4}}\nAPPEND INBOX {{400000}}\nAPPEND nowhere {{10}}"},
};

struct CommonRow {
  std::string_view protocol;
  std::string_view verb;
};
constexpr std::array kCommon{
    CommonRow{"smtp", "MAIL"},  CommonRow{"smtp", "RCPT"}, CommonRow{"smtp", "DATA"}, CommonRow{"smtp", "EHLO"},
    CommonRow{"smtp", "NOOP"},  CommonRow{"pop3", "STAT"}, CommonRow{"pop3", "RETR"}, CommonRow{"pop3", "LIST"},
    CommonRow{"pop3", "USER"},  CommonRow{"pop3", "CAPA"}, CommonRow{"imap", "NOOP"}, CommonRow{"imap", "SELECT"},
    CommonRow{"imap", "FETCH"},
};

struct UnknownRow {
  std::string_view protocol;  // empty: of every one
  std::string_view line;
};
using namespace std::string_view_literals;
constexpr std::array kUnknown{
    UnknownRow{"imap", "{tag} XYZZY"},
    UnknownRow{"imap", "{tag}"},
    UnknownRow{"imap", "LOGIN {user} {password}"},
    UnknownRow{"imap", "DONE"},
    UnknownRow{"imap", "{tag} GETQUOTAROOT INBOX"},
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

// Turns of a row, each a list of lines.
std::vector<Lines> turns_in(std::string_view text, bool has_tags) {
  std::vector<Lines> turns;
  for (const std::string& turn : parted(text, "\n")) {
    turns.push_back(parted(turn, "; "));
    for (std::string& line : turns.back()) {
      if (!has_tags) break;
      if (line == "in") line = kImapIn;
      if (line == "id") line = kImapId;
      line = line.starts_with('!') ? line.substr(1) : "{tag} " + line;
    }
  }
  return turns;
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

Lines malformed_lines(const VerbRow* row, std::string_view verb) {
  const std::string_view faults = row == nullptr || row->malformed.empty() ? kUsualFaults : row->malformed;
  if (faults.starts_with('(')) return malformed_paths(std::string(verb), std::string(faults.substr(1, faults.size() - 2)));
  Lines lines;
  for (const std::string& rest : parted(faults, "\n")) lines.push_back(std::string(verb) + rest);
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

bool has_tags(const Protocol& protocol) {
  const auto facts = protocol.facts();
  return std::any_of(facts.begin(), facts.end(), [](const protocol::FactRow& one) { return one.name == "tag"; });
}

std::string tagged(const Protocol& protocol, const std::string& line) { return has_tags(protocol) ? "{tag} " + line : line; }

void number_tags(std::vector<Step>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i)
    steps[i].send = core::replace_all(steps[i].send, "{tag}", "a" + std::to_string(i + 1));
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
  if (row != nullptr && !row->lines.empty()) return turns_in(row->lines, has_tags(protocol));
  const auto command = protocol.find_command(verb);
  const std::string_view argument = command ? command->row().argument : std::string_view();
  return {{tagged(protocol, std::string(verb) + (argument.empty() ? "" : " ") + std::string(argument))}};
}

std::vector<Lines> malformed_turns(const Protocol& protocol, std::string_view verb) {
  const VerbRow* const row = find_row(protocol, verb);
  if (has_tags(protocol)) {
    if (row == nullptr || row->malformed.empty()) return {{tagged(protocol, std::string(verb) + " @@")}};
    return turns_in(row->malformed, true);
  }
  std::vector<Lines> turns;
  for (std::string& line : malformed_lines(row, verb)) turns.push_back({std::move(line)});
  return turns;
}

Lines unknown_lines(const Protocol& protocol) {
  Lines lines;
  for (const UnknownRow& row : kUnknown) {
    if (row.protocol.empty() || row.protocol == protocol.name()) lines.emplace_back(row.line);
  }
  return lines;
}

}  // namespace scenario
