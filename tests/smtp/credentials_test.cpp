#include "smtp/credentials.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/show.h"
#include "smtp/client_stream.h"
#include "smtp/command.h"
#include "tests/smtp/describe.h"

namespace {

// Every password of this file has this in it.
constexpr std::string_view kMarker = "SECRET";

struct MaskRow {
  std::string line;
  std::string shown;
};

const std::array kLines{
    // AUTH as it should be.
    MaskRow{"AUTH PLAIN SECRET", "AUTH PLAIN ********"},
    MaskRow{"auth plain SECRET", "auth plain ********"},
    MaskRow{"AUTH XOAUTH2 SECRET", "AUTH XOAUTH2 ********"},
    MaskRow{"AUTH LOGIN", "AUTH LOGIN"},
    MaskRow{"AUTH LOGIN YWxpY2U=", "AUTH LOGIN YWxpY2U="},
    // AUTH as it should not be.
    MaskRow{"AUTHPLAIN SECRET", "AUTHPLAIN ********"},
    MaskRow{"AUTHPLAINSECRET", "AUTHPLAIN********"},
    MaskRow{"AUTHSECRET", "AUTH********"},
    MaskRow{"AUTH\tPLAIN\tSECRET", "AUTH␉PLAIN␉********"},
    MaskRow{"AUTH PLAIN\tSECRET", "AUTH PLAIN␉********"},
    MaskRow{"AUTH:PLAIN SECRET", "AUTH:PLAIN ********"},
    MaskRow{"AUTH=LOGIN SECRET", "AUTH=LOGIN ********"},
    MaskRow{"AUTH-PLAIN SECRET", "AUTH-PLAIN ********"},
    MaskRow{"AUTH SECRETsecret==", "AUTH ********"},
    MaskRow{"AUTH SECRETw", "AUTH ********"},
    MaskRow{"AUTH aaSECRETSECRETSECRETSECRET", "AUTH ********"},
    MaskRow{"AUTH LOGIN alice SECRET", "AUTH LOGIN ********"},
    MaskRow{"AUTH LOGIN\rYWxpY2U=\rSECRET\r", "AUTH LOGIN␍********"},
    MaskRow{"AUTH LOGINSECRET", "AUTH LOGIN********"},
    MaskRow{"AUTH PLAIN b'SECRET'", "AUTH PLAIN ********"},
    MaskRow{"AUTHENTICATE PLAIN SECRET", "AUTHENTICATE PLAIN ********"},
    MaskRow{"AUTH FOO", "AUTH FOO"},
    MaskRow{"AUTH NTLM", "AUTH NTLM"},
    MaskRow{"AUTH scram-sha-512", "AUTH scram-sha-512"},
    // Behind another command.
    MaskRow{"EHLO client.example\rAUTH PLAIN SECRET\r", "EHLO client.example␍AUTH PLAIN ********␍"},
    MaskRow{"EHLO client.example\\r\\nAUTH PLAIN SECRET\\r\\n", "EHLO client.example\\r\\nAUTH PLAIN ********\\r\\n"},
    MaskRow{"STARTTLS AUTH PLAIN SECRET", "STARTTLS AUTH PLAIN ********"},
    MaskRow{"HELP AUTH", "HELP AUTH"},
    MaskRow{"HELP AUTH LOGIN", "HELP AUTH LOGIN"},
    MaskRow{"VRFY login@example.org", "VRFY login@example.org"},
    // In a parameter.
    MaskRow{"MAIL FROM:<a@b.example> AUTH=<>", "MAIL FROM:<a@b.example> AUTH=<>"},
    MaskRow{"MAIL FROM:<a@b.example> AUTH=a@b.example SIZE=3", "MAIL FROM:<a@b.example> AUTH=a@b.example SIZE=3"},
    MaskRow{"MAIL FROM:<a@b.example> AUTH=SECRET SIZE=3", "MAIL FROM:<a@b.example> AUTH=******** SIZE=3"},
    MaskRow{"MAIL FROM:<a@b.example> AUTH=a@b.example:SECRET", "MAIL FROM:<a@b.example> AUTH=********"},
    MaskRow{"MAIL FROM:<a@b.example> PASS=SECRET", "MAIL FROM:<a@b.example> PASS=********"},
    MaskRow{"MAIL FROM:<a@b.example> password SECRET", "MAIL FROM:<a@b.example> password ********"},
    MaskRow{"MAIL FROM:a b AUTH=SECRET", "MAIL FROM:a b AUTH=********"},
    MaskRow{"RCPT TO:<login@b.example> NOTIFY=NEVER", "RCPT TO:<login@b.example> NOTIFY=NEVER"},
    // Of other protocols.
    MaskRow{"PASS SECRET", "PASS ********"},
    MaskRow{"pass SECRET", "pass ********"},
    MaskRow{"PASSWORD: SECRET", "PASSWORD: ********"},
    MaskRow{"PASS login SECRET", "PASS ********"},
    MaskRow{"USER alice", "USER ********"},
    MaskRow{"a1 LOGIN alice SECRET", "a1 LOGIN ********"},
    MaskRow{"a1 login \"alice\" \"SECRET\"", "a1 login \"********"},
    MaskRow{"LOGIN alice SECRET", "LOGIN ********"},
    MaskRow{"a1 AUTHENTICATE PLAIN SECRET", "a1 AUTHENTICATE PLAIN ********"},
    MaskRow{"APOP alice SECRET", "APOP ********"},
    MaskRow{"AUTHINFO PASS SECRET", "AUTHINFO ********"},
    MaskRow{"Authorization: Basic SECRET", "Authorization: Basic ********"},
    MaskRow{"Proxy-Authorization: Bearer SECRET", "Proxy-Authorization: ********"},
    MaskRow{"GET /?user=a&password=SECRET HTTP/1.1", "GET /?user=a&password=********"},
    MaskRow{"{\"user\": \"a\", \"password\": \"SECRET\"}", "{\"user\": \"a\", \"password\": \"********"},
    MaskRow{"密码：SECRET", "密码********"},
    MaskRow{"授权码 SECRET", "授权码 ********"},
    MaskRow{"HLEO client.example", "HLEO client.example"},
    MaskRow{"Subject: Hello", "Subject: Hello"},
};

std::string shown(std::string_view octets, const std::vector<core::Span>& secrets) {
  return core::show_masked(octets, secrets);
}

TEST_CASE("smtp credentials: wherever a password stands in a line, it is hidden, and nothing else") {
  for (const MaskRow& row : kLines) {
    CAPTURE(row.line);
    const smtp::ParsedCommand parsed = smtp::parse_command(row.line, {});
    CHECK(test::spans_fit(parsed.secrets, row.line.size()));
    CHECK(shown(row.line, parsed.secrets) == row.shown);
    if (!parsed.command) {
      const core::Error& error = parsed.command.error().error;
      for (const std::string& text : {error.text.en, error.text.zh}) CHECK(text.find(kMarker) == std::string::npos);
    }
  }
}

TEST_CASE("smtp credentials: a line of which only a part has come is hidden as far as it has") {
  for (const MaskRow& row : kLines) {
    const std::size_t marker = row.line.find(kMarker);
    if (marker == std::string::npos) continue;
    CAPTURE(row.line);
    const smtp::StreamLimits limits;
    smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
    stream.receive(row.line.substr(0, marker + kMarker.size()));
    REQUIRE_FALSE(stream.next().has_value());
    // A name of a mechanism may still become one that is none.
    if (row.line.starts_with("AUTH ") && row.line.find(' ', 5) == std::string::npos) continue;
    CHECK(shown(stream.pending(), stream.pending_secrets()).find(kMarker) == std::string::npos);
  }
}

struct MaskedDialogue {
  std::string name;
  std::string octets;
  std::vector<std::string> shown;  // "mask (remarks)"
};

// Of a server that refuses every AUTH.
const std::array kRefused{
    MaskedDialogue{"the lines of AUTH LOGIN go on",
                   "AUTH LOGIN\r\nYWxpY2U=\r\nSECRET\r\nMAIL FROM:<a@b.example>\r\nSECRET\r\n",
                   {"AUTH LOGIN␍␊", "********␍␊ (login-is-over unknown-command)", "********␍␊ (login-is-over unknown-command)",
                    "MAIL FROM:<a@b.example>␍␊", "SECRET␍␊ (unknown-command)"}},
    MaskedDialogue{"also behind an empty line and behind a star",
                   "AUTH LOGIN\r\n\r\nSECRET\r\n*\r\nSECRET\r\n",
                   {"AUTH LOGIN␍␊", "␍␊ (stray-empty-line)", "********␍␊ (login-is-over unknown-command)",
                    "*␍␊ (unknown-command)", "********␍␊ (login-is-over unknown-command)"}},
    MaskedDialogue{"also behind a login of another protocol",
                   "USER alice\r\nSECRET\r\n",
                   {"USER ********␍␊ (unknown-command)", "********␍␊ (login-is-over unknown-command)"}},
    MaskedDialogue{"also behind one that is malformed",
                   "AUTHPLAIN\r\nSECRET\r\n",
                   {"AUTHPLAIN␍␊ (unknown-command)", "********␍␊ (login-is-over unknown-command)"}},
    MaskedDialogue{"a verb in small letters is one",
                   "auth login\r\nquit\r\nSECRET\r\n",
                   {"auth login␍␊", "quit␍␊", "SECRET␍␊ (unknown-command)"}},
    MaskedDialogue{"PLAIN from an encoder that adds a line end",
                   "AUTH PLAIN SECRETSE\n\r\n",
                   {"AUTH PLAIN ********␊ (auth-plain-format bare-lf-command)", "␍␊ (base64-extra-newline)"}},
    MaskedDialogue{"PLAIN from an encoder that begins a new line",
                   "AUTH PLAIN " + std::string(76, 'A') + "\nSECRET==\n\r\n",
                   {"AUTH PLAIN ********␊ (auth-plain-format bare-lf-command)",
                    "********␊ (bare-lf-command login-is-over unknown-command)", "␍␊ (base64-extra-newline)"}},
};

std::vector<std::string> read_masked(smtp::ClientStream& stream, std::string_view octets, bool accepts) {
  std::vector<std::string> out;
  stream.receive(octets);
  while (const auto said = stream.next()) {
    const std::string remarks = test::describe(said->remarks);
    out.push_back(shown(said->bytes, said->secrets) + (remarks.empty() ? "" : " (" + remarks + ")"));
    if (!accepts) continue;
    if (said->input == smtp::Input::kAuth) {
      stream.set_mode(smtp::Mode::kAuth);
      stream.expect_response(false, false);
    } else if (said->input == smtp::Input::kAuthResponse && stream.mode() == smtp::Mode::kAuth) {
      stream.expect_response(true, false);
      if (!said->secrets.empty()) stream.set_mode(smtp::Mode::kCommand);
    }
  }
  return out;
}

TEST_CASE("smtp credentials: a login that was refused goes on, and is told and hidden") {
  const smtp::StreamLimits limits;
  for (const MaskedDialogue& row : kRefused) {
    CAPTURE(row.name);
    smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
    CHECK(read_masked(stream, row.octets, false) == row.shown);
  }
}

TEST_CASE("smtp credentials: an encoder that adds a line end is named, and what it pushes out of the login is hidden") {
  const smtp::StreamLimits limits;
  smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
  // b64encode(user) with its newline, and "\r\n" behind it; the same with the password.
  const std::vector<std::string> want{"AUTH LOGIN␍␊", "YWxpY2U=␊ (bare-lf-command)", "␍␊ (base64-extra-newline)",
                                      "********␊ (bare-lf-command login-is-over unknown-command)", "␍␊ (base64-extra-newline)"};
  CHECK(read_masked(stream, "AUTH LOGIN\r\nYWxpY2U=\n\r\nSECRET\n\r\n", true) == want);
  smtp::ClientStream by_hand(smtp::LineEnds::kNormalize, {}, limits);  // who ends every line so adds none
  CHECK(read_masked(by_hand, "AUTH LOGIN\nYWxpY2U=\n\n", true).back() == "␊ (bare-lf-command)");
}

TEST_CASE("smtp credentials: lines that nobody reads any more are hidden like those that are read") {
  const auto in = [](std::string_view octets, bool after_login) {
    return shown(octets, smtp::secrets_in_lines(octets, after_login));
  };
  CHECK(in("EHLO a\r\nAUTH LOGIN\r\nYWxpY2U=\r\nSECRET\r\nQUIT\r\nxyz", false) ==
        "EHLO a␍␊AUTH LOGIN␍␊********␍␊********␍␊QUIT␍␊xyz");
  CHECK(in("SECRET", true) == "********");
  CHECK(in("SECRET", false) == "SECRET");
  CHECK(in("", true).empty());
}

TEST_CASE("smtp credentials: a reply that repeats an AUTH is hidden there, a list of mechanisms is not") {
  const auto in = [](std::string_view octets) { return shown(octets, smtp::repeated_auths(octets)); };
  CHECK(in("500 5.5.1 Command unrecognized: \"AUTH PLAIN c2VjcmV0\"\r\n") ==
        "500 5.5.1 Command unrecognized: \"AUTH PLAIN ********\"␍␊");
  CHECK(in("501 <AUTH PLAIN c2VjcmV0>\r\n") == "501 <AUTH PLAIN ********␍␊");
  CHECK(in("501 auth login YWxpY2U= c2VjcmV0") == "501 auth login ********");
  for (const std::string_view list :
       {"250-AUTH PLAIN LOGIN\r\n250 AUTH=LOGIN PLAIN XOAUTH2\r\n", "250 AUTH XOAUTH2 ATOKEN WSTOKEN WSTOKEN2 PLAIN\r\n",
        "250-AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH\r\n", "504 5.7.4 AUTH PLAIN is not supported",
        "250 AUTH=PLAIN AUTH=XOAUTH2", "535 AUTH LOGIN failed", "535 AUTH LOGIN 失败",
        "250-AUTH LOGIN PLAIN XYMCOOKIE\r\n250-AUTH=LOGIN PLAIN\r\n250 AUTH\r\n", "504 AUTH FOO is not known\r\n"}) {
    CAPTURE(list);
    CHECK(smtp::repeated_auths(list).empty());
  }
}

}  // namespace
