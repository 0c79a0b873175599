// `smtplab fetch`: the mails of a mailbox, as a configuration file says, decoded into a list of JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "client/fetch/config.h"
#include "core/text.h"

namespace commands {

struct FetchOptions {
  std::string config = "email_config.json";           // --config
  fetch::Over over = fetch::Over::kImap;              // --pop3
  std::string out;                                    // --out; empty: emails.json beside the configuration
  std::optional<std::string> attachments;             // --attachments DIR: where they are saved
  std::optional<std::uint64_t> newest;                // --newest N: at most so many
  std::string authority;                              // --ca, instead of the configuration's
  bool insecure = false;                              // any certificate will do, and a password may go out in clear
  std::optional<std::chrono::milliseconds> patience;  // --patience
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
};

// Fetches what is not in the file yet. The password is that of the environment (SMTPLAB_PASSWORD), of the file, or asked for on
// the terminal. Gives the exit status: 0 everything is there; 1 refused, by the server or by smtplab; 2 the configuration, or a
// file that cannot be written; 3 the network, or TLS that did not come about.
int fetch_mail(const FetchOptions& options, std::ostream& out, std::ostream& err);

}  // namespace commands
