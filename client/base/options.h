// What the command line of smtplab asked for.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/base/security.h"
#include "core/secret.h"
#include "core/text.h"
#include "protocol/known.h"

namespace client {

// `smtplab` and `smtplab step`.
struct StepOptions {
  std::string scenario;               // id, file or PROVIDER#REPLY; empty: the picker, or the default without a terminal
  std::string probes;                 // --with: laid over the scenario (mockserver/scenario/probe.h)
  std::optional<std::string> server;  // --server HOST: a real server instead of the mock
  const protocol::Protocol* protocol = protocol::known().front();  // --protocol: what that server speaks; never null
  std::optional<std::uint16_t> port;                               // --port; nothing: the usual one of the security
  Security security = Security::kNone;
  std::string authority;  // --ca: a PEM file of authorities; empty: those of this computer
  bool insecure = false;  // --insecure: any certificate will do, and a password may go out in clear
  bool clear_is_wished =
      false;                  // --security none stood there in so many words: a password may go out, where nobody can be asked
  std::string user;           // --user: who logs in
  core::Secret password;      // of that user; never from argv
  std::string password_file;  // --password-file
  std::string client_name;    // --ehlo: what a client of a real server calls itself; empty: its own name or address
  std::string from;           // --from and --to: with both, --auto delivers a small message
  std::vector<std::string> to;
  std::optional<std::chrono::milliseconds> patience;  // --patience, instead of the times of RFC 5321 §4.5.3.2
  bool automatic = false;                             // --auto
  bool by_line = false;                               // no screen, but somebody at the keyboard: each step waits for Enter
  std::optional<std::string> script;                  // --script FILE, "-" is standard input
  std::optional<std::string> transcript;              // --transcript F.jsonl
  std::optional<std::string> scenarios;               // --scenarios DIR: a catalogue instead of the embedded one
  core::Language language = core::Language::kEnglish;
  bool show_secrets = false;
  bool colour = true;
};

// Exit statuses of both programs.
enum ExitStatus : int {
  kDone = 0,
  kFailed = 1,   // the dialogue or a check failed
  kUsage = 2,    // usage or configuration
  kNetwork = 3,  // the network or TLS
};

}  // namespace client
