// Why a command may not come now, and what a server says to it: one table for the server, the remarks and the explanations.
#pragma once

#include <cstdint>
#include <string_view>

#include "pop3/remark.h"
#include "pop3/transitions.h"

namespace pop3 {

// What is not as it would have to be.
enum class Lacking : std::uint8_t {
  kState,      // no row of kTransitions
  kPlainText,  // STLS inside TLS (RFC 2595 §4)
  kNoUtf8,     // STLS behind UTF8 (RFC 6856 §2.1)
};

struct NotNow {
  StateSet in;
  InputSet on;
  Lacking lacking;
  RemarkKind remark;
  std::string_view text;  // behind -ERR
};

// The first row that fits; the last fits all.
const NotNow& find_not_now(State state, Input input, Lacking lacking);

}  // namespace pop3
