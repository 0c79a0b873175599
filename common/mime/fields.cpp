#include "mime/fields.h"

#include <algorithm>

#include "core/text.h"

namespace mime {
namespace {

std::string_view first_line(std::string_view text) { return text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1); }

// ftext = %d33-57 / %d59-126
bool is_ftext(char c) { return c >= 33 && c <= 126 && c != ':'; }

}  // namespace

bool is_field(std::string_view line) {
  const auto* const end = std::find_if_not(line.begin(), line.end(), is_ftext);
  const std::string_view rest = line.substr(static_cast<std::size_t>(end - line.begin()));
  const std::size_t colon = rest.find_first_not_of(" \t");
  return end != line.begin() && colon != std::string_view::npos && rest[colon] == ':';
}

bool has_name(const RawField& field, std::string_view name) {
  constexpr int kCase = 'a' - 'A';  // the bit in which letters differ that are the same; most names differ in more
  if (field.name.size() != name.size() || (!name.empty() && ((field.name.front() ^ name.front()) & ~kCase) != 0)) return false;
  return core::equals_ignoring_case(field.name, name);
}

std::vector<RawField> fields_in(std::string_view header, std::size_t most) {
  std::vector<RawField> fields;
  while (!header.empty() && fields.size() < most) {
    std::string_view field = first_line(header);
    if (!is_field(field)) break;
    std::size_t size = field.size();
    while (size < header.size() && (header[size] == ' ' || header[size] == '\t'))
      size += first_line(header.substr(size)).size();
    field = header.substr(0, size);
    const std::size_t colon = field.find(':');
    fields.push_back({core::trim(field.substr(0, colon)), field.substr(colon + 1)});
    header.remove_prefix(size);
  }
  return fields;
}

const RawField* find_field(const std::vector<RawField>& fields, std::string_view name) {
  const auto hit = std::find_if(fields.begin(), fields.end(), [&](const RawField& field) { return has_name(field, name); });
  return hit == fields.end() ? nullptr : &*hit;
}

std::string_view without_mbox_line(std::string_view message) {
  if (!message.starts_with("From ") || is_field(first_line(message))) return message;
  return message.substr(first_line(message).size());
}

}  // namespace mime
