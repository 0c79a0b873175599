// What the terminal sends, as keys: UTF-8 put together, unknown escape sequences and Alt swallowed, pastes made harmless.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/screen/key.h"

namespace screen {

// One thing read from the terminal.
struct Stroke {
  enum class Kind : std::uint8_t { kOctet, kNamed, kPasteBegin, kPasteEnd, kIgnored };
  Kind kind = Kind::kOctet;
  unsigned char octet = 0;        // kOctet
  KeyName name = KeyName::kText;  // kNamed: a key the terminal's description knows

  static Stroke of_octet(unsigned char octet) { return {Kind::kOctet, octet, KeyName::kText}; }
  static Stroke of_name(KeyName name) { return {Kind::kNamed, 0, name}; }
  static Stroke of_kind(Kind kind) { return {kind, 0, KeyName::kText}; }
};

// Keeps only what one reading left unfinished: the first octets of a character, a paste.
class KeyDecoder {
 public:
  // The keys in everything that was waiting. An Escape with nothing behind it is the Escape key; with something behind it,
  // Alt and a key, or a sequence nobody asked for: both give nothing. In a paste, line ends inside become one space, the last
  // one and all controls are dropped: pasting never sends, never steps.
  [[nodiscard]] std::vector<Key> decode(const std::vector<Stroke>& strokes);

 private:
  void take_octet(unsigned char octet, std::vector<Key>& keys);
  void take_pasted_control(unsigned char octet);
  void take_text(std::string character, std::vector<Key>& keys);

  std::string partial_;  // octets of a character that is not complete
  bool pasting_ = false;
  bool line_ended_ = false;  // in a paste: a line end was seen, and nothing behind it yet
};

}  // namespace screen
