// The example session of RFC 9051 §8, octet for octet: rfc9051.txt says where it cannot be the RFC's.
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/imap/server.h"

namespace {

const std::string kHeader =
    "Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r\nFrom: Terry Gray <gray@cac.washington.edu>\r\n"
    "Subject: IMAP4rev2 WG mtg summary and minutes\r\nTo: imap@cac.washington.edu\r\n"
    "Cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>\r\nMessage-Id: <B27397-0100000@cac.washington.edu>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\n\r\n";

// 92 lines, 3028 octets.
std::string minutes() {
  std::string body;
  for (int line = 0; line < 91; ++line) body += std::string(31, 'x') + "\r\n";
  return body + std::string(23, 'x') + "\r\n";
}

void append(mailbox::Folder& inbox, const std::string& message, const mailbox::Flags& flags) {
  const auto incoming = inbox.append(flags, 837'596'665);  // 17 Jul 1996 02:44:25 -0700
  REQUIRE((incoming && (*incoming)->write(message) && (*incoming)->commit()));
}

// The words of the RFC's server.
bool say_as_the_rfc(imap::ServerSession& session, protocol::Turn& turn) {
  static const std::map<std::string_view, std::string> kWords{
      {"connect", "[CAPABILITY STARTTLS AUTH=SCRAM-SHA-256 LOGINDISABLED IMAP4rev2] IMAP4rev2 Service Ready"},
      {"starttls", "Proceed with TLS negotiation"},
      {"authenticate", "SCRAM-SHA-256 authentication successful"},
      {"enable", "Some capabilities enabled"},
      {"store", "+FLAGS completed"},
  };
  const auto words = kWords.find(turn.input.name());
  if (words == kWords.end()) return false;
  turn.proposed.lines = {words->second};
  if (!turn.is_pulled) turn.bytes = imap::octets_of(turn.proposed);
  session.answer_as_proposed(turn, false);
  return true;
}

TEST_CASE("imap server: the example session of RFC 9051 §8") {
  imap_test::House house(std::vector<std::string>{});
  const auto inbox = house.mailbox().open(mailbox::FolderName::inbox());
  REQUIRE(inbox);
  for (int number = 1; number <= 18; ++number) append(**inbox, number == 12 ? kHeader + minutes() : "\r\n", {.seen = true});
  protocol::ServerSettings settings;
  settings.offers = {"STARTTLS AUTH=SCRAM-SHA-256 LOGINDISABLED IMAP4rev2"};
  settings.offers_tls = {"AUTH=PLAIN SASL-IR IMAP4rev2"};
  imap_test::Server server(house, settings, say_as_the_rfc);
  std::string said = server.greeting();
  std::ifstream file(std::string(SMTPLAB_SOURCE) + "/tests/imap/rfc9051.txt");
  REQUIRE(file.good());
  for (std::string line; std::getline(file, line);) {
    CAPTURE(line);
    if (line == "TLS") {
      REQUIRE(server.wants_tls());
      server.secure();
    } else if (line.starts_with("C: ")) {
      CHECK(said.empty());
      said = server.say(line.substr(3));
    } else if (line.starts_with("S:")) {
      const std::string wanted = (line.size() > 3 ? line.substr(3) : "") + "\r\n";
      CHECK(said.substr(0, wanted.size()) == wanted);
      said.erase(0, said.find('\n') + 1);
    }
  }
  CHECK(said.empty());
  CHECK(server.closed());
}

}  // namespace
