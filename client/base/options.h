// What the command line of smtplab asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/text.h"

namespace client {

// `smtplab` and `smtplab step`.
struct StepOptions {
  std::string scenario;                   // id, file or PROVIDER#REPLY; empty: the picker, or the default without a terminal
  std::optional<std::string> server;      // --server HOST: a real server instead of the mock
  std::uint16_t port = 25;                // --port
  bool automatic = false;                 // --auto
  std::optional<std::string> script;      // --script FILE, "-" is standard input
  std::optional<std::string> transcript;  // --transcript F.jsonl
  std::optional<std::string> scenarios;   // --scenarios DIR: a catalogue instead of the embedded one
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
