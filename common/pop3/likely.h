// What is legal now, put into lines that make sense: for whoever leaves the guided path of a lesson, or has none.
#pragma once

#include <vector>

#include "pop3/client_session.h"
#include "protocol/proposal.h"
#include "sasl/client_login.h"

namespace pop3 {

// The likeliest first; no text twice.
[[nodiscard]] std::vector<protocol::Likely> likely(const ClientSession& session, const protocol::Identity& identity,
                                                   const sasl::ClientLogin& login);

}  // namespace pop3
