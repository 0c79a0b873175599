// Invariant: whatever is sent and whatever the server answers, in any order and chunking, what goes out is exactly what was
// given; replies are matched the same whether they come whole or byte by byte; never a crash.
//
// The input is lines: one that starts with '<' is what the server says, any other is sent. A line end is part of its line.
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

void hear(smtp::ClientSession& client, std::string& out) {
  while (true) {
    const auto event = client.next_reply();
    if (!event) {
      out += "error\n";
    } else if (!*event) {
      return;
    } else {
      const smtp::ReplyEvent& reply = **event;
      demand(reply.change.to == client.state().state());
      out += std::string(smtp::name(reply.answers)) + (reply.unasked ? "?" : "") + reply.received.bytes;
      out += std::string(smtp::name(reply.change.to)) + "\n";
    }
  }
}

void check_said(const smtp::Said& said) {
  for (const core::Span& span : said.secrets) demand(span.begin <= span.end && span.end <= said.bytes.size());
  demand(!said.command || !said.fault);
}

std::string run(std::string_view input, std::size_t chunk) {
  smtp::ClientSession client;
  std::string out;
  std::string given;
  std::string sent;
  while (!input.empty()) {
    std::string_view line = input.substr(0, std::min(input.find('\n'), input.size() - 1) + 1);
    input.remove_prefix(line.size());
    if (line.front() != '<') {
      for (const smtp::Said& said : client.send(std::string(line))) check_said(said);
      given += line;
    } else {
      for (line.remove_prefix(1); !line.empty(); line.remove_prefix(std::min(chunk, line.size()))) {
        client.receive(line.substr(0, chunk));
        hear(client, out);
      }
    }
    for (const core::Action& action : client.take_actions()) {
      demand(std::holds_alternative<core::Send>(action));
      sent += std::get<core::Send>(action).bytes;
    }
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
