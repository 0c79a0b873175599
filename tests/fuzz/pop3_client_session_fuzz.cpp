// Invariant: whatever is sent and whatever the server answers, in any order and chunking, what goes out is exactly what was
// given; answers and their bodies are matched the same whether they come whole or byte by byte, and all octets of the server
// are accounted for; TLS begins only where nothing in clear lies behind the +OK; never a crash.
//
// The input is lines: one that starts with '<' is what the server says, "!" ends the TLS handshake that runs (or encrypts the
// connection before the greeting), any other is sent. A line end is part of its line.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "pop3/client_session.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

struct Heard {
  std::string text;  // what events said, bodies joined
  std::string wire;  // octets of all events
  bool failed = false;
  bool injected = false;
};

void hear(pop3::ClientSession& client, Heard& heard) {
  while (true) {
    const auto event = client.next_event();
    if (!event) {
      heard.failed = true;
      heard.injected = heard.injected || event.error().id == "starttls-injection";
      return;
    }
    if (!*event) return;
    if (const auto* const answer = std::get_if<pop3::AnswerEvent>(&**event)) {
      demand(answer->change.to == client.state().state());
      demand(!answer->has_body || client.in_body());
      heard.text += "\n" + std::string(row(answer->answers).name) + (answer->unasked ? "? " : " ") + answer->received.bytes;
      heard.wire += answer->received.bytes;
    } else {
      const auto& piece = std::get<pop3::BodyEvent>(**event);
      demand(!piece.received.bytes.empty() && piece.received.octets.size() <= piece.received.bytes.size() + 1);
      demand(piece.received.is_last != client.in_body());
      heard.text += piece.received.octets + (piece.received.is_last ? "(end)" : "");
      heard.wire += piece.received.bytes;
    }
  }
}

// What was sent; whether TLS shall begin.
bool take_actions(pop3::ClientSession& client, std::string& sent) {
  bool tls = false;
  for (const core::Action& action : client.take_actions()) {
    tls = tls || std::holds_alternative<core::StartTls>(action);
    if (const auto* const send = std::get_if<core::Send>(&action)) sent += send->bytes;
    demand(!std::holds_alternative<core::Close>(action) && !std::holds_alternative<core::Pause>(action));
  }
  if (tls) demand(client.state().state() == pop3::State::kHandshake && client.partial_answer().empty());
  return tls;
}

void secure(pop3::ClientSession& client) {
  client.secured();
  const pop3::Memory& memory = client.state().memory();
  demand(memory.encrypted && memory.user.empty() && !memory.capabilities && memory.name.empty());
}

void check_said(const pop3::Said& said) {
  for (const core::Span& span : said.secrets) demand(span.begin <= span.end && span.end <= said.bytes.size());
  for (const pop3::Part& part : said.parts) demand(part.where.end <= said.bytes.size());
  demand(!said.command || !said.fault);
}

std::string run(std::string_view input, std::size_t chunk) {
  pop3::ClientSession client;
  Heard heard;
  std::string given;
  std::string sent;
  std::string said_by_server;
  bool tls = false;
  while (!input.empty()) {
    std::string_view line = input.substr(0, std::min(input.find('\n'), input.size() - 1) + 1);
    input.remove_prefix(line.size());
    if (line == "!\n") {
      if (tls || client.state().state() == pop3::State::kConnected) secure(client);
      tls = false;
    } else if (line.front() != '<') {
      for (const pop3::Said& said : client.send(std::string(line))) check_said(said);
      given += line;
    } else {
      for (line.remove_prefix(1); !line.empty(); line.remove_prefix(std::min(chunk, line.size()))) {
        client.receive(line.substr(0, chunk));
        said_by_server += line.substr(0, chunk);
        hear(client, heard);
        if (heard.injected) {
          demand(!take_actions(client, sent));
          return heard.text;
        }
      }
    }
    tls = take_actions(client, sent) || tls;
    for (const pop3::Remark& remark : client.unfinished_remarks()) demand(remark.where.end <= client.unfinished().size());
  }
  demand(given == sent);
  if (!heard.failed) demand(heard.wire + std::string(client.partial_answer()) == said_by_server);
  return heard.text + std::string(name(client.state().state())) + client.state().memory().user +
         std::string(client.unfinished()) + std::to_string(client.awaited());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  demand(run(input, 1) == run(input, input.size() + 1));
  return 0;
}
