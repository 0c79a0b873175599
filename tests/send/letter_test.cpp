#include "client/send/letter.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/base64.h"
#include "core/text.h"

namespace {

namespace fs = std::filesystem;

class File {
 public:
  explicit File(std::string_view octets) {
    name_ = (fs::temp_directory_path() / "smtplab-letter-XXXXXX").string();
    REQUIRE(mkstemp(name_.data()) >= 0);
    write(octets);
  }
  ~File() { fs::remove(name_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(std::string_view octets) const { std::ofstream(name_, std::ios::binary) << octets; }
  [[nodiscard]] send::AttachedFile attached() const { return {name_, "c.json:1:1", fs::file_size(name_)}; }

 private:
  std::string name_;
};

// All of it, as it goes out, and the longest piece.
struct Sent {
  std::string octets;
  std::size_t longest = 0;
};

Sent sent(send::Letter letter) {
  Sent sent;
  while (!letter.is_at_end()) {
    const auto piece = letter.next();
    REQUIRE(piece.has_value());
    CHECK_FALSE(piece->empty());
    sent.longest = std::max(sent.longest, piece->size());
    sent.octets += *piece;
  }
  return sent;
}

}  // namespace

TEST_CASE("letter: dots are stuffed and the end is added, wherever the pieces are cut") {
  struct Row {
    std::string message;
    std::string out;
  };
  for (const Row& row : {
           Row{"", ".\r\n"},
           Row{"a", "a\r\n.\r\n"},
           Row{".\r\n", "..\r\n.\r\n"},
           Row{"\r\n.\r\n\r\n", "\r\n..\r\n\r\n.\r\n"},
           Row{"a\r\n.b", "a\r\n..b\r\n.\r\n"},
       }) {
    CAPTURE(row.message);
    CHECK(sent(row.message).octets == row.out);
    CHECK(send::Letter(row.message).size() == row.message.size());
  }
  // A line end and a dot at every place where a piece may end.
  for (std::size_t before = send::Letter::kPiece - 3; before <= send::Letter::kPiece; ++before) {
    CAPTURE(before);
    const std::string message = std::string(before, 'x') + "\r\n.\r\n";
    CHECK(sent(message).octets == std::string(before, 'x') + "\r\n..\r\n.\r\n");
  }
}

TEST_CASE("letter: a large file goes out in small pieces, in base64, octet for octet") {
  std::string octets;
  for (int i = 0; i < 500'000; ++i) octets += static_cast<char>(i * 7 % 253);
  const File large(octets);
  const File empty("");
  std::vector<mime::Piece> pieces{{"A: b\r\n\r\n", 0}, {"\r\n--x\r\n\r\n", 1}, {"\r\n--x--\r\n"}};
  const send::Letter letter(pieces, {large.attached(), empty.attached()});
  CHECK(letter.is_ascii());
  CHECK_FALSE(letter.has_utf8_header());
  const Sent out = sent(letter);
  CHECK(out.octets.size() == letter.size() + 3);  // the final dot
  CHECK(out.longest < 3 * send::Letter::kPiece);
  const std::size_t begin = std::string_view("A: b\r\n\r\n").size();
  const std::string base64 = core::replace_all(out.octets.substr(begin, mime::base64_lines_size(octets.size())), "\r\n", "");
  CHECK(core::base64_decode(base64).value() == octets);
  CHECK(out.octets.ends_with("\r\n--x\r\n\r\n\r\n--x--\r\n.\r\n"));
}

TEST_CASE("letter: a file that has changed since it was looked at ends it without its final dot") {
  for (const std::string_view now : {"shorter", "this has become a longer one"}) {
    CAPTURE(now);
    const File file("as it was at first");
    send::Letter letter({{"A: b\r\n\r\n", 0}, {"\r\n"}}, {file.attached()});
    file.write(now);
    const auto piece = letter.next();
    REQUIRE(!piece.has_value());
    CHECK(piece.error().id == "file-unreadable");
    CHECK(piece.error().place.en == "c.json:1:1");
    CHECK_FALSE(letter.is_at_end());
  }
}
