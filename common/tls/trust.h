// Whom a client believes (RFC 5280 §6): authorities, or nobody, or anybody.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tls {

class Trust {
 public:
  // The authorities this computer trusts (/etc/ssl/certs/ca-certificates.crt, or SSL_CERT_FILE as `file`). A computer
  // without any gives a Trust that believes nobody.
  static std::shared_ptr<const Trust> of_system(const std::string& file = {});
  // Those of a PEM file (--ca), and nobody else. Errors (Blame::kInput): no such file, nothing in it that is a certificate.
  static core::Result<std::shared_ptr<const Trust>> of_file(const std::string& file);
  // Those of a PEM text: the embedded mock's own authority.
  static core::Result<std::shared_ptr<const Trust>> of_pem(std::string_view pem);
  // Anybody (--insecure): the certificate is still read and judged, and the judgement ignored.
  static std::shared_ptr<const Trust> of_anybody();

  Trust(const Trust&) = delete;
  Trust& operator=(const Trust&) = delete;
  ~Trust();

 private:
  friend class Engine;
  struct Authorities;
  explicit Trust(std::unique_ptr<Authorities> authorities);
  std::unique_ptr<Authorities> authorities_;
};

}  // namespace tls
