#include "smtp/line_scan.h"

#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/smtp/feed.h"

namespace {

// The same, one octet after the other.
std::size_t smooth_octets_slowly(const char* octets, std::size_t count) {
  for (std::size_t at = 0; at < count; ++at) {
    const char before = octets[static_cast<std::ptrdiff_t>(at) - 1];
    const char c = octets[at];
    if ((c == '\n') != (before == '\r') || (c == '.' && before == '\n')) return at;
  }
  return count;
}

}  // namespace

TEST_CASE("smtp line scan: smooth octets are counted up to the first rough one, whatever the length and wherever it stands") {
  struct Row {
    std::string name;
    std::string rough;
  };
  for (const Row& row : {Row{"nothing", ""}, Row{"a LF", "\n"}, Row{"a CR", "\r"}, Row{"a dot line", "\r\n."},
                         Row{"two LF", "\n\n"}, Row{"a dot in a line", "a."}, Row{"an octet above 127", "\xff\x8d\x8a"}}) {
    CAPTURE(row.name);
    for (std::size_t length = 0; length < 300; ++length) {
      for (std::size_t at = 0; at <= length; at += length < 64 ? 1 : 7) {
        std::string octets = "x";
        while (octets.size() < length + 1) octets += "01234567\r\n"[(octets.size() - 1) % 10];
        octets.insert(1 + at, row.rough);
        const std::size_t count = octets.size() - 1;
        CAPTURE(core::show_bytes(octets));
        REQUIRE(smtp::smooth_octets(octets.data() + 1, count) == smooth_octets_slowly(octets.data() + 1, count));
      }
    }
  }
}

TEST_CASE("smtp line scan: random octets") {
  const std::string alphabet = "\r\r\n\n.aaaaaaaaaaaaaaa";
  std::mt19937 random(5321);
  for (int round = 0; round < 20000; ++round) {
    std::string octets(1 + random() % 200, 'a');
    std::generate(octets.begin(), octets.end(), [&] { return alphabet[random() % alphabet.size()]; });
    const std::string smooth = std::string(random() % 3 * 70, 'a');
    octets.insert(octets.size() / 2, smooth);
    CAPTURE(core::show_bytes(octets));
    const std::size_t count = octets.size() - 1;
    REQUIRE(smtp::smooth_octets(octets.data() + 1, count) == smooth_octets_slowly(octets.data() + 1, count));
  }
}

TEST_CASE("smtp line scan: bare line ends are noticed in any chunking") {
  struct Row {
    std::string octets;
    bool bare_lf;
    bool bare_cr;
  };
  const std::string line = std::string(150, 'a') + "\r\n";
  for (const Row& row :
       {Row{"", false, false}, Row{"a", false, false}, Row{"a\r\n.\r\n", false, false}, Row{"\n", true, false},
        Row{"a\nb", true, false}, Row{"\r", false, true}, Row{"a\rb", false, true}, Row{"a\r\r\n", false, true},
        Row{"\n\r", true, true}, Row{line + "a\r", false, true}, Row{line + "a\n" + line, true, false}, Row{line, false, false},
        Row{line + "\rb" + line, false, true}}) {
    CAPTURE(core::show_bytes(row.octets));
    const std::string got = test::feed_every_way(row.octets, [](const test::Pieces& pieces) {
      smtp::LineEndTally tally;
      for (const std::string_view piece : pieces) tally.receive(piece);
      return std::string(tally.has_bare_lf() ? "lf " : "") + (tally.has_bare_cr() ? "cr" : "");
    });
    CHECK(got == std::string(row.bare_lf ? "lf " : "") + (row.bare_cr ? "cr" : ""));
  }
}
