// What lies in the mailboxes when a server starts.
#pragma once

#include <cstdint>

#include "core/result.h"
#include "mockserver/scenario/scenario.h"
#include "mockserver/store/store.h"

namespace scenario {

// Puts the scenario's messages into the mailboxes of its accounts, in their order, with their lines ended by CRLF; a mailbox
// that holds something already is left alone. now: seconds since 1970. Errors are those of the store.
core::Result<void> deliver_mails(const Scenario& scenario, store::Store& store, std::int64_t now);

// What somebody sends who has a mailbox here is kept for him, where his provider does so. Errors are those of the store.
core::Result<void> keep_sent(const Scenario& scenario, store::Store& store, const store::Message& message);

}  // namespace scenario
