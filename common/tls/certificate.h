// What a certificate says, for people (RFC 5280 §4.1).
#pragma once

#include <string>
#include <vector>

namespace tls {

// Texts come from the peer: show them through core/show.h.
struct Certificate {
  std::string subject;  // "CN=mx.example, O=…"
  std::string issuer;
  std::vector<std::string> names;  // DNS names and addresses it is for (subjectAltName); of old ones the common name
  std::string not_before;          // "2026-11-20 08:00:00", UTC
  std::string not_after;
  std::string serial;       // "0a:1b:…"
  std::string key;          // "EC 256", "RSA 2048": kind and bits
  std::string fingerprint;  // SHA-256 of the whole, "ab:cd:…"
};

}  // namespace tls
