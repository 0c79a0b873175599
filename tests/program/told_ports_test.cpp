#include "client/program/told_ports.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

const program::OpenPorts kPorts{"127.0.0.1", 2525, {{"smtp", 2525}, {"smtps", 2465}, {"pop3", 2110}}};

TEST_CASE("told ports: what stands in arguments") {
  struct Row {
    std::string word;
    std::string filled;
    bool asks;
  };
  const std::vector<Row> rows{
      {"{host}", "127.0.0.1", false},
      {"{host}:{port}", "127.0.0.1:2525", true},
      {"--port={port:smtps}", "--port=2465", true},
      {"{port:pop3} {port:pop3}", "2110 2110", true},
      {"{port:gopher}", "{port:gopher}", true},
      {"port", "port", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.word);
    CHECK(program::filled_in(row.word, kPorts) == row.filled);
    CHECK(program::asks_for_port(row.word) == row.asks);
  }
}

TEST_CASE("told ports: what stands in the environment") {
  const std::vector<std::string> told = program::told_environment({"A=b", "MAIL={host}:{port}", "SMTPLAB_PORT=1"}, kPorts);
  for (const char* const one :
       {"A=b", "MAIL=127.0.0.1:2525", "SMTPLAB_HOST=127.0.0.1", "SMTPLAB_PORT=2525", "SMTPLAB_PORT_SMTPS=2465"}) {
    CAPTURE(one);
    CHECK(std::count(told.begin(), told.end(), one) == 1);
  }
  CHECK(std::count(told.begin(), told.end(), "SMTPLAB_PORT=1") == 0);
}

}  // namespace
