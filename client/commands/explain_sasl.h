// The pieces of a login message inside base64, for `smtplab explain`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/commands/printer.h"
#include "knowledge/knowledge.h"
#include "sasl/parts.h"

namespace commands {

// A message of a mechanism.
struct SaslGuess {
  std::string mechanism;
  sasl::Speaker speaker = sasl::Speaker::kClient;
  std::size_t round = 0;
  std::vector<sasl::Part> parts;

  // Where the passwords and tokens stand.
  [[nodiscard]] std::vector<core::Span> secrets() const;
};

// Which mechanism's message these decoded octets are, by their shape alone; nothing when it is none that shows itself. A lone
// user name or password looks like anything.
[[nodiscard]] std::optional<SaslGuess> recognise_sasl(std::string_view octets);
// The same where the mechanism is known: the first response of the client.
[[nodiscard]] std::optional<SaslGuess> initial_sasl(std::string_view mechanism, std::string_view octets);

// Whose word it is, each piece with its meaning, and how it is made. Secrets are masked unless they are asked for.
void explain_sasl(const SaslGuess& guess, std::string_view octets, const knowledge::Knowledge& knowledge, bool show_secrets,
                  Printer& printer);

}  // namespace commands
