#include "imap/header_fields.h"

#include <algorithm>

#include "core/text.h"

namespace imap {
namespace {

bool has_addresses(Field field) { return field >= Field::kFrom && field <= Field::kBcc; }

std::optional<Field> field_named(std::string_view name) {
  const auto* const found = std::find_if(kFieldNames.begin(), kFieldNames.end(),
                                         [&](std::string_view one) { return core::equals_ignoring_case(one, name); });
  if (found == kFieldNames.end()) return std::nullopt;
  return static_cast<Field>(found - kFieldNames.begin());
}

bool is_white(char c) { return c == ' ' || c == '\t'; }

}  // namespace

std::optional<std::string_view> HeaderFields::find(Field field) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.first == field; });
  if (found == all_.end()) return std::nullopt;
  return found->second;
}

void HeaderFields::add(Field field, std::string value) {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.first == field; });
  if (found == all_.end()) {
    all_.emplace_back(field, std::move(value));
  } else if (has_addresses(field)) {
    found->second.append(", ").append(value);
  }
}

void HeaderReader::line(std::string_view line) {
  if (!line.empty() && is_white(line.front())) {
    if (field_) keep(line);
    return;
  }
  end_field();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  field_ = field_named(core::trim(line.substr(0, colon)));
  if (field_) keep(line.substr(colon + 1));
}

HeaderFields HeaderReader::take() {
  end_field();
  return std::exchange(fields_, {});
}

void HeaderReader::keep(std::string_view text) {
  text = text.substr(0, left_);
  left_ -= text.size();
  value_ += text;
}

void HeaderReader::end_field() {
  if (!field_) return;
  std::replace(value_.begin(), value_.end(), '\r', ' ');
  fields_.add(*field_, std::string(core::trim(value_)));
  value_.clear();
  field_.reset();
}

}  // namespace imap
