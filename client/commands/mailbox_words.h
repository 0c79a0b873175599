// What is known of a refusal by a server of mailboxes: whose words it is, or what such words mean anywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text.h"
#include "knowledge/knowledge.h"
#include "mockserver/scenario/catalogue.h"
#include "protocol/answer.h"

namespace commands {

struct RefusalMeaning {
  core::Text who;  // the provider, where it is one that is only known to say so; empty otherwise
  core::Text why;
  core::Text fix;
};

// protocol: "pop3"; traces: host and greeting of the server; is_login: it was the login that was refused, which mostly has the
// same reasons. Nothing when nobody is known to say so.
[[nodiscard]] std::optional<RefusalMeaning> meaning_of_refusal(const knowledge::Knowledge& knowledge,
                                                               const scenario::Catalogue& catalogue, std::string_view protocol,
                                                               std::string_view traces, const protocol::Answer& refusal,
                                                               bool is_login);

}  // namespace commands
