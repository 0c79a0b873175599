#include "net/errors.h"

#include <cerrno>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/core/chinese.h"

namespace {

// libuv's numbers are those of the system, negative.
TEST_CASE("net errors: each tells what happened, where, and what to do") {
  struct Row {
    std::string name;
    core::Error error;
    std::string text;
    std::string id;  // of scenarios/knowledge/failures.toml
  };
  const std::vector<Row> rows{
      {"refused", net::connect_error(-ECONNREFUSED, "mail.example", 25, {"192.0.2.1"}),
       "mail.example port 25, tried 192.0.2.1: connection refused (no program listens there: check the port and that the "
       "server runs)",
       "refused"},
      {"refused twice", net::connect_error(-ECONNREFUSED, "localhost", 25, {"::1", "127.0.0.1"}),
       "localhost port 25, tried ::1 and 127.0.0.1: connection refused (no program listens there: check the port and that the "
       "server runs)",
       "refused"},
      {"refused three times", net::connect_error(-ECONNREFUSED, "mail.example", 25, {"::1", "192.0.2.1", "192.0.2.2"}),
       "mail.example port 25, tried ::1, 192.0.2.1 and 192.0.2.2: connection refused (no program listens there: check the port "
       "and that the server runs)",
       "refused"},
      {"unreachable network", net::connect_error(-ENETUNREACH, "192.0.2.1", 465, {"192.0.2.1"}),
       "192.0.2.1 port 465: the server is unreachable (is this computer connected to the network?)", "unreachable"},
      {"unreachable host", net::connect_error(-EHOSTUNREACH, "192.0.2.1", 465, {"192.0.2.1"}),
       "192.0.2.1 port 465: the server is unreachable (is this computer connected to the network?)", "unreachable"},
      {"timed out", net::connect_error(-ETIMEDOUT, "mail.example", 25, {}),
       "mail.example port 25: timed out: no answer to the connection attempt (a firewall may swallow it; many networks block "
       "port 25, try 587 or 465)",
       "connect-timeout"},
      {"not permitted", net::connect_error(-EACCES, "mail.example", 25, {}),
       "mail.example port 25: this computer does not permit the connection (look at its firewall)", "unreachable"},
      {"another", net::connect_error(-EIO, "mail.example", 25, {}), "mail.example port 25: cannot connect: i/o error", ""},
      {"below 1024", net::listen_error(-EACCES, "127.0.0.1", 25),
       "127.0.0.1 port 25: not allowed to listen (ports below 1024 are for root; choose a higher one such as 2525)", ""},
      {"reset", net::stream_error(-ECONNRESET), "the other side reset the connection", "reset"},
      {"closed", net::stream_error(-EPIPE), "the other side has closed the connection and takes nothing more", "reset"},
      {"silent", net::stream_error(-ETIMEDOUT), "the other side no longer answers (timed out)", ""},
      {"hostile name", net::lookup_error(-EIO, "\x1b[2J"), "cannot look up host '\\x1b[2J': i/o error", "host-lookup-failed"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(core::describe(row.error, core::Language::kEnglish) == row.text);
    CHECK(row.error.id == row.id);
    test::check_chinese(row.error);
    CHECK(row.error.blame == core::Blame::kSystem);
  }
}

}  // namespace
