// `smtplab send`: one message to a real server, as a configuration file says, every line shown and explained.
#pragma once

#include <chrono>
#include <optional>
#include <ostream>
#include <string>

#include "core/text.h"

namespace commands {

struct SendOptions {
  std::string config = "email_config.json";           // --config
  std::string authority;                              // --ca, instead of the configuration's
  std::string client_name;                            // --ehlo, instead of the configuration's
  bool insecure = false;                              // any certificate will do, and a password may go out in clear
  std::optional<std::chrono::milliseconds> patience;  // --patience, instead of the times of RFC 5321 §4.5.3.2
  std::optional<std::string> transcript;              // --transcript F.jsonl
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
};

// Sends it. The password is that of the environment (SMTPLAB_PASSWORD), of the file, or asked for on the terminal. Gives the
// exit status: 0 accepted for every recipient; 1 refused at some stage, which the last lines name, also for some recipients
// only; 2 configuration; 3 the network, or TLS that did not come about.
int send_mail(const SendOptions& options, std::ostream& out, std::ostream& err);

// Prints a configuration to start from. Gives the exit status.
int print_example(std::ostream& out);

}  // namespace commands
