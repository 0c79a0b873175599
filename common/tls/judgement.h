// Why a server's certificate does not convince, told to somebody who sees it for the first time. Internal to tls/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "tls/certificate.h"

namespace tls {

// One certificate of the chain that the library followed, the server's own first, and what it found there.
struct Finding {
  Certificate certificate;
  std::uint32_t flags = 0;  // MBEDTLS_X509_BADCERT_…
  bool is_self_issued = false;
};

// The most telling of the findings, or nothing when there is none. host: what the client asked for; trusts_nobody: it knows
// no authority at all.
[[nodiscard]] std::optional<core::Error> judge(const std::vector<Finding>& chain, const std::string& host, bool trusts_nobody);

}  // namespace tls
