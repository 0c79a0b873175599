// What the terminal sends, as keys: UTF-8 put together, unknown escape sequences and Alt swallowed, pastes made harmless.
#pragma once

#include <cstddef>
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

// Octets of one paste; nobody types more into one line or message.
inline constexpr std::size_t kMostPasted = std::size_t{64} * 1024;

// Keeps only what one reading left unfinished: the first octets of a character, a paste.
class KeyDecoder {
 public:
  // The keys in everything that was waiting. An Escape with nothing behind it is the Escape key; with something behind it,
  // Alt and a key, or a sequence nobody asked for: both give nothing. A paste is one key, whatever stands in it: it never
  // sends, never steps. Its line ends are "\n", those at its end and all controls are dropped, a tab is a space. What is
  // longer than kMostPasted is cut.
  [[nodiscard]] std::vector<Key> decode(const std::vector<Stroke>& strokes);

 private:
  void take_octet(unsigned char octet, std::vector<Key>& keys);
  void take_pasted_control(unsigned char octet);
  void take_text(std::string character, std::vector<Key>& keys);
  void end_paste(std::vector<Key>& keys);

  std::string partial_;                // octets of a character that is not complete
  std::optional<std::string> pasted_;  // while a paste goes on
  bool after_cr_ = false;              // in it: the last octet was CR, whose LF is no second line end
};

}  // namespace screen
