#include "client/screen/key_decoder.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using screen::Key;
using screen::KeyDecoder;
using screen::KeyName;
using screen::Stroke;

void append(std::vector<Stroke>& strokes, std::string_view octets) {
  for (const char octet : octets) strokes.push_back(Stroke::of_octet(static_cast<unsigned char>(octet)));
}

// The octets as one reading gives them; "{" and "}" stand for the marks around a paste, "^" for the Up key.
std::vector<Stroke> strokes_of(std::string_view octets) {
  std::vector<Stroke> strokes;
  for (const char octet : octets) {
    switch (octet) {
      case '{': strokes.push_back(Stroke::of_kind(Stroke::Kind::kPasteBegin)); break;
      case '}': strokes.push_back(Stroke::of_kind(Stroke::Kind::kPasteEnd)); break;
      case '^': strokes.push_back(Stroke::of_name(KeyName::kUp)); break;
      default: append(strokes, std::string_view(&octet, 1));
    }
  }
  return strokes;
}

// Keys as text: a character stands for itself, other keys in angle brackets.
std::string shown(const std::vector<Key>& keys) {
  std::string out;
  for (const Key& key : keys) {
    switch (key.name) {
      case KeyName::kText: out += key.text; break;
      case KeyName::kPaste: out += "<paste " + key.text + ">"; break;
      case KeyName::kEnter: out += "<enter>"; break;
      case KeyName::kTab: out += "<tab>"; break;
      case KeyName::kEscape: out += "<escape>"; break;
      case KeyName::kBackspace: out += "<backspace>"; break;
      case KeyName::kUp: out += "<up>"; break;
      case KeyName::kControl: out += "<ctrl-" + key.text + ">"; break;
      default: out += "<other>";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("screen keys: what one reading of the terminal means") {
  struct Row {
    std::string name;
    std::string octets;
    std::string want;
  };
  const std::vector<Row> rows{
      {"letters", "qZ?", "qZ?"},
      {"characters of several octets", "é你📬", "é你📬"},
      {"enter, as CR or LF", "\r\n", "<enter><enter>"},
      {"tab and backspace", "\t\x7F\b", "<tab><backspace><backspace>"},
      {"control and a letter", "\x03\x1A\x01", "<ctrl-c><ctrl-z><ctrl-a>"},
      {"controls without a letter", std::string("\0\x1C\x1D\x1E\x1F", 5), ""},
      {"Escape alone", "\x1B", "<escape>"},
      {"Escape twice", "\x1B\x1B", "<escape><escape>"},
      {"Alt and a letter is ignored", "\x1Bxy", "y"},
      {"Alt and a Chinese character is ignored", "\x1B你y", "y"},
      {"Alt and a key with a name is ignored", "\x1B^y", "y"},
      {"an unknown sequence is ignored", "a\x1B[1;5Zb", "ab"},
      {"an unknown sequence of the other kind is ignored", "a\x1BOzb", "ab"},
      {"half a sequence is ignored", "a\x1B[12;", "a"},
      {"a named key", "a^b", "a<up>b"},
      {"an octet that is not UTF-8 is ignored", "a\xFFz", "az"},
      {"an overlong form is ignored", "a\xC0\xAFz", "az"},
      {"a broken character does not eat the next one", "\xE4\xBDz", "z"},
      {"a C1 control is ignored", "\xC2\x9Bz", "z"},
      {"a direction override is ignored", "\xE2\x80\xAEz", "z"},
      {"a paste is one key", "a{HELO x}b", "a<paste HELO x>b"},
      {"a line end at the end of a paste is dropped", "{QUIT\r\n}", "<paste QUIT>"},
      {"lines of a paste stay lines, whatever ends them", "{a\r\nb\nc\rd\n\ne\r\n\r\n}", "<paste a\nb\nc\nd\n\ne>"},
      {"controls and keys in a paste do nothing, a tab is a space", "{a\x03\x1A^b\x1B[A\tc}", "<paste ab c>"},
      {"an empty paste is nothing", "a{\r\n}b", "ab"},
      {"Enter behind a paste is Enter again", "{a\r}\r", "<paste a><enter>"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    KeyDecoder decoder;
    CHECK(shown(decoder.decode(strokes_of(row.octets))) == row.want);
  }
}

TEST_CASE("screen keys: a character and a paste may arrive in pieces") {
  KeyDecoder decoder;
  CHECK(shown(decoder.decode(strokes_of("\xE4"))) == "");
  CHECK(shown(decoder.decode(strokes_of("\xBD"))) == "");
  CHECK(shown(decoder.decode(strokes_of("\xA0"))) == "你");
  CHECK(shown(decoder.decode(strokes_of("{a\r"))) == "");
  CHECK(shown(decoder.decode(strokes_of("\nb"))) == "");
  CHECK(shown(decoder.decode(strokes_of("\n}\r"))) == "<paste a\nb><enter>");
}

TEST_CASE("screen keys: what is pasted without end is cut") {
  KeyDecoder decoder;
  CHECK(decoder.decode(strokes_of("{")).empty());
  for (int i = 0; i < 20; ++i) CHECK(decoder.decode(strokes_of(std::string(9999, 'x') + "\n")).empty());
  const std::vector<Key> keys = decoder.decode(strokes_of("}"));
  REQUIRE(keys.size() == 1);
  CHECK(keys.front().text.size() == screen::kMostPasted);
}
