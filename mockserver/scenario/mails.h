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

}  // namespace scenario
