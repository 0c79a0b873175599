// What the embedded mock says of its clients: of ours, of an earlier one of ours, or of a stranger that found the port.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "dialogue/event.h"
#include "mockserver/mock_server.h"
#include "protocol/protocol.h"

namespace client {

class MockAccounts {
 public:
  // spoken: what the mock speaks.
  explicit MockAccounts(const protocol::Protocol& spoken) : protocol_(&spoken) {}

  // An event of the mock, and what it remembers after it.
  void observe(mockserver::ConnectionId connection, const dialogue::Event& event, const protocol::Knows& knows);

  // Our end of the connection, "127.0.0.1:50012": which of its clients we are. It may be known later than the mock's events.
  void set_local(std::string local);
  // Our connection is no longer of interest.
  void forget_own();

  // Why the mock said these octets, a reply or a part of what it said at once; null for what it did not say.
  [[nodiscard]] std::shared_ptr<const dialogue::Explanation> take_explanation(const std::string& bytes);
  // Why it said nothing, or what did not arrive; null when there is no such thing.
  [[nodiscard]] std::shared_ptr<const dialogue::Explanation> take_unheard();
  // What it remembers of us; null when it does not know us yet.
  [[nodiscard]] const protocol::Memory* memory() const { return memory_ ? &*memory_ : nullptr; }

 private:
  struct Account {
    std::string from;
    std::deque<dialogue::Event> replies;  // said, not yet received here
    protocol::Memory memory;
  };
  [[nodiscard]] std::map<mockserver::ConnectionId, Account>::iterator own();

  const protocol::Protocol* protocol_;
  std::map<mockserver::ConnectionId, Account> accounts_;
  std::string local_;
  std::optional<protocol::Memory> memory_;
};

}  // namespace client
