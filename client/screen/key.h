// A key press or another event of the terminal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace screen {

enum class KeyName : std::uint8_t {
  kText,  // a printable character, in Key::text
  kEnter,
  kTab,
  kBackTab,
  kEscape,
  kBackspace,
  kDelete,
  kUp,
  kDown,
  kLeft,
  kRight,
  kPageUp,
  kPageDown,
  kHome,
  kEnd,
  kControl,  // Ctrl with the letter in Key::text, lower case
  kResize,   // the terminal has a new size
  kWheelUp,
  kWheelDown,
  kPaste,  // pasted text, in Key::text
};

struct Key {
  KeyName name = KeyName::kText;
  std::string text;  // UTF-8: one character, or of a paste lines with "\n" between them and behind none
  bool operator==(const Key&) const = default;

  // Whether it is Ctrl with this lower-case letter.
  [[nodiscard]] bool is_control(std::string_view letter) const { return name == KeyName::kControl && text == letter; }
};

}  // namespace screen
