#include "mockserver/hold.h"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "tests/mockserver/scene.h"

namespace {

using namespace std::chrono_literals;

struct Holding {
  explicit Holding(mockserver::Hold::IsWaiting look)
      : patience(loop), is_waiting(std::move(look)), hold(loop, is_waiting, [this] {
          is_over = true;
          loop.stop();
        }) {}

  net::Loop loop;
  test::Patience patience;
  mockserver::Hold::IsWaiting is_waiting;
  bool is_over = false;
  mockserver::Hold hold;
};

TEST_CASE("hold: it is over when the client waits at two looks in a row") {
  std::string seen;
  const std::string as_it_goes = "rsrrss";  // runs, sleeps
  Holding holding([&](const std::string&) {
    seen += as_it_goes.at(seen.size());
    return seen.back() == 's';
  });
  holding.hold.begin("");
  CHECK(holding.patience.run_until([&] { return holding.is_over; }));
  CHECK(seen == as_it_goes);
  CHECK_FALSE(holding.hold.is_running());
}

TEST_CASE("hold: who never waits is answered after a second") {
  Holding holding([](const std::string&) { return false; });
  const auto began = holding.loop.now();
  holding.hold.begin("");
  CHECK(holding.patience.run_until([&] { return holding.is_over; }));
  CHECK(holding.loop.now() - began >= mockserver::Hold::kLongest);
}

TEST_CASE("hold: nobody is held where nothing can be seen of them") {
  Holding holding(nullptr);
  CHECK_FALSE(holding.hold.is_wanted());
}

TEST_CASE("mock server: what a client says before an answer is there before it leaves") {
  bool is_waiting = false;
  mockserver::Options options;
  options.is_waiting = [&](const std::string&) { return is_waiting; };
  test::Scene scene(test::plain_scenario(), options);
  test::Client client(scene);
  client.peer.stream->write("HELO client.example\r\n");  // before the greeting, however late that is seen
  CHECK(client.reply() == "220 mock.example ESMTP\r\n");
  const dialogue::Event greeting = scene.wait_for(test::Kind::kServer);
  const dialogue::Event said = scene.wait_for(test::Kind::kClient);
  CHECK(said.at < greeting.at);
  is_waiting = true;
  CHECK(client.reply().find("250") == 0);
  CHECK(client.say("QUIT\r\n").find("221") == 0);
  CHECK(client.is_closed());
}

TEST_CASE("mock server: answers to a group leave in one piece, held or not") {
  mockserver::Options options;
  options.is_waiting = [](const std::string&) { return true; };
  test::Scene scene(test::plain_scenario(), options);
  test::Client client(scene);
  client.greet();
  const std::size_t before = client.peer.got.size();
  client.peer.stream->write("MAIL FROM:<alice@mock.example>\r\nRCPT TO:<a@b.example>\r\nNOOP\r\n");
  CHECK(client.reply().find("250") == 0);
  const std::string answers = client.peer.got.substr(before);
  CHECK(std::count(answers.begin(), answers.end(), '\n') == 3);
}

}  // namespace
