#include "mime/compose.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/text.h"

namespace {

mime::Message plain() {
  mime::Message message;
  message.from = {"", "alice@client.example"};
  message.to = {{"", "bob@mock.example"}};
  message.subject = "Hello";
  message.body = "Hello, Bob.\n";
  message.date = std::chrono::sys_seconds(std::chrono::seconds(1'795'167'130));
  message.zone = std::chrono::hours(8);
  message.id = "1@client.example";
  return message;
}

// The octets that a text with LFs stands for.
std::string crlf(std::string_view text) { return core::replace_all(text, "\n", "\r\n"); }

std::size_t longest_line(std::string_view octets) {
  std::size_t longest = 0;
  while (!octets.empty()) {
    const std::size_t end = std::min(octets.find("\r\n"), octets.size());
    longest = std::max(longest, end);
    octets.remove_prefix(std::min(end + 2, octets.size()));
  }
  return longest;
}

bool is_clean(std::string_view octets) {
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const auto c = static_cast<unsigned char>(octets[i]);
    if (c >= 0x80 || c == 0) return false;
    if (c == '\n' && (i == 0 || octets[i - 1] != '\r')) return false;
    if (c == '\r' && (i + 1 == octets.size() || octets[i + 1] != '\n')) return false;
  }
  return octets.ends_with("\r\n");
}

}  // namespace

TEST_CASE("mime compose: a plain message, octet for octet") {
  const auto octets = mime::compose(plain());
  REQUIRE(octets.has_value());
  CHECK(*octets == crlf("From: alice@client.example\n"
                        "To: bob@mock.example\n"
                        "Subject: Hello\n"
                        "Date: Fri, 20 Nov 2026 17:32:10 +0800\n"
                        "Message-ID: <1@client.example>\n"
                        "MIME-Version: 1.0\n"
                        "Content-Type: text/plain; charset=us-ascii\n"
                        "Content-Transfer-Encoding: 7bit\n"
                        "\n"
                        "Hello, Bob.\n"));
}

TEST_CASE("mime compose: a body arrives in the plainest form that carries it") {
  struct Row {
    std::string name;
    std::string body;
    std::string type;
    std::string encoding;
    std::string octets;  // with LFs
  };
  const std::string long_line(200, 'x');
  const std::vector<Row> rows{
      {"ASCII", "a\nb\n", "us-ascii", "7bit", "a\nb\n"},
      {"CRLF and CR are line ends too", "a\r\nb\rc", "us-ascii", "7bit", "a\nb\nc\n"},
      {"no line end at its end gets one", "a", "us-ascii", "7bit", "a\n"},
      {"empty", "", "us-ascii", "7bit", ""},
      {"a dot line is left to SMTP", ".\n..\n", "us-ascii", "7bit", ".\n..\n"},
      {"an accent", "caf\xC3\xA9 = good\n", "utf-8", "quoted-printable", "caf=C3=A9 =3D good\n"},
      {"a long line", long_line + "\n", "us-ascii", "quoted-printable",
       std::string(75, 'x') + "=\n" + std::string(75, 'x') + "=\n" + std::string(50, 'x') + "\n"},
      {"Chinese, CRLF inside the base64", "你好\n", "utf-8", "base64", "5L2g5aW9DQo=\n"},
      {"NUL", std::string("a\0b, and more\n", 14), "us-ascii", "quoted-printable", "a=00b, and more\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    mime::Message message = plain();
    message.body = row.body;
    const auto octets = mime::compose(message);
    REQUIRE(octets.has_value());
    CHECK(is_clean(*octets));
    CHECK(octets->find("Content-Type: text/plain; charset=" + row.type + "\r\n") != std::string::npos);
    CHECK(octets->find("Content-Transfer-Encoding: " + row.encoding + "\r\n") != std::string::npos);
    const std::size_t body = octets->find("\r\n\r\n");
    REQUIRE(body != std::string::npos);
    CHECK(octets->substr(body + 4) == crlf(row.octets));
  }
}

TEST_CASE("mime compose: attachments, octet for octet") {
  mime::Message message = plain();
  message.from.name = "爱丽丝";
  message.subject = "作业";
  message.attachments = {{"notes.txt", "hello\n", ""}, {"报告.pdf", std::string("\0\xFF%PDF", 6), ""}};
  const auto octets = mime::compose(message);
  REQUIRE(octets.has_value());
  CHECK(*octets == crlf("From: =?utf-8?B?54ix5Li95Lid?= <alice@client.example>\n"
                        "To: bob@mock.example\n"
                        "Subject: =?utf-8?B?5L2c5Lia?=\n"
                        "Date: Fri, 20 Nov 2026 17:32:10 +0800\n"
                        "Message-ID: <1@client.example>\n"
                        "MIME-Version: 1.0\n"
                        "Content-Type: multipart/mixed; boundary=\"=_smtplab_1\"\n"
                        "\n"
                        "--=_smtplab_1\n"
                        "Content-Type: text/plain; charset=us-ascii\n"
                        "Content-Transfer-Encoding: 7bit\n"
                        "\n"
                        "Hello, Bob.\n"
                        "\n"
                        "--=_smtplab_1\n"
                        "Content-Type: text/plain; charset=utf-8; name=notes.txt\n"
                        "Content-Disposition: attachment; filename=notes.txt\n"
                        "Content-Transfer-Encoding: base64\n"
                        "\n"
                        "aGVsbG8K\n"
                        "\n"
                        "--=_smtplab_1\n"
                        "Content-Type: application/pdf; name*=UTF-8''%E6%8A%A5%E5%91%8A.pdf\n"
                        "Content-Disposition: attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf\n"
                        "Content-Transfer-Encoding: base64\n"
                        "\n"
                        "AP8lUERG\n"
                        "\n"
                        "--=_smtplab_1--\n"));
}

TEST_CASE("mime compose: a long file name is cut between characters, in pieces of RFC 2231") {
  mime::Message message = plain();
  message.attachments = {{"很长的文件名很长的文件名很长的.pdf", "x", ""}};
  const auto octets = mime::compose(message);
  REQUIRE(octets.has_value());
  CHECK(octets->find(crlf("Content-Disposition: attachment;\n"
                          "\tfilename*0*=UTF-8''%E5%BE%88%E9%95%BF%E7%9A%84%E6%96%87%E4%BB%B6;\n"
                          "\tfilename*1*=%E5%90%8D%E5%BE%88%E9%95%BF%E7%9A%84%E6%96%87;\n"
                          "\tfilename*2*=%E4%BB%B6%E5%90%8D%E5%BE%88%E9%95%BF%E7%9A%84.pdf\n")) != std::string::npos);
}

TEST_CASE("mime compose: a name of odd ASCII is quoted, and a long one wrapped") {
  struct Row {
    std::string name;
    std::string text;  // with LFs
  };
  for (const Row& row :
       {Row{"a \"quoted\" name; x=1.pdf", "filename=\"a \\\"quoted\\\" name; x=1.pdf\""},
        Row{"C:\\a.pdf", "filename=\"C:\\\\a.pdf\""}, Row{"", "filename=\"\""},
        Row{std::string(61, 'n'), "filename*0*=UTF-8''" + std::string(50, 'n') + ";\n\tfilename*1*=" + std::string(11, 'n')}}) {
    CAPTURE(row.name);
    mime::Message message = plain();
    message.attachments = {{row.name, "x", "application/pdf"}};
    const auto octets = mime::compose(message);
    REQUIRE(octets.has_value());
    CHECK(octets->find(crlf(row.text + "\n")) != std::string::npos);
  }
}

TEST_CASE("mime compose: an outline has everything but the attachments, which come to the same in pieces") {
  mime::Message message = plain();
  std::string large(10 * mime::kOctetsOfLine + 5, 'x');
  message.attachments = {{"a.bin", large, ""}, {"b.bin", "", ""}};
  const auto whole = mime::compose(message);
  const auto pieces = mime::outline(message);
  REQUIRE(whole.has_value());
  REQUIRE(pieces.has_value());
  std::string joined;
  for (const mime::Piece& piece : *pieces) {
    joined += piece.text;
    if (!piece.attachment) continue;
    const std::string& octets = message.attachments[*piece.attachment].octets;
    std::string lines;
    for (std::size_t at = 0; at < octets.size(); at += 2 * mime::kOctetsOfLine) {
      lines += mime::base64_lines(std::string_view(octets).substr(at, 2 * mime::kOctetsOfLine));
    }
    CHECK(lines.size() == mime::base64_lines_size(octets.size()));
    joined += lines;
  }
  CHECK(joined == *whole);
}

TEST_CASE("mime compose: a large attachment stays within the limits of a line") {
  mime::Message message = plain();
  std::string octets(300'000, '\0');
  for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<char>(i * 131 % 251);
  message.attachments = {{std::string(100, 'n') + " 很长的名字.bin", octets, ""}};
  const auto composed = mime::compose(message);
  REQUIRE(composed.has_value());
  CHECK(is_clean(*composed));
  CHECK(longest_line(*composed) <= 998);  // RFC 5322 §2.1.1
  const std::size_t begin = composed->rfind("base64\r\n\r\n");
  REQUIRE(begin != std::string::npos);
  CHECK(longest_line(std::string_view(*composed).substr(begin)) <= 76);  // RFC 2045 §6.8
}

TEST_CASE("mime compose: a body that holds the boundary gets another one") {
  mime::Message message = plain();
  message.body = "--=_smtplab_1\n--=_smtplab_2--\n";
  message.attachments = {{"a.bin", "x", ""}};
  const auto octets = mime::compose(message);
  REQUIRE(octets.has_value());
  CHECK(octets->find("boundary=\"=_smtplab_3\"") != std::string::npos);
}

TEST_CASE("mime compose: what cannot stand in a message is an error that names it") {
  struct Row {
    std::string name;
    void (*spoil)(mime::Message&);
    std::string place;
  };
  const std::vector<Row> rows{
      {"nobody", [](mime::Message& m) { m.to.clear(); }, "receiver"},
      {"a header smuggled into the subject", [](mime::Message& m) { m.subject = "a\r\nBcc: eve@mock.example"; }, "subject"},
      {"into a name", [](mime::Message& m) { m.to.front().name = "a\nb"; }, "receiver"},
      {"into a mailbox", [](mime::Message& m) { m.from.mailbox = "a@b\r\nX: y"; }, "sender"},
      {"into a file name",
       [](mime::Message& m) {
         m.attachments = {{"a\nb.txt", "", ""}};
       },
       "attachment"},
      {"into a type",
       [](mime::Message& m) {
         m.attachments = {{"a", "", "text/plain\r\nX: y"}};
       },
       "attachment"},
      {"a type that is none",
       [](mime::Message& m) {
         m.attachments = {{"a.bin", "", "nonsense"}};
       },
       "a.bin"},
      {"into the id", [](mime::Message& m) { m.id = "1@x>\r\nX: y"; }, "message id"},
      {"a subject in GBK", [](mime::Message& m) { m.subject = "\xC4\xE3"; }, "subject"},
      {"a body in GBK", [](mime::Message& m) { m.body = "ab\xC4\xE3"; }, "body"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    mime::Message message = plain();
    row.spoil(message);
    const auto octets = mime::compose(message);
    REQUIRE(!octets.has_value());
    CHECK(octets.error().blame == core::Blame::kInput);
    CHECK(octets.error().place.en == row.place);
  }
}

TEST_CASE("mime compose: addresses with other letters than ASCII stay as they are, for SMTPUTF8") {
  mime::Message message = plain();
  message.to = {{"", "用户@例子.example"}};
  const auto octets = mime::compose(message);
  REQUIRE(octets.has_value());
  CHECK(octets->find("To: 用户@例子.example\r\n") != std::string::npos);
}
