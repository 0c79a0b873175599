// The fields of a header that ENVELOPE and BODYSTRUCTURE are made of, as raw values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace imap {

enum class Field : std::uint8_t {
  kDate,
  kSubject,
  kFrom,
  kSender,
  kReplyTo,
  kTo,
  kCc,
  kBcc,
  kInReplyTo,
  kMessageId,
  kContentType,
  kContentId,
  kContentDescription,
  kContentTransferEncoding,
  kContentMd5,
  kContentDisposition,
  kContentLanguage,
  kContentLocation,
};

// In the order of Field.
inline constexpr auto kFieldNames = std::to_array<std::string_view>({
    "Date",
    "Subject",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Bcc",
    "In-Reply-To",
    "Message-ID",
    "Content-Type",
    "Content-ID",
    "Content-Description",
    "Content-Transfer-Encoding",
    "Content-MD5",
    "Content-Disposition",
    "Content-Language",
    "Content-Location",
});

// Values are unfolded: the line ends are taken away and nothing else (RFC 5322 §2.2.3). A CR by itself is a blank; there is no
// white space at both ends; otherwise octet for octet, encoded-words as they are.
class HeaderFields {
 public:
  // Nothing: there is no such field. A view into this object.
  [[nodiscard]] std::optional<std::string_view> find(Field field) const;
  // Of fields with addresses all are kept, separated by commas; of the others the first, as readers of mail take it.
  void add(Field field, std::string value);

  [[nodiscard]] const std::vector<std::pair<Field, std::string>>& all() const { return all_; }
  bool operator==(const HeaderFields&) const = default;

 private:
  std::vector<std::pair<Field, std::string>> all_;  // each field once
};

// Reads headers line by line.
class HeaderReader {
 public:
  // most: octets of values that are kept, of all headers together.
  explicit HeaderReader(std::size_t most) : left_(most) {}

  // line: without its end. Fields that nobody wants, and what is no field, are passed over.
  void line(std::string_view line);
  // The header has ended.
  [[nodiscard]] HeaderFields take();

 private:
  void keep(std::string_view text);
  void end_field();

  std::size_t left_;
  std::optional<Field> field_;  // that is being read
  std::string value_;
  HeaderFields fields_;
};

}  // namespace imap
