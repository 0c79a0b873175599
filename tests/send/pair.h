// A path to a server session in memory: what a delivery comes to, without a network.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/send/path.h"
#include "core/base64.h"
#include "smtp/door.h"
#include "smtp/server_session.h"

namespace send {

// The account every server of these tests knows.
inline constexpr std::string_view kUser = "alice@mock.example";
inline constexpr std::string_view kPassword = "secret";

class Pair {
 public:
  // A server that announces these, in clear.
  explicit Pair(const std::vector<std::string>& extensions) { config.extensions = smtp::Extensions::from_lines(extensions); }

  smtp::ServerConfig config;
  // Instead of the reply the core proposes, to the n-th (from 1) of these inputs.
  std::map<std::pair<smtp::Input, int>, std::string> forced;
  bool tls_at_once = false;  // TLS from the start

  std::vector<std::string> trace;     // "C: …" and "S: …", a line each, of a message its first
  std::vector<std::string> messages;  // as the server took them over
  std::vector<Step> steps;

  // Runs the path to its end, or as long as anything happens.
  void run(Path& path) {
    smtp::ServerSession server(config);
    const auto own = smtp::door().client(nullptr);
    protocol::ClientSession& client = *own;
    path.connected("client.example", tls_at_once);
    if (tls_at_once) {
      server.secured();
      client.secured();
      path.secured();
    }
    for (int idle = 0; idle < 2 && !path.is_over();) {
      const std::size_t before = trace.size();
      answer(server);
      deliver(server, client, path);
      if (const auto step = path.next(client)) send(*step, client, server);
      idle = trace.size() == before ? idle + 1 : 0;
    }
  }

 private:
  void answer(smtp::ServerSession& server) {
    while (const auto turn = server.next_turn()) {
      const auto found = forced.find({turn->input, ++counts_[turn->input]});
      smtp::Reply reply = turn->proposed;
      if (turn->claim) reply = judge(*turn->claim);
      if (found != forced.end()) reply = smtp::reply_from_lines({found->second}).value();
      if (turn->input == smtp::Input::kMessage && reply.code.is_positive()) messages.push_back(turn->said.message);
      server.answer(reply);
    }
  }

  static smtp::Reply judge(const sasl::Claim& claim) {
    const bool right = claim.user == kUser && claim.proves(kPassword);
    const auto word = claim.last_word(right, kPassword);
    if (word && !claim.is_final) return {smtp::ReplyCode(334), {core::base64_encode(*word)}};
    return right ? smtp::Reply{smtp::ReplyCode(235), {"2.7.0 welcome"}} : smtp::Reply{smtp::ReplyCode(535), {"5.7.8 no"}};
  }

  void deliver(smtp::ServerSession& server, protocol::ClientSession& client, Path& path) {
    bool starts_tls = false;
    for (const core::Action& action : server.take_actions()) {
      if (const auto* sent = std::get_if<core::Send>(&action)) client.receive(sent->bytes);
      starts_tls = starts_tls || std::holds_alternative<core::StartTls>(action);
    }
    for (auto reply = client.next(); reply && *reply; reply = client.next()) {
      const protocol::Received& event = **reply;
      std::string line = "S: " + event.answer.code;
      if (event.answer.lines.size() == 1) line += " " + event.answer.lines.front();
      trace.push_back(line);
      path.answered(event.answers.value_or(smtp::Input::kUnknown), event.answer);
    }
    (void)client.take_actions();
    if (!starts_tls) return;
    trace.emplace_back("-- TLS");
    server.secured();
    client.secured();
    path.secured();
  }

  void send(const Step& step, protocol::ClientSession& client, smtp::ServerSession& server) {
    steps.push_back(step);
    trace.push_back("C: " + step.bytes.substr(0, step.bytes.find("\r\n")));
    client.send(step.bytes);
    for (const core::Action& action : client.take_actions()) {
      if (const auto* sent = std::get_if<core::Send>(&action)) server.receive(sent->bytes);
    }
  }

  std::map<smtp::Input, int> counts_;
};

}  // namespace send
