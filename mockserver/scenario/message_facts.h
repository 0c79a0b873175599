// What a rule's conditions ask about a finished message.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mime/read.h"
#include "mockserver/scenario/condition.h"

namespace scenario {

// REQUIRES: what `content` views outlives it. Reads the message when first asked about more than its octets.
class MessageFacts {
 public:
  explicit MessageFacts(std::string_view content) : content_(content) {}

  // There is such a field; captures takes what named groups have found in each, and may be null.
  [[nodiscard]] bool has(const FieldPattern& wanted, Values* captures);
  [[nodiscard]] bool has_header();                            // any field
  [[nodiscard]] std::size_t count_of(std::string_view name);  // fields of that name
  // One of its texts is like that.
  [[nodiscard]] bool has_text(const Pattern& pattern, Values* captures);
  // The address in From where there is one such field with one address (RFC 5322 §3.6), quoted only where it has to be.
  [[nodiscard]] std::optional<std::string> from();
  // An octet above 127 stands in it, or in its header.
  [[nodiscard]] bool has_eight_bit() const;
  [[nodiscard]] bool has_eight_bit_header() const;
  [[nodiscard]] std::size_t longest_line() const;  // octets, without its end
  // REQUIRES: is_about_messages(mistake).
  [[nodiscard]] bool shows(protocol::MistakeId mistake) const;

 private:
  [[nodiscard]] const mime::Read& read();

  std::string_view content_;
  std::optional<mime::Read> read_;
};

}  // namespace scenario
