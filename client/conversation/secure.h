// The client's TLS: engines for a connection, and what they came to, in a line.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "tls/engine.h"
#include "tls/trust.h"

namespace client {

// With whom, and on what terms, TLS is spoken.
struct TlsTerms {
  std::string host;  // asked for, and what the certificate has to be for
  std::shared_ptr<const tls::Trust> trust;
  std::function<void(std::string_view)> key_log;
};

[[nodiscard]] core::Result<std::unique_ptr<tls::Engine>> make_engine(const TlsTerms& terms);

// "TLS 1.2, TLS-ECDHE-…", as it stands in the log; safe to print.
[[nodiscard]] std::string describe(const tls::Details& details);

// Whether this octet, as the first of a server, is a record of TLS and no reply (RFC 5246 §6.2.1): types 20 to 23.
[[nodiscard]] bool begins_tls_record(char octet);

// SSLKEYLOGFILE of the environment; an empty function when it is not set.
[[nodiscard]] core::Result<std::function<void(std::string_view)>> key_log_of_environment();

// The authorities of --ca FILE, those of this computer when it is empty, or anybody.
[[nodiscard]] core::Result<std::shared_ptr<const tls::Trust>> trust_of(const std::string& file, bool insecure);

}  // namespace client
