#include "core/show.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/secret.h"

namespace {

struct ShowRow {
  std::string name;
  std::string octets;
  std::string shown;
};

const std::array kShown{
    ShowRow{"nothing", "", ""},
    ShowRow{"ASCII", "HELO a.example", "HELO a.example"},
    ShowRow{"every printable end", " ~", " ~"},
    ShowRow{"a backslash stays as it is", "a\\b\\x41", "a\\b\\x41"},
    ShowRow{"CR, LF and TAB have pictures", "a\tb\r\n", "a␉b␍␊"},
    ShowRow{"LF before CR", "\n\r", "␊␍"},
    ShowRow{"NUL", std::string("a\0b", 3), "a\\x00b"},
    ShowRow{"the escape that starts a terminal sequence", "\x1b[2J", "\\x1b[2J"},
    ShowRow{"backspace and bell", "a\b\a", "a\\x08\\x07"},
    ShowRow{"DEL", "\x7f", "\\x7f"},
    ShowRow{"the other ends of C0", "\x01\x1f", "\\x01\\x1f"},
    ShowRow{"Chinese", "你好，世界", "你好，世界"},
    ShowRow{"an accent", "café", "café"},
    ShowRow{"emoji", "📧", "📧"},
    ShowRow{"a picture of several, joined", "👩\u200d💻 ❤\ufe0f\u200d🔥", "👩\u200d💻 ❤\ufe0f\u200d🔥"},
    ShowRow{"a joiner between letters", "a\u200db", "a\\xe2\\x80\\x8db"},
    ShowRow{"a selector behind a letter", "a\ufe0f", "a\\xef\\xb8\\x8f"},
    ShowRow{"a zero-width non-joiner", "al\u200cice", "al\\xe2\\x80\\x8cice"},
    ShowRow{"a soft hyphen", "al\u00adice", "al\\xc2\\xadice"},
    ShowRow{"a Hangul filler", "\u3164", "\\xe3\\x85\\xa4"},
    ShowRow{"the others of its kind", "\u115f\u1160\uffa0", "\\xe1\\x85\\x9f\\xe1\\x85\\xa0\\xef\\xbe\\xa0"},
    ShowRow{"a combining grapheme joiner", "\u034f", "\\xcd\\x8f"},
    ShowRow{"a Mongolian vowel separator", "\u180e", "\\xe1\\xa0\\x8e"},
    ShowRow{"an invisible operator", "\u2062", "\\xe2\\x81\\xa2"},
    ShowRow{"a tag", "\U000E0041", "\\xf3\\xa0\\x81\\x81"},
    ShowRow{"neighbours of these that can be seen", "\u00ac\u00ae\u3163\u2010", "\u00ac\u00ae\u3163\u2010"},
    ShowRow{"C1 as UTF-8: the one-octet CSI", "\xc2\x9b", "\\xc2\\x9b"},
    ShowRow{"C1 as UTF-8: the first and the last", "\xc2\x80\xc2\x9f", "\\xc2\\x80\\xc2\\x9f"},
    ShowRow{"the first character behind C1 passes", "\xc2\xa0", "\xc2\xa0"},
    ShowRow{"C1 as a lone octet", "\x9b", "\\x9b"},
    ShowRow{"right-to-left override",
            "a\xe2\x80\xae"
            "b",
            "a\\xe2\\x80\\xae"
            "b"},
    ShowRow{"left-to-right override", "\xe2\x80\xad", "\\xe2\\x80\\xad"},
    ShowRow{"right-to-left embedding", "\xe2\x80\xab", "\\xe2\\x80\\xab"},
    ShowRow{"pop directional formatting", "\xe2\x80\xac", "\\xe2\\x80\\xac"},
    ShowRow{"right-to-left isolate", "\xe2\x81\xa7", "\\xe2\\x81\\xa7"},
    ShowRow{"first strong isolate", "\xe2\x81\xa8", "\\xe2\\x81\\xa8"},
    ShowRow{"pop directional isolate", "\xe2\x81\xa9", "\\xe2\\x81\\xa9"},
    ShowRow{"a continuation without a start",
            "a\x80"
            "b",
            "a\\x80"
            "b"},
    ShowRow{"a start without a continuation", "\xc3", "\\xc3"},
    ShowRow{"a start and then ASCII", "\xc3(", "\\xc3("},
    ShowRow{"three octets cut after two", "\xe4\xbd", "\\xe4\\xbd"},
    ShowRow{"an overlong slash", "\xc0\xaf", "\\xc0\\xaf"},
    ShowRow{"an overlong NUL of three octets", "\xe0\x80\x80", "\\xe0\\x80\\x80"},
    ShowRow{"an overlong form of four octets", "\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf"},
    ShowRow{"a surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"},
    ShowRow{"beyond U+10FFFF", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
    ShowRow{"octets no UTF-8 has", "\xfe\xff", "\\xfe\\xff"},
    ShowRow{"GBK is not UTF-8", "\xc4\xe3\xba\xc3", "\\xc4\\xe3\\xba\\xc3"},
    ShowRow{"good after bad",
            "\xff"
            "ok你",
            "\\xffok你"},
};

struct Masked {
  std::string name;
  std::string octets;
  std::vector<core::Span> secrets;
  std::string shown;
};

const std::array kMasked{
    Masked{"no secrets", "AUTH LOGIN\r\n", {}, "AUTH LOGIN␍␊"},
    Masked{"the end of a line", "AUTH PLAIN AGEAYg==\r\n", {{11, 19}}, "AUTH PLAIN ********␍␊"},
    Masked{"the whole", "c2VjcmV0", {{0, 8}}, "********"},
    Masked{"short secrets do not show their length", "x", {{0, 1}}, "********"},
    Masked{"two, in the wrong order", "a1b2c", {{3, 4}, {1, 2}}, "a********b********c"},
    Masked{"one inside another", "abcdef", {{1, 5}, {2, 3}}, "a********f"},
    Masked{"two that overlap", "abcdef", {{1, 3}, {2, 5}}, "a********f"},
    Masked{"the same twice", "abcdef", {{1, 3}, {1, 3}}, "a********def"},
    Masked{"it ends behind the octets", "abc", {{1, 9}}, "a********"},
    Masked{"a mask in the text is left alone", "********abc", {{8, 11}}, "****************"},
    Masked{"what is not secret is escaped",
           "\x1b"
           "pw",
           {{1, 3}},
           "\\x1b********"},
    Masked{"a secret in the middle of a character", "你", {{1, 2}}, "\\xe4********\\xa0"},
};

}  // namespace

TEST_CASE("show: nothing that a terminal would act on gets through, and nothing is lost") {
  for (const ShowRow& row : kShown) {
    CAPTURE(row.name);
    CHECK(core::show_bytes(row.octets) == row.shown);
  }
}

TEST_CASE("show: whatever the octets, what is shown holds no control character") {
  for (unsigned a = 0; a < 256; ++a) {
    for (unsigned b = 0; b < 256; ++b) {
      const std::string octets{static_cast<char>(a), static_cast<char>(b)};
      const std::string shown = core::show_bytes(octets);
      for (std::size_t at = 0; at < shown.size();) {
        const std::size_t length = core::utf8_sequence_length(std::string_view(shown).substr(at));
        REQUIRE(length > 0);
        const char32_t c = core::utf8_decode(std::string_view(shown).substr(at, length));
        REQUIRE_FALSE((c < 0x20 || (c >= 0x7F && c < 0xA0)));
        at += length;
      }
    }
  }
}

TEST_CASE("show: marked secrets are masked, in any order and overlap") {
  for (const Masked& row : kMasked) {
    CAPTURE(row.name);
    CHECK(core::show_masked(row.octets, row.secrets) == row.shown);
    CHECK(core::show_bytes(core::mask(row.octets, row.secrets)) == row.shown);
  }
}

TEST_CASE("show: two secrets side by side show nothing of either") {
  CHECK(core::mask("abcdef", {{0, 3}, {3, 6}}).find_first_not_of('*') == std::string::npos);
}

TEST_CASE("show: rows of hexadecimal line up") {
  CHECK(core::hex_rows("").empty());
  const auto rows = core::hex_rows("HELO a.example\r\nMAIL");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == "0000  48 45 4c 4f 20 61 2e 65 78 61 6d 70 6c 65 0d 0a  HELO a.example..");
  CHECK(rows[1] == "0010  4d 41 49 4c                                      MAIL");
  const auto narrow = core::hex_rows(std::string("a\0\xff\x7f", 4), 4);
  REQUIRE(narrow.size() == 1);
  CHECK(narrow[0] == "0000  61 00 ff 7f  a...");
}

TEST_CASE("show: hexadecimal rows count on behind 64 KiB") {
  const auto rows = core::hex_rows(std::string(0x10010, 'a'));
  REQUIRE(rows.size() == 0x1001);
  CHECK(rows.front().substr(0, 10) == "00000000  ");
  CHECK(rows.back().substr(0, 10) == "00010000  ");
}

TEST_CASE("show: the length of a UTF-8 sequence is that of RFC 3629") {
  struct Length {
    std::string name;
    std::string octets;
    std::size_t length;
    char32_t code_point;
  };
  const std::array rows{
      Length{"nothing", "", 0, 0},
      Length{"ASCII", "ab", 1, U'a'},
      Length{"NUL", std::string(1, '\0'), 1, U'\0'},
      Length{"two octets, the first", "\xc2\x80", 2, 0x80},
      Length{"two octets, the last", "\xdf\xbf", 2, 0x7FF},
      Length{"three octets, the first", "\xe0\xa0\x80", 3, 0x800},
      Length{"three octets, before the surrogates", "\xed\x9f\xbf", 3, 0xD7FF},
      Length{"three octets, behind the surrogates", "\xee\x80\x80", 3, 0xE000},
      Length{"four octets, the first", "\xf0\x90\x80\x80", 4, 0x10000},
      Length{"four octets, the last", "\xf4\x8f\xbf\xbf", 4, 0x10FFFF},
      Length{"more follows", "\xe4\xbd\xa0\xe5\xa5\xbd", 3, U'你'},
      Length{"a continuation", "\x80", 0, 0},
      Length{"overlong", "\xc1\xbf", 0, 0},
      Length{"a surrogate", "\xed\xbf\xbf", 0, 0},
      Length{"too far", "\xf5\x80\x80\x80", 0, 0},
      Length{"cut", "\xf0\x90\x80", 0, 0},
      Length{"the last octet is no continuation",
             "\xe4\xbd"
             "a",
             0, 0},
  };
  for (const Length& row : rows) {
    CAPTURE(row.name);
    CHECK(core::utf8_sequence_length(row.octets) == row.length);
    if (row.length > 0) CHECK(core::utf8_decode(std::string_view(row.octets).substr(0, row.length)) == row.code_point);
  }
}

TEST_CASE("secret: equal is equal in every octet and in length") {
  const core::Secret secret("HVKQXZDNRTLMWABC");
  CHECK(secret.equals("HVKQXZDNRTLMWABC"));
  CHECK_FALSE(secret.equals("HVKQXZDNRTLMWABc"));
  CHECK_FALSE(secret.equals("hVKQXZDNRTLMWABC"));
  CHECK_FALSE(secret.equals("HVKQXZDNRTLMWAB"));
  CHECK_FALSE(secret.equals("HVKQXZDNRTLMWABC\n"));
  CHECK_FALSE(secret.equals(""));
  CHECK(core::Secret().equals(""));
  CHECK(core::Secret().empty());
  CHECK(core::Secret(std::string("a\0b", 3)).equals(std::string_view("a\0b", 3)));
  CHECK_FALSE(core::Secret(std::string("a\0b", 3)).equals("a"));
}

TEST_CASE("append_utf8: what utf8_decode reads back") {
  for (const char32_t c : U"\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF") {
    CAPTURE(static_cast<std::uint32_t>(c));
    std::string text;
    core::append_utf8(text, c);
    CHECK(core::utf8_sequence_length(text) == text.size());
    CHECK(core::utf8_decode(text) == c);
  }
}
