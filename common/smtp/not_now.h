// Why an input may not come now, one row a reason: the server's refusal, the mistake it shows, and what a learner is told may
// be sent all come from here. Whether there is a transition at all stands in transitions.h.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "smtp/input.h"
#include "smtp/remark.h"
#include "smtp/transitions.h"

namespace smtp {

// As far as a log, a rule or a test wants to know it.
enum class Legality : std::uint8_t {
  kLegal,
  kOutOfOrder,        // no row in the table of transitions
  kAlreadyLoggedIn,   // AUTH twice (RFC 4954 §4)
  kNeedsEhlo,         // AUTH after HELO, or behind STARTTLS, without the quirk
  kAlreadyEncrypted,  // STARTTLS inside TLS (RFC 3207 §4.2)
  kNotOffered,        // BDAT that the answer to EHLO did not announce
  kNeedsBdat,         // DATA after BODY=BINARYMIME (RFC 3030 §3)
};

// What a server takes that it need not.
struct StateLeniency {
  bool auth_after_helo = false;     // AUTH although the client said HELO
  bool mail_without_hello = false;  // behind STARTTLS what needs EHLO, without another EHLO
};

// What is not as it has to be, besides the state.
enum class Lacking : std::uint8_t {
  kNothing,      // it is the state alone
  kBeingNobody,  // somebody has logged in
  kEhlo,         // HELO was said
  kEhloInTls,    // TLS has begun, and nobody has said EHLO since
  kClearText,    // TLS has begun
  kChunking,     // the answer to EHLO did not announce it
  kLines,        // MAIL said BODY=BINARYMIME: the message is not made of lines
  kRecipient,    // every RCPT so far was refused
};

// kOutOfOrder is about inputs for which there is no transition, every other reason about inputs for which there is one.
struct NotNow {
  StateSet in;
  InputSet on;
  Lacking lacking;
  Legality legality;
  RemarkKind mistake;
  PlainAnswer answer;
  bool StateLeniency::*forgiven_by = nullptr;  // lets it pass; the mistake is remarked all the same
};

inline constexpr InputSet kSendsMessage = Input::kData | Input::kBdat | Input::kMessage;

// The first row that fits is the reason.
inline constexpr std::array kNotNow{
    NotNow{State::kReady,
           Input::kAuth,
           Lacking::kBeingNobody,
           Legality::kAlreadyLoggedIn,
           RemarkKind::kBadSequence,
           {503, "5.5.1", "Already authenticated"}},
    NotNow{State::kReady,
           Input::kMail | Input::kAuth,
           Lacking::kEhloInTls,
           Legality::kNeedsEhlo,
           RemarkKind::kStarttlsWithoutEhlo,
           {503, "5.5.1", "Send HELO or EHLO first"},
           &StateLeniency::mail_without_hello},
    NotNow{State::kReady,
           Input::kAuth,
           Lacking::kEhlo,
           Legality::kNeedsEhlo,
           RemarkKind::kHeloThenAuth,
           {503, "5.5.1", "AUTH needs EHLO first"},
           &StateLeniency::auth_after_helo},
    NotNow{kIntroduced,
           Input::kStarttls,
           Lacking::kClearText,
           Legality::kAlreadyEncrypted,
           RemarkKind::kBadSequence,
           {503, "5.5.1", "Already inside TLS"}},
    NotNow{State::kRcpt,
           Input::kBdat | Input::kMessage,
           Lacking::kChunking,
           Legality::kNotOffered,
           RemarkKind::kExtensionNotOffered,
           {503, "5.5.1", "BDAT needs EHLO first"}},
    NotNow{State::kRcpt,
           Input::kData,
           Lacking::kLines,
           Legality::kNeedsBdat,
           RemarkKind::kBadSequence,
           {503, "5.5.1", "BODY=BINARYMIME needs BDAT"}},

    NotNow{State::kGreeted,
           InputSet::all(),
           Lacking::kEhloInTls,
           Legality::kOutOfOrder,
           RemarkKind::kStarttlsWithoutEhlo,
           {503, "5.5.1", "Send HELO or EHLO first"}},
    NotNow{State::kGreeted,
           InputSet::all(),
           Lacking::kNothing,
           Legality::kOutOfOrder,
           RemarkKind::kNoHelo,
           {503, "5.5.1", "Send HELO or EHLO first"}},
    NotNow{kTransaction,
           Input::kMail,
           Lacking::kNothing,
           Legality::kOutOfOrder,
           RemarkKind::kNestedMail,
           {503, "5.5.1", "Nested MAIL command"}},
    NotNow{State::kReady,
           Input::kRcpt | kSendsMessage,
           Lacking::kNothing,
           Legality::kOutOfOrder,
           RemarkKind::kBadSequence,
           {503, "5.5.1", "Need MAIL command first"}},
    NotNow{State::kMail,
           kSendsMessage,
           Lacking::kRecipient,
           Legality::kOutOfOrder,
           RemarkKind::kRecipientRefusedIgnored,
           {554, "5.5.1", "No valid recipients"}},
    NotNow{State::kMail,
           kSendsMessage,
           Lacking::kNothing,
           Legality::kOutOfOrder,
           RemarkKind::kBadSequence,
           {503, "5.5.1", "Need RCPT command first"}},
    NotNow{StateSet::all(),
           InputSet::all(),
           Lacking::kNothing,
           Legality::kOutOfOrder,
           RemarkKind::kBadSequence,
           {503, "5.5.1", "Bad sequence of commands"}},
};

// The rows that are about an input in a state, bit by bit: what they say is lacking has still to be looked at.
[[nodiscard]] std::uint32_t reasons_for(State state, Input input);

}  // namespace smtp
