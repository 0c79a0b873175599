#include "client/program/wanted.h"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace std::string_literals;

// The beginning of an IPv4 packet without options (RFC 791 §3.1), and the two ports behind it.
std::string packet(char protocol, const std::string& to, std::uint16_t from_port, std::uint16_t to_port) {
  const auto two = [](std::uint16_t number) {
    return std::string{static_cast<char>(number >> 8U), static_cast<char>(number & 0xFFU)};
  };
  return "\x45\0\0\x3c\0\0\x40\0\x40"s + protocol + "\0\0\x7f\0\0\x01"s + to + two(from_port) + two(to_port);
}

TEST_CASE("wanted: where a packet goes to") {
  struct Row {
    std::string name;
    std::string packet;
    std::optional<program::Place> place;
  };
  const std::string there = "\xc0\0\x02\x07"s;
  const std::string with_options = "\x46"s + packet(6, there, 0, 0).substr(1, 19) + "\1\1\1\0"s + "\x9c\x40\0\x19"s;
  const std::vector<Row> rows{
      {"TCP", packet(6, there, 40000, 26), program::Place{"192.0.2.7", 26, false}},
      {"UDP", packet(17, "\x7f\0\0\x01"s, 40000, 25), program::Place{"127.0.0.1", 25, true}},
      {"options before the ports", with_options, program::Place{"192.0.2.7", 25, false}},
      {"a question for a name", packet(17, there, 40000, 53), std::nullopt},
      {"its answer", packet(17, there, 53, 40000), std::nullopt},
      {"another protocol", packet(1, there, 0, 0), std::nullopt},
      {"IPv6", "\x60"s + std::string(60, '\0'), std::nullopt},
      {"cut off", packet(6, there, 40000, 26).substr(0, 22), std::nullopt},
      {"a header shorter than any", "\x41"s + packet(6, there, 1, 2).substr(1), std::nullopt},
      {"nothing", "", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(program::destination_of(row.packet) == row.place);
  }
}

}  // namespace
