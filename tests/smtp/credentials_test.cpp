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

struct Row {
  std::string line;
  std::string shown;
};

const std::array kLines{
    // AUTH as it should be.
    Row{"AUTH PLAIN SECRET", "AUTH PLAIN ********"},
    Row{"auth plain SECRET", "auth plain ********"},
    Row{"AUTH XOAUTH2 SECRET", "AUTH XOAUTH2 ********"},
    Row{"AUTH LOGIN", "AUTH LOGIN"},
    Row{"AUTH LOGIN YWxpY2U=", "AUTH LOGIN YWxpY2U="},
    // AUTH as it should not be.
    Row{"AUTHPLAIN SECRET", "AUTHPLAIN ********"},
    Row{"AUTHPLAINSECRET", "AUTHPLAIN********"},
    Row{"AUTHSECRET", "AUTH********"},
    Row{"AUTH\tPLAIN\tSECRET", "AUTH␉PLAIN␉********"},
    Row{"AUTH PLAIN\tSECRET", "AUTH PLAIN␉********"},
    Row{"AUTH:PLAIN SECRET", "AUTH:PLAIN ********"},
    Row{"AUTH=LOGIN SECRET", "AUTH=LOGIN ********"},
    Row{"AUTH-PLAIN SECRET", "AUTH-PLAIN ********"},
    Row{"AUTH SECRETsecret==", "AUTH ********"},
    Row{"AUTH SECRETw", "AUTH ********"},
    Row{"AUTH aaSECRETSECRETSECRETSECRET", "AUTH ********"},
    Row{"AUTH LOGIN alice SECRET", "AUTH LOGIN ********"},
    Row{"AUTH LOGIN\rYWxpY2U=\rSECRET\r", "AUTH LOGIN␍********"},
    Row{"AUTH LOGINSECRET", "AUTH LOGIN********"},
    Row{"AUTH PLAIN b'SECRET'", "AUTH PLAIN ********"},
    Row{"AUTHENTICATE PLAIN SECRET", "AUTHENTICATE PLAIN ********"},
    Row{"AUTH FOO", "AUTH FOO"},
    Row{"AUTH NTLM", "AUTH NTLM"},
    Row{"AUTH scram-sha-512", "AUTH scram-sha-512"},
    // Behind another command.
    Row{"EHLO client.example\rAUTH PLAIN SECRET\r", "EHLO client.example␍AUTH PLAIN ********␍"},
    Row{"EHLO client.example\\r\\nAUTH PLAIN SECRET\\r\\n", "EHLO client.example\\r\\nAUTH PLAIN ********\\r\\n"},
    Row{"STARTTLS AUTH PLAIN SECRET", "STARTTLS AUTH PLAIN ********"},
    Row{"HELP AUTH", "HELP AUTH"},
    Row{"HELP AUTH LOGIN", "HELP AUTH LOGIN"},
    Row{"VRFY login@example.org", "VRFY login@example.org"},
    // In a parameter.
    Row{"MAIL FROM:<a@b.example> AUTH=<>", "MAIL FROM:<a@b.example> AUTH=<>"},
    Row{"MAIL FROM:<a@b.example> AUTH=a@b.example SIZE=3", "MAIL FROM:<a@b.example> AUTH=a@b.example SIZE=3"},
    Row{"MAIL FROM:<a@b.example> AUTH=SECRET SIZE=3", "MAIL FROM:<a@b.example> AUTH=******** SIZE=3"},
    Row{"MAIL FROM:<a@b.example> AUTH=a@b.example:SECRET", "MAIL FROM:<a@b.example> AUTH=********"},
    Row{"MAIL FROM:<a@b.example> PASS=SECRET", "MAIL FROM:<a@b.example> PASS=********"},
    Row{"MAIL FROM:<a@b.example> password SECRET", "MAIL FROM:<a@b.example> password ********"},
    Row{"MAIL FROM:a b AUTH=SECRET", "MAIL FROM:a b AUTH=********"},
    Row{"RCPT TO:<login@b.example> NOTIFY=NEVER", "RCPT TO:<login@b.example> NOTIFY=NEVER"},
    // Of other protocols.
    Row{"PASS SECRET", "PASS ********"},
    Row{"pass SECRET", "pass ********"},
    Row{"PASSWORD: SECRET", "PASSWORD: ********"},
    Row{"PASS login SECRET", "PASS ********"},
    Row{"USER alice", "USER ********"},
    Row{"a1 LOGIN alice SECRET", "a1 LOGIN ********"},
    Row{"a1 login \"alice\" \"SECRET\"", "a1 login \"********"},
    Row{"LOGIN alice SECRET", "LOGIN ********"},
    Row{"a1 AUTHENTICATE PLAIN SECRET", "a1 AUTHENTICATE PLAIN ********"},
    Row{"APOP alice SECRET", "APOP ********"},
    Row{"AUTHINFO PASS SECRET", "AUTHINFO ********"},
    Row{"Authorization: Basic SECRET", "Authorization: Basic ********"},
    Row{"Proxy-Authorization: Bearer SECRET", "Proxy-Authorization: ********"},
    Row{"GET /?user=a&password=SECRET HTTP/1.1", "GET /?user=a&password=********"},
    Row{"{\"user\": \"a\", \"password\": \"SECRET\"}", "{\"user\": \"a\", \"password\": \"********"},
    Row{"密码：SECRET", "密码********"},
    Row{"授权码 SECRET", "授权码 ********"},
    Row{"HLEO client.example", "HLEO client.example"},
    Row{"Subject: Hello", "Subject: Hello"},
};

std::string shown(std::string_view octets, const std::vector<core::Span>& secrets) {
  return core::show_masked(octets, secrets);
}

TEST_CASE("smtp credentials: wherever a password stands in a line, it is hidden, and nothing else") {
  for (const Row& row : kLines) {
    CAPTURE(row.line);
    const smtp::ParsedCommand parsed = smtp::parse_command(row.line, {});
    CHECK(test::spans_fit(parsed.secrets, row.line.size()));
    CHECK(shown(row.line, parsed.secrets) == row.shown);
    if (!parsed.command) CHECK(parsed.command.error().error.text.find(kMarker) == std::string::npos);
  }
}

TEST_CASE("smtp credentials: a line of which only a part has come is hidden as far as it has") {
  for (const Row& row : kLines) {
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

struct Dialogue {
  std::string name;
  std::string octets;
  std::vector<std::string> shown;  // "mask (remarks)"
};

// Of a server that refuses every AUTH.
const std::array kRefused{
    Dialogue{"the lines of AUTH LOGIN go on",
             "AUTH LOGIN\r\nYWxpY2U=\r\nSECRET\r\nMAIL FROM:<a@b.example>\r\nSECRET\r\n",
             {"AUTH LOGIN␍␊", "********␍␊ (login-is-over unknown-command)", "********␍␊ (login-is-over unknown-command)",
              "MAIL FROM:<a@b.example>␍␊", "SECRET␍␊ (unknown-command)"}},
    Dialogue{"also behind an empty line and behind a star",
             "AUTH LOGIN\r\n\r\nSECRET\r\n*\r\nSECRET\r\n",
             {"AUTH LOGIN␍␊", "␍␊ (stray-empty-line)", "********␍␊ (login-is-over unknown-command)", "*␍␊ (unknown-command)",
              "********␍␊ (login-is-over unknown-command)"}},
    Dialogue{"also behind a login of another protocol",
             "USER alice\r\nSECRET\r\n",
             {"USER ********␍␊ (unknown-command)", "********␍␊ (login-is-over unknown-command)"}},
    Dialogue{"also behind one that is malformed",
             "AUTHPLAIN\r\nSECRET\r\n",
             {"AUTHPLAIN␍␊ (unknown-command)", "********␍␊ (login-is-over unknown-command)"}},
    Dialogue{"a verb in small letters is one",
             "auth login\r\nquit\r\nSECRET\r\n",
             {"auth login␍␊", "quit␍␊", "SECRET␍␊ (unknown-command)"}},
    Dialogue{"PLAIN from an encoder that adds a line end",
             "AUTH PLAIN SECRETSE\n\r\n",
             {"AUTH PLAIN ********␊ (auth-plain-format bare-lf-command)", "␍␊ (base64-extra-newline)"}},
    Dialogue{"PLAIN from an encoder that begins a new line",
             "AUTH PLAIN " + std::string(76, 'A') + "\nSECRET==\n\r\n",
             {"AUTH PLAIN ********␊ (auth-plain-format bare-lf-command)",
              "********␊ (bare-lf-command login-is-over unknown-command)", "␍␊ (base64-extra-newline)"}},
};

std::vector<std::string> read(smtp::ClientStream& stream, std::string_view octets, bool accepts) {
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
  for (const Dialogue& row : kRefused) {
    CAPTURE(row.name);
    smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
    CHECK(read(stream, row.octets, false) == row.shown);
  }
}

TEST_CASE("smtp credentials: an encoder that adds a line end is named, and what it pushes out of the login is hidden") {
  const smtp::StreamLimits limits;
  smtp::ClientStream stream(smtp::LineEnds::kNormalize, {}, limits);
  // b64encode(user) with its newline, and "\r\n" behind it; the same with the password.
  const std::vector<std::string> want{"AUTH LOGIN␍␊", "YWxpY2U=␊ (bare-lf-command)", "␍␊ (base64-extra-newline)",
                                      "********␊ (bare-lf-command login-is-over unknown-command)", "␍␊ (base64-extra-newline)"};
  CHECK(read(stream, "AUTH LOGIN\r\nYWxpY2U=\n\r\nSECRET\n\r\n", true) == want);
  smtp::ClientStream by_hand(smtp::LineEnds::kNormalize, {}, limits);  // who ends every line so adds none
  CHECK(read(by_hand, "AUTH LOGIN\nYWxpY2U=\n\n", true).back() == "␊ (bare-lf-command)");
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
        "250-AUTH LOGIN PLAIN XYMCOOKIE\r\n250-AUTH=LOGIN PLAIN\r\n250 AUTH\r\n", "504 AUTH FOO is not known\r\n"}) {
    CAPTURE(list);
    CHECK(smtp::repeated_auths(list).empty());
  }
}

}  // namespace
