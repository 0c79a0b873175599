// Invariant: whatever a server sends, in any chunking, gives the same responses and fails at the same place; nothing is read
// behind a failure; what is kept of literals is no more than was there; a reader of mailboxes comes to an end or goes on
// waiting, says no password but in the command that has one, and never crashes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "client/fetch/imap_way.h"
#include "imap/response_stream.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

struct Heard {
  std::vector<imap::response::Response> responses;
  bool failed = false;

  bool operator==(const Heard&) const = default;
};

Heard hear(std::string_view wire, std::size_t chunk) {
  imap::response::Stream stream;
  Heard heard;
  for (std::size_t at = 0; at < wire.size(); at += chunk) {
    stream.receive(wire.substr(at, chunk));
    while (true) {
      auto response = stream.next();
      if (!response) {
        demand(!heard.failed && response.error().blame == core::Blame::kPeer);
        heard.failed = true;
        continue;
      }
      if (!*response) break;
      demand(!heard.failed);
      heard.responses.push_back(std::move(**response));
    }
  }
  return heard;
}

void read_mailbox(std::string_view wire) {
  fetch::Wish wish;
  wish.credentials.user = "alice";
  wish.credentials.password = core::Secret("the-secret-word");
  fetch::ImapWay way(std::move(wish));
  way.connected(false);
  bool has_wanted = false;
  for (std::size_t at = 0; at < wire.size() && !way.is_over(); at += 16) {
    way.receive(wire.substr(at, 16));
    if (way.is_listed() && !has_wanted) {
      has_wanted = true;
      std::vector<std::size_t> places;
      for (std::size_t place = way.ids().size(); place-- > 0;) places.push_back(place);
      way.want(std::move(places));
    }
    for (const core::Action& action : way.take_actions()) {
      const auto* const send = std::get_if<core::Send>(&action);
      // In clear, and that was not wished.
      demand(send == nullptr || send->bytes.find("the-secret-word") == std::string::npos);
    }
    for (const fetch::Fetched& one : way.take_fetched()) demand(!one.id.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view wire(reinterpret_cast<const char*>(data), size);
  const Heard whole = hear(wire, std::max<std::size_t>(size, 1));
  demand(whole == hear(wire, 1));
  for (const auto& one : whole.responses) {
    if (const auto* const fetched = std::get_if<imap::response::Fetched>(&one); fetched != nullptr && fetched->message)
      demand(fetched->message->kept.size() <= fetched->message->size);
  }
  read_mailbox(wire);
  return 0;
}
