// What stands in the octets of an exchange, piece by piece, for explanations: never for deciding anything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace sasl {

enum class Speaker : std::uint8_t { kClient, kServer };

// One named piece. scenarios/knowledge/sasl.toml explains every name in both languages.
struct Part {
  std::string name;
  core::Span where;  // in the decoded octets
  bool is_secret = false;
  bool operator==(const Part&) const = default;
};

// The names that parts() gives: authorization user password separator prompt timestamp-challenge digest channel-binding
// client-nonce server-nonce salt iterations proof server-signature server-error token host port oauth-error oauth-status cancel
// empty. server-nonce is the whole nonce, which begins with the client's.
[[nodiscard]] const std::vector<std::string_view>& part_names();

// The pieces of one decoded message, in their order; of an OAuth error the status lies inside the error. round: how many
// responses the client gave before it in this exchange, an initial response included; so a challenge and its answer have the
// same round. What does not fit the mechanism gives no parts.
[[nodiscard]] std::vector<Part> parts(std::string_view mechanism, Speaker speaker, std::size_t round, std::string_view octets);

}  // namespace sasl
