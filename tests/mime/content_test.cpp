#include "mime/content.h"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "mime/charset.h"
#include "mime/html_text.h"

namespace {

// What stands at B in a row is the end of the header.
std::string mail(std::string_view header, std::string_view body) {
  return std::string(header) + "\r\n\r\n" + std::string(body);
}

struct Case {
  std::string name;
  std::string message;
  std::string text;
  std::vector<std::string> enclosed;  // "name|type|octets"
};

const std::string kTwoParts =
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n你好\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>x</b>\r\n--b--\r\n";

const std::vector<Case> kCases{
    {"plain text keeps its line ends", mail("Subject: a", "one\r\ntwo\r\n"), "one\r\ntwo\r\n", {}},
    {"no header at all", "just text\r\n", "just text\r\n", {}},
    {"base64",
     mail("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", "5L2g5aW9\r\n"),
     "你好",
     {}},
    {"quoted-printable",
     mail("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
          "=E4=BD=A0=\r\n=E5=A5=BD\r\n"),
     "你好\r\n",
     {}},
    {"a single page of HTML",
     mail("Content-Type: text/html; charset=utf-8", "<p>你好</p><p>a &amp; b</p>"),
     "你好\n\na & b\n",
     {}},
    {"two forms of one text", mail("Content-Type: multipart/alternative; boundary=b", kTwoParts), "你好", {}},
    {"two texts in one mail: the second is enclosed",
     mail("Content-Type: multipart/mixed; boundary=b", "--b\r\n\r\nfirst\r\n--b\r\n\r\nsecond\r\n--b--\r\n"),
     "first",
     {"|text/plain|second"}},
    {"a blank plain text does not hide the page",
     mail("Content-Type: multipart/alternative; boundary=b",
          "--b\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<i>page</i>\r\n--b--\r\n"),
     "page\n",
     {}},
    {"an attachment, named by RFC 2231",
     mail("Content-Type: multipart/mixed; boundary=b",
          "--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
          "filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n"),
     "text",
     {"报告.pdf|application/pdf|%PDF"}},
    {"an attachment, named by an encoded-word",
     mail("Content-Type: multipart/mixed; boundary=b",
          "--b\r\n\r\ntext\r\n--b\r\nContent-Type: image/png; name=\"=?GB2312?B?zbzGrC5wbmc=?=\"\r\n\r\nPNG\r\n--b--\r\n"),
     "text",
     {"图片.png|image/png|PNG"}},
    {"text that is attached is no text of the mail",
     mail("Content-Type: multipart/mixed; boundary=b",
          "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nattached\r\n--b\r\n\r\ntext\r\n--b--\r\n"),
     "text",
     {"a.txt|text/plain|attached"}},
    {"a message in a message",
     mail("Content-Type: multipart/mixed; boundary=b",
          "--b\r\n\r\ntext\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nside\r\n--b--\r\n"),
     "text",
     {"|message/rfc822|Subject: in\r\n\r\nside"}},
    {"nested multiparts",
     mail("Content-Type: multipart/mixed; boundary=o", "--o\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
                                                           kTwoParts +
                                                           "\r\n--o\r\nContent-Type: image/gif\r\n\r\nGIF\r\n--o--\r\n"),
     "你好",
     {"|image/gif|GIF"}},
    {"a multipart without its boundary is all text",
     mail("Content-Type: multipart/mixed; boundary=b", "nothing\r\n"),
     "nothing\r\n",
     {}},
    {"a mail that is nothing but a file",
     mail("Content-Type: application/zip; name=a.zip", "PK"),
     "",
     {"a.zip|application/zip|PK"}},
};

}  // namespace

TEST_CASE("mime content: what is the text, and what is enclosed") {
  for (const Case& row : kCases) {
    CAPTURE(row.name);
    const mime::Content content = mime::read_content(row.message);
    CHECK(content.text == row.text);
    std::vector<std::string> enclosed;
    for (const mime::Enclosed& one : content.enclosed) {
      enclosed.push_back(one.name + "|" + one.type + "|" + mime::octets_of(one));
    }
    CHECK(enclosed == row.enclosed);
  }
}

TEST_CASE("mime content: charsets, and labels that lie") {
  struct Row {
    std::string charset;
    std::string octets;
    std::string text;
  };
  const std::vector<Row> rows{
      {"gb2312", "\xC4\xE3\xBA\xC3", "你好"},
      {"gb2312", "\xE9\x46", "镕"},                               // only in GBK
      {"gbk", "\xC4\xE3\x81\x30\x81\x30", "你\u0080"},            // only in GB18030
      {"GB18030", "\x82\x35\x87\x38", "䶵"},                      //
      {"big5", "\xA7\x41\xA6\x6E", "你好"},                       //
      {"shift_jis", "\x82\xB1\x82\xF1", "こん"},                  //
      {"iso-2022-jp", "\x1B$B$3$s\x1B(B", "こん"},                //
      {"", "\x1B$B$3$s\x1B(B", "こん"},                           // no label
      {"us-ascii", "\xE4\xBD\xA0", "你"},                         // UTF-8 labelled as ASCII
      {"iso-8859-1", "\xE4\xBD\xA0", "你"},                       // … and as ISO 8859-1
      {"iso-8859-1", "caf\xE9", "café"},                          // which this is
      {"utf-8", "\xC4\xE3\xBA\xC3", "你好"},                      // GBK labelled as UTF-8
      {"utf-8", "\xD6\xEC\xE9\x46\xBB\xF9\xCB\xB5", "朱镕基说"},  // … with a character that GB 2312 has not
      {"no-such-charset", "\xC4\xE3\xBA\xC3", "你好"},            //
      {"", "caf\xE9 cr\xE8me", "caf\xE9 cr\xE8me"},               // nobody knows
      {"gb2312", "\xE4\xBD\xA0\xE5\xA5\xBD!", "浣犲ソ!"},         // what is of it is read as it
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CAPTURE(row.charset);
    CHECK(mime::to_utf8(row.octets, row.charset) == row.text);
  }
}

TEST_CASE("mime content: the words of a page") {
  struct Row {
    std::string html;
    std::string text;
  };
  const std::vector<Row> rows{
      {"", ""},
      {"a\n  b", "a b\n"},
      {"<html><head><title>t</title></head><body>a<br>b</body></html>", "a\nb\n"},
      {"<style>p{x:y}</style>a<script>if (a<b) c</script>b", "ab\n"},
      {"<script>never closed", "never closed\n"},
      {"<ul><li>one<li>two</ul>", "one\ntwo\n"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n"},
      {"<p>a</p>\n\n<p>b</p>", "a\n\nb\n"},
      {"&lt;&#20320;&#x597D;&nbsp;&hellip;&unknown;&", "<你好 …&unknown;&\n"},
      {"&#0;&#xD800;&#99999999;", "&#0;&#xD800;&#99999999;\n"},
      {"<a title=\"x > y\">z</a>", "z\n"},
      {"1 < 2", "1 < 2\n"},
      {"a<!-- <p>b -->c", "ac\n"},
      {"a<!-- never", "a\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(mime::html_text(row.html) == row.text);
  }
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<script><";
  CHECK(mime::html_text(deep).size() <= deep.size() + 1);  // and it ends soon
}
