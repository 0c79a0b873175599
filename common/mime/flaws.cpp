#include "mime/flaws.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/show.h"
#include "core/text.h"
#include "mime/encoded_word.h"
#include "mime/fields.h"
#include "mime/multipart.h"
#include "mime/read.h"

namespace mime {
namespace {

constexpr std::size_t kMostEntities = 100;
constexpr std::size_t kDeepestMultipart = 5;

constexpr std::array<std::string_view, 6> kAddressFields{"From", "Sender", "Reply-To", "To", "Cc", "Bcc"};

// The value of a parameter: token or quoted-string (RFC 2045 §5.1); nothing when it is not there.
std::optional<std::string> parameter(std::string_view field, std::string_view name) {
  for (std::size_t at = field.find(';'); at != std::string_view::npos; at = field.find(';', at + 1)) {
    const std::string_view rest = field.substr(std::min(field.find_first_not_of(" \t\r\n", at + 1), field.size()));
    if (!core::starts_with_ignoring_case(rest, name) || rest.substr(name.size()).empty() || rest[name.size()] != '=') continue;
    std::string_view value = rest.substr(name.size() + 1);
    if (value.starts_with('"')) return std::string(value.substr(1, std::min(value.find('"', 1), value.size()) - 1));
    return std::string(value.substr(0, value.find_first_of("; \t\r\n")));
  }
  return std::nullopt;
}

bool is_seven_bit(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

class Examination {
 public:
  [[nodiscard]] bool has(Flaw flaw) const { return std::find(flaws_.begin(), flaws_.end(), flaw) != flaws_.end(); }
  void note(Flaw flaw) {
    if (!has(flaw)) flaws_.push_back(flaw);
  }

  void look_at_words(const std::vector<RawField>& fields) {
    for (const RawField& field : fields) {
      const std::vector<EncodedWord> words = encoded_words_in(field.value);
      for (const EncodedWord& word : words) {
        const auto octets = core::equals_ignoring_case(word.charset, "utf-8") ? word.octets() : std::nullopt;
        if (octets && !core::is_utf8(*octets)) note(Flaw::kEncodedWordCut);
      }
      if (hides_address(field, words)) note(Flaw::kAddressInEncodedWord);
    }
  }

  void look_at_entity(std::string_view entity, std::size_t depth) {
    if (++entities_ > kMostEntities || depth > kDeepestMultipart) return;
    const std::string_view header = header_of(entity);
    const std::string_view body = body_of(entity);
    const std::vector<RawField> fields = fields_in(header.substr(0, kLongestHeader), kMostFields);
    if (!fields.empty() && !ends_with_empty_line(header) && !body.empty()) note(Flaw::kNoBlankLine);
    const RawField* const type = find_field(fields, "Content-Type");
    if (type == nullptr) return;
    const std::string_view value = core::trim(type->value);
    if (core::starts_with_ignoring_case(value, "multipart/")) {
      look_at_parts(value, body, depth);
    } else if (core::starts_with_ignoring_case(value, "text/") && goes_as_it_is(fields)) {
      look_at_text(value, body);
    }
  }

  std::vector<Flaw> end() {
    std::sort(flaws_.begin(), flaws_.end());
    return std::move(flaws_);
  }

 private:
  static bool hides_address(const RawField& field, const std::vector<EncodedWord>& words) {
    const bool has_addresses = std::any_of(kAddressFields.begin(), kAddressFields.end(),
                                           [&](std::string_view name) { return core::equals_ignoring_case(name, field.name); });
    if (!has_addresses || words.empty()) return false;
    std::string outside;
    bool is_hidden = false;
    std::size_t at = 0;
    for (const EncodedWord& word : words) {
      outside += field.value.substr(at, word.begin - at);
      at = word.end;
      is_hidden = is_hidden || word.octets().value_or("").find('@') != std::string::npos;
    }
    outside += field.value.substr(at);
    return is_hidden && outside.find('@') == std::string::npos;
  }

  static bool goes_as_it_is(const std::vector<RawField>& fields) {
    const RawField* const encoding = find_field(fields, "Content-Transfer-Encoding");
    if (encoding == nullptr) return true;
    const std::string_view word = core::trim(encoding->value);
    return !core::equals_ignoring_case(word, "base64") && !core::equals_ignoring_case(word, "quoted-printable");
  }

  void look_at_parts(std::string_view type, std::string_view body, std::size_t depth) {
    const auto boundary = parameter(type, "boundary");
    if (!boundary && core::to_lower(type).find("boundary*") != std::string::npos) return;  // RFC 2231
    const auto parts =
        boundary && !boundary->empty() ? body_parts(body, *boundary, kMostEntities) : std::vector<std::string_view>();
    if (parts.empty()) note(Flaw::kMultipartBoundary);
    for (const std::string_view part : parts) look_at_entity(part, depth + 1);
  }

  void look_at_text(std::string_view type, std::string_view body) {
    const auto charset = parameter(type, "charset");
    if (!charset) return;
    const bool is_ascii_text = core::equals_ignoring_case(*charset, "us-ascii") && !is_seven_bit(body);
    const bool is_no_utf8 = core::equals_ignoring_case(*charset, "utf-8") && !core::is_utf8(body);
    if (is_ascii_text || is_no_utf8) note(Flaw::kCharsetMismatch);
  }

  std::vector<Flaw> flaws_;
  std::size_t entities_ = 0;
};

}  // namespace

std::vector<Flaw> flaws_in(std::string_view message) {
  Examination examination;
  if (message.find('\0') != std::string_view::npos) examination.note(Flaw::kNulInText);
  const std::string_view letter = without_mbox_line(message);
  if (letter.size() != message.size()) examination.note(Flaw::kMboxFromLine);
  examination.look_at_words(fields_in(header_of(letter).substr(0, kLongestHeader), kMostFields));
  examination.look_at_entity(letter, 0);
  return examination.end();
}

}  // namespace mime
