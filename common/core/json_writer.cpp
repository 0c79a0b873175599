#include "core/json_writer.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace core {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

// Of all octets, since it is asked for each one.
constexpr auto kNeedsEscape = [] {
  std::array<bool, 256> needs{};
  for (std::size_t octet = 0; octet < 0x20; ++octet) needs[octet] = true;
  needs['"'] = needs['\\'] = true;
  return needs;
}();

bool needs_escape(char c) { return kNeedsEscape[static_cast<unsigned char>(c)]; }

}  // namespace

void JsonWriter::text(std::string_view key, std::string_view value) {
  name(key);
  quote(value);
}

void JsonWriter::number(std::string_view key, std::uint64_t value) {
  name(key);
  digits(value);
}

void JsonWriter::milliseconds(std::string_view key, std::chrono::microseconds value) {
  name(key);
  time(value);
}

void JsonWriter::begin_list(std::string_view key) {
  name(key);
  text_ += '[';
}

void JsonWriter::item(std::string_view value) {
  comma();
  quote(value);
}

void JsonWriter::item(std::uint64_t value) {
  comma();
  digits(value);
}

void JsonWriter::item(std::chrono::microseconds value) {
  comma();
  time(value);
}

std::string JsonWriter::take() {
  text_ += '}';
  return std::move(text_);
}

void JsonWriter::name(std::string_view key) {
  comma();
  quote(key);
  text_ += ':';
}

void JsonWriter::comma() {
  if (text_.back() != '{' && text_.back() != '[') text_ += ',';
}

void JsonWriter::quote(std::string_view value) {
  text_ += '"';
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t begin = at;
    while (at < value.size() && !needs_escape(value[at])) ++at;
    text_.append(value.substr(begin, at - begin));
    if (at == value.size()) break;
    const auto octet = static_cast<unsigned char>(value[at++]);
    text_ += '\\';
    if (octet >= 0x20) {
      text_ += static_cast<char>(octet);
    } else {
      text_.append("u00").append(1, kHex[octet >> 4U]).append(1, kHex[octet & 15U]);
    }
  }
  text_ += '"';
}

void JsonWriter::digits(std::uint64_t value) {
  std::array<char, 24> buffer{};
  const char* const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  text_.append(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
}

void JsonWriter::time(std::chrono::microseconds value) {
  const bool is_negative = value.count() < 0;
  const auto count = static_cast<std::uint64_t>(is_negative ? -value.count() : value.count());
  if (is_negative) text_ += '-';
  digits(count / 1000);
  const std::uint64_t rest = count % 1000;
  text_ += '.';
  text_ += static_cast<char>('0' + rest / 100);
  if (rest % 100 != 0) text_ += static_cast<char>('0' + rest / 10 % 10);
  if (rest % 10 != 0) text_ += static_cast<char>('0' + rest % 10);
}

}  // namespace core
