// Reads a command from left to right: the words of the formal syntax (RFC 9051 §9). Literals stand in the octets behind their
// "{n}" and line end, as framing has left them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/span.h"

namespace imap {

// atom-specials are no part of these; a ] is part of an atom of the client (RFC 9051 §9: ASTRING-CHAR).
[[nodiscard]] bool is_atom_char(char c);
[[nodiscard]] bool is_tag(std::string_view text);

// Each take_ moves behind what it gives; where it gives nothing, or false, it has not moved.
class Cursor {
 public:
  // text: without the line end behind it.
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] bool is_at_end() const { return at_ == text_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] char peek() const { return is_at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  bool take(char c);
  // In any letter case, and with no atom character behind it but "[".
  bool take_word(std::string_view word);
  // RFC 9051 wants exactly one blank between two words; more do no harm.
  bool take_blanks();
  // Blanks, if any, and then the end.
  bool take_end();

  std::optional<std::string_view> take_atom();  // 1*ATOM-CHAR
  std::optional<std::string> take_astring();    // 1*ASTRING-CHAR / string
  std::optional<std::string> take_string();     // quoted / literal
  // list-mailbox = 1*( ATOM-CHAR / "%" / "*" / "]" ) / string
  std::optional<std::string> take_list_mailbox();
  // literal, literal8 (RFC 3516): where its octets stand.
  std::optional<core::Span> take_literal();
  std::optional<std::uint32_t> take_number();
  std::optional<std::uint64_t> take_number64();
  // Digits, letters and whatever else a sequence set is made of; it is for SequenceSet to say whether it is one.
  std::string_view take_set();
  // Everything up to the next blank or the end.
  std::string_view take_until_blank();

 private:
  std::optional<std::string> take_quoted();
  template <typename Fits>
  std::string_view take_while(Fits fits);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace imap
