// What is said to a real server where there is neither a person nor a path: what it offers is asked for, TLS and the login as
// they are wished, one look at what is there, and goodbye. Nothing of it changes a mailbox.
#pragma once

#include <string>
#include <vector>

#include "client/stepper/proposal.h"
#include "protocol/client_session.h"
#include "protocol/protocol.h"

namespace lines {

class Visit {
 public:
  // spoken outlives it. logs_in: somebody is there to log in.
  Visit(const protocol::Protocol& spoken, bool logs_in) : spoken_(spoken), logs_in_(logs_in) {}

  // Puts what is to be said next in front of what could be said (Guide::proposals, not empty); false: the goodbye was said.
  bool choose(std::vector<stepper::Proposal>& proposals, const protocol::ClientSession& session);

  // All of it was said, the login was taken if one was wished, and so was the goodbye.
  [[nodiscard]] bool is_complete() const { return said_goodbye_ && (looked_ || !logs_in_); }

 private:
  [[nodiscard]] bool is_said_first(const std::string& line, const protocol::ClientSession& session);
  [[nodiscard]] bool is_wished(const stepper::Proposal& proposal) const;

  const protocol::Protocol& spoken_;
  bool logs_in_;
  bool looked_ = false;
  bool said_goodbye_ = false;
  std::vector<std::string> said_;  // each once in clear and once in TLS
};

}  // namespace lines
