// A mock server that runs beside what is tested, in a thread with a loop of its own, for one connection.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "mockserver/mock_server.h"
#include "mockserver/scenario/catalogue.h"
#include "net/loop.h"

namespace test {

class MockThread {
 public:
  explicit MockThread(scenario::Scenario scenario) {
    REQUIRE(mockserver::MockServer::authority_pem());  // made once, before there are two threads
    std::promise<std::pair<std::uint16_t, std::uint16_t>> ports;
    auto known = ports.get_future();
    thread_ = std::thread([this, scenario = std::move(scenario), promise = std::move(ports)]() mutable {
      net::Loop loop;
      mockserver::Options options;
      options.once = true;
      mockserver::MockServer server(loop, std::move(scenario), std::move(options));
      const bool listens = server.listen().has_value();
      promise.set_value(listens ? std::pair(server.port(), server.tls_port()) : std::pair<std::uint16_t, std::uint16_t>());
      if (listens) loop.run();
      messages_ = server.messages();
    });
    std::tie(smtp_, smtps_) = known.get();
    REQUIRE(smtp_ != 0);
  }
  explicit MockThread(std::string_view id) : MockThread(scenario::Catalogue::embedded().load(id).value()) {}
  ~MockThread() { join(); }
  MockThread(const MockThread&) = delete;
  MockThread& operator=(const MockThread&) = delete;

  [[nodiscard]] std::uint16_t smtp() const { return smtp_; }
  [[nodiscard]] std::uint16_t smtps() const { return smtps_; }
  // What was delivered. Waits for the connection to end.
  const std::vector<std::shared_ptr<const mockserver::StoredMessage>>& messages() {
    join();
    return messages_;
  }

 private:
  void join() {
    if (thread_.joinable()) thread_.join();
  }

  std::uint16_t smtp_ = 0;
  std::uint16_t smtps_ = 0;
  std::vector<std::shared_ptr<const mockserver::StoredMessage>> messages_;
  std::thread thread_;
};

}  // namespace test
