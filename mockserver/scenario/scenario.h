// A scenario as loaded: what scenarios/README.md describes, in C++. Plain values, no I/O.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/text.h"
#include "dialogue/event.h"
#include "mailbox/flags.h"
#include "mockserver/scenario/head.h"
#include "mockserver/scenario/host.h"
#include "mockserver/scenario/rule.h"
#include "protocol/protocol.h"
#include "tls/authority.h"
#include "tls/settings.h"

namespace scenario {

enum class Security : std::uint8_t { kNone, kStarttls, kTls };
std::string_view name(Security security);

// What the server does once the client has said ClientHello.
enum class Handshake : std::uint8_t {
  kComplete,
  kAlert,    // the fatal alert handshake_failure, then a close
  kGarbage,  // octets that are no TLS
  kClose,    // closes without a word
  kStall,    // says nothing
};

// [tls]: what is wrong with the server's TLS on purpose, and which versions it speaks.
struct Tls {
  tls::Flaw certificate = tls::Flaw::kNone;
  Handshake handshake = Handshake::kComplete;
  tls::Version oldest = tls::Version::kTls12;
  tls::Version newest = tls::newest_version();
};

// What an answer begins with: "250", "+OK".
struct Code {
  std::string text;
  protocol::Outcome outcome = protocol::Outcome::kOk;

  [[nodiscard]] bool is_negative() const {
    return outcome == protocol::Outcome::kRefused || outcome == protocol::Outcome::kRefusedForNow;
  }
  bool operator==(const Code&) const = default;
};

// A reply of a provider's vocabulary, with everything known about it.
struct ReplyEntry {
  std::string id;                       // "auth-required"; generated for a reply written in place
  std::string stage;                    // connect ehlo starttls auth mail rcpt data message quit any
  std::vector<std::string> lines;       // with codes, placeholders unfilled
  std::optional<std::string> raw = {};  // instead of lines: octets as they go out, placeholders unfilled
  Code code;
  bool code_comes_late = false;  // raw, or its code is a placeholder: `code` is not known before it is filled in
  std::shared_ptr<const dialogue::Explanation> explanation;
  bool reported = false;  // listed or retold by its source, not seen on the wire
};

struct Account {
  std::string user;
  std::string password;      // the one the server takes
  std::string web_password;  // the classic wrong one; may be empty
  std::string token = {};    // the OAuth access token that XOAUTH2 and OAUTHBEARER take; may be empty
};

// A message that lies in a mailbox when the server starts.
struct Mail {
  std::string to;           // an account's user
  std::string message;      // lines ended by \n
  std::string folder = {};  // as folders.h has it; empty: INBOX
  mailbox::Flags flags = {};
};

// One step of the guided path.
struct Step {
  std::string send;        // a line, placeholders unfilled, without line end; with LineEnd::kNone exactly these octets
  std::string message;     // instead: mail data without the final dot, lines ended by \n
  std::string announced;   // the message of the next step, where send says {literal}
  bool connects = false;   // instead: a new connection; what is left of the old one is closed
  std::size_t server = 0;  // to which, and to which everything behind it is said: see server_of()
  protocol::LineEnd line_end = protocol::LineEnd::kCrlf;
  std::optional<Code> expect;        // what answers it; nothing where no reply comes
  std::chrono::milliseconds wait{};  // has to pass before it, since something was last said
  core::Text say;                    // before the step is taken: why, and what to look at
  core::Text then;                   // when it is answered; may be empty
};

// How a reply that was called by its name comes.
struct Called {
  bool is_forced = false;         // nothing that is sent brings it about
  std::optional<std::size_t> at;  // which step it answers; nothing: it is the greeting
};

struct Scenario : Head {
  const protocol::Protocol* protocol = nullptr;  // that its server speaks; never null in one that was loaded
  Security security = Security::kNone;
  std::string failure;  // what the lesson shows where no reply can, as core::Error::id; empty: nothing of that kind
  bool listens = true;  // false: connections are refused
  Tls tls;
  protocol::ServerSettings server;
  std::vector<std::string> signs;                                    // by which the provider is known: domains and words
  std::vector<Host> hosts;                                           // where it stands in the real network
  std::optional<std::size_t> greeting;                               // index into replies
  std::chrono::milliseconds idle_timeout = std::chrono::minutes(5);  // RFC 5321 §4.5.3.2.7
  std::chrono::milliseconds silence = std::chrono::seconds(10);      // then an unfinished line is remarked
  std::vector<Account> accounts;
  std::vector<Mail> mails;
  std::string sent_folder = {};  // gets a copy of what somebody who has logged in sends, as folders.h has it; empty: none does
  std::vector<std::string> guests;  // domains: whoever has an address there and no account may log in too; see guest.h
  bool welcomes_anybody = false;    // who has no account may log in all the same, with any password
  std::vector<ReplyEntry> replies;
  std::vector<Rule> rules;         // the scenario's own before the provider's
  std::vector<Rule> called_rules;  // only_called: no part of how it answers
  std::vector<Step> steps;
  // Servers at which the path goes on, each as its provider has it, without a path of its own: for the same mailboxes.
  std::vector<std::shared_ptr<const Scenario>> others = {};
  std::optional<Called> called;  // of PROVIDER#REPLY
  bool has_other_words = false;  // a probe: texts are not the server's own, codes are
};

// Of the servers of a path: 0 is that of the scenario itself, those behind it are the others. REQUIRES: it is one.
[[nodiscard]] const Scenario& server_of(const Scenario& scenario, std::size_t number);

}  // namespace scenario
