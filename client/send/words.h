// The sentences of `smtplab send`, in both languages, in one table. A new one is an enumerator here and a row at the same place
// of the table in words.cpp; the build fails when they differ.
#pragma once

#include <cstdint>

#include "core/text.h"

namespace send {

enum class Say : std::uint8_t {
  // why a step is taken
  kEhlo,
  kHelo,
  kEhloAgain,
  kAuth,
  kPasswordInClear,
  kResponse,
  kEmptyResponse,
  kMail,
  kRcpt,
  kData,
  kMessage,
  kQuit,
  kQuitRefused,
  kQuitNobody,
  // how it went
  kLinesLeftOut,
  kDelivered,
  kPartly,
  kRefused,
  kUnfinished,
  kInDoubt,
  kRecipientRefused,
  kInTheFile,
  kAddSecurity,
  kCount,  // how many there are: none itself
};

// REQUIRES: not Say::kCount.
[[nodiscard]] core::Text text(Say which);

}  // namespace send
