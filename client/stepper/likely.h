// What is legal now, put into lines that make sense: for whoever leaves the guided path, or has none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/base/options.h"
#include "client/stepper/login.h"
#include "client/stepper/proposal.h"
#include "mockserver/scenario/scenario.h"
#include "sasl/client.h"
#include "smtp/client_session.h"

namespace stepper {

// In EHLO, of whoever steps.
inline constexpr std::string_view kClientName = "client.example";

// Who steps: with what account, and for whom the mail is.
struct Identity {
  std::optional<sasl::Credentials> credentials;
  std::string from = "alice@client.example";
  std::vector<std::string> to{"bob@client.example"};
  std::string nonce = "nonce";           // as Login takes it
  std::string client_name{kClientName};  // in EHLO and HELO
  bool wants_starttls = true;            // false: it was wished not to encrypt, so it is not proposed first
};

// That of the scenario, if there is one (not null); for a real server with what the command line names in its place, and with
// a fresh nonce. Against the mock the nonce is always the same, so that a lesson can be compared with the one before.
[[nodiscard]] Identity identity_of(const client::StepOptions& options, const scenario::Scenario* scenario);

// The first account of the scenario writes to the second one, or to itself. Of a scenario without accounts the usual names.
[[nodiscard]] Identity identity_of(const scenario::Scenario& scenario);

// The likeliest first; no text twice.
[[nodiscard]] std::vector<Proposal> likely_proposals(const smtp::ClientSession& session, const Identity& identity,
                                                     const Login& login);

}  // namespace stepper
