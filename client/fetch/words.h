// The sentences of `smtplab fetch`, in both languages, in one table. A new one is an enumerator here and a row at the same
// place of the table in words.cpp; the build fails when they differ.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "core/text.h"

namespace fetch {

enum class Say : std::uint8_t {
  // why something is said
  kCapa,
  kStls,
  kCapaAgain,
  kUser,
  kPass,
  kApop,
  kAuth,
  kPasswordInClear,
  kResponse,
  kLiteral,
  kUidl,
  kStat,
  kCapability,
  kCapabilityAgain,
  kId,
  kLogin,
  kExamine,
  kSearch,
  kQuit,
  kQuitRefused,
  // how it went
  kMailbox,
  kNothingNew,
  kFetchRetr,
  kFetchUid,
  kProgress,
  kDone,
  kPartly,
  kUnread,
  kCut,
  kSaved,
  kSaidBy,
  kRefused,
  kUnfinished,
  kKept,
  kSetAside,
  kLast,
  kMoreLines,
  kInTheFile,
  kCount,  // how many there are: none itself
};

// REQUIRES: not Say::kCount. Some have places for parts: core::phrase(text.en, text.zh, {…}).
[[nodiscard]] core::Text text(Say which);
[[nodiscard]] core::Text text(Say which, std::initializer_list<core::Part> parts);

}  // namespace fetch
