// What a server offers at this moment of a session: the list that it would announce to an EHLO.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "smtp/server_config.h"
#include "smtp/session_state.h"

namespace smtp {

// A view of one list of `config`, which must outlive it. Inside TLS no STARTTLS is offered, whatever the list says
// (RFC 3207 §4.2).
class Offer {
 public:
  Offer(const ServerConfig& config, const Memory& memory);

  [[nodiscard]] bool offers(std::string_view keyword) const;
  [[nodiscard]] bool offers_mechanism(std::string_view mechanism) const { return list_->offers_mechanism(mechanism); }
  // Whether the extension that brings this command is offered; true for commands that every server has.
  [[nodiscard]] bool has_command(Input command) const;
  // The lines of the answer to EHLO behind the first.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  const Extensions* list_;
  bool in_clear_;
};

}  // namespace smtp
