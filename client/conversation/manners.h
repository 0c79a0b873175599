// With whom a dialogue is led, and how.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/security.h"
#include "client/conversation/transcript.h"
#include "core/secret.h"
#include "core/text.h"
#include "dialogue/event.h"
#include "knowledge/knowledge.h"
#include "protocol/known.h"
#include "tls/trust.h"

namespace client {

// A real server.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  Security security = Security::kNone;
  std::shared_ptr<const tls::Trust> trust = {};                    // REQUIRES: not null, when TLS is to be spoken
  const protocol::Protocol* protocol = protocol::known().front();  // never null
};

// How a dialogue is led, whoever the server is.
struct Manners {
  std::optional<std::chrono::milliseconds> patience = {};  // instead of the times of the protocol (waiting.h)
  bool gives_up = true;                                    // when that time is over; otherwise it only says so
  bool trusts_anybody = false;                             // the mock's certificates are not judged
  std::function<void(std::string_view)> key_log = {};      // see tls/key_log.h
  std::string client_name = {};                            // of a client of a real server; empty: own_name()
  std::shared_ptr<Transcript> transcript = {};             // follows the log; may be null
  std::function<void(dialogue::Event&)> recognise = {};    // says of a real server's reply whose words it is; may be empty
  std::vector<core::Secret> secrets = {};                  // that may be said: hidden wherever they appear
  const knowledge::Knowledge* findings = nullptr;          // the words for what is done wrong; null: nobody looks for that
  core::Language language = core::Language::kEnglish;      // … in the transcript
  std::uint64_t seed = 0;                                  // of the embedded mock
};

}  // namespace client
