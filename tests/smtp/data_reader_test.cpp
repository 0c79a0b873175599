#include "smtp/data_reader.h"

#include <array>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "core/show.h"
#include "tests/smtp/feed.h"

namespace {

constexpr std::size_t kPlenty = 1 << 20;

struct DataRow {
  std::string name;
  std::string wire;
  std::string message;
  bool done;
  std::string rest = {};  // octets behind the end, not taken
  bool bare_lf = false;
  bool looks_finished = false;
};

std::string describe(std::string_view message, bool done, std::string_view rest, bool bare_lf, bool looks_finished) {
  return "\"" + core::show_bytes(message) + "\"" + (done ? " done" : "") + (bare_lf ? " bare-lf" : "") +
         (looks_finished ? " looks-finished" : "") + (rest.empty() ? "" : " +" + core::show_bytes(rest));
}

std::string describe(const DataRow& row) { return describe(row.message, row.done, row.rest, row.bare_lf, row.looks_finished); }

// What a reader makes of the pieces; octets not taken by it count as the rest.
auto reading_data(std::size_t limit, bool lf_ends_data) {
  return [=](const test::Pieces& pieces) {
    smtp::DataReader reader(limit, lf_ends_data ? smtp::DataEnd::kAnyLf : smtp::DataEnd::kCrlf);
    std::string rest;
    for (const std::string_view piece : pieces) {
      if (reader.is_done()) {
        rest += piece;
        continue;
      }
      const std::size_t taken = reader.receive(piece);
      REQUIRE(taken <= piece.size());
      if (!reader.is_done()) REQUIRE(taken == piece.size());
      rest += piece.substr(taken);
    }
    return describe(reader.message(), reader.is_done(), rest, reader.has_bare_lf(), reader.looks_finished());
  };
}

const std::array kStrict{
    DataRow{"nothing yet", "", "", false},
    DataRow{"an empty message", ".\r\n", "", true},
    DataRow{"one line", "Hello\r\n.\r\n", "Hello\r\n", true},
    DataRow{"an empty line", "\r\n.\r\n", "\r\n", true},
    DataRow{"headers and a body", "Subject: a\r\n\r\nHello\r\n.\r\n", "Subject: a\r\n\r\nHello\r\n", true},
    DataRow{"a stuffed dot", "..a\r\n.\r\n", ".a\r\n", true},
    DataRow{"a stuffed dot alone", "..\r\n.\r\n", ".\r\n", true},
    DataRow{"two stuffed dots", "...\r\n.\r\n", "..\r\n", true},
    DataRow{"a dot that was not stuffed is taken all the same (RFC 5321 §4.5.2)", ".a\r\n.\r\n", "a\r\n", true},
    DataRow{"a dot inside a line stays", "a.b.\r\n.\r\n", "a.b.\r\n", true},
    DataRow{"stuffed in every line", "..\r\n..a\r\n..\r\n.\r\n", ".\r\n.a\r\n.\r\n", true},
    DataRow{"what follows is not taken", "a\r\n.\r\nQUIT\r\n", "a\r\n", true, "QUIT\r\n"},
    DataRow{"a second end is not taken", ".\r\n.\r\n", "", true, ".\r\n"},
    DataRow{"a dot at the end of a line", "a.\r\n.\r\n", "a.\r\n", true},
    DataRow{"a dot and a space", ". \r\n.\r\n", " \r\n", true},
    DataRow{"a NUL and octets above 127", std::string("\0\xff\x80\r\n.\r\n", 8), std::string("\0\xff\x80\r\n", 5), true},
    DataRow{"a dot, not yet ended", "a\r\n.", "a\r\n", false},
    DataRow{"a dot and CR, not yet ended", "a\r\n.\r", "a\r\n", false, "", false, true},
    DataRow{"LF . LF is no end", "a\n.\nb\r\n.\r\n", "a\n.\nb\r\n", true, "", true},
    DataRow{"LF . CRLF is no end (CVE-2023-51764)", "a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n", true, "", true},
    DataRow{"CRLF . LF is no end", "a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n", true, "", true},
    DataRow{"a dot behind a bare LF is not stuffed", "a\n..b\r\n.\r\n", "a\n..b\r\n", true, "", true},
    DataRow{"a bare CR is no line end", "a\r.\r\n.\r\n", "a\r.\r\n", true},
    DataRow{"CR CR LF is no line end for the dot that was before it", ".\r\r\n.\r\n", "\r\r\n", true},
    DataRow{"a line that ends in CR CR LF", "a\r\r\n.\r\n", "a\r\r\n", true},
    DataRow{"LF CR is no line end", "a\n\r.\n\rb\r\n.\r\n", "a\n\r.\n\rb\r\n", true, "", true},
    DataRow{"it looks finished after LF . LF", "a\n.\n", "a\n.\n", false, "", true, true},
    DataRow{"it looks finished after LF . CRLF", "a\n.\r\n", "a\n.\r\n", false, "", true, true},
    DataRow{"it does not look finished in the middle", "a\r\nb\r\n", "a\r\nb\r\n", false},
    DataRow{"it does not look finished behind two dots", "a\n..\n", "a\n..\n", false, "", true},
    DataRow{"nor behind a stuffed dot", "a\r\n..\n", "a\r\n.\n", false, "", true},
    DataRow{"nor behind a dot and something else", "a\r\n.b\n", "a\r\nb\n", false, "", true},
    DataRow{"nor when more came behind it", "a\n.\nb", "a\n.\nb", false, "", true},
    DataRow{"nor when an empty line came behind it", "a\n.\n\n", "a\n.\n\n", false, "", true},
    DataRow{"nor behind a dot without an end", "a\n.", "a\n.", false, "", true},
    DataRow{"nor at an empty line", "\r\n", "\r\n", false},
    DataRow{"it looks finished after the first dot and LF", ".\n", "\n", false, "", true, true},
    DataRow{"it looks finished after CR . CR", "a\r.\r", "a\r.\r", false, "", false, true},
    DataRow{"it looks finished after CRLF . CR", "\r\n.\r", "\r\n", false, "", false, true},
    DataRow{"it looks finished after CR . CRLF", "a\r.\r\n", "a\r.\r\n", false, "", false, true},
};

const std::array kLenient{
    DataRow{"the proper end", "a\r\n.\r\nQUIT\r\n", "a\r\n", true, "QUIT\r\n"},
    DataRow{"LF . LF is an end", "a\n.\nMAIL FROM:<b@c>\r\n", "a\n", true, "MAIL FROM:<b@c>\r\n", true},
    DataRow{"a dot inside a line is still none", "a.\nb\n.\n", "a.\nb\n", true, "", true},
};

}  // namespace

TEST_CASE("smtp data: the end is CRLF.CRLF and nothing else") {
  for (const DataRow& row : kStrict) {
    CAPTURE(row.name);
    CHECK(test::feed_every_way(row.wire, reading_data(kPlenty, false)) == describe(row));
  }
}

TEST_CASE("smtp data: with the leniency for lessons about smuggling a dot between bare LFs ends it") {
  for (const DataRow& row : kLenient) {
    CAPTURE(row.name);
    CHECK(test::feed_every_way(row.wire, reading_data(kPlenty, true)) == describe(row));
  }
}

TEST_CASE("smtp data: a dot line that CRLF begins and LF ends looks finished, and is not") {
  smtp::DataReader reader(kPlenty);
  CHECK(reader.receive("a\r\n.\n") == 5);
  CHECK_FALSE(reader.is_done());
  CHECK(reader.looks_finished());
  CHECK(reader.has_bare_lf());
}

TEST_CASE("smtp data: whether it looks finished does not depend on what is kept") {
  for (const std::string wire : {"0123456789\r\n.\n", "0123456789\n.\r\n"}) {
    CAPTURE(core::show_bytes(wire));
    smtp::DataReader reader(4);
    CHECK(reader.receive(wire) == wire.size());
    CHECK(reader.looks_finished());
    CHECK(reader.receive("x") == 1);
    CHECK_FALSE(reader.looks_finished());
  }
  smtp::DataReader kept(4);
  kept.receive("a\n.\nmore");
  CHECK(kept.message() == "a\n.\n");
  CHECK_FALSE(kept.looks_finished());
}

TEST_CASE("smtp data: a CR that no LF follows is known wherever it stands") {
  struct Bare {
    std::string wire;
    bool cr;
  };
  const std::array rows{
      Bare{"a\r\n.\r\n", false},   Bare{"\r\n\r\n.\r\n", false},  Bare{"a\rb\r\n.\r\n", true}, Bare{"\ra\r\n.\r\n", true},
      Bare{"a\r\r\n.\r\n", true},  Bare{"a\n\rb\r\n.\r\n", true}, Bare{".\rx\r\n.\r\n", true}, Bare{".\r\r\n.\r\n", true},
      Bare{"a\r.\r\n.\r\n", true}, Bare{"a\nb\r\n.\r\n", false},  Bare{"..\r\n.\r\n", false},
  };
  for (const Bare& row : rows) {
    CAPTURE(core::show_bytes(row.wire));
    for (const bool lenient : {false, true}) {
      const std::string got = test::feed_every_way(row.wire, [&](const test::Pieces& pieces) {
        smtp::DataReader reader(kPlenty, lenient ? smtp::DataEnd::kAnyLf : smtp::DataEnd::kCrlf);
        for (const std::string_view piece : pieces) reader.receive(piece);
        return std::string(reader.is_done() ? "done" : "open") + (reader.has_bare_cr() ? " bare-cr" : "");
      });
      CHECK(got == std::string("done") + (row.cr ? " bare-cr" : ""));
    }
  }
}

// Long stretches are passed over in blocks: the result must be that of looking at every octet.
TEST_CASE("smtp data: what is rough is found at every place of a long message") {
  const std::string line = "0123456789012345678901234567890123456789012345678901234567890123456789012345\r\n";
  std::string smooth;
  while (smooth.size() < 700) smooth += line;
  for (const std::string rough : {"\n", "\r", "\r\n.", "\r\n..", "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r\n"}) {
    CAPTURE(core::show_bytes(rough));
    for (std::size_t at = 0; at < 400; ++at) {
      std::string wire = smooth;
      wire.insert(at, rough);
      wire += ".\r\n";
      const auto run = [&](std::size_t chunk, bool lenient) {
        smtp::DataReader reader(kPlenty, lenient ? smtp::DataEnd::kAnyLf : smtp::DataEnd::kCrlf);
        std::size_t taken = 0;
        while (taken < wire.size() && !reader.is_done()) taken += reader.receive(std::string_view(wire).substr(taken, chunk));
        return describe(reader.message(), reader.is_done(), std::string_view(wire).substr(taken), reader.has_bare_lf(), false) +
               (reader.has_bare_cr() ? " bare-cr" : "");
      };
      CAPTURE(at);
      for (const bool lenient : {false, true}) {
        const std::string slow = run(1, lenient);
        REQUIRE(run(wire.size(), lenient) == slow);
        for (const std::size_t chunk : {16U, 17U, 131U}) REQUIRE(run(chunk, lenient) == slow);
      }
    }
  }
}

TEST_CASE("smtp data: past the limit octets are counted and dropped until the end") {
  struct Limit {
    std::string name;
    std::string wire;
    std::size_t limit;
    std::string message;
    std::size_t size;
    bool too_large;
  };
  const std::array rows{
      Limit{"below", "abc\r\n.\r\n", 6, "abc\r\n", 5, false},
      Limit{"exactly", "abc\r\n.\r\n", 5, "abc\r\n", 5, false},
      Limit{"one too many", "abc\r\n.\r\n", 4, "abc\r", 5, true},
      Limit{"nothing allowed", "abc\r\n.\r\n", 0, "", 5, true},
      Limit{"nothing allowed and nothing sent", ".\r\n", 0, "", 0, false},
      Limit{"a stuffed dot does not count", "..\r\n.\r\n", 3, ".\r\n", 3, false},
      Limit{"many lines", "abcd\r\nefgh\r\n..ij\r\n.\r\n", 4, "abcd", 17, true},
  };
  for (const Limit& row : rows) {
    CAPTURE(row.name);
    const std::string got = test::feed_every_way(row.wire, [&](const test::Pieces& pieces) {
      smtp::DataReader reader(row.limit);
      for (const std::string_view piece : pieces) {
        CHECK(reader.receive(piece) == piece.size());
        CHECK(reader.message().size() <= row.limit);
      }
      return core::show_bytes(reader.message()) + " " + std::to_string(reader.size()) +
             (reader.too_large() ? " too large" : "") + (reader.is_done() ? " done" : "");
    });
    CHECK(got ==
          core::show_bytes(row.message) + " " + std::to_string(row.size) + (row.too_large ? " too large" : "") + " done");
  }
}

TEST_CASE("smtp data: stuffing doubles a dot at the start of a line and ends the last line") {
  struct Stuffed {
    std::string name;
    std::string message;
    std::string wire;
  };
  const std::array rows{
      Stuffed{"nothing", "", ""},
      Stuffed{"a line", "Hello\r\n", "Hello\r\n"},
      Stuffed{"a line without end", "Hello", "Hello\r\n"},
      Stuffed{"a dot", ".\r\n", "..\r\n"},
      Stuffed{"a dot without line end", ".", "..\r\n"},
      Stuffed{"a dot and letters", ".a\r\n", "..a\r\n"},
      Stuffed{"two dots", "..\r\n", "...\r\n"},
      Stuffed{"in the second line", "a\r\n.b\r\n", "a\r\n..b\r\n"},
      Stuffed{"in every line", ".\r\n.\r\n", "..\r\n..\r\n"},
      Stuffed{"not inside a line", "a.b\r\n", "a.b\r\n"},
      Stuffed{"an empty line", "\r\n", "\r\n"},
      Stuffed{"the end that smuggling wants", "a\r\n.\r\nMAIL FROM:<b@c>\r\n", "a\r\n..\r\nMAIL FROM:<b@c>\r\n"},
  };
  for (const Stuffed& row : rows) {
    CAPTURE(row.name);
    CHECK(core::show_bytes(smtp::dot_stuff(row.message)) == core::show_bytes(row.wire));
  }
}

TEST_CASE("smtp data: what was stuffed comes out as it went in") {
  const std::string alphabet = "..\r\n\na";
  std::mt19937 random(5321);
  for (int round = 0; round < 20000; ++round) {
    std::string message;
    const std::size_t length = random() % 12;
    for (std::size_t i = 0; i < length; ++i) message += alphabet[random() % alphabet.size()];
    if (random() % 2 == 0) message += "\r\n";
    std::string expected = message;
    if (!expected.empty() && !expected.ends_with("\r\n")) expected += "\r\n";

    const std::string wire = smtp::dot_stuff(message) + ".\r\n";
    smtp::DataReader reader(kPlenty);
    const std::size_t taken = reader.receive(wire);
    CAPTURE(core::show_bytes(message));
    CAPTURE(core::show_bytes(wire));
    REQUIRE(taken == wire.size());
    REQUIRE(reader.is_done());
    REQUIRE(core::show_bytes(reader.message()) == core::show_bytes(expected));
  }
}
