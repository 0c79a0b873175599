#include "findings/entity.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/ascii.h"
#include "core/text.h"
#include "mime/multipart.h"
#include "mime/read.h"

namespace findings {

Entity::Entity(std::string_view octets)
    : whole(octets),
      header(mime::header_of(octets)),
      body(octets.substr(header.size())),
      fields(mime::fields_in(header.substr(0, mime::kLongestHeader), mime::kMostFields)),
      has_empty_line(mime::ends_with_empty_line(header)) {}

std::string_view Entity::value(std::string_view name) const {
  const mime::RawField* const field = find(name);
  if (field == nullptr) return {};
  const std::size_t begin = std::min(field->value.find_first_not_of(" \t\r\n"), field->value.size());
  const std::size_t last = field->value.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view() : field->value.substr(begin, last + 1 - begin);
}

bool Entity::is_multipart() const { return core::starts_with_ignoring_case(value("Content-Type"), "multipart/"); }

bool Entity::goes_as_it_is() const {
  const std::string_view encoding = value("Content-Transfer-Encoding");
  return !core::equals_ignoring_case(encoding, "base64") && !core::equals_ignoring_case(encoding, "quoted-printable");
}

std::optional<std::string> parameter(std::string_view field, std::string_view name) {
  for (std::size_t at = field.find(';'); at != std::string_view::npos; at = field.find(';', at + 1)) {
    const std::string_view rest = field.substr(std::min(field.find_first_not_of(" \t\r\n", at + 1), field.size()));
    if (!core::starts_with_ignoring_case(rest, name) || rest.substr(name.size()).empty()) continue;
    std::string_view value = core::trim(rest.substr(name.size()));
    if (!value.starts_with('=')) continue;
    value = core::trim(value.substr(1));
    if (value.starts_with('"')) return std::string(value.substr(1, std::min(value.find('"', 1), value.size()) - 1));
    return std::string(value.substr(0, value.find_first_of("; \t\r\n")));
  }
  return std::nullopt;
}

core::Span span_of(std::string_view part, std::string_view text) {
  const auto begin = static_cast<std::size_t>(part.data() - text.data());
  return {begin, begin + part.size()};
}

core::Span span_of(const mime::RawField& field, std::string_view text) {
  return {span_of(field.name, text).begin, span_of(core::without_line_end(field.value), text).end};
}

bool has_high_octet(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t all = 0;
  for (; text.size() >= sizeof all; text.remove_prefix(sizeof all)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data(), sizeof eight);
    all |= eight;
  }
  return (all & kHighBits) != 0 || std::any_of(text.begin(), text.end(), core::is_high);
}

}  // namespace findings
