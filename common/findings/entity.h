// One entity of a message, cut into what the flaws are looked for in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "mime/fields.h"

namespace findings {

struct Entity {
  std::string_view whole;
  std::string_view header;  // with the empty line that ends it, if there is one
  std::string_view body;
  std::vector<mime::RawField> fields;
  bool has_empty_line = false;

  explicit Entity(std::string_view octets);

  [[nodiscard]] const mime::RawField* find(std::string_view name) const { return mime::find_field(fields, name); }
  // The value without blanks around it; empty when there is no such field.
  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] bool is_multipart() const;
  // Its octets are the text itself: neither base64 nor quoted-printable.
  [[nodiscard]] bool goes_as_it_is() const;
};

// The value of a parameter of a structured field: token or quoted-string (RFC 2045 §5.1).
[[nodiscard]] std::optional<std::string> parameter(std::string_view field, std::string_view name);

// The whole field in `text`, which it views, from its name to its line end.
[[nodiscard]] core::Span span_of(const mime::RawField& field, std::string_view text);
// `part`, which views `text`.
[[nodiscard]] core::Span span_of(std::string_view part, std::string_view text);

[[nodiscard]] bool has_high_octet(std::string_view text);

}  // namespace findings
