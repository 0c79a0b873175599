// Errors as values: what a function gives when it cannot give what was asked.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "core/text.h"

namespace core {

// Whose fault it is decides what a caller does: tell the person, close the connection, or mend our code.
enum class Blame : std::uint8_t {
  kCaller,  // used wrongly: a command out of order, an option that does not exist
  kPeer,    // the other side broke the protocol
  kInput,   // a file or an argument written by a person
  kSystem,  // the network, the disk, the terminal
};

// An error a person can act on, in both languages: a text in one alone does not compile (core/text.h). `text` says what is
// wrong, `place` where ("file:12:3", "octet 5, RFC 5321 §4.1.2", or empty), `hint` what to do about it (may be empty). None of
// them holds raw bytes of a peer: see core/show.h.
// `id` names what scenarios/knowledge/failures.toml explains in both languages ("tls-expired"); empty where it says nothing.
struct Error {
  Blame blame = Blame::kInput;
  Text text;
  Part place;
  Text hint;
  std::string id = {};

  bool operator==(const Error&) const = default;
};

// A value or an Error. An alias, so that std::expected can take its place when the compilers are ready.
template <typename T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

// Shortest way to return an error from a function that gives a Result.
inline Failure fail(Blame blame, Text text, Part place = {}, Text hint = {}) {
  return Failure(Error{blame, std::move(text), std::move(place), std::move(hint)});
}

// "place: text (hint)", leaving out what is empty.
std::string describe(const Error& error, Language language);

}  // namespace core
