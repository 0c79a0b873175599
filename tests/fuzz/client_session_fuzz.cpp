// Invariant: whatever is sent and whatever the server answers, in any order and chunking, what goes out is exactly what was
// given; replies are matched the same whether they come whole or byte by byte; TLS begins only where nothing in clear lies
// behind the 220; never a crash.
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

#include "smtp/client_session.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

// Whether octets in clear came where TLS should have begun.
bool hear(smtp::ClientSession& client, std::string& out) {
  bool injected = false;
  while (true) {
    const auto event = client.next_reply();
    if (!event) {
      injected = injected || event.error().id == "starttls-injection";
      out += "error " + event.error().id + "\n";
    } else if (!*event) {
      return injected;
    } else {
      const smtp::ReplyEvent& reply = **event;
      demand(reply.change.to == client.state().state());
      out += std::string(smtp::name(reply.answers)) + (reply.unasked ? "?" : "") + reply.received.bytes;
      out += std::string(smtp::name(reply.change.to)) + "\n";
    }
  }
}

// What was sent; whether TLS shall begin.
bool take_actions(smtp::ClientSession& client, std::string& sent) {
  bool tls = false;
  for (const core::Action& action : client.take_actions()) {
    tls = tls || std::holds_alternative<core::StartTls>(action);
    if (const auto* const send = std::get_if<core::Send>(&action)) sent += send->bytes;
    demand(!std::holds_alternative<core::Close>(action) && !std::holds_alternative<core::Pause>(action));
  }
  if (tls) demand(client.state().state() == smtp::State::kHandshake && client.partial_reply().empty());
  return tls;
}

void secure(smtp::ClientSession& client) {
  client.secured();
  const smtp::Memory& memory = client.state().memory();
  demand(memory.encrypted && memory.user.empty() && memory.extensions.empty() && memory.client_name.empty());
}

void check_said(const smtp::Said& said) {
  for (const core::Span& span : said.secrets) demand(span.begin <= span.end && span.end <= said.bytes.size());
  demand(!said.command || !said.fault);
  demand(said.chunk_begin <= said.message.size());
}

std::string run(std::string_view input, std::size_t chunk) {
  smtp::ClientSession client;
  std::string out;
  std::string given;
  std::string sent;
  bool tls = false;
  while (!input.empty()) {
    std::string_view line = input.substr(0, std::min(input.find('\n'), input.size() - 1) + 1);
    input.remove_prefix(line.size());
    if (line == "!\n") {
      if (tls || client.state().state() == smtp::State::kConnected) secure(client);
      tls = false;
    } else if (line.front() != '<') {
      for (const smtp::Said& said : client.send(std::string(line))) check_said(said);
      given += line;
    } else {
      for (line.remove_prefix(1); !line.empty(); line.remove_prefix(std::min(chunk, line.size()))) {
        client.receive(line.substr(0, chunk));
        if (hear(client, out)) {
          demand(!take_actions(client, sent));
          return out;
        }
      }
    }
    tls = take_actions(client, sent) || tls;
    for (const smtp::Remark& remark : client.unfinished_remarks()) demand(remark.where.end <= client.unfinished().size());
  }
  demand(given == sent);
  return out + std::string(smtp::name(client.state().state())) + client.state().memory().user +
         std::string(client.unfinished()) + std::string(client.partial_reply()) + std::to_string(client.awaited());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  demand(run(input, 1) == run(input, input.size() + 1));
  return 0;
}
