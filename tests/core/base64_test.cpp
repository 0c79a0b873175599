#include "core/base64.h"

#include <array>
#include <random>
#include <string>

#include <doctest/doctest.h>

namespace {

struct Pair {
  std::string name;
  std::string octets;
  std::string text;
};

// RFC 4648 §10, and what the examples of the RFCs on SASL use.
const std::array kPairs{
    Pair{"nothing", "", ""},
    Pair{"one octet", "f", "Zg=="},
    Pair{"two octets", "fo", "Zm8="},
    Pair{"three octets", "foo", "Zm9v"},
    Pair{"four octets", "foob", "Zm9vYg=="},
    Pair{"five octets", "fooba", "Zm9vYmE="},
    Pair{"six octets", "foobar", "Zm9vYmFy"},
    Pair{"the prompt for a user name", "Username:", "VXNlcm5hbWU6"},
    Pair{"the prompt in lower case", "username:", "dXNlcm5hbWU6"},
    Pair{"the prompt for a password", "Password:", "UGFzc3dvcmQ6"},
    Pair{"a response of PLAIN", std::string("\0tim\0tanstaaftanstaaf", 21), "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"},
    Pair{"a NUL", std::string(1, '\0'), "AA=="},
    Pair{"both characters that are no letter or digit", "\xfb\xff\xbf", "+/+/"},
    Pair{"octets above 127", "\xff\xfe", "//4="},
};

struct Bad {
  std::string name;
  std::string text;
  const char* place;  // the octet the error must name, or empty when the length as a whole is at fault
};

const std::array kBad{
    Bad{"a character outside the alphabet", "Zm9v!Zm8=", "octet 5 "},
    Bad{"an address instead of base64", "alice@example.com", "octet 6 "},
    Bad{"the alphabet for URLs, minus", "-_-_", "octet 1 "},
    Bad{"the alphabet for URLs, underscore", "A_AA", "octet 2 "},
    Bad{"a space inside", "Zm9v Zm9v", "octet 5 "},
    Bad{"a line end inside", "Zm9v\r\nZm9v", "octet 5 "},
    Bad{"a line end behind", "Zm9v\r\n", "octet 5 "},
    Bad{"a NUL", std::string("Zm9\0", 4), "octet 4 "},
    Bad{"an octet above 127", "Zm9\xe9", "octet 4 "},
    Bad{"a Python literal", "b'YWxpY2U='", "octet 2 "},
    Bad{"no padding where two are due", "Zg", ""},
    Bad{"no padding where one is due", "Zm8", ""},
    Bad{"half the padding", "Zg=", ""},
    Bad{"padding that belongs to nothing", "Zm9v=", ""},
    Bad{"a whole group of padding", "Zm9v====", ""},
    Bad{"three of padding", "Z===", ""},
    Bad{"padding alone", "=", ""},
    Bad{"two of padding alone", "==", ""},
    Bad{"four of padding alone", "====", ""},
    Bad{"one character", "Z", ""},
    Bad{"five characters", "Zm9vZ", ""},
    Bad{"characters behind the padding", "Zg==Zg==", "octet 3 "},
    Bad{"a character between the padding", "Zg=A", "octet 3 "},
    Bad{"unused bits set before two of padding", "Zh==", "octet 2 "},
    Bad{"unused bits set before one of padding", "Zm9=", "octet 3 "},
};

}  // namespace

TEST_CASE("base64: the vectors of RFC 4648 go both ways") {
  for (const Pair& row : kPairs) {
    CAPTURE(row.name);
    CHECK(core::base64_encode(row.octets) == row.text);
    const auto decoded = core::base64_decode(row.text);
    REQUIRE(decoded.has_value());
    CHECK(*decoded == row.octets);
  }
}

TEST_CASE("base64: what is not exactly what an encoder gives is refused, and the error names the place") {
  for (const Bad& row : kBad) {
    CAPTURE(row.name);
    const auto decoded = core::base64_decode(row.text);
    REQUIRE_FALSE(decoded.has_value());
    CHECK(decoded.error().blame == core::Blame::kPeer);
    CHECK_FALSE(decoded.error().text.en.empty());
    CAPTURE(decoded.error().place.en);
    CHECK(decoded.error().place.en.find(row.place) == 0);
  }
}

TEST_CASE("base64: every octet value and every length survives encoding and decoding") {
  std::mt19937 random(4648);
  for (std::size_t length = 0; length < 200; ++length) {
    std::string octets;
    for (std::size_t i = 0; i < length; ++i) octets += static_cast<char>(random() & 0xFFU);
    CAPTURE(length);
    const std::string text = core::base64_encode(octets);
    CHECK(text.size() == (length + 2) / 3 * 4);
    const auto decoded = core::base64_decode(text);
    REQUIRE(decoded.has_value());
    CHECK(*decoded == octets);
  }
}

TEST_CASE("base64: of all groups of one and two octets, each has one text only") {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::size_t accepted = 0;
  for (const char first : alphabet) {
    for (const char second : alphabet) {
      const std::string text{first, second, '=', '='};
      if (const auto decoded = core::base64_decode(text)) {
        ++accepted;
        CHECK(core::base64_encode(*decoded) == text);
      }
    }
  }
  CHECK(accepted == 256);
}
