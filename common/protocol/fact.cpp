#include "protocol/fact.h"

#include <algorithm>
#include <variant>

namespace protocol {

std::string Knows::text(std::string_view name) const { return known_text(name).value_or(""); }

std::optional<std::string> Knows::known_text(std::string_view name) const {
  FactValue value = fact(name);
  auto* const text = std::get_if<std::string>(&value);
  return text == nullptr ? std::nullopt : std::optional(std::move(*text));
}

std::vector<std::string> Knows::texts(std::string_view name) const {
  FactValue value = fact(name);
  auto* const texts = std::get_if<std::vector<std::string>>(&value);
  return texts == nullptr ? std::vector<std::string>() : std::move(*texts);
}

std::size_t Knows::number(std::string_view name) const {
  const FactValue value = fact(name);
  const auto* const number = std::get_if<std::size_t>(&value);
  return number == nullptr ? 0 : *number;
}

bool Knows::flag(std::string_view name) const {
  const FactValue value = fact(name);
  const auto* const is = std::get_if<bool>(&value);
  return is != nullptr && *is;
}

Memory::Memory(const Knows& knows, std::span<const FactRow> rows) : rows_(rows) {
  for (const FactRow& row : rows) values_.push_back(knows.fact(row.name));
}

FactValue Memory::fact(std::string_view name) const {
  const auto hit = std::find_if(rows_.begin(), rows_.end(), [&](const FactRow& row) { return row.name == name; });
  return hit == rows_.end() ? FactValue() : values_[static_cast<std::size_t>(hit - rows_.begin())];
}

}  // namespace protocol
