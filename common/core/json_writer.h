// A JSON object (RFC 8259) written member by member, straight into its text: for what is written for every line of a dialogue.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace core {

// Names and texts are UTF-8; what JSON wants escaped in them is escaped. Within a list, values come without a name.
class JsonWriter {
 public:
  explicit JsonWriter(std::size_t octets) {
    text_.reserve(octets);
    text_ += '{';
  }

  void text(std::string_view name, std::string_view value);
  void number(std::string_view name, std::uint64_t value);
  void milliseconds(std::string_view name, std::chrono::microseconds time);  // with three decimals at most, and one at least

  void begin_list(std::string_view name);
  void item(std::string_view value);
  void item(std::uint64_t value);
  void item(std::chrono::microseconds time);
  void end_list() { text_ += ']'; }

  // The whole object. Nothing can be added any more.
  [[nodiscard]] std::string take();

 private:
  void name(std::string_view name);
  void comma();
  void quote(std::string_view value);
  void digits(std::uint64_t value);
  void time(std::chrono::microseconds time);

  std::string text_;
};

}  // namespace core
