// What all POP3 connections of a server share.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "mailbox/mailbox.h"
#include "pop3/server_config.h"
#include "sasl/claim.h"
#include "tls/engine.h"

namespace pop3_server {

struct Verdict {
  bool is_welcome = false;
  std::string judged_by;  // the password or token that the claim was compared with (sasl::Claim::last_word)
};

struct Surroundings {
  pop3::ServerConfig config;
  std::function<Verdict(const sasl::Claim&)> judge;
  std::function<mailbox::Mailbox&(std::string_view user)> mailbox_of;       // of somebody who is welcome
  std::function<core::Result<std::unique_ptr<tls::Engine>>()> make_engine;  // the server's side of one TLS connection
  std::function<std::string(std::uint64_t connection)> nonce_of;            // for time stamps and challenges
};

}  // namespace pop3_server
