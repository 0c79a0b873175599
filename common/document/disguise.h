// Letters of other alphabets as the TOML library may see them.
//
// toml++ 3.3 and 3.4 call __builtin_unreachable on most letters from U+00A0 to U+FEFF (é, 「, Hiragana …) wherever they ask
// whether one is white space: outside of texts, but also behind a backslash and behind a line that a backslash ends in a
// """text""", where TOML allows it; and they drop U+3000 there. (Mended behind 3.4: marzer/tomlplusplus 305.) No scan of ours
// can tell all the places where they ask. So they see none of these letters: each is moved into a plane of Unicode in which
// nothing is, and back in what they say. One code point stays one, so that columns remain what they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace document {

class Disguise {
 public:
  // One that suits `text`: the plane it uses is one that the text has no letter of, not even by an escape (\U0004ABCD).
  // Nothing when the text uses all of them.
  [[nodiscard]] static std::optional<Disguise> suiting(std::string_view text);

  // `text` with its letters moved. A byte order mark at its beginning stays, so does what is not UTF-8.
  [[nodiscard]] std::string put_on(std::string_view text) const;

  // A key or a value that the library made of that, with its letters moved back; and an error, where it also writes them as
  // escapes.
  [[nodiscard]] std::string take_off(std::string_view text) const;
  [[nodiscard]] std::string take_off_message(std::string_view message) const;

 private:
  explicit Disguise(char32_t plane) : plane_(plane) {}

  char32_t plane_;
};

}  // namespace document
