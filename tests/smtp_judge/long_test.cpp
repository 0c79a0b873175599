// Whatever a client sends, what is kept of it is bounded.
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "smtp_judge/judge.h"
#include "smtp_judge/reading.h"

namespace {

dialogue::Event event_of(dialogue::Kind kind, std::string octets, std::uint64_t number) {
  dialogue::Event event;
  event.kind = kind;
  event.number = number;
  event.at = std::chrono::microseconds(number * 1000);
  event.bytes = std::move(octets);
  return event;
}

}  // namespace

TEST_CASE("reading: of a message that is too long the beginning is kept, and its end is found") {
  smtp_judge::Reading reading;
  std::uint64_t number = 0;
  const auto take = [&](dialogue::Kind kind, std::string octets) {
    reading.take(event_of(kind, std::move(octets), ++number));
    while (reading.next()) continue;
  };
  take(dialogue::Kind::kServer, "220 a\r\n");
  take(dialogue::Kind::kClient, "DATA\r\n");
  take(dialogue::Kind::kServer, "354 b\r\n");
  const std::string part(std::size_t{1} << 20U, 'x');
  for (int i = 0; i < 40; ++i) take(dialogue::Kind::kClient, part + "\r\n");
  CHECK(reading.mode() == smtp_judge::Mode::kMessage);
  CHECK(reading.pending().size() <= smtp_judge::Reading::kLongestMessage + part.size() + 2);
  take(dialogue::Kind::kClient, ".\r\nQUIT\r\n");
  CHECK(reading.turn().line.input == smtp::Input::kMessage);
  CHECK(reading.turn().line.is_cut);
  take(dialogue::Kind::kServer, "250 c\r\n");
  CHECK(reading.turn().line.input == smtp::Input::kQuit);
  CHECK(reading.turn().line.begin == 6 + 40 * (part.size() + 2) + 3);
}

TEST_CASE("reading: a line without an end is told in parts") {
  smtp_judge::Reading reading;
  std::uint64_t number = 0;
  const auto take = [&](dialogue::Kind kind, std::string octets) {
    reading.take(event_of(kind, std::move(octets), ++number));
    while (reading.next()) continue;
  };
  take(dialogue::Kind::kServer, "220 a\r\n");
  for (int i = 0; i < 20; ++i) {
    take(dialogue::Kind::kClient, std::string(100'000, 'x'));
    take(dialogue::Kind::kServer, "500 what?\r\n");
  }
  CHECK(reading.pending().size() <= smtp_judge::Reading::kLongestLine + 100'000);
}

TEST_CASE("judge: octets of any kind are judged without harm") {
  std::uint32_t random = 1;
  for (int round = 0; round < 300; ++round) {
    const auto judge = smtp_judge::make({});
    for (std::uint64_t number = 1; number < 40; ++number) {
      std::string octets;
      for (int i = 0; i < 12; ++i) {
        random = random * 1664525U + 1013904223U;
        constexpr std::string_view kOctets = "\r\n.\0 :<>@DATAQUIT235\x16\xff=b'";
        octets += kOctets[(random >> 16U) % kOctets.size()];
      }
      const bool is_client = random % 3 != 0;
      constexpr std::array<std::string_view, 6> kReplies{"220 a\r\n", "250 b\r\n", "334 c\r\n",
                                                         "354 d\r\n", "550 e\r\n", "421 f\r\n"};
      if (!is_client) octets = kReplies[(random >> 8U) % kReplies.size()];
      judge->take(event_of(is_client ? dialogue::Kind::kClient : dialogue::Kind::kServer, octets, number));
    }
    judge->take(event_of(dialogue::Kind::kClosed, {}, 40));
    CHECK(judge->take_findings().size() < 60);
  }
}
