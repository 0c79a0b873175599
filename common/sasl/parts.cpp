#include "sasl/parts.h"

#include "sasl/mechanism.h"

namespace sasl {

const std::vector<std::string_view>& part_names() {
  static const std::vector<std::string_view> kNames{"authorization", "user",
                                                    "password",      "separator",
                                                    "prompt",        "timestamp-challenge",
                                                    "digest",        "channel-binding",
                                                    "client-nonce",  "server-nonce",
                                                    "salt",          "iterations",
                                                    "proof",         "server-signature",
                                                    "server-error",  "token",
                                                    "host",          "port",
                                                    "oauth-status",  "oauth-error",
                                                    "cancel",        "empty"};
  return kNames;
}

std::vector<Part> parts(std::string_view mechanism, Speaker speaker, std::size_t round, std::string_view octets) {
  const Mechanism* const known = find_mechanism(mechanism);
  if (known == nullptr) return {};
  // A mechanism in which the client has the first word: a server that was told nothing yet has nothing to ask.
  if (known->client_first && speaker == Speaker::kServer && round == 0) {
    return octets.empty() ? std::vector<Part>{{"empty", {0, 0}}} : std::vector<Part>{};
  }
  return known->parts(speaker, round, octets);
}

}  // namespace sasl
