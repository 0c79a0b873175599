// Where the password of --user and --account comes from: a file, the environment, or a person who types it unseen. Never from
// the command line, which everybody on the computer can read.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "core/secret.h"
#include "core/text.h"

namespace client {

struct PasswordWanted {
  std::string user;
  std::string file;         // --password-file; empty: none
  std::string_view option;  // that makes it necessary
};

// The first line of the file, otherwise SMTPLAB_PASSWORD, otherwise asked for on the terminal. Errors (Blame::kInput): the file
// cannot be read or begins with an empty line; there is no terminal to ask on, or nothing was typed.
[[nodiscard]] core::Result<core::Secret> read_password(const PasswordWanted& wanted, core::Language language);

}  // namespace client
