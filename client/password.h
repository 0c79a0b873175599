// Where the password of --user comes from: a file, the environment, or a person who types it unseen. Never from the command
// line, which everybody on the computer can read.
#pragma once

#include "client/base/options.h"
#include "core/result.h"
#include "core/secret.h"

namespace client {

// The first line of --password-file, otherwise SMTPLAB_PASSWORD, otherwise asked for on the terminal. Errors (Blame::kInput):
// the file cannot be read or begins with an empty line; there is no terminal to ask on, or nothing was typed.
[[nodiscard]] core::Result<core::Secret> read_password(const StepOptions& options);

}  // namespace client
