// Values with parameters: Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2183), raw as BODYSTRUCTURE has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace imap {

using Parameters = std::vector<std::pair<std::string, std::string>>;  // in the order in which they stand there

struct ContentType {
  std::string type;  // letter case as written, as of everything here
  std::string subtype;
  Parameters parameters = {};
  bool operator==(const ContentType&) const = default;

  [[nodiscard]] bool is(std::string_view wanted) const;
  [[nodiscard]] bool is(std::string_view wanted, std::string_view wanted_subtype) const;
  // What separates the parts of a multipart; also where it is written as RFC 2231 has it. Empty: it says none.
  [[nodiscard]] std::string boundary() const;
};

struct Disposition {
  std::string type;
  Parameters parameters = {};
  bool operator==(const Disposition&) const = default;
};

// type "/" subtype *(";" parameter). Comments are passed over; of a parameter that is none the parser goes on to the next. What
// was cut into pieces is put together (RFC 2231 §3) under its name, with a "*" behind it where pieces are encoded, and stands
// last. Nothing: no type and subtype; RFC 2045 §5.2 says then what it is.
[[nodiscard]] std::optional<ContentType> parse_content_type(std::string_view value);
[[nodiscard]] std::optional<Disposition> parse_disposition(std::string_view value);

// The one word that Content-Transfer-Encoding says, perhaps with parameters; nothing where there is none, or several.
[[nodiscard]] std::optional<std::string> parse_token(std::string_view value);
// Content-Language: "en, zh-CN". Perhaps empty.
[[nodiscard]] std::vector<std::string> parse_languages(std::string_view value);

}  // namespace imap
