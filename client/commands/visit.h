// `smtplab step --server HOST` without a person and without a lesson: goes to a real server, and delivers a small message when
// it is said from whom and to whom.
#pragma once

#include <ostream>

#include "client/base/options.h"

namespace commands {

// EHLO, STARTTLS and a login as the options want them, the message when there is --to, QUIT; every line shown, with what it
// means. Gives the exit status. REQUIRES: options.server.
int visit_server(const client::StepOptions& options, std::ostream& out, std::ostream& err);

}  // namespace commands
