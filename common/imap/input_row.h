// What can move an IMAP session, and what there is to know of each.
#pragma once

#include <cstdint>
#include <string_view>

#include "imap/state.h"

namespace imap {

enum class Input : std::uint8_t {
  kCapability,
  kNoop,
  kLogout,
  kId,
  kStarttls,
  kAuthenticate,
  kLogin,
  kEnable,
  kSelect,
  kExamine,
  kCreate,
  kDelete,
  kRename,
  kSubscribe,
  kUnsubscribe,
  kList,
  kLsub,
  kXlist,
  kNamespace,
  kStatus,
  kAppend,
  kIdle,
  kCheck,
  kClose,
  kUnselect,
  kExpunge,
  kSearch,
  kFetch,
  kStore,
  kCopy,
  kMove,
  kUid,           // with none of its commands behind it; those have rows of their own
  kUnknown,       // a line whose second word is no verb we know
  kConnect,       // the connection itself; the greeting answers it
  kLiteral,       // a line that ends in {n}: the client waits to be asked for the octets (RFC 9051 §4.3)
  kAuthResponse,  // a line of a SASL exchange
  kDone,          // whatever ends IDLE
};

// What stands behind the verb.
enum class Argument : std::uint8_t {
  kNone,
  kId,
  kMechanism,
  kNameAndPassword,
  kCapabilities,
  kSelect,
  kMailbox,
  kTwoMailboxes,
  kList,
  kLsub,
  kStatus,
  kAppend,
  kExpunge,
  kSearch,
  kFetch,
  kStore,
  kCopy,
  kUid,
};

struct InputRow {
  Input input;
  std::string_view name;             // lower case, for logs and scenario files
  std::string_view verb = {};        // upper case; empty for what is no command
  std::string_view grammar = {};     // the ABNF of the whole command without its tag and CRLF; empty likewise
  std::string_view rule;             // the RFC section that defines it
  std::string_view offered_by = {};  // the capability that announces it; "AUTH": any AUTH=…; empty: every server has it
  StateSet in;                       // where it may come
  Argument argument = Argument::kNone;
  bool changes = false;          // it changes what is stored: carried out when it is answered OK, not before
  bool begins_login = false;     // what it carries may be a password
  std::string_view stage = {};   // what an answer to it is filed under in a vocabulary
  std::string_view sample = {};  // an argument to try it with
};

}  // namespace imap
