// A rule: what it answers, when, and what it does then. What scenarios/README.md describes, in C++.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dialogue/event.h"
#include "mockserver/scenario/pattern.h"
#include "sasl/exchange.h"
#include "smtp/input.h"
#include "smtp/remark.h"
#include "smtp/transitions.h"

namespace scenario {

// Where a rule applies. Besides the verbs (kCommand with Rule::verb):
enum class On : std::uint8_t {
  kConnect,    // the connection; the reply is the greeting
  kCommand,    // one verb
  kChallenge,  // the server is about to say 334
  kAuth,       // the client's credentials are complete (or cannot be read)
  kMidway,     // mail data is coming in and is not at its end
  kMessage,    // the message is complete
  kUnknown,    // a line that is no command
  kTimeout,    // the client was silent for too long
  kAny,        // any of these but kMidway and kTimeout
};

enum class Wanted : std::uint8_t { kRight, kWrong, kAny };  // for conditions on what is normally in order
enum class PasswordUsed : std::uint8_t { kRight, kWeb, kNewline, kEmpty, kWrong };
enum class Hello : std::uint8_t { kNone, kHelo, kEhlo };

// What a finished message must be like; all that are given must hold.
struct MessageWhen {
  struct Field {
    std::string name;  // as in "Subject"
    Pattern value;
    bool operator==(const Field&) const = default;
  };
  std::vector<Field> fields;                 // each is there, with such a value
  std::vector<std::string> missing_fields;   // one of them is not there
  std::optional<bool> from_is_sender;        // the From field is the address in MAIL FROM
  std::optional<bool> from_is_login;         // … is who logged in
  std::optional<bool> from_has_address;      // … is one address at all
  std::optional<Pattern> body;               // of its text, MIME decoded
  std::vector<std::string> repeated_fields;  // one of them is there more than once
  std::optional<bool> header_eight_bit;      // an octet above 127 stands in the header
  std::optional<bool> eight_bit;             // an octet above 127 stands in it
  std::optional<std::size_t> line_over;      // octets of its longest line, without the end
  bool operator==(const MessageWhen&) const = default;
};

// For whom is counted.
enum class Per : std::uint8_t { kAll, kConnection, kClientIp, kSender, kRecipient, kUser, kTriplet };

// How often the rest of the conditions held so far; tally.h.
struct Counting {
  std::optional<std::size_t> times;                            // up to this many times
  std::optional<std::size_t> nth;                              // this time only, from 1
  std::optional<std::size_t> rate;                             // more than this many …
  std::chrono::milliseconds window{};                          // … within this time
  std::optional<std::chrono::milliseconds> since_first_under;  // the first time is less than this ago
  Per per = Per::kAll;
  bool operator==(const Counting&) const = default;
};

// All that are given must hold. `order` and `syntax` are "right" unless said otherwise, so that a rule which accepts
// something can never let a wrong command through by accident.
struct When {
  Wanted order = Wanted::kRight;
  Wanted syntax = Wanted::kRight;
  std::optional<smtp::State> state;
  std::optional<bool> authenticated;
  std::optional<Hello> hello;
  std::optional<bool> tls;          // the connection is encrypted
  std::optional<Pattern> client;    // the name given with HELO or EHLO
  std::optional<Pattern> argument;  // of the command
  std::optional<smtp::RemarkKind> mistake;
  std::optional<std::string> mechanism;  // upper case
  std::optional<bool> initial_response;
  std::optional<sasl::Wants> wants;  // challenge: what the client shall send next
  std::optional<PasswordUsed> password;
  std::optional<Pattern> user;  // who logs in or has logged in
  std::optional<bool> user_known;
  std::optional<Pattern> sender;  // the address in MAIL FROM; "" is the null path
  std::optional<bool> sender_is_login;
  std::optional<Pattern> recipient;     // the address in RCPT TO
  std::optional<bool> recipient_known;  // an account of the scenario
  std::optional<std::size_t> recipients_over;
  std::optional<std::size_t> declared_size_over;  // SIZE of MAIL, octets
  std::optional<std::size_t> size_over;           // octets of the message, so far
  std::optional<std::size_t> connections_over;
  std::shared_ptr<const MessageWhen> message;  // null: nothing is asked of it
  std::optional<double> chance;                // from 0 to 1
  std::optional<Counting> counting;
};

// What becomes of the connection behind a reply.
enum class Then : std::uint8_t {
  kClose,  // in order
  kReset,  // RST
  kStall,  // it stays open, and nothing is ever said again
};

// How a reply leaves in pieces.
struct Split {
  std::vector<std::size_t> at;          // a new piece begins at these octets, ascending
  std::size_t every = 0;                // besides, at each multiple of it; 0: nowhere
  std::chrono::milliseconds pause{50};  // between two pieces
  bool operator==(const Split&) const = default;
};

// What comes with a reply, whoever words it.
struct Effects {
  std::chrono::milliseconds delay{};  // before it
  std::optional<Split> split;
  std::optional<bool> keep;  // the message is stored, or is not, whatever the reply says
  std::optional<Then> then;
};

// A rule without a reply only adds its effects to what the next rules or the server itself say.
struct Rule {
  On on = On::kAny;
  smtp::Input verb = smtp::Input::kUnknown;
  When when;
  std::optional<std::size_t> reply;                          // index into Scenario::replies
  std::shared_ptr<const dialogue::Explanation> explanation;  // the reply's, with the rule's own words where it has some
  Effects effects;
  bool only_called = false;  // a setting this server does not have: it holds where its reply is called for by name
};

}  // namespace scenario
